"""From a fork to paper in the hand: a new commune's leaflet and folded booklet, by the lines of README.vi.md
alone, those of the office above and its own."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.linking.ask import Answer, Asker
from generator.press.binder.facts import page_count
from generator.press.orders import DRAFT
from tests import seen
from tests.projects import ROOT, commit_all, edit, git

pytestmark = pytest.mark.long
SITE, COMMUNE = "https://hocso.haiphong.gov.vn/", "xa-an-khanh"
ADDRESS = f"{SITE}11401/"
MOST_LINES, MOST_SECONDS = 30, 300
"""Seconds of this machine's processors, so that nobody else's work counts."""


def lines() -> Iterator[list[str]]:
    guide = (ROOT / "README.vi.md").read_text("utf-8")
    section = guide.partition("### Một xã in sách, từ đầu đến cuối")[2]
    above, own = re.findall(r"```bat\n(.*?)```", section, re.DOTALL)[:2]
    assert "viet-nam" in above and "viet-nam" not in own
    yield from map(shlex.split, f"{above}{own}".splitlines())


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """The shipped book, its address a real one."""
    root = tmp_path / "sach"
    for name in ("content", "qr"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", ".gitignore", ".gitattributes"):
        shutil.copyfile(ROOT / name, root / name)
    edit(root, "mkdocs.yml", "https://hocso.example/", SITE)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    return root


@pytest.mark.browser
def test_a_leaflet_for_sunday(fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    tree = fork / "dist/editions" / COMMUNE

    def page(_: Asker, address: str) -> tuple[Answer, bytes]:
        """The host as it is once `site` was copied there."""
        return Answer("open", heard=True), (tree / "site" / address.removeprefix(ADDRESS) / "index.html").read_bytes()

    monkeypatch.setattr(Asker, "page", page)
    monkeypatch.chdir(fork)
    typed, start = list(lines()), time.process_time()
    for program, *words in typed:
        if program == "git":
            git(fork, *words)
        elif "TPTHWMAP" in words:  # the guide's sample; what the sheet just built says stands there
            assert main([of_sheet(fork) if word == "TPTHWMAP" else word for word in words]) == 0, words
        else:
            assert program == "hocso" and main(words) == 0, words
    assert len(typed) <= MOST_LINES and time.process_time() - start <= MOST_SECONDS
    prove(tree)


def of_sheet(fork: Path) -> str:
    sheet = (fork / "dist/editions" / COMMUNE / "print/review/quet-ma-qr.pdf").read_bytes()
    found = re.search(r"--from-sheet\s+(\w{8})", seen.page_text(sheet, 1) + seen.page_text(sheet, page_count(sheet)))
    assert found
    return found[1]


def prove(tree: Path) -> None:
    """What stands in the sheet lies there, leads home, and looks final because it is."""
    sheet = json.loads((tree / "phat-hanh.json").read_text("utf-8"))
    assert sheet["address"] == ADDRESS and [row["slug"] for row in sheet["lessons"]] == ["quet-ma-qr"]
    assert all((tree / row["file"]).is_file() for row in sheet["print"]) and sheet["asked"]
    assert all((tree / row["folder"]).is_dir() for row in sheet["upload"])
    files = {row["file"] for row in sheet["print"]}
    assert {"print/leaflets/quet-ma-qr.pdf", "print/leaflets/quet-ma-qr-2up.pdf",
            "print/booklets/phan-1-fold.pdf"} <= files
    for file in sorted(files):
        pdf = (tree / file).read_bytes()
        for number in range(1, page_count(pdf) + 1):
            text = seen.page_text(pdf, number)
            assert DRAFT not in text and "BẢN IN THỬ" not in text, file
    leaflet = (tree / "print/leaflets/quet-ma-qr.pdf").read_bytes()
    assert {code.payload for code in seen.read_codes(leaflet)} == {f"{ADDRESS}1041"}
    assert "Nhà văn hóa xã An Khánh" in seen.page_text(leaflet, 2)
