"""Two clones of one book build into one folder, each with its own records: neither takes away what the other made."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.projects import EPOCH, commit_all, edit, git, make_project, put

SITE = "https://hocso.gov.vn/"
ONE, OTHER = "qr/1041.png", "qr/1064.png"


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The second has another commit; both build into the third."""
    ours = make_project(tmp_path, commit=True, site_url=SITE)
    git(tmp_path, "clone", "-q", str(ours), "copy")
    edit(tmp_path / "copy", "content/topics/cai-vneid/index.md", "\n# ", "\n# Bài: ")
    commit_all(tmp_path / "copy", "other words", EPOCH + 86_400)
    return ours, tmp_path / "copy", tmp_path / "out"


def build(root: Path, out: Path, *items: str) -> set[str]:
    assert main(["-C", str(root), "build", *items, "--out", str(out)]) == 0
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_an_item_of_one_clone_leaves_those_of_the_other(
    clones: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, copy, out = clones
    whole = build(ours, out, "qr", "number")
    before = (out / OTHER).read_bytes()
    for root in (copy, ours, copy):
        assert build(root, out, "qr:1041", "number:1041") == whole
    assert (out / OTHER).read_bytes() == before and "Đã bỏ" not in "".join(capsys.readouterr())
    assert build(copy, out, "qr", "number") == build(ours, out, "qr", "number") == whole


def test_an_edition_that_only_one_clone_has_stays(clones: tuple[Path, Path, Path]) -> None:
    ours, copy, out = clones
    put(ours, "content/editions/xa-moi.yml", 'tên: xã Mới\ncấp trên: viet-nam\nmã: "11390"\n')
    whole = build(ours, out, "qr", "--editions", "all")
    own = {path for path in whole if path.startswith("editions/xa-moi/qr/")}
    assert own and build(copy, out, "qr:1041") == whole
    assert own <= build(copy, out, "qr")


def test_another_book_is_refused_and_nothing_goes(clones: tuple[Path, Path, Path], tmp_path: Path) -> None:
    ours, _, out = clones
    whole = build(ours, out, "qr")
    other = make_project(tmp_path / "khac", commit=True, site_url="https://khac.gov.vn/")
    assert main(["-C", str(other), "build", "qr:1041", "--out", str(out)]) == 2
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == whole


def test_without_its_records_a_clone_leaves_what_stands(clones: tuple[Path, Path, Path]) -> None:
    ours, _, out = clones
    whole = build(ours, out, "qr")
    put(ours, ".hocso", None)
    assert build(ours, out, "qr:1041") == whole
