"""`Bấm thử`: the screens of a lesson without the finger, and what can be tapped on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from generator.handbook.model import Row, Screen, Step
from generator.handbook.screens import ICONS, icons_of, told_row
from generator.press.pages import plain
from generator.press.phone import draw_phone, rows_boxes
from generator.press.phone_ink import Box
from generator.press.phone_rows import draw_row
from generator.products.paper import Lesson

JUST_READ = ("chữ", "tên", "xong", "lỗi")
"""Rows that nobody would tap, unless too little else is there."""
ROOM = 4.0
"""Half of what stands between two rows: fingers are wide."""


@dataclass(frozen=True)
class Target:
    """Something to tap."""

    words: str
    box: Box
    right: bool

    @property
    def units(self) -> str:
        return " ".join(f"{value:g}" for value in self.box)


@dataclass(frozen=True)
class Try:
    """One screen to tap on."""

    step: int
    hint: str
    """What the step says."""
    picture: Markup
    targets: tuple[Target, ...]


def practice(lesson: Lesson) -> tuple[Try, ...]:
    """A screen counts when it says where to tap."""
    return tuple(_try(step, step.screen) for step in lesson.steps if step.screen and step.screen.tap_index is not None)


def _try(step: Step, screen: Screen) -> Try:
    picture, targets = _drawn(screen)
    return Try(step.number, plain(step.phrase), picture, targets)


@lru_cache(maxsize=4096)
def _drawn(screen: Screen) -> tuple[Markup, tuple[Target, ...]]:
    picture = Markup(draw_phone(screen, finger=False))
    boxes = tuple(zip(screen.rows, rows_boxes(screen, finger=False), strict=True))
    likely = [(row, box) for row, box in boxes if row.tap or row.kind not in JUST_READ]
    targets = _all_targets(likely)
    return picture, targets if len(targets) > 1 else _all_targets(boxes)


def _all_targets(rows: Iterable[tuple[Row, Box]]) -> tuple[Target, ...]:
    return tuple(target for row, box in rows for target in _targets(row, box))


def _targets(row: Row, box: Box) -> Iterator[Target]:
    if row.kind != ICONS:
        yield Target(told_row(row), Box(box.x, box.y - ROOM, box.w, box.h + 2 * ROOM), row.tap)
        return
    for name in dict.fromkeys(icons_of(row)):
        spot = draw_row(replace(row, value=name, tap=True), box.w).spot
        assert spot is not None
        words = told_row(replace(row, text=name))
        yield Target(words, spot.moved(box.x, box.y).grown(ROOM), row.tap and name == row.value)
