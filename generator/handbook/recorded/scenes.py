"""Which scene stands with which lesson: the one it names, else the one called like it, else its part's."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from generator.ground.files import Source
from generator.ground.findings import Edit, Finding, Place, warning
from generator.handbook.mistakes import nearest
from generator.handbook.model import Card, Drawing, Part, Topic
from generator.handbook.recorded.composing import FOLDER, MOST_BYTES, PIECES, THINNEST, VIEW, Slip, compose

OF_CARDS = "the-thu-tuc"
"""Cards have one together, as a part has the one called by its id."""
OF_BOOK = "hoc-so-co-ban"
"""On the cover of the whole book."""
AnyLesson = TypeVar("AnyLesson", bound=Topic | Card)


@dataclass
class Scenes:
    """All drawings of a handbook. None is read before somebody asks for it."""

    files: Collection[str]
    read: Callable[[str], Source | None]

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self._drawn: dict[str, Drawing | None] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return _named(self.files, FOLDER)

    @cached_property
    def pieces(self) -> Mapping[str, Drawing]:
        found: dict[str, Drawing] = {}
        for name in _named(self.files, PIECES):
            if source := self.read(f"{PIECES}{name}.svg"):
                composed = compose(name, source.text, {}, piece=True)
                self._tell(source, composed.slips)
                found[name] = composed.drawing
        return found

    @cached_property
    def in_use(self) -> bool:
        """A handbook that has no scenes misses none."""
        return any(map(self._is_scene, self.names))

    def _is_scene(self, name: str) -> bool:
        source = self.read(f"{FOLDER}{name}.svg")
        return source is not None and is_scene(source.text)

    def drawn(self, name: str) -> Drawing | None:
        if name not in self._drawn:
            self._drawn[name] = self._compose(name)
        return self._drawn[name]

    def _compose(self, name: str) -> Drawing | None:
        source = self.read(f"{FOLDER}{name}.svg") if name in self.names else None
        if source is None:
            return None
        composed = compose(name, source.text, self.pieces)
        self._tell(source, composed.slips)
        return composed.drawing if composed.drawing.svg else None

    def _tell(self, source: Source, slips: Iterable[Slip]) -> None:
        self.findings += [_finding(source, slip) for slip in slips]

    def all(self) -> tuple[Drawing, ...]:
        """Also what no lesson shows: an editor may pick it."""
        for name in self.names if self.in_use else ():
            if name not in self._drawn and self._is_scene(name):
                self.drawn(name)
        return tuple(drawing for _, drawing in sorted(self._drawn.items()) if drawing)


def _named(files: Iterable[str], folder: str) -> tuple[str, ...]:
    shape = re.compile(rf"{folder}([^/]+)\.svg")
    return tuple(sorted(match[1] for match in map(shape.fullmatch, files) if match))


def is_scene(text: str) -> bool:
    return f'viewBox="{VIEW}"' in text[:400]


def _finding(source: Source, slip: Slip) -> Finding:
    place = Place(source.file, slip.line, slip.column)
    if slip.near is not None:
        at = source.text.splitlines()[slip.line - 1].find(f"#{slip.what}", slip.column - 1)
        edits = (Edit(Place(source.file, slip.line, at + 2), slip.what, slip.near),) if slip.near and at >= 0 else ()
        return warning("drawing.piece/likely" if slip.near else "drawing.piece", place, edits=edits, name=slip.what,
                       near=slip.near)
    return warning(slip.rule, place, what=slip.what, view=VIEW, thinnest=f"{THINNEST:g}",
                   most=f"{MOST_BYTES:,}")


def with_drawings(lessons: Iterable[AnyLesson], parts: Iterable[Part], scenes: Scenes) -> tuple[AnyLesson, ...]:
    if not scenes.in_use:
        return tuple(lessons)
    part_of = {slug.text: part.id for part in parts for slug in part.topics}
    drawn = (replace(lesson, drawing=_drawing_of(lesson, part_of.get(lesson.slug, ""), scenes)) for lesson in lessons)
    return tuple(_with_others(lesson, scenes) for lesson in drawn)


def _with_others(lesson: AnyLesson, scenes: Scenes) -> AnyLesson:
    """Its film may show drawings that are called something else than the lesson."""
    if not isinstance(lesson, Topic):
        return lesson
    clip = (replace(scene, drawing=scenes.drawn(scene.file)) if scene.kind == "scene" and scene.file else scene
            for scene in lesson.clip)
    return replace(lesson, clip=tuple(clip))


def _drawing_of(lesson: Topic | Card, part: str, scenes: Scenes) -> Drawing | None:
    asked = lesson.office.scene
    place = lesson.office.place_of("hình", lesson.place)
    if asked and asked not in scenes.names:
        near = nearest(asked, scenes.names)
        scenes.findings.append(warning("drawing.missing/likely" if near else "drawing.missing", place, name=asked,
                                       near=near, folder=FOLDER))
    own = scenes.drawn(asked or lesson.slug)
    if own is None and not asked:
        scenes.findings.append(warning("drawing.none", place, slug=lesson.slug, folder=FOLDER))
    return own or scenes.drawn(part if isinstance(lesson, Topic) else OF_CARDS)
