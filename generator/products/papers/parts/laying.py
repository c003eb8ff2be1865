"""Finished pages beside each other on the sheets of a copier, and what such a file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from generator.engine.items import Desk
from generator.press.binder.facts import about as told_by
from generator.press.binder.facts import page_count, page_sizes_mm
from generator.press.binder.sheets import place_pages
from generator.press.imposer import fold_booklet, sections, two_up, whole_sheet
from generator.press.orders import About
from generator.products.lesson import Lesson, approval_note
from generator.products.papers.parts.printing import month_start, of_place
from generator.products.papers.parts.volumes import Volume
from generator.products.product import PRINT


def about_laid(desk: Desk, title: str, lessons: Iterable[Lesson], *prints: str) -> About:
    shown = tuple(lessons)
    return of_place(desk, About(title, moment=month_start(desk.moment), approval=approval_note(shown)), shown,
                    *prints)


def to_read(desk: Desk, title: str, file: str, lessons: Iterable[Lesson], *prints: str) -> About:
    """Sheets to fold or cut carry no tags: who reads by ear, or on a screen, takes the file their pages are from."""
    return about_laid(desk, f"{title}. Để đọc, mở {file.removeprefix(PRINT)}", lessons, *prints)


def pairs(leaflets: Sequence[bytes], about: About) -> bytes:
    """Two copies of each on a sheet, to cut."""
    sides = [
        side for source, pdf in enumerate(leaflets)
        for side in two_up(page_count(pdf), page_sizes_mm(pdf)[0], source)
    ]
    return place_pages(leaflets, sides, about)


class Bound(NamedTuple):
    """A finished book: the file to read, and where in it parts and lessons begin."""

    file: str
    data: bytes
    facts: Mapping[str, Any]


def fold_book(desk: Desk, volume: Volume, book: Bound, test: bytes, said: str = "") -> Bound:
    """In the middle, after a sheet to try the copier with. The same words stand on it as in the file to read."""
    title = f"{volume.full_title}{said}, để gấp"
    booklets = sections(page_count(book.data), book.facts["parts"], book.facts["lessons"])
    size, paper_mm = page_sizes_mm(book.data)[0], desk.handbook.site.paper_mm
    sides = [*whole_sheet(page_count(test)), *(
        side for section, booklet in enumerate(booklets)
        for side in fold_booklet(booklet, size, paper_mm=paper_mm, source=1, section=section))]
    told = to_read(desk, title, book.file, volume.lessons(desk.handbook))
    folded = place_pages((test, book.data), sides, replace(told, place=told_by(book.data).get("Place", "")))
    return Bound("", folded, {"pages": len(sides), "title": title, "sections": [len(one) for one in booklets]})
