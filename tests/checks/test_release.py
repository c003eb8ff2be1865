"""`--release`: what may not go out, and that a finished handbook may."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks import read_and_check, release
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from tests.broken import CARD, MKDOCS, SAVE, SCAN, copy_base, read
from tests.projects import approve, edit, put


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base, everything approved today, with an address people can trust."""
    root = copy_base(tmp_path)
    edit(root, MKDOCS, "https://hocso.example/", "https://hoc.tinhmau.gov.vn/")
    approve(root, f"{date.today():%d/%m/%Y}")
    return root


def told(root: Path) -> list[tuple[str, str, int]]:
    return [(f.severity, f.rule, f.place.line) for f in release.check(Matter(Project(root), read(root), release=True))]


def test_a_finished_handbook_may_go_out(root: Path) -> None:
    assert read(root).findings == ()
    assert told(root) == []


@pytest.mark.parametrize("data", [": :\n- {", b"\xff", b"\0", "x" * 400_000, "", "a: ["])
def test_without_settings_all_that_is_told_names_its_file(root: Path, data: str | bytes) -> None:
    put(root, MKDOCS, data)
    places = {finding.place.file for finding in read_and_check(Project(root), release=True).findings}
    assert "" not in places and MKDOCS in places


def ago(days: int) -> str:
    return f"{date.today() - timedelta(days=days):%d/%m/%Y}"


AGO = re.compile(r"\{ago (\d+)\}")


def dated(words: str) -> str:
    """With the days of when the case runs: tables are read before, and a long run passes midnight."""
    return AGO.sub(lambda found: ago(int(found[1])), words)


OPEN = [
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://hocso.example/", ("error", "release.address", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "http://localhost:8000/", ("error", "release.address", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://hocso.vn/", ("warning", "release.not-gov", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://gov.vn.hocso.com/", ("warning", "release.not-gov", 2)),
    (SAVE, "phút: 10\ncho", "phút: 9\ncho", ("warning", "release.status", 5)),
    (CARD, "trong 60 ngày", "trong 90 ngày", ("warning", "release.status", 5)),
    (SAVE, "---\n\n#", "cần xác nhận: tên nút Lưu\n---\n\n#", ("warning", "release.open-fact", 7)),
    (SCAN, "đã xem: {ago 0}, máy thử, Android\n", "", ("warning", "release.unseen", 30)),
    (SAVE, "| bước 2 |", "| buoc hai |", ("error", "clip.picture", 63)),
    (SAVE, "rà soát: {ago 0}", "rà soát: {ago 366}", ("warning", "release.old", 6)),
]


@pytest.mark.parametrize(("file", "old", "new", "finding"), OPEN, ids=[f"{row[3][1]} {row[2][:20]}" for row in OPEN])
def test_what_may_not(root: Path, file: str, old: str, new: str, finding: tuple[str, str, int]) -> None:
    edit(root, file, dated(old), dated(new))
    unsigned = ("warning", "release.status", 5)  # another text than the one approved
    assert [one for one in told(root) if one != unsigned or finding == unsigned] == [finding]


def test_a_review_of_365_days_is_still_good(root: Path) -> None:
    edit(root, SAVE, f"rà soát: {ago(0)}", f"rà soát: {ago(365)}")
    assert told(root) == []
