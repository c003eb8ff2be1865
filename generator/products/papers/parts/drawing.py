"""What templates of all papers ask: whose paper it is, codes, screens and photographs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup, escape

from generator.engine.items import Desk
from generator.handbook.lesson.rows import UNSURE
from generator.handbook.model import Edition, Help, Phrase, Picture, Screen, Step
from generator.press.compounds import HELD
from generator.press.drawer import code_svg, number_code
from generator.press.pages import data_address
from generator.press.phone.drawing import draw_phone
from generator.products.lesson import (
    UNSEEN,
    Lesson,
    accountability,
    draft_line,
    foot_line,
    guard_kind,
    month_of,
    part_class,
    part_of,
    shared_accountability,
    text_line,
)
from generator.products.papers.parts.words import breakable, say

CODE_MM = 26.0


@dataclass(frozen=True)
class NumberBlock:
    """A code with what is printed under it."""

    number: str
    url: str
    width_mm: float

    @cached_property
    def svg(self) -> Markup:
        return Markup(code_svg(number_code(self.url, self.width_mm), self.width_mm, f"Mã QR mở {self.url}"))

    @property
    def address(self) -> Markup:
        return breakable(self.url)


@dataclass(frozen=True)
class Shown:
    """A step with its picture drawn; an empty picture means: none, or left out."""

    step: Step
    picture: Markup = Markup()
    form: str = "beside"
    """How it stands: the picture `beside` its words; on leaflets with the warnings `above` both."""

    @property
    def guards(self) -> tuple[tuple[str, Phrase], ...]:
        return tuple((guard_kind(phrase), phrase) for phrase in self.step.guards)


def show_step(desk: Desk, step: Step, most_mm: float, least_mm: float = 0) -> Shown:
    """With its screen, at least and at most so high, else its photograph."""
    if step.screen:
        return Shown(step, draw_screen(step.screen, most_mm, least_mm))
    return Shown(step, draw_picture(desk, step.picture, most_mm) if step.picture else Markup())


def draw_screen(screen: Screen, most_mm: float | None = None, least_mm: float = 0) -> Markup:
    return Markup(draw_phone(screen, scale=1, crop_mm=most_mm, least_mm=least_mm))


def draw_picture(desk: Desk, picture: Picture, most_mm: float) -> Markup:
    source = data_address(picture.file, desk.picture(picture.file))
    return Markup(f'<img src="{source}" alt="{escape(picture.alt)}" style="max-height:{most_mm:g}mm">')


def unseen_line(steps: Iterable[Shown], *asked: Screen | None) -> str:
    """Said while a drawn screen, also one that a question asks about, still waits for somebody to hold it against the
    real app."""
    drawn = (*(shown.step.screen for shown in steps if shown.picture), *asked)
    return UNSEEN if any(screen and not screen.seen for screen in drawn) else ""


def need_of(step: Step) -> tuple[bool, bool, int, int]:
    """The least needed picture has nothing to tap, nothing to beware of, few words that are known for certain;
    among equals the later one leaves first."""
    rows = step.screen.rows if step.screen else ()
    known = sum(row.text != UNSURE for row in rows)
    return any(row.tap for row in rows), bool(step.guards), known, -step.number


@dataclass(frozen=True)
class PaperPage:
    """What the templates of all papers get; each adds its own."""

    desk: Desk

    screen_mm: ClassVar[float] = 0.0
    """The most height of a screen that stands among words."""

    @property
    def edition(self) -> Edition:
        return self.desk.handbook.edition

    @property
    def series(self) -> str:
        return self.desk.handbook.name

    @property
    def month(self) -> str:
        return month_of(self.desk.moment)

    @property
    def place(self) -> str:
        return f"Bản: {self.edition.name}"

    @property
    def shown(self) -> tuple[Lesson, ...]:
        """The lessons it is about."""
        return ()

    @property
    def draft(self) -> str:
        return draft_line(self.shown)

    @property
    def trial(self) -> str:
        """That it may not be handed out yet."""
        return foot_line(self.edition, self.shown)

    @property
    def helper(self) -> Help:
        return self.edition.contact

    def number_block(self, target: str, width_mm: float = CODE_MM) -> NumberBlock:
        number = self.desk.handbook.number_of(target)
        return NumberBlock(number, self.edition.number_url(number), width_mm)

    def say(self, phrase: Phrase | str) -> Markup:
        return say(phrase)

    def kind(self, phrase: Phrase) -> str:
        return guard_kind(phrase)

    def draw(self, screen: Screen) -> Markup:
        return draw_screen(screen, self.screen_mm)

    def draw_whole(self, screen: Screen) -> Markup:
        """What is asked about may be in any row."""
        return draw_screen(screen)

    def picture(self, file: str) -> str:
        return data_address(file, self.desk.picture(file))


@dataclass(frozen=True)
class LessonPage(PaperPage):
    """A paper about one lesson."""

    lesson: Lesson

    code_mm: ClassVar[float] = CODE_MM

    @property
    def shown(self) -> tuple[Lesson, ...]:
        return (self.lesson,)

    @cached_property
    def number(self) -> NumberBlock:
        return self.number_block(self.lesson.slug, self.code_mm)

    @property
    def part_class(self) -> str:
        """Its colours."""
        return part_class(self.desk.handbook, self.lesson)

    @property
    def part_number(self) -> str:
        part = part_of(self.desk.handbook, self.lesson)
        return str(part.number) if part else ""

    @property
    def answer(self) -> str:
        return accountability(self.lesson, self.edition)

    @property
    def which(self) -> str:
        """Its text by name, behind what stands in the foot; nothing on a draft."""
        told = text_line(self.lesson)
        return told and f" {told.replace(' ', HELD)}"


@dataclass(frozen=True)
class ManyPage(PaperPage):
    """A paper about many lessons."""

    lessons: tuple[Lesson, ...]

    @property
    def shown(self) -> tuple[Lesson, ...]:
        return self.lessons

    @property
    def answer(self) -> str:
        return shared_accountability(self.lessons, self.edition)
