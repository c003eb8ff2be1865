from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.handbook.model import Handbook, Phrase, Term
from generator.items import Result
from generator.press.binder import destinations, embedded_fonts, is_tagged, links, outline, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.press.proof import empty_pages, page_text, prove_codes, text_outside, type_sizes
from generator.products import booklet, paper
from tests.products.papers import FILLED, desk, handbook, make, one_pdf, with_edition


def print_booklet(book: Handbook, browser: Browser, folder: Path) -> Result:
    item, = booklet.plan(desk(book))
    return make(item, browser, folder)


@pytest.fixture(scope="module")
def pdf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return one_pdf(print_booklet(handbook(), browser, tmp_path_factory.mktemp("memory")))


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page_text(pdf, page).split()) for page in range(1, page_count(pdf) + 1)]


@pytest.mark.browser
def test_book_is_whole(pdf: bytes) -> None:
    assert page_sizes_mm(pdf) == [pytest.approx(paper.A5_MM, abs=0.2)] * page_count(pdf)
    assert is_tagged(pdf) and not empty_pages(pdf) and not text_outside(pdf)
    fonts = embedded_fonts(pdf)
    assert fonts and all(font.embedded and font.name.startswith("Roboto") for font in fonts)
    assert all(paper.TRIAL in text for text in pages_of(pdf))


@pytest.mark.browser
def test_contents_tell_the_true_pages_and_lead_there(pdf: bytes) -> None:
    places, pages = destinations(pdf), pages_of(pdf)
    contents = next(text for text in pages if " Mục lục " in text)
    number_of_contents = pages.index(contents) + 1
    targets = {link.target for link in links(pdf) if link.page == number_of_contents}
    for topic in handbook().topics:
        title, page = plain(topic.title), places[f"t-{topic.slug}"]
        assert f"{title} {page} " in contents and f"#t-{topic.slug}" in targets
        assert f"Bài số {handbook().number_of(topic.slug)} {title}" in pages[page - 1]
        foot = {f"{paper.TRIAL} {page} ", f"{page} {paper.TRIAL} "}
        assert any(words in pages[page - 1] for words in foot)
    assert {link.target[1:] for link in links(pdf) if link.target.startswith("#")} <= set(places)


@pytest.mark.browser
def test_outline_holds_parts_topics_sections(pdf: bytes) -> None:
    lines = [(line.level, line.title) for line in outline(pdf)]
    part = next(part for part in handbook().parts if part.topics)
    topic = handbook().by_slug[part.topics[0].text]
    at = lines.index((1, part.title))
    assert lines[at + 1] == (2, plain(topic.title)) and lines[at + 2][0] == 3


@pytest.mark.browser
def test_codes_are_read_by_both_decoders(pdf: bytes) -> None:
    book = booklet.compose(desk(), booklet.volumes(handbook())[0])
    expected = booklet.code_pages(book, destinations(pdf))
    assert len(expected) == len(handbook().topics) + sum(bool(part.topics) for part in handbook().parts)
    prove_codes(pdf, {page: expected.get(page, set()) for page in range(1, page_count(pdf) + 1)}, both=True)


@pytest.mark.browser
def test_answers_are_at_the_back_and_trainers_notes_nowhere(pdf: bytes) -> None:
    pages = pages_of(pdf)
    for topic in handbook().topics:
        reason = paper.say(topic.quiz.know.reason).striptags()
        where = [number for number, text in enumerate(pages, 1) if reason in text]
        assert where == [destinations(pdf)[f"a-{topic.slug}"]]
    assert not any("Cho người hướng dẫn" in text or "1 phút học số" in text for text in pages)


@pytest.mark.browser
def test_type_is_never_too_small(pdf: bytes) -> None:
    for page in range(1, page_count(pdf) + 1):
        sizes = type_sizes(pdf, page)
        assert min(sizes) >= 8
        assert len(sizes.get(14.0, "")) > 20 or page == 1


@pytest.mark.browser
def test_same_bytes_whatever_was_remembered(pdf: bytes, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "booklet-viet-nam-hoc-so-co-ban.json").write_text('{"t-quet-ma-qr": 99, "x": 1}', "utf-8")
    for _ in range(2):
        assert one_pdf(print_booklet(handbook(), browser, tmp_path)) == pdf


@pytest.mark.browser
def test_back_cover_has_contacts_or_lines_to_fill(pdf: bytes, browser: Browser, tmp_path: Path) -> None:
    filled = one_pdf(print_booklet(with_edition(help=(FILLED,), trial=False), browser, tmp_path))
    assert "Điện thoại:" in pages_of(pdf)[-1]
    assert f"{FILLED.unit} {FILLED.phone} {FILLED.hours}" in pages_of(filled)[-1]
    assert not any(paper.TRIAL in text for text in pages_of(filled))


@pytest.mark.parametrize(("most", "names"), [
    (300, ["hoc-so-co-ban"]), (3, ["hoc-so-co-ban-1", "hoc-so-co-ban-2"]),
])
def test_huge_books_come_in_volumes(most: int, names: list[str]) -> None:
    made = booklet.volumes(handbook(), most)
    assert [volume.name for volume in made] == names
    slugs = [slug.text for volume in made for part in volume.parts for slug in part.topics]
    assert slugs == [slug.text for part in handbook().parts for slug in part.topics]


def test_topics_of_no_part_come_last() -> None:
    book = replace(handbook(), parts=())
    volume, = booklet.volumes(book)
    assert [part.title for part in volume.parts] == ["Bài thêm"]


@pytest.mark.parametrize(("term", "found"), [
    (Term("mã QR", Phrase("…")), True),
    (Term("AI", Phrase("…")), False),
    (Term("app", Phrase("…"), replace=True), False),
    (Term("lạ hoắc", Phrase("…"), aliases=("VNeID",)), True),
])
def test_glossary_holds_what_the_topics_say(term: Term, found: bool) -> None:
    assert bool(booklet.used_terms([term], handbook().topics)) is found


def test_running_head_cannot_leave_its_string() -> None:
    assert paper.css_text('a"}\n\\b') == '"a\\22 }\\a \\5c b"'
