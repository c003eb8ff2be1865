"""Every kind of file that an ordinary build leaves, of a book of drafts and others, says where its mark is.

A product that is not in the table fails, and so does a file that no row of its product names, or a row that nothing is
made of. Each verdict is held against the files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from html import unescape
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.proving import prove
from generator.ground.files import Project, find_project
from generator.handbook.model import APPROVALS, Topic
from generator.handbook.read import read_handbook
from generator.handbook.words import WORDS
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.products import NAMES
from generator.products.lesson import TRIAL, UNSIGNED, WAITING
from tests.projects import edit, make_project, put, sign
from tests.real_films import CAPTIONS, small_film
from tests.samples import PROVE
from tests.seen import page_texts
from tests.test_unapproved import PRODUCTS

pytestmark = [pytest.mark.long, pytest.mark.remembers]
DRAFTED, SIGNED, COMMUNE = "quet-ma-qr", "cai-vneid", "xa-dai-son"
OF_SIGNED = re.compile(rf"/(?:{SIGNED}|1064)/")
"""Pages of the approved lesson."""
TODAY = "20/11/2026"

MARKED = "its words say it, on every page"
LISTED = "the line of each draft says it, or the page"
LOOKED = "tests/test_unapproved.py looks at it, or listens"
APPROVED = "there is none of a draft"
BARE = "no word of a lesson stands in it"

FILES: dict[str, dict[str, str]] = {
    # Product → its files, in either tree → where the mark is.
    "booklet": {"*/booklets/*-a5.pdf": MARKED},
    "large": {"*/booklets/*-large.pdf": MARKED},
    "trainer": {"*/booklets/*-trainer.pdf": MARKED},
    "shop": {"print/booklets/*-shop.pdf": MARKED},
    "fold": {"*/booklets/*-fold.pdf": MARKED, "*/leaflets/*-2up.pdf": MARKED, "*/thu-may-in.pdf": BARE},
    "ink": {"print/leaflets/*-ink.pdf": MARKED, "print/leaflets/*-ink-2up.pdf": MARKED},
    "inkbook": {"print/booklets/*-ink.pdf": MARKED, "print/booklets/*-ink-fold.pdf": MARKED},
    "leaflet": {"*/leaflets/*.pdf": MARKED},
    "picture": {"*/leaflets/*-picture.pdf": MARKED},
    "poster": {"*/posters/*.pdf": MARKED, "print/posters/*.txt": MARKED, "print/posters/*.png": LOOKED,
               "site/share/*.png": LOOKED},
    "review": {"print/review/*.pdf": MARKED},
    "screens": {"print/screens.pdf": MARKED},
    "sheet": {"*/sheets/*.pdf": MARKED},
    "grandchild": {"*/chau-day-ong-ba/*.pdf": MARKED},
    "entry": {"*/sheets/phieu-chon-bai.pdf": MARKED},
    "storyboard": {"print/storyboards/*.pdf": MARKED},
    "clip": {"*clips/*.mp4": LOOKED, "*clips/*.jpg": LOOKED, "*clips/*.vtt": MARKED},
    "vertical": {"clips/*-720x1280.mp4": LOOKED},
    "led": {"clips/led/*.mp4": LOOKED, "clips/led/*.png": LOOKED},
    "loudspeaker": {"loudspeaker/*.txt": MARKED, "loudspeaker/*.pdf": MARKED, "loudspeaker/*.mp3": LOOKED},
    "film": {"*clips/real/*.mp4": APPROVED, "*clips/real/*.vtt": APPROVED},
    "deck": {"site/slides/*/index.html": MARKED},
    "number": {"site/1*/index.html": MARKED, "site/[23]*/index.html": LISTED, "site/404.html": LISTED},
    "site": {
        "site/topics/*/index.html": MARKED, "site/embed/*/index.html": MARKED, "site/glossary/index.html": MARKED,
        **dict.fromkeys(("site/index.html", "site/parts/*index.html", "site/paths/*index.html", "site/embed/index.html",
                         "site/coverage/index.html", "site/downloads/index.html", "site/privacy/index.html",
                         "site/feed.json", "site/feed.xml", "site/assets/search.js"), LISTED),
        "site/assets/*.svg": BARE, "site/assets/*.css": BARE, "site/assets/hocso.js": BARE,
        "site/assets/reading.js": BARE, "site/sitemap.xml": BARE,
    },
    "gallery": {"gallery*.html": MARKED},
    "qr": {"qr/*.png": BARE, "qr/*.svg": BARE},
    "server": {"site/server/*": BARE, "site/_headers": BARE},
    "stick": {"site/downloads/hoc-so-usb.zip": LOOKED},
    "manifest": {"book.txt": BARE, "sync-list.txt": BARE},
}
"""`manifest` is no product: what a build notes of itself. Of two rows that name a file the longer one counts."""
UNHEARD = {"gallery.html", "gallery-blind.html", "assets/search.js", "feed.json", "feed.xml"}
"""Nothing of a place stands there but its name; who searches has a page before them that says it."""
SLOW = ("clip", "vertical")
"""Also the country's, of whatever place: its words alone are shown and heard."""
BOOKS = ("booklet", "large", "trainer", "shop", "inkbook", "fold")
APART = (*BOOKS, "sheet", "screens", "entry", *(() if PROVE else SLOW))
ASKED = (*(f"{name}:{{part}}" for name in BOOKS), "fold:2up-{slug}", "sheet:gia-dinh-so", "sheet:ma-so",
         "screens:screens", *(name for name in NAMES if name not in APART))


