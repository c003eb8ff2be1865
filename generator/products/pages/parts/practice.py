"""`Bấm thử`: the screens of a lesson without the finger, and what can be tapped on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from generator.handbook.lesson.rows import SEVERAL, icons_of, tell_row
from generator.handbook.model import Row, Screen, Step
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone, rows_boxes
from generator.press.phone.ink import Box
from generator.press.phone.rows import draw_row
from generator.products.lesson import Lesson

JUST_READ = ("chữ", "tên", "xong", "lỗi")
"""Rows that nobody would tap, unless too little else is there."""
ROOM = 4.0
"""A target reaches this far beyond what is drawn: fingers are wide."""
LEAST = 46.0
"""And is at least so high and wide, where no neighbour forbids: 48 px on the narrowest phone."""


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
    found = targets if len(targets) > 1 else _all_targets(boxes)
    roomy = roomy_boxes([target.box for target in found], _whole(picture))
    return picture, tuple(replace(target, box=box) for target, box in zip(found, roomy, strict=True))


def _whole(picture: str) -> Box:
    """The drawing, in its own units."""
    width, height = picture.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    return Box(0, 0, float(width), float(height))


def _all_targets(rows: Iterable[tuple[Row, Box]]) -> tuple[Target, ...]:
    return tuple(target for row, box in rows for target in _targets(row, box))


def _targets(row: Row, box: Box) -> Iterator[Target]:
    if row.kind not in SEVERAL:
        yield Target(tell_row(row), box, row.tap)
        return
    for name in dict.fromkeys(icons_of(row)):
        spot = draw_row(replace(row, value=name, tap=True), box.w).spot
        assert spot is not None
        words = tell_row(replace(row, text=name))
        yield Target(words, spot.moved(box.x, box.y), row.tap and name == row.value)


# Room for fingers.


def roomy_boxes(boxes: Sequence[Box], whole: Box) -> list[Box]:
    """Each as large as a finger, none over another: neighbours share what stands between them."""
    high = [_stretched(box, _across(box, boxes), whole) for box in boxes]
    turned = [_turned(box) for box in high]
    return [_turned(_stretched(box, _across(box, turned), _turned(whole))) for box in turned]


def _across(box: Box, others: Iterable[Box]) -> list[Box]:
    """Those above and below it."""
    return [other for other in others if other != box and other.x < box.x + box.w and box.x < other.x + other.w]


def _stretched(box: Box, others: Iterable[Box], whole: Box) -> Box:
    """Higher, upwards and downwards alike; where one side is shut, the other takes more."""
    middle, end = box.y + box.h / 2, box.y + box.h
    others = list(others)
    above = max((other.y + other.h for other in others if other.y + other.h / 2 < middle), default=None)
    below = min((other.y for other in others if other.y + other.h / 2 >= middle), default=None)
    up = max(0.0, box.y - whole.y if above is None else (box.y - above) / 2)
    down = max(0.0, whole.y + whole.h - end if below is None else (below - end) / 2)
    need = max(LEAST - box.h, 2 * ROOM)
    rise = min(up, max(need / 2, need - down))
    fall = min(down, need - rise)
    return Box(box.x, box.y - rise, box.w, box.h + rise + fall)


def _turned(box: Box) -> Box:
    return Box(box.y, box.x, box.h, box.w)
