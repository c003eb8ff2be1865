"""What lies in dist from before the book changed: `hocso proof` tells every file of it, whatever kind it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.press.captioned import captions
from generator.press.orders import DRAFT
from tests.projects import approve, commit_all, edit, git, make_project

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SITE, SLUG = "https://hocso.haiphong.gov.vn/", "quet-ma-qr"
PLACES = ("viet-nam", "xa-dai-son")


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), *words])


def built(root: Path, *items: str) -> dict[str, bytes]:
    """Files of the lesson in the trees of all places."""
    for place in PLACES:
        assert run(root, "build", *items, "--edition", place) == 0
    return {path.relative_to(root / "dist").as_posix(): path.read_bytes() for path in (root / "dist").rglob("*")
            if path.is_file() and SLUG in path.name}


def told(root: Path, capsys: pytest.CaptureFixture[str], *paths: str) -> set[str]:
    """Files below dist that a proof finds something wrong with."""
    capsys.readouterr()
    code = run(root, "proof", *(str(root / "dist" / path) for path in paths))
    names = {line.removeprefix("✗ dist/").split(":")[0].split(",")[0]
             for line in capsys.readouterr().out.splitlines() if line.startswith("✗")}
    assert code == bool(names)
    return names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path, site_url=SITE)
    approve(root, "20/11/2026")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    return root


def withdraw(root: Path, name: str) -> None:
    assert run(root, "approve", name, "--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "sai") == 0
    commit_all(root, "rút lại")


@pytest.mark.wide
@pytest.mark.browser
def test_pictures_of_what_was_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They have no letters to read, and were passed."""
    items = (f"poster:share:{SLUG}", f"clip:{SLUG}", f"led:{SLUG}")
    files = built(root, *items)
    pictures = {name for name in files if name.endswith((".png", ".jpg"))}
    assert len(pictures) == 2 * (2 + 1 + 2 + 6), "to share, on the site, before a film, for LED boards"
    assert told(root, capsys) == told(root, capsys, "site", "editions") == set()
    assert files == built(root, *items), "the same bytes"
    withdraw(root, SLUG)
    assert told(root, capsys) >= {name for name in pictures if "site/" not in name}
    assert told(root, capsys, "site", "editions") >= {name for name in pictures if "editions" in name or "site" in name}
    marked = built(root, *items)
    assert all(DRAFT in captions(marked[name])["Mark"] for name in pictures)
    assert told(root, capsys) == told(root, capsys, "site", "editions") == set()


PAPERS = ("booklet:phan-1", "fold:phan-1", f"leaflet:{SLUG}", f"fold:2up-{SLUG}", f"picture:{SLUG}", f"poster:{SLUG}",
          f"poster:share:{SLUG}", "sheet:ma-so")
BOOKS = {"print/booklets/phan-1-a5.pdf", "print/booklets/phan-1-fold.pdf"}
NAMED = {f"print/leaflets/{SLUG}{end}.pdf" for end in ("", "-2up")} | {
    f"print/posters/{SLUG}-{end}" for end in ("a3.pdf", "a4.pdf", "1080x1080.png", "1200x630.png")} | {
    "print/sheets/ma-so.pdf"}
"""Papers that print the title of a lesson's part; no picture leaflet does."""


@pytest.mark.wide
@pytest.mark.browser
def test_papers_of_meanings_and_titles_that_are_no_more(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A booklet showed a meaning that had been withdrawn, then another one, then the old title of its part."""
    def build() -> None:
        assert run(root, "build", *PAPERS) == 0
        assert told(root, capsys, "print") == set()

    def changed(file: str, old: str, new: str, day: str) -> None:
        edit(root, file, old, new)
        approve(root, day)
        commit_all(root, "sửa")

    build()
    withdraw(root, "tu-kho")
    assert told(root, capsys, "print") == BOOKS
    changed("content/glossary.yml", "nghĩa: ô vuông đen trắng", "nghĩa: ô vuông khác", "22/11/2026")
    assert told(root, capsys, "print") == BOOKS
    build()
    changed("content/handbook.yml", "tên: Làm quen với điện thoại và mạng", "tên: Làm quen với máy", "23/11/2026")
    assert told(root, capsys, "print") == BOOKS | NAMED
    build()


SPOKEN = (f"poster:share:{SLUG}", f"loudspeaker:{SLUG}", f"clip:{SLUG}")
LESSON = f"content/topics/{SLUG}/index.md"


@pytest.mark.wide
@pytest.mark.browser
def test_words_of_the_text_before(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside new ones they passed: words name no text, so they are held against those of today."""
    files = built(root, *SPOKEN)
    words = {name for name in files if name.endswith((".txt", ".vtt")) and "site/" not in name}
    assert len(words) == 2 * 3
    assert told(root, capsys) == set()
    post, ours = (root / "dist" / tree / f"print/posters/{SLUG}.txt" for tree in ("", "editions/xa-dai-son"))
    for path, data in ((post, files[f"print/posters/{SLUG}.txt"]), (ours, b"x")):
        path.chmod(0o644)
        path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert told(root, capsys) == {f"editions/xa-dai-son/print/posters/{SLUG}.txt"}, "an editor's program keeps it so"
    ours.write_bytes(files[f"print/posters/{SLUG}.txt"])
    assert told(root, capsys) == {f"editions/xa-dai-son/print/posters/{SLUG}.txt"}, "of another place"
    ours.write_bytes(files[f"print/posters/{SLUG}.txt"][:0])
    assert told(root, capsys) == {f"editions/xa-dai-son/print/posters/{SLUG}.txt"}, "nothing in it"
    ours.write_bytes(files[f"editions/xa-dai-son/print/posters/{SLUG}.txt"])
    picture = root / f"dist/editions/xa-dai-son/print/posters/{SLUG}-1080x1080.png"
    picture.chmod(0o644)
    picture.write_bytes(files[f"print/posters/{SLUG}-1080x1080.png"])
    assert told(root, capsys) == {f"editions/xa-dai-son/print/posters/{SLUG}-1080x1080.png"}, "of another place"
    picture.write_bytes(files[f"editions/xa-dai-son/print/posters/{SLUG}-1080x1080.png"])
    for old, new in (("Chờ một chút, đường link", "Đợi một chút, đường link"), ("# Quét mã QR", "# Quét mã QR nhanh")):
        edit(root, LESSON, old, new)
    approve(root, "21/11/2026")
    commit_all(root, "sửa, duyệt lại")
    assert told(root, capsys) >= words
    built(root, *SPOKEN)
    assert told(root, capsys) == set()
