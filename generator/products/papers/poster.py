"""Posters: one lesson on A4, enlarged to A3, and the same as pictures to share (share.py).

A poster is read from three metres by somebody who walks by: title, scene, three lines of what to do, code. Steps and
warnings stand on the leaflet and behind the code. Where a lesson says whom to call in danger, the numbers are the
poster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Literal

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import ProofError, RefusedError
from generator.ground.files import beside
from generator.ground.findings import Text, error
from generator.handbook.model import Handbook, Topic
from generator.handbook.printed import of_part
from generator.press.binder.finish import enlarge
from generator.press.drawer import number_code
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.products.lesson import Lesson, accountability, numbered, part_of
from generator.products.papers.parts import gist, share
from generator.products.papers.parts.poster_fit import (
    CODE_MM,
    LARGE_MM,
    MEASURE,
    MEASURE_OWN,
    PAGE_MM,
    TRIALS,
    Fit,
    choose,
)
from generator.products.papers.parts.printing import (
    MM_PER_POINT,
    Making,
    Paper,
    join_results,
    keep_paper,
    measure_order,
    plan_paper,
    print_paper,
)
from generator.products.papers.parts.urgent import UNSURE, unconfirmed
from generator.products.product import Beside, Kind, Product, Shelf

POSTERS = Shelf("Áp phích", 90)
SMALL = Kind("print/posters/*-a4.pdf", "poster.html", ("paper.css", "poster.css"), PAGE_MM, 1, POSTERS, "A4",
             about="lesson", code_mm=50)
LARGE = Kind("print/posters/*-a3.pdf", size_mm=LARGE_MM, pages=1, shelf=POSTERS, size_said="A3", about="lesson",
             code_mm=50)
PRODUCT = Product("poster", Text("áp phích", "posters"), (SMALL, LARGE, *share.PICTURES),
                  (Beside("print/posters/*.txt", "words"), Beside(f"site/share/*-{share.WIDE.name}.png", "picture")))

ADDRESSES = (16, 15, 14)
SPILLS = beside(__file__, ".js")


@dataclass(frozen=True)
class Poster(gist.GistPage):
    """What the template gets."""

    fit: Fit | None = None
    galley: Literal["", "words", "own"] = ""
    """To be measured: the lesson's words, the same in all places, or what is a place's own."""

    code_mm: ClassVar[float] = CODE_MM

    @property
    def unsure(self) -> str:
        return UNSURE if isinstance(self.lesson, Topic) and unconfirmed(self.lesson, self.calls) else ""

    @property
    def style(self) -> str:
        """The side as wide as its code, the address as large as one line of it takes."""
        side = number_code(self.number.url, CODE_MM).width_with_quiet_zone(CODE_MM)
        room = side / MM_PER_POINT
        address = next((pt for pt in ADDRESSES if text_width(self.number.url, pt) <= room), ADDRESSES[-1])
        own = "" if self.galley == "words" else f"--address:{address:g}pt;"
        fit = self.fit and f"--title:{self.fit.title:g}pt;--item:{self.fit.line:g}pt;--stage:{self.fit.stage:g}mm;"
        return f"--side:{side:.2f}mm;{own}{fit or ''}"

    @property
    def aside(self) -> bool:
        """The scene stands beside the title."""
        return bool(self.calls or (self.fit and not self.fit.stage))


def plan(desk: Desk) -> list[Item]:
    lessons = numbered(desk.handbook)
    return [*(_plan_poster(desk, lesson) for lesson in lessons),
            *(share.plan_picture(desk, lesson) for lesson in lessons)]


def said_today(book: Handbook, lesson: Lesson) -> str:
    return share.words_to_send(book, lesson)


def _plan_poster(desk: Desk, lesson: Lesson) -> Item:
    """No photograph of a step stands on it."""
    book = desk.handbook
    return plan_paper(desk, "poster", lesson.slug, partial(make_posters, desk, lesson), [lesson], lesson,
                      book.number_of(lesson.slug), accountability(lesson, book.edition), part_of(book, lesson),
                      prints=[of_part(part_of(book, lesson))])


def make_posters(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    """Laid out once to measure every part at every size of type, then as it is printed, then enlarged."""
    page = Poster(desk, lesson)
    number = page.number
    paper = Paper(SMALL, lesson.slug, plain(lesson.title), page, author=lesson.office.unit,
                  subject=_subject("A4", number.number), codes={1: {number.url}},
                  prints=(of_part(page.part),))
    words, own = yield (
        measure_order(desk, replace(paper, page=replace(page, galley="words")), MEASURE, TRIALS),
        measure_order(desk, replace(paper, page=replace(page, galley="own")), MEASURE_OWN))
    fit = choose(words, own, urgent=bool(page.calls))
    if fit is None:
        raise RefusedError(error("paper.too-long/poster", lesson.title.place, title=paper.title))
    settled = replace(paper, page=replace(page, fit=fit))
    small = yield from print_paper(desk, settled, SPILLS, judge=partial(_refuse_spills, lesson.slug))
    large = enlarge(small.files[SMALL.path(lesson.slug)], LARGE_MM, subject=_subject("A3", number.number))
    return join_results(small, keep_paper(LARGE, lesson.slug, large, small.facts, paper.codes))


def _subject(size: str, number: str) -> str:
    return f"Áp phích {size}, bài số {number}"


def _refuse_spills(name: str, told: tuple[float, list[str]]) -> None:
    """What the browser laid out is what was counted: nothing runs over the edge of the page or of a box."""
    over, wide = told
    if over > 1 or wide:
        what = "; ".join(wide) or f"{over} px"
        raise ProofError(f"Áp phích {name}: tràn khung ({what}).",
                         f"Poster {name}: something does not fit its box ({what}).")
