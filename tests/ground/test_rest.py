"""A list that is told in short stands whole in a file, and the words that cut it name that file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from generator import cli
from generator.cli import main
from generator.ground.errors import ContentError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.rest import few, keep_rest
from tests.projects import ROOT, make_project

NAMES = [f"print/leaflets/{name}.pdf" for name in "abcdefg"]
POINTS = ("hocso ", "{file}", "trang dưới đây")
"""A command, a file, or the page that `hocso diff` names in its last line."""


@pytest.mark.parametrize(("count", "most", "told"), [
    (0, 3, ""), (1, 3, NAMES[0]), (3, 3, ", ".join(NAMES[:3])),
    (7, 3, f"{', '.join(NAMES[:3])} và 4 tên nữa (đủ ở .hocso/ke-het.txt)"),
    (7, 6, f"{', '.join(NAMES[:6])} và 1 tên nữa (đủ ở .hocso/ke-het.txt)"),
])
def test_what_is_cut_stands_whole(count: int, most: int, told: str, tmp_path: Path) -> None:
    keep_rest(tmp_path / "earlier", [])
    assert few(NAMES[:count], most).vi == told
    keep_rest(tmp_path / ".hocso", ["build"])
    kept = tmp_path / ".hocso/ke-het.txt"
    assert kept.is_file() is (count > most)
    if count > most:
        assert kept.read_text("utf-8").split("\n\n")[1] == "\n".join((told, *(f"- {name}" for name in NAMES))) + "\n"
    keep_rest(tmp_path / ".hocso", ["check"])
    assert not kept.is_file() or "hocso build\n" in kept.read_text("utf-8"), "what was read before stays"


@pytest.mark.parametrize("fails", [False, True])
def test_every_command_keeps_it(fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(project: Project, **given: object) -> int:
        told = few(NAMES)
        if fails:
            raise ContentError(told.vi, told.en)
        return 0

    monkeypatch.setattr(cli, "_run", run)
    root = make_project(tmp_path)
    assert bool(main(["-C", str(root), "build", "qr"])) is fails
    kept = (root / ".hocso/ke-het.txt").read_text("utf-8")
    assert all(name in kept for name in NAMES) and f"hocso -C {root} build qr\n" in kept


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing_makes_nothing_fail(tmp_path: Path) -> None:
    few(NAMES)
    tmp_path.chmod(0o500)
    keep_rest(tmp_path / ".hocso", [])
    tmp_path.chmod(0o700)


def test_every_sentence_that_counts_a_rest_says_where_it_is() -> None:
    sentences = tomllib.loads((ROOT / "generator/ground/said.toml").read_text("utf-8"))
    cut = {name: Text(row["vi"], row["en"]) for name, row in sentences.items() if "{more}" in row["vi"]}
    assert cut and not [name for name, told in cut.items() if not any(point in told.vi for point in POINTS)]
