"""The books for a print shop: what its knife meets, and what is left when it has cut."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pikepdf
import pytest

from generator.engine.items import Result
from generator.handbook.model import Phrase
from generator.press.binder.facts import destinations, page_count
from generator.press.binder.trim import BLEED_MM, SAFE_MM
from generator.press.browser import Browser
from generator.press.orders import DRAFT
from generator.press.proof import Leaf, opened, see_codes
from generator.products import standard
from generator.products.papers import booklet, shop
from generator.products.papers.parts.book import Pagination, compose
from generator.products.papers.parts.printing import Paper, style_of
from generator.products.papers.parts.volumes import volumes
from generator.proof.faults import Fault
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from tests.desks import desk, handbook, make, thinned

WHOLE, PART, PATH = "hoc-so-co-ban", "phan-3", "nguoi-cao-tuoi"
BOOK = thinned("giu-mat-khau-otp", "tranh-lua-dao", "hoi-tro-ly-ai", "nho-ai-viet-dich", "khai-sinh")
EDGE = shop.EDGE_MM
DOT = 25.4 / 144
"""Millimetres of a dot of pages that are looked at."""
MANY = 24
"""Lessons of a part: more than a page has lines for."""

pytestmark = [pytest.mark.long, pytest.mark.browser]


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    folder = tmp_path_factory.mktemp("shop")
    wanted = {f"{product}:{name}" for product in ("shop", "booklet") for name in (WHOLE, PART, PATH)}
    return {item.name: make(item, browser, folder) for product in (shop, booklet)
            for item in product.plan(desk(BOOK)) if item.name in wanted}


@pytest.fixture(scope="module")
def books(made: dict[str, Result]) -> dict[str, bytes]:
    return {name: result.files[f"print/booklets/{name.partition(':')[2]}-shop.pdf"]
            for name, result in made.items() if name.startswith("shop")}


@pytest.mark.wide
def test_a_shop_reads_where_to_cut_from_the_boxes(books: dict[str, bytes]) -> None:
    for data in books.values():
        with opened(data) as paper:
            for leaf in paper.leaves():
                assert leaf.size_mm == pytest.approx((168, 230), abs=0.2)
                assert leaf.kept == pytest.approx((EDGE, EDGE, 148, 210), abs=0.2)
                by = EDGE - BLEED_MM
                assert leaf.coloured == pytest.approx((by, by, 154, 216), abs=0.2)


def grey(leaf: Leaf) -> np.ndarray:
    return np.asarray(leaf.page.render(scale=144 / 72, grayscale=True).to_numpy()).squeeze()


def rims(leaf: Leaf, first_mm: float, last_mm: float) -> list[np.ndarray]:
    """From so far inside the sheet's edge to so far, on each of the four sides, corners and tape left out."""
    picture, first, last = grey(leaf), round(first_mm / DOT), round(last_mm / DOT)
    long = slice(round((EDGE + 8) / DOT), -round((EDGE + 8) / DOT))
    across = picture[first:last, long], picture[-last:-first or None, long]
    return [*across, picture[long, first:last], picture[long, -last:-first or None]]


def full_pages(data: bytes) -> list[int]:
    return [1, *(page for name, page in destinations(data).items() if name.startswith("p-"))]


def test_colour_runs_beyond_the_cut_and_no_further_than_the_bleed(books: dict[str, bytes]) -> None:
    """On the cover and where a part opens it reaches all four edges, moved away from the fold or not."""
    assert len(full_pages(books[f"shop:{WHOLE}"])) == 4
    for name, data in books.items():
        with opened(data) as paper:
            for page in full_pages(data):
                for rim in rims(paper.leaf(page), EDGE - BLEED_MM + 0.3, EDGE - 0.1):
                    assert rim.max() < 250, (name, page)
            for leaf in paper.leaves():
                for rim in rims(leaf, 0, EDGE - BLEED_MM - 0.3):
                    assert rim.min() > 250, (name, leaf.number)


def test_marks_stand_at_every_corner_outside_the_bleed(books: dict[str, bytes]) -> None:
    data = books[f"shop:{PART}"]
    with opened(data) as paper:
        for leaf in paper.leaves():
            picture = grey(leaf) < 200
            cut, least = round(EDGE / DOT), round((EDGE - BLEED_MM - 0.3) / DOT)
            for across in (picture[:least], picture[-least:]):
                assert {round(x * DOT) for x in np.where(across.any(axis=0))[0]} >= {10, 158}, leaf.number
                assert across[:, cut + 6 : -cut - 6].sum() == 0
            for down in (picture[:, :least], picture[:, -least:]):
                assert {round(y * DOT) for y in np.where(down.any(axis=1))[0]} >= {10, 220}, leaf.number


