"""`--release`: what may not go out, and that a finished handbook may."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks import release
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from tests.broken import CARD, MKDOCS, SAVE, SCAN, WIFI, copy_base, read
from tests.projects import edit


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base, everything approved today, with an address people can trust."""
    root = copy_base(tmp_path)
    today = f"{date.today():%d/%m/%Y}"
    edit(root, MKDOCS, "https://hocso.example/", "https://hoc.tinhmau.gov.vn/")
    for file, status, day in ((WIFI, "nháp", "20/11/2026"), (SAVE, "đã rà soát", "20/11/2026"),
                              (CARD, "nháp", "20/11/2026"), (SCAN, "đã duyệt", "2026-11-20")):
        edit(root, file, f"trạng thái: {status}\nrà soát: {day}", f"trạng thái: đã duyệt\nrà soát: {today}")
    edit(root, WIFI, "cần xác nhận:\n  - tên mục Wi-Fi trên máy đời cũ\n", "")
    edit(root, SCAN, "mã QR: bài này\n", "mã QR: bài này\nđã xem: 20/11/2026, Máy ảnh, Android\n")
    return root


def told(root: Path) -> list[tuple[str, str, int]]:
    return [(f.severity, f.rule, f.place.line) for f in release.check(Matter(Project(root), read(root), release=True))]


def test_a_finished_handbook_may_go_out(root: Path) -> None:
    assert read(root).findings == ()
    assert told(root) == []


def ago(days: int) -> str:
    return f"{date.today() - timedelta(days=days):%d/%m/%Y}"


OPEN = [
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://hocso.example/", ("error", "release.address", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "http://localhost:8000/", ("error", "release.address", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://hocso.vn/", ("warning", "release.not-gov", 2)),
    (MKDOCS, "https://hoc.tinhmau.gov.vn/", "https://gov.vn.hocso.com/", ("warning", "release.not-gov", 2)),
    (SAVE, "trạng thái: đã duyệt", "trạng thái: đã rà soát", ("error", "release.status", 5)),
    (CARD, "trạng thái: đã duyệt", "trạng thái: nháp", ("error", "release.status", 5)),
    (SAVE, "---\n\n#", "cần xác nhận: tên nút Lưu\n---\n\n#", ("error", "release.open-fact", 7)),
    (SCAN, "đã xem: 20/11/2026, Máy ảnh, Android\n", "", ("error", "release.unseen", 30)),
    (SAVE, "| bước 2 |", "| buoc hai |", ("error", "clip.picture", 63)),
    (SAVE, f"rà soát: {ago(0)}", f"rà soát: {ago(366)}", ("error", "release.old", 6)),
]


@pytest.mark.parametrize(("file", "old", "new", "finding"), OPEN, ids=[f"{row[3][1]} {row[2][:20]}" for row in OPEN])
def test_what_may_not(root: Path, file: str, old: str, new: str, finding: tuple[str, str, int]) -> None:
    edit(root, file, old, new)
    assert told(root) == [finding]


def test_a_review_of_365_days_is_still_good(root: Path) -> None:
    edit(root, SAVE, f"rà soát: {ago(0)}", f"rà soát: {ago(365)}")
    assert told(root) == []
