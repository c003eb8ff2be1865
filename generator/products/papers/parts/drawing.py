"""Codes, screens and photographs as paper shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from generator.engine.items import Desk
from generator.handbook.model import Handbook, Phrase, Picture, Screen, Step
from generator.press.drawer import code_svg, number_code
from generator.press.pages import data_address
from generator.press.phone.drawing import draw_phone
from generator.products.lesson import guard_kind
from generator.products.papers.parts.words import breakable


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


def number_block(handbook: Handbook, target: str, width_mm: float) -> NumberBlock:
    number = handbook.number_of(target)
    return NumberBlock(number, handbook.edition.number_url(number), width_mm)


@dataclass(frozen=True)
class Shown:
    """A step with its picture drawn; an empty picture means: none, or left out."""

    step: Step
    picture: Markup = Markup()
    above: bool = False
    """Warnings stand above step and picture instead of beside the picture."""

    @property
    def guards(self) -> tuple[tuple[str, Phrase], ...]:
        return tuple((guard_kind(phrase), phrase) for phrase in self.step.guards)


def show_step(desk: Desk, step: Step, most_mm: float) -> Shown:
    """With its screen, else its photograph, at most so high."""
    if step.screen:
        return Shown(step, draw_screen(step.screen, most_mm))
    return Shown(step, draw_picture(desk, step.picture, most_mm) if step.picture else Markup())


def draw_screen(screen: Screen, most_mm: float | None = None) -> Markup:
    return Markup(draw_phone(screen, width_mm=45, crop_mm=most_mm))


def draw_picture(desk: Desk, picture: Picture, most_mm: float) -> Markup:
    source = data_address(picture.file, desk.picture(picture.file))
    return Markup(f'<img src="{source}" alt="{escape(picture.alt)}" style="max-height:{most_mm:g}mm">')


def has_unseen(steps: Iterable[Shown]) -> bool:
    """Whether a drawn screen still waits for somebody to hold it against the real app."""
    return any(shown.picture and shown.step.screen and not shown.step.screen.seen for shown in steps)
