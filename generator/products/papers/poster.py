"""Posters: one lesson on A4, enlarged to A3, and the same as pictures to share (share.py).

A poster keeps what a passer-by takes along: the title, what it is good for, the steps with their screens, one
warning, three things to remember, the code. Other warnings, and where there is no room the ways of other phones,
stand behind the code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Literal

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import ProofError, RefusedError
from generator.ground.files import beside
from generator.ground.findings import Text, error
from generator.handbook.model import Card
from generator.press.binder.finish import enlarge
from generator.press.drawer import number_code
from generator.press.fonts import text_width
from generator.press.orders import Order
from generator.press.pages import plain
from generator.products.lesson import UNSEEN, Lesson, left_out, longest_step, numbered
from generator.products.papers.parts import gist, share
from generator.products.papers.parts.drawing import NumberBlock, Shown, show_step, unseen_line
from generator.products.papers.parts.poster_fit import (
    ADDRESSES,
    CODE_MM,
    CROPS_MM,
    LARGE_MM,
    MEASURE,
    MEASURE_OWN,
    PAGE_MM,
    SIDE_MM,
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
    plan_lesson,
    print_paper,
)
from generator.products.product import Kind, Product, Shelf

POSTERS = Shelf("Áp phích", 90)
SMALL = Kind("print/posters/*-a4.pdf", "poster.html", ("paper.css", "poster.css"), PAGE_MM, 1, POSTERS, "A4",
             about="lesson", code_mm=50)
LARGE = Kind("print/posters/*-a3.pdf", size_mm=LARGE_MM, pages=1, shelf=POSTERS, size_said="A3", about="lesson",
             code_mm=50)
PRODUCT = Product("poster", Text("áp phích", "posters"), (SMALL, LARGE, *share.PICTURES))

OTHERS, UNSEEN_OTHERS = "Máy loại khác: quét mã để xem.", f"{UNSEEN}: quét mã."
SPILLS = beside(__file__, ".js")


@dataclass(frozen=True)
class Poster(gist.GistPage):
    """What the template gets."""

    steps: tuple[Shown, ...]
    style: str = ""
    aside: str = UNSEEN_OTHERS
    """What is said small below the heading."""
    variants: bool = True
    galley: Literal["", "words", "own"] = ""
    """To be measured: the lesson's words, the same in all places, or what is a place's own."""

    code_mm: ClassVar[float] = CODE_MM

    @property
    def below(self) -> bool:
        """The warning stands below the steps, because what to keep in mind needs the whole side."""
        return isinstance(self.lesson, Card)


def plan(desk: Desk) -> list[Item]:
    lessons = numbered(desk.handbook)
    return [*(plan_lesson(desk, "poster", lesson, partial(make_posters, desk, lesson)) for lesson in lessons),
            *(share.plan_picture(desk, lesson) for lesson in lessons)]


def make_posters(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    """Laid out once to measure every part at every size of type, then as it is printed, then enlarged."""
    galley = Poster(desk, lesson, tuple(map(Shown, lesson.steps)))
    number = galley.number
    galley = replace(galley, style=_style(number))
    paper = Paper(SMALL, lesson.slug, plain(lesson.title), galley, author=lesson.office.unit,
                  subject=_subject("A4", number.number), codes={1: {number.url}})
    words, own = yield _galleys(desk, paper, galley)
    heights = {**words, "fixed": words["fixed"] | own}
    fit = choose(lesson.steps, heights, galley.below)
    if fit.over_mm > 0:
        lines = math.ceil(fit.over_mm / (fit.level.text * 1.2 * MM_PER_POINT))
        raise RefusedError(error("paper.too-long/poster", longest_step(lesson), title=paper.title, lines=lines))
    settled = replace(paper, page=_settled(desk, galley, fit))
    small = yield from print_paper(desk, settled, SPILLS, judge=partial(_refuse_spills, lesson.slug))
    large = enlarge(small.files[SMALL.path(lesson.slug)], LARGE_MM, subject=_subject("A3", number.number))
    both = join_results(small, keep_paper(LARGE, lesson.slug, large, small.facts, paper.codes))
    told = left_out(lesson, fit.left_out, Text("Áp phích", "Poster"), Text("tờ giấy", ""))
    return replace(both, findings=told)


def _galleys(desk: Desk, paper: Paper, galley: Poster) -> tuple[Order, Order]:
    words = replace(galley, galley="words", style=_side(galley.number))
    return (measure_order(desk, replace(paper, page=words), MEASURE, TRIALS),
            measure_order(desk, replace(paper, page=replace(galley, galley="own")), MEASURE_OWN))


def _subject(size: str, number: str) -> str:
    return f"Áp phích {size}, bài số {number}"


def _style(number: NumberBlock) -> str:
    """The side as wide as its code, the address as large as one line takes."""
    inside = (_side_mm(number) - 6) / MM_PER_POINT
    address = next((pt for pt in ADDRESSES if text_width(number.url, pt) <= inside), ADDRESSES[-1])
    return f"{_side(number)}--address:{address:g}pt;"


def _side(number: NumberBlock) -> str:
    return f"--side:{_side_mm(number):.2f}mm;"


def _side_mm(number: NumberBlock) -> float:
    return max(SIDE_MM, number_code(number.url, CODE_MM).width_with_quiet_zone(CODE_MM) + 4)


def _settled(desk: Desk, galley: Poster, fit: Fit) -> Poster:
    most = CROPS_MM[fit.level.crop]
    steps = tuple(
        Shown(step) if form == "plain" else replace(show_step(desk, step, most), form=form)
        for step, form in zip(galley.lesson.steps, fit.forms, strict=True)
    )
    unseen, others = unseen_line(steps), not fit.variants and any(step.variants for step in galley.lesson.steps)
    level, (warning, item) = fit.level, fit.side
    return replace(
        galley, steps=steps, variants=fit.variants,
        aside=UNSEEN_OTHERS if unseen and others else OTHERS if others else unseen,
        style=f"{galley.style}--title:{fit.title:g}pt;--warning:{warning:g}pt;--item:{item:g}pt;"
              f"--text:{level.text:g}pt;--phone:{level.phone:g}mm;",
    )


def _refuse_spills(name: str, told: tuple[float, list[str]]) -> None:
    """What the browser laid out is what was counted: nothing runs over the edge of the page or of a box."""
    over, wide = told
    if over > 1 or wide:
        what = "; ".join(wide) or f"{over} px"
        raise ProofError(f"Áp phích {name}: tràn khung ({what}).",
                         f"Poster {name}: something does not fit its box ({what}).")
