"""Finished pages beside each other on the sheets of a copier, and what such a file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.engine.items import Desk
from generator.press.binder.facts import page_count, page_sizes_mm
from generator.press.binder.sheets import place_pages
from generator.press.imposer import two_up
from generator.press.orders import About
from generator.products.lesson import Lesson, approval_note
from generator.products.papers.parts.printing import month_start, of_place
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
