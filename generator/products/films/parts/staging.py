"""Which scene stands in which shot, and where: the lesson's own wherever a row says nothing better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.handbook.model import Handbook
from generator.products.films.parts.frames import Shape
from generator.products.films.parts.scenes import Shot
from generator.products.films.parts.stage import HEIGHT, Stage, scene_stage
from generator.products.lesson import Lesson

SCENE = (400, HEIGHT)


def stages_of(book: Handbook, lesson: Lesson, shots: Sequence[Shot], shape: Shape) -> Iterator[Stage | None]:
    for shot in shots:
        yield _stage(book, lesson, shot, shape)


def _stage(book: Handbook, lesson: Lesson, shot: Shot, shape: Shape) -> Stage | None:
    if lesson.drawing is None or shot.file:
        return None
    box = fitted(shape.last if shot.kind == "close" else shape.beside if shot.screen else shape.seen)
    return scene_stage(lesson.drawing, book.pieces, box, shot.kind == "title")


def fitted(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """As large as a scene fits, at the left and on the ground."""
    left, top, width, height = box
    wide = min(width, round(height * SCENE[0] / SCENE[1])) // 4 * 4
    high = wide * SCENE[1] // SCENE[0] // 2 * 2
    return left, top + height - high, wide, high
