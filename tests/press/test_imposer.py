from __future__ import annotations

import io
import os
import random

import pikepdf
import pytest

from generator.press.binder import facts
from generator.press.binder.sheets import place_pages
from generator.press.imposer import (
    A4_MM,
    MIDDLE,
    MOST_PAGES,
    Side,
    fold_booklet,
    sections,
    two_up,
    whole_sheet,
)
from generator.press.orders import About
from tests.by_hand import fold_by_hand, sides_of
from tests.finished import laid_pages
from tests.haste import assert_no_runaway

PROVE = os.environ.get("HOCSO_PROVE") == "1"
BOOKS = range(1, 401) if PROVE else [1, 2, 3, 4, 5, 80, 399, 400, *random.Random(20261120).sample(range(6, 399), 8)]
"""Page counts tried on finished files; the plain geometry takes no time and is tried for all 400."""
A5 = (148.1667, 209.8887)
POINT = 25.4 / 72


def book_of(pages: int) -> bytes:
    """Pages that carry their number, as large as those our browser makes."""
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(420, 594.96))
            page.Contents = pdf.make_stream(f"0 0 {number} 5 re f".encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def sheets(book: bytes, sides: list[Side]) -> bytes:
    return place_pages([book], sides, About("Sách. Để đọc, mở a5.pdf"))


def test_one_to_400_pages_come_out_in_order() -> None:
    for pages in range(1, 401):
        seen = fold_by_hand(fold_booklet(range(1, pages + 1), A5))
        assert seen == [(0, page) for page in range(1, pages + 1)] + [None] * (-pages % 4), pages


@pytest.mark.parametrize("pages", BOOKS)
def test_what_the_printer_gets_folds_in_order_and_creeps(pages: int) -> None:
    """Folded as `fold_by_hand` above, but with what stands in the file; each page moved by the formula, none scaled."""
    paper_mm = (0.1, 0.13)[pages % 2]
    laid = laid_pages(sheets(book_of(pages), fold_booklet(range(1, pages + 1), A5, paper_mm=paper_mm)))
    seen = fold_by_hand(sides_of(laid))
    assert [page and page[1] for page in seen] == [*range(1, pages + 1), *[None] * (-pages % 4)]
    for index, side in enumerate(laid):
        shift, up = index // 2 * paper_mm, (A4_MM[1] - A5[1]) / 2
        for _, at in side:
            inner = at[4] * POINT + A5[0] - MIDDLE if at[4] * POINT < MIDDLE / 2 else MIDDLE - at[4] * POINT
            assert at[:4] == (1, 0, 0, 1)
            assert (inner, at[5] * POINT) == pytest.approx((shift, up), abs=0.02)


def test_two_leaflets_lie_back_to_back() -> None:
    sides = two_up(2, A5)
    assert [[place.page for place in side.places] for side in sides] == [[1, 1], [2, 2]]
    for side in sides:
        left, right = side.places
        assert left.x + A5[0] == pytest.approx(MIDDLE) and right.x == MIDDLE
    front, back = sides  # turned over the short edge, right becomes left
    assert front.places[1].x == pytest.approx(A4_MM[0] - back.places[0].x - A5[0])


@pytest.mark.parametrize(("pages", "parts", "lessons", "found"), [
    (80, [5, 41], [], [(1, 80)]),
    (100, [], [], [(1, 52), (53, 100)]),
    (100, [], [9, 49, 60], [(1, 48), (49, 100)]),
    (100, [], [9, 19, 50, 91], [(1, 52), (53, 100)]),
    (100, [5, 41], [], [(1, 40), (41, 100)]),
    (100, [5, 42], [], [(1, 52), (53, 100)]),
    (181, [6, 31, 61, 121], [], [(1, 30), (31, 60), (61, 120), (121, 181)]),
    (184, [9, 85], [], [(1, 44), (45, 84), (85, 136), (137, 184)]),
    (1, [1], [], [(1, 1)]),
])
def test_thick_books_fall_into_sections(
    pages: int, parts: list[int], lessons: list[int], found: list[tuple[int, int]]
) -> None:
    made = sections(pages, parts, lessons)
    assert [(section[0], section[-1]) for section in made] == found


@pytest.mark.parametrize("seed", range(40))
def test_sections_of_any_book_can_be_stapled_and_hold_all(seed: int) -> None:
    chance = random.Random(seed)
    pages = chance.randrange(1, 600)
    parts, lessons = ([chance.randrange(1, pages + 1) for _ in range(chance.randrange(20))] for _ in range(2))
    made = sections(pages, parts, lessons)
    assert [page for section in made for page in section] == [*range(1, pages + 1)]
    assert all(len(section) <= MOST_PAGES and section[0] % 2 for section in made)


def test_sections_carry_a_staircase_on_the_fold() -> None:
    marks = [fold_booklet(range(1, 9), A5, section=section)[0].lines[2:] for section in range(4)]
    heights = [line.y0 for lines in marks for line in lines]
    assert [len(lines) for lines in marks] == [0, 1, 1, 1] and heights == sorted(heights, reverse=True)


def test_sheets_say_how_to_print_them() -> None:
    book = book_of(6)
    made = place_pages([book, book], [*whole_sheet(1), *fold_booklet(range(1, 7), A5, source=1)],
                       About("Sách. Để đọc, mở a5.pdf"))
    about = facts.about(made)
    assert about["Title"] == "Sách. Để đọc, mở a5.pdf" and about["Lang"] == "vi"
    assert facts.page_sizes_mm(made) == [pytest.approx(A4_MM, abs=0.01)] * 5
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
    assert made == place_pages([book, book], [*whole_sheet(1), *fold_booklet(range(1, 7), A5, source=1)],
                       About("Sách. Để đọc, mở a5.pdf"))


def test_400_pages_take_no_time() -> None:
    """A print of 400 pages takes about 7 ms a page; the measured bar stands in the bench."""
    book = book_of(400)
    assert_no_runaway(lambda pages: sheets(book, fold_booklet(range(1, pages + 1), A5)), 400)
