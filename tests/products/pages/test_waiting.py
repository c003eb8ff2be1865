"""A book of approved lessons and drafts: wherever a draft is listed among others, its line says that it is one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from generator.cli import main
from generator.ground.files import Project
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.read import read_handbook
from generator.handbook.words import WORDS
from generator.press.browser import Browser
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.products.lesson import UNSIGNED, WAITING, book_mark, waiting
from tests.desks import handbook
from tests.projects import edit, make_project, put, sign
from tests.windows import window

pytestmark = pytest.mark.long
SLUG = "quet-ma-qr"
TODAY = "20/11/2026"
SITE = "https://hocso.haiphong.gov.vn/"
NEAR = 120
"""Letters between a title and what is said of it."""
LISTS = ("index", "parts/index", "paths/tieu-thuong-4t/index", "embed/index", "coverage/index", "downloads/index",
         f"topics/{SLUG}/index", "404", "1041/index")


def build(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    assert main(["-C", str(root), "build", "site", "number", "deck", "gallery"]) == 0
    return root / "dist/site"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One approved lesson, three drafts, places signed, the glossary not."""
    root = make_project(tmp_path_factory.mktemp("mixed"), site_url=SITE)
    edit(root, "content/handbook.yml", "\nlộ trình:", f"\nmong muốn:\n- muốn: Cài VNeID\n  bài: cai-vneid\n"
         f"- muốn: Quét mã trên giấy\n  bài: {SLUG}\n\nlộ trình:")
    sign(root, TODAY, SLUG)
    rows = (root / APPROVALS).read_text("utf-8").splitlines(keepends=True)
    put(root, APPROVALS, "".join(row for row in rows if not row.startswith(f"{WORDS},")))
    with pytest.MonkeyPatch.context() as patch:
        return build(root, patch)


def words_of(html: str) -> str:
    """As read, without what is to be copied from a page, and what an approved lesson itself says comes next."""
    body = re.sub(r'(?s).*<body.*?>|<script.*?</script>|<code>.*?</code>|<div class="further">.*?</div>', "", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def titles(root: Path) -> dict[str, str]:
    return {lesson.slug: plain(lesson.title) for lesson in read_handbook(Project(root)).handbook.lessons}


@pytest.mark.wide
def test_each_line_of_a_draft_says_so_and_no_other(mixed: Path) -> None:
    known = titles(mixed.parents[1])
    seen, silent = 0, []
    for path in sorted(mixed.rglob("*.html")):
        page, words = path.relative_to(mixed).as_posix(), words_of(path.read_text("utf-8"))
        if DRAFT in words:
            continue
        for slug, title in known.items():
            said = [re.search(rf"(?i){WAITING}", words[match.end() : match.end() + NEAR])
                    for match in re.finditer(re.escape(title), words)] if slug != SLUG else []
            seen += len(said)
            silent += [f"{page}: {title}"] * sum(one is None for one in said)
    assert (silent, seen > 20) == ([], True)


def test_where_lists_stand(mixed: Path) -> None:
    """So that none of them is renamed without being looked at here; each holds a draft, or leads on to one."""
    for page in LISTS:
        words = words_of((mixed / f"{page}.html").read_text("utf-8"))
        assert WAITING in words and DRAFT not in words, page
    gallery = (mixed.parent / "gallery-blind.html").read_text("utf-8")
    assert DRAFT in gallery and DRAFT in (mixed.parent / "gallery.html").read_text("utf-8")


def test_what_is_shared_of_a_draft_says_so(mixed: Path) -> None:
    """A chat shows title and description of a page, not the page."""
    for page in ("topics/cai-vneid", "1064"):
        html = (mixed / page / "index.html").read_text("utf-8")
        assert f'name="description" content="{DRAFT}. ' in html
    assert DRAFT not in (mixed / f"topics/{SLUG}/index.html").read_text("utf-8")


def test_of_the_search_too(mixed: Path) -> None:
    script = (mixed / "assets/search.js").read_text("utf-8")
    table = json.JSONDecoder().raw_decode(script.partition("=")[2])[0]
    marked = {row[0] for row in table["rows"] if row[6:] == [1]}
    assert marked == {f"topics/{slug}/index.html" for slug in titles(mixed.parents[1]) if slug != SLUG}
    assert (table["waiting"], table["unsigned"]) == (WAITING, 1)


@pytest.mark.browser
def test_results_and_meanings_say_it(mixed: Path, browser: Browser) -> None:
    with window(browser, (360, 740)) as visit:
        visit.page.goto((mixed / "parts/index.html").as_uri())

        def found(typed: str) -> list[str]:
            visit.page.fill("#find-words", typed)
            visit.page.wait_for_selector(".find-results > *")
            return [str(words) for words in visit.page.evaluate(
                """() => [...document.querySelectorAll('.find-word, .find-list a')].map(e => e.innerText)""")]

        meaning, *rows = found("otp")
        assert meaning.startswith("mã OTP:") and meaning.endswith(WAITING)
        assert len(rows) > 1 and all((WAITING in row) != row.startswith("Quét mã QR") for row in rows)
        assert all((WAITING in row) == (row != "Quét mã QR") for row in found("zzzz"))
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 360


def test_where_all_are_drafts_pages_say_it_and_lists_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(make_project(tmp_path, site_url=SITE), monkeypatch)
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert [page for page, html in pages.items() if f'class="draft">{DRAFT}' not in html and DRAFT not in html] == []
    assert [page for page, html in pages.items() if WAITING in html] == []
    script = (site / "assets/search.js").read_text("utf-8")
    assert '"unsigned":0' in script and ",1]" not in script.partition("\n")[0]


def test_where_all_are_approved_nothing_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path, site_url=SITE)
    sign(root, TODAY)
    site = build(root, monkeypatch)
    told = [path.name for path in site.rglob("*.html") if re.search(rf"(?i){WAITING}", path.read_text("utf-8"))]
    assert told == []


def test_the_words() -> None:
    """Of a book: none approved, one, all; of a place nobody signed."""
    book = replace(handbook(), edition=replace(handbook().edition, unsigned="", around_unsigned=False))
    row = Approval("a", "ABCDEFGH", "Sở Y tế", date(2026, 11, 20))
    signed = [replace(topic, office=replace(topic.office, approval=row)) for topic in book.topics]
    one = replace(book, topics=(signed[0], *book.topics[1:]))
    every = replace(book, topics=tuple(signed), cards=())
    assert [book_mark(each) for each in (book, one, every)] == [DRAFT, "", ""]
    assert [waiting(each, each.topics[1]) for each in (book, one, every)] == ["", WAITING, ""]
    assert waiting(one, one.topics[0]) == ""
    unsigned = replace(one, edition=replace(one.edition, unsigned="HTXWCNTC"))
    assert book_mark(unsigned) == UNSIGNED
