"""Picture-first leaflets, on request: each step a screen and at most six words, for those who read little."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import product

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.files import beside
from generator.ground.findings import Text, error
from generator.handbook.model import Step
from generator.press.pages import plain
from generator.press.scene import print_scene
from generator.products.lesson import Lesson, longest_step, numbered, part_of
from generator.products.papers.parts.drawing import LessonPage, Shown, show_step, unseen_line
from generator.products.papers.parts.printing import Making, Paper, plan_lesson, print_paper
from generator.products.papers.parts.words import breakable
from generator.products.product import A5_MM, LEAFLETS, Kind, Product

LEAFLET = Kind("print/leaflets/*-picture.pdf", "picture.html", ("paper.css", "picture.css"), A5_MM, shelf=LEAFLETS,
               about="lesson", code_mm=25)
PRODUCT = Product("picture", Text("bản nhiều hình", "picture leaflets"), (LEAFLET,), standard=False)

MOST_WORDS = 6
SCENE_MM = 35.0
"""Across the lesson's scene."""
HEIGHTS_MM = (62.0, 52.0, 42.0, 34.0, 28.0, 23.0)
"""Pictures get lower until all fits both sides."""
GROWN = tuple(product((1.3, 1.15), HEIGHTS_MM[2:4], (True,)))
WAYS = (*GROWN, *product((1.0,), HEIGHTS_MM, (True, False)))
"""How much larger than on leaflets, how high at most, and whether the scene leads: large rows rather than many."""
_LISTS = dict(line.split(": ") for line in beside(__file__, ".txt").splitlines())
JOINTS = frozenset(_LISTS.pop("joints").split())
"""Words before which a sentence may end."""
SIGNS = {word: sign for sign, words in _LISTS.items() for word in words.split()}
"""What stands for a step without a screen, by its first word; else a finger on a phone."""


@dataclass(frozen=True)
class Cell:
    shown: Shown
    words: str

    @property
    def said(self) -> Markup:
        return breakable(self.words)

    @property
    def sign(self) -> str:
        return SIGNS.get(self.words.partition(" ")[0].lower(), "tap")


@dataclass(frozen=True)
class PictureLeaflet(LessonPage):
    """What the template gets."""

    cells: tuple[Cell, ...]
    led: bool
    """By the lesson's scene; where it leaves the steps no room they stand alone."""
    grown: float = 1.0
    """How much larger its pictures stand than on leaflets."""

    @property
    def scene(self) -> Markup:
        return print_scene(self.lesson.drawing if self.led else None, SCENE_MM)

    @property
    def unseen(self) -> str:
        return unseen_line(cell.shown for cell in self.cells)


def caption(step: Step) -> str:
    """How the step begins, in at most six words; what was cut off in the middle says so."""
    clause = re.split(r"[.,;:!?](?:\s|$)|[(–]", plain(step.phrase).translate(str.maketrans("", "", '"“”')))[0].split()
    if len(clause) <= MOST_WORDS:
        return " ".join(clause)
    ends = (count for count in range(MOST_WORDS, 2, -1) if clause[count].lower() in JOINTS)
    end = next(ends, 0)
    if end and clause[end - 1] == "in":
        end -= 1
    return " ".join(clause[:end]) if end else " ".join(clause[:MOST_WORDS]) + "…"


def plan(desk: Desk) -> list[Item]:
    return [plan_lesson(desk, "picture", lesson, partial(make_picture, desk, lesson), part_of(desk.handbook, lesson))
            for lesson in numbered(desk.handbook)]


def make_picture(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    title = f"{plain(lesson.title)}, xem hình"
    for grown, height, led in WAYS:
        shown = [show_step(desk, step, height) for step in lesson.steps]
        page = PictureLeaflet(desk, lesson, tuple(Cell(one, caption(one.step)) for one in shown), led, grown)
        made = yield from print_paper(desk, Paper(
            LEAFLET, lesson.slug, title, page, author=lesson.office.unit,
            subject=f"Tờ xem hình, bài số {page.number.number}", codes={0: {page.number.url}},
        ))
        if made.facts["pages"] <= 2:
            return made
    raise RefusedError(error("paper.too-long/picture", longest_step(lesson), title=title))