@pytest.mark.wide
def test_all_that_must_be_read_is_left_when_it_is_cut(made: dict[str, Result], books: dict[str, bytes]) -> None:
    """Nothing within five millimetres, codes as large as in the other book; the judge of PDF/UA has no more to say."""
    ledger = {entry.number: entry for entry in BOOK.ledger}
    for name, data in books.items():
        assert prove_file(data, Promise(f"print/booklets/{name[5:]}-shop.pdf"), ledger).faults == (), name
        assert not [path for path in made[name].files if path.startswith("site/")]


def test_it_is_the_same_book_page_by_page(made: dict[str, Result], books: dict[str, bytes]) -> None:
    """Who phones about page 12 means the same page."""
    for name, data in books.items():
        home = next(iter(made[name.replace("shop", "booklet")].files.values()))
        assert page_count(home) == page_count(data)
        with opened(home) as one, opened(data) as other:
            for page in range(1, one.pages + 1):
                ours, theirs = (sorted(re.findall(r"\w+", paper.leaf(page).words)) for paper in (one, other))
                assert ours == theirs, (name, page)


def test_the_tape_of_a_draft_is_seen_after_the_cut(books: dict[str, bytes]) -> None:
    for data in books.values():
        with opened(data) as paper:
            for leaf in paper.leaves():
                kept = grey(leaf)[round(EDGE / DOT) : -round(EDGE / DOT), round(EDGE / DOT) : -round(EDGE / DOT)]
                tape = kept[: round(7.4 / DOT)]
                assert (tape < 128).mean(axis=1).min() > 0.5 and (tape > 200).any(axis=1).sum() * DOT > 5, leaf.number
                assert DRAFT in " ".join(leaf.words.split())


def spoiled(data: bytes, box: str, by: float) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[4].obj[f"/{box}"] = pikepdf.Array([by, by, 400, 600])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def told(data: bytes) -> list[Fault]:
    ledger = {entry.number: entry for entry in BOOK.ledger}
    return list(prove_file(data, Promise(f"print/booklets/{PART}-shop.pdf"), ledger).faults)


@pytest.mark.parametrize("box", ["TrimBox", "BleedBox"])
def test_a_wrong_box_is_a_fault(books: dict[str, bytes], box: str) -> None:
    [fault] = told(spoiled(books[f"shop:{PART}"], box, 30))
    assert (fault.kind, fault.page) == ("trim", 5) and box in fault.message.en


def test_a_word_near_the_cut_is_a_fault(books: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(books[f"shop:{PART}"])) as pdf:
        page = pdf.pages[4]
        page.contents_add(b"q 1 0 0 1 -40 0 cm", prepend=True)
        page.contents_add(b"Q")
        out = io.BytesIO()
        pdf.save(out)
    faults = told(out.getvalue())
    assert [fault.page for fault in faults if f"nearer than {SAFE_MM:g} mm" in fault.message.en] == [5]


def test_a_part_of_many_lessons_says_on_every_page_what_all_say(browser: Browser) -> None:
    slugs = tuple(Phrase(lesson.slug) for lesson in handbook().lessons[:MANY])
    first = replace(handbook().parts[0], topics=slugs)
    longer = replace(handbook(), parts=(first, *handbook().parts[1:]))
    book = compose(desk(longer), volumes(longer)[0])
    numbers = {chapter.id: 100 for chapter in book.chapters}
    html = desk().theme.draw("print/booklet.html", replace(book, pages=Pagination(numbers)))
    opener = re.findall(r'<section class="opener.*?</section>', html, re.DOTALL)[0]
    sheet = browser.warm_sheet(style_of(desk(), Paper(shop.BOOK, "", "", book)))
    sheet.fill(re.sub(r'href="hocso:', 'href="https://sach.invalid/', opener), "Trang mở phần")
    with opened(sheet.pdf(*shop.BOOK.size_mm)) as paper:
        words = [" ".join(leaf.words.split()) for leaf in paper.leaves()]
        assert len(words) == 2 and all(DRAFT in page for page in words)
        assert [len(see_codes(leaf)) for leaf in paper.leaves()] == [0, 1]


def test_it_is_made_on_request_only() -> None:
    assert "shop" not in standard()