def build(root: Path, slug: str, part: str, edition: str) -> None:
    asked = [name.format(part=part, slug=slug) for name in ASKED]
    assert main(["-C", str(root), "build", *asked, "--lesson", slug, "--edition", edition]) == 0
    assert main(["-C", str(root), "build", "entry", "number", "--edition", edition]) == 0


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country of a draft, its words signed; a commune whose words nobody signed, of an approved lesson."""
    root = make_project(tmp_path_factory.mktemp("every"), site_url="https://hocso.haiphong.gov.vn/")
    for slug in (DRAFTED, SIGNED):
        folder = f"content/topics/{slug}"
        edit(root, f"{folder}/index.md", "\ntrạng thái:", "\nphim: phim.mp4\ntrạng thái:")
        put(root, f"{folder}/phim.mp4", small_film())
        put(root, f"{folder}/phim.vtt", CAPTIONS)
    edit(root, "content/handbook.yml", "\nlộ trình:", "\nphiếu chọn bài:\n- hỏi: Bác bán hàng ở chợ?\n"
         "  đến: tieu-thuong-4t\n  nếu không: nguoi-cao-tuoi\n\nlộ trình:")
    sign(root, TODAY, SIGNED)
    rows = (root / APPROVALS).read_text("utf-8").splitlines(keepends=True)
    put(root, APPROVALS, "".join(row for row in rows if not row.startswith((f"{WORDS},", f"{COMMUNE},"))))
    build(root, DRAFTED, "phan-1", "viet-nam")
    build(root, SIGNED, "phan-4", COMMUNE)
    return root


def trees(root: Path) -> list[Path]:
    return [root / "dist", root / "dist/editions" / COMMUNE]


def made(tree: Path) -> Iterator[tuple[str, str]]:
    """Each file with the product that made it."""
    rows = json.loads((tree / "build.json").read_text("utf-8"))["files"]
    yield from ((row["path"], row["product"]) for row in rows if not row["path"].startswith("editions/"))


def verdict(path: str, product: str) -> tuple[str, str]:
    rows = [row for row in FILES[product] if fnmatchcase(path, row)]
    assert rows, f"{path} of {product}: where is its mark?"
    row = max(rows, key=len)
    return row, FILES[product][row]


def drafts(root: Path) -> dict[str, tuple[str, ...]]:
    """Of each what would tell it: its title, its first step, what to remember."""
    book = read_handbook(Project(root)).handbook
    return {lesson.slug: tuple(map(plain, (lesson.title, lesson.steps[0].phrase, *lesson.remember)))
            for lesson in book.lessons if not lesson.approved and isinstance(lesson, Topic)}


def pages_of(file: Path) -> list[str]:
    """As people read it."""
    data = file.read_bytes()
    if file.suffix == ".pdf":
        return [" ".join(words.split()) for words in page_texts(data)]
    return [" ".join(unescape(data.decode("utf-8")).split())]


def test_every_product_says_where_its_mark_is() -> None:
    assert {*FILES} - {"manifest"} == {*NAMES}
    looked = {asked.split(":")[0] for _, asked, _ in PRODUCTS}
    assert {product for product, rows in FILES.items() if LOOKED in rows.values()} <= looked


@pytest.mark.wide
@pytest.mark.browser
def test_every_file_is_in_the_table_and_every_row_has_a_file(root: Path) -> None:
    found = {(product, verdict(path, product)[0]) for tree in trees(root) for path, product in made(tree)}
    rows = {(product, row) for product, held in FILES.items() for row in held if PROVE or product not in SLOW}
    assert rows - found == set()
    there = {path.relative_to(root / "dist").as_posix() for path in (root / "dist").rglob("*") if path.is_file()}
    told = {path for path, _ in made(root / "dist")}
    assert {path for path in there - told if not path.startswith("editions/")} <= {"build.json", "sync-list.txt"}


@pytest.mark.browser
def test_drafts_of_a_signed_place(root: Path) -> None:
    tree, known, silent = root / "dist", drafts(root), []
    for path, product in made(tree):
        _, how = verdict(path, product)
        if how == APPROVED:
            silent += [path] if any(slug in path for slug in known) else []
        elif how != LOOKED and (tree / path).suffix not in (".png", ".zip"):
            silent += [f"{path} {page}" for page, words in enumerate(pages_of(tree / path), 1)
                       if not says(how, words, known) and not OF_SIGNED.search(path) and not is_printers(path, page)]
    assert silent == []


def says(how: str, words: str, known: dict[str, tuple[str, ...]]) -> bool:
    """Of a draft, where its words or its place in a list want it."""
    telling = any(sentence in words for sentences in known.values() for sentence in sentences)
    if how == MARKED:
        return DRAFT in words
    if how == LISTED:
        return not telling or DRAFT in words or WAITING in words
    return not telling


def is_printers(path: str, page: int) -> bool:
    """The sheet before what is folded, to try the copier with."""
    return path.endswith("-fold.pdf") and page <= 2


@pytest.mark.browser
def test_an_approved_lesson_of_a_place_nobody_signed(root: Path) -> None:
    """Whom to ask, and where its codes lead, stand on every page of paper and site."""
    tree, silent = root / "dist/editions" / COMMUNE, []
    for path, product in made(tree):
        _, how = verdict(path, product)
        if how not in (MARKED, LISTED) or product in SLOW or path.removeprefix("site/") in UNHEARD:
            continue
        silent += [f"{path} {page}" for page, words in enumerate(pages_of(tree / path), 1)
                   if not re.search(f"{TRIAL}|{UNSIGNED}|{DRAFT}", words) and not is_printers(path, page)]
    assert silent == []


@pytest.mark.wide
@pytest.mark.browser
def test_the_proofreader_finds_none_without_its_mark(root: Path) -> None:
    told, _ = prove(find_project(root), [])
    assert [line for line in told.splitlines() if "duyệt" in line and line.startswith("✗")] == []
    for file in ("print/posters", "loudspeaker"):
        words = root / f"dist/{file}/{DRAFTED}.txt"
        words.chmod(0o644)
        words.write_text(words.read_text("utf-8").replace(DRAFT, ""), "utf-8")
    told, code = prove(find_project(root), [])
    assert code == 1 and told.count(f"bài {DRAFTED} chưa duyệt, tệp không có chữ {DRAFT}") == 2
