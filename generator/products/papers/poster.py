"""Posters: one lesson on A4, enlarged to A3, and the same as pictures to share (share.py).

A poster keeps what a passer-by takes along: the title, what it is good for, the steps with their screens, one
warning, three things to remember, the code. Other warnings, and where there is no room the ways of other phones,
stand behind the code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import ProofError, RefusedError
from generator.ground.files import beside
from generator.ground.findings import Finding, Text
from generator.handbook.model import Card, Step
from generator.press.binder.finish import enlarge
from generator.press.drawer import number_code
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.products.lesson import UNSEEN, Lesson, left_out, longest_step, numbered, too_long
from generator.products.papers.parts import gist, share
from generator.products.papers.parts.drawing import NumberBlock, show_step
from generator.products.papers.parts.poster_fit import (
    ADDRESSES,
    CODE_MM,
    CROPS_MM,
    LARGE_MM,
    MEASURE,
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
    Settle,
    join_results,
    keep_paper,
    measure_paper,
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
class Placed:
    """A step as it stands on the poster; the picture stands beside its words or below them."""

    step: Step
    form: str = "beside"
    picture: Markup = Markup()


@dataclass(frozen=True)
class Poster(gist.GistPage):
    """What the template gets."""

    steps: tuple[Placed, ...]
    style: str = ""
    aside: str = UNSEEN_OTHERS
    """What is said small below the heading."""
    variants: bool = True
    galley: bool = False

    code_mm: ClassVar[float] = CODE_MM

    @property
    def below(self) -> bool:
        """The warning stands below the steps, because what to keep in mind needs the whole side."""
        return isinstance(self.lesson, Card)


def plan(desk: Desk) -> list[Item]:
    lessons = numbered(desk.handbook)
    return [*(plan_lesson(desk, "poster", lesson, partial(make_posters, desk, lesson)) for lesson in lessons),
            *share.plan_pictures(desk, lessons)]


def make_posters(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    """Laid out once to measure every part at every size of type, then as it is printed, then enlarged."""
    galley = Poster(desk, lesson, tuple(map(Placed, lesson.steps)), galley=True)
    number = galley.number
    galley = replace(galley, style=_style(number))
    paper = Paper(SMALL, lesson.slug, plain(lesson.title), galley, author=lesson.office.unit,
                  subject=_subject("A4", number.number), codes={1: {number.url}})
    heights = yield from measure_paper(desk, paper, MEASURE, TRIALS)
    fit = choose(lesson.steps, heights, galley.below)
    if fit.over_mm > 0:
        raise _too_long(lesson, fit)
    settled = replace(paper, page=_settled(desk, galley, fit))
    spills = Settle(SPILLS, None, partial(_refuse_spills, lesson.slug))
    small = yield from print_paper(desk, settled, spills)
    large = enlarge(small.files[SMALL.path(lesson.slug)], LARGE_MM, subject=_subject("A3", number.number))
    both = join_results(small, keep_paper(LARGE, lesson.slug, large, small.facts, paper.codes))
    return replace(both, findings=_left_out(lesson, fit))


def _subject(size: str, number: str) -> str:
    return f"Áp phích {size}, bài số {number}"


def _style(number: NumberBlock) -> str:
    """The side as wide as its code, the address as large as one line takes."""
    side = max(SIDE_MM, number_code(number.url, CODE_MM).width_with_quiet_zone(CODE_MM) + 4)
    inside = (side - 6) / MM_PER_POINT
    address = next((pt for pt in ADDRESSES if text_width(number.url, pt) <= inside), ADDRESSES[-1])
    return f"--side:{side:.2f}mm;--address:{address:g}pt;"


def _settled(desk: Desk, galley: Poster, fit: Fit) -> Poster:
    most = CROPS_MM[fit.level.crop]
    steps = tuple(
        Placed(step) if form == "plain" else Placed(step, form, show_step(desk, step, most).picture)
        for step, form in zip(galley.lesson.steps, fit.forms, strict=True)
    )
    unseen = any(form.picture and form.step.screen and not form.step.screen.seen for form in steps)
    others = not fit.variants and any(form.step.variants for form in steps)
    level, (warning, item) = fit.level, fit.side
    return replace(
        galley, steps=steps, galley=False, variants=fit.variants,
        aside=(UNSEEN_OTHERS if others else UNSEEN) if unseen else OTHERS if others else "",
        style=f"{galley.style}--title:{fit.title:g}pt;--warning:{warning:g}pt;--item:{item:g}pt;"
              f"--text:{level.text:g}pt;--phone:{level.phone:g}mm;",
    )


# Proof.


def _left_out(lesson: Lesson, fit: Fit) -> tuple[Finding, ...]:
    if not fit.left_out:
        return ()
    steps, title = ", ".join(map(str, fit.left_out)), plain(lesson.title)
    return (left_out(
        lesson, f"Áp phích “{title}”: bỏ hình ở bước {steps} cho vừa tờ giấy.",
        f"Poster “{title}”: the picture of step {steps} was left out so that it fits.",
    ),)


def _too_long(lesson: Lesson, fit: Fit) -> RefusedError:
    lines, title = math.ceil(fit.over_mm / (fit.level.text * 1.2 * MM_PER_POINT)), plain(lesson.title)
    return too_long(
        longest_step(lesson),
        (f"Áp phích “{title}” dài quá {lines} dòng, dù đã bỏ hết hình.",
         f"The poster “{title}” is {lines} lines too long even without pictures."),
        ("Rút bớt chữ ở các bước.", "Shorten the steps."),
    )


def _refuse_spills(name: str, told: tuple[float, list[str]]) -> None:
    """What the browser laid out is what was counted: nothing runs over the edge of the page or of a box."""
    over, wide = told
    if over > 1 or wide:
        what = "; ".join(wide) or f"{over} px"
        raise ProofError(f"Áp phích {name}: tràn khung ({what}).",
                         f"Poster {name}: something does not fit its box ({what}).")
