"""Posters: one lesson on A4, enlarged to A3, and the same as pictures to share (share.py).

A poster is read from three metres by somebody who walks by: title, scene, three lines of what to do, code. Steps and
warnings stand on the leaflet and behind the code. Where a lesson says whom to call in danger, the numbers are the
poster.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import ClassVar

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.files import beside
from generator.ground.findings import Text, error
from generator.handbook.model import Topic
from generator.press.binder.finish import enlarge
from generator.press.drawer import number_code
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.products.lesson import Lesson, accountability, numbered, part_of
from generator.products.papers.parts import gist, share
from generator.products.papers.parts.printing import (
    MM_PER_POINT,
    Making,
    Paper,
    join_results,
    keep_paper,
    plan_paper,
    print_paper,
)
from generator.products.papers.parts.urgent import UNSURE, Call, unconfirmed, urgent_calls
from generator.products.product import Kind, Product, Shelf

PAGE_MM, LARGE_MM = (210.0, 297.0), (297.0, 420.0)
"""The one layout; A3 is the same sheet enlarged."""
CODE_MM = 50.5
POSTERS = Shelf("Áp phích", 90)
SMALL = Kind("print/posters/*-a4.pdf", "poster.html", ("paper.css", "poster.css"), PAGE_MM, 1, POSTERS, "A4",
             about="lesson", code_mm=50)
LARGE = Kind("print/posters/*-a3.pdf", size_mm=LARGE_MM, pages=1, shelf=POSTERS, size_said="A3", about="lesson",
             code_mm=50)
PRODUCT = Product("poster", Text("áp phích", "posters"), (SMALL, LARGE, *share.PICTURES))

FAR_PT = 29.0
"""Read from three metres: on A3 a capital letter is 10 mm high."""
TITLES = (100, 92, 84, 78, 72, 66, 61, 56, 52, 48, 44, 40, 37, 34, 31)
TITLE_MM = 66.0
"""The most height of a title: two large lines, three smaller ones."""
ITEMS = (44, 42, 40, 38, 36, 34, 32, 30, FAR_PT)
WHATS = (84, 76, 68, 60, 52, 45, 38, 32)
"""Of what a number calls."""
STAGES_MM = (88, 76, 66, 58)
"""How high the scene stands at least; where nothing fits below it, it stands beside the title."""
ADDRESSES = (16, 15, 14)
TRIALS = {"titles": TITLES, "items": ITEMS, "whats": WHATS, "stages": STAGES_MM, "most": TITLE_MM,
          "between": (1.25, 2.4)}
"""What `FIT` tries; a title is so many times as large as the lines."""
FIT = beside(__file__, ".js")


@dataclass(frozen=True)
class Poster(gist.GistPage):
    """What the template gets."""

    code_mm: ClassVar[float] = CODE_MM

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """One number alone is a step, not a poster."""
        calls = urgent_calls(self.lesson)
        return calls if len(calls) > 1 else ()

    @property
    def unsure(self) -> str:
        return UNSURE if isinstance(self.lesson, Topic) and unconfirmed(self.lesson, self.calls) else ""

    @property
    def style(self) -> str:
        """The address as large as one line takes that is as wide as the code."""
        side = number_code(self.number.url, CODE_MM).width_with_quiet_zone(CODE_MM)
        room = side / MM_PER_POINT
        address = next((pt for pt in ADDRESSES if text_width(self.number.url, pt) <= room), ADDRESSES[-1])
        return f"--side:{side:.2f}mm;--address:{address:g}pt;"


def plan(desk: Desk) -> list[Item]:
    lessons = numbered(desk.handbook)
    return [*(_plan_poster(desk, lesson) for lesson in lessons),
            *(share.plan_picture(desk, lesson) for lesson in lessons)]


def _plan_poster(desk: Desk, lesson: Lesson) -> Item:
    """No photograph of a step stands on it."""
    book = desk.handbook
    return plan_paper(desk, "poster", lesson.slug, partial(make_posters, desk, lesson), [lesson], lesson,
                      book.number_of(lesson.slug), accountability(lesson, book.edition), part_of(book, lesson))


def make_posters(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    """Printed, then enlarged."""
    page = Poster(desk, lesson)
    number = page.number
    paper = Paper(SMALL, lesson.slug, plain(lesson.title), page, author=lesson.office.unit,
                  subject=_subject("A4", number.number), codes={1: {number.url}})
    small = yield from print_paper(desk, paper, FIT, TRIALS, partial(_refuse_spills, lesson))
    large = enlarge(small.files[SMALL.path(lesson.slug)], LARGE_MM, subject=_subject("A3", number.number))
    return join_results(small, keep_paper(LARGE, lesson.slug, large, small.facts, paper.codes))


def _subject(size: str, number: str) -> str:
    return f"Áp phích {size}, bài số {number}"


def _refuse_spills(lesson: Lesson, fits: bool) -> None:
    if not fits:
        raise RefusedError(error("paper.too-long/poster", lesson.title.place, title=plain(lesson.title)))
