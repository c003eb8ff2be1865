"""A book that was released with the one lesson that was ready never comes back by itself, under its name, as a book of
drafts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from generator.cli import main
from generator.press.orders import DRAFT
from tests.projects import approve, commit_all, edit, git, make_project
from tests.seen import page_texts

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SLUG, TODAY = "quet-ma-qr", "20/11/2026"
LESSON = f"content/topics/{SLUG}/index.md"
BOOK, PART, LEAFLET = (f"print/{name}.pdf" for name in
                       ("booklets/hoc-so-co-ban-a5", "booklets/phan-1-a5", f"leaflets/{SLUG}"))


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("asked", [("review",), (f"review:{SLUG}",), ("qr", "--edition", "xa-dai-son")])
def test_a_released_book_goes_where_it_would_come_back_with_drafts(
    tmp_path: Path, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/", theme=True)
    approve(root, TODAY, SLUG)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    assert main(["-C", str(root), "build", "booklet", "fold", f"leaflet:{SLUG}", "--release", "--offline"]) == 0
    dist = root / "dist"
    assert all((dist / path).is_file() for path in (BOOK, PART, LEAFLET))
    edit(root, LESSON, "Quét mãi không", "Quét lâu không")
    again = f"hocso build booklet fold leaflet:{SLUG} --release --edition phuong-chu-van-an (đang có: phuong-"
    assert again in capsys.readouterr().out, "no commune stands on these"
    assert main(["-C", str(root), "build", *asked]) == 0
    told = capsys.readouterr()
    assert not (dist / BOOK).exists() and not (dist / BOOK.replace("-a5", "-fold")).exists()
    assert f"Đã bỏ khỏi dist: {BOOK}" in told.out and "Cần tập nháp ấy thì gõ: hocso build booklet fold" in told.out
    assert "paper.not-laid" not in told.out + told.err
    for path in (PART, LEAFLET):  # of this lesson alone, as before
        assert DRAFT in " ".join(" ".join(page_texts((dist / path).read_bytes())).split())
    assert DRAFT in (dist / f"site/topics/{SLUG}/index.html").read_text("utf-8"), "the site is made again"


@pytest.mark.browser
def test_what_goes_leaves_the_stick_too(tmp_path: Path) -> None:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/", theme=True)
    approve(root, TODAY, SLUG)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    assert main(["-C", str(root), "build", "sheet", f"leaflet:{SLUG}", "stick", "--release", "--offline-release"]) == 0
    dist = root / "dist"
    before = packed(dist)
    words = ("--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "sai số")
    assert main(["-C", str(root), "approve", SLUG, *words]) == 0
    assert main(["-C", str(root), "build", f"leaflet:{SLUG}"]) == 0
    gone = [name for name in before if not (dist / "print" / name).exists()]
    assert gone and [name for name, data in packed(dist).items() if name in gone or data == before.get(name)] == []


def packed(dist: Path) -> dict[str, bytes]:
    """Papers on the stick, by what they are called below `downloads`."""
    with zipfile.ZipFile(dist / "site/downloads/hoc-so-usb.zip") as box:
        return {name.partition("downloads/")[2]: box.read(name) for name in box.namelist() if name.endswith(".pdf")}


@pytest.mark.browser
@pytest.mark.parametrize("asked", [("number",), (f"leaflet:{SLUG}",), ("qr", "--edition", "xa-dai-son")])
def test_a_released_book_without_it_stays_as_it_was(tmp_path: Path, asked: tuple[str, ...]) -> None:
    """Only its neighbour held what was taken back; made again it would hold drafts."""
    other = "cai-vneid"
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/", theme=True)
    approve(root, TODAY, SLUG, other)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    books = ("booklet:nguoi-cao-tuoi", "booklet:dang-vien")
    assert main(["-C", str(root), "build", *books, "--offline-release"]) == 0
    old, stays = (root / f"dist/print/booklets/{name}-a5.pdf" for name in ("nguoi-cao-tuoi", "dang-vien"))
    before = stays.read_bytes()
    words = ("--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "sai số")
    assert old.is_file() and main(["-C", str(root), "approve", SLUG, *words]) == 0
    assert main(["-C", str(root), "build", *asked]) == 0
    assert not old.exists() and stays.read_bytes() == before
