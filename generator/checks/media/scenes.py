"""The clip's table names steps, safety lines and scenes that exist; steps come in their order, or without numbers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, warning
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.mistakes import listed, nearest
from generator.handbook.model import Scene, Topic


def check(matter: Matter) -> Iterator[Finding]:
    drawings = [drawing.name for drawing in matter.handbook.drawings]
    topics: list[Topic | Scraps] = [*matter.handbook.topics, *matter.reading.scraps]
    for topic in topics:
        most = {"step": ("bước", len(topic.steps)), "safety": ("an toàn", len(topic.safety))}
        for scene in topic.clip:
            name, count = most.get(scene.kind, ("", 0))
            if count and not 1 <= scene.index <= count:  # none at all has been told already
                yield matter.remind("clip.index", scene.words.place, name=name, index=scene.index, count=count)
            if scene.kind == "scene" and scene.file and scene.file not in drawings:
                yield _no_drawing(matter, scene, drawings)
        yield from _order(topic.clip)


def _no_drawing(matter: Matter, scene: Scene, drawings: list[str]) -> Finding:
    near = nearest(scene.file, drawings)
    return matter.remind("clip.scene/likely" if near else "clip.scene", scene.place, name=scene.file, near=near,
                         others=listed(scene.file, drawings))


def _order(clip: tuple[Scene, ...]) -> Iterator[Finding]:
    """No release waits for it: the film leaves such numbers out by itself."""
    before = 0
    for scene in clip:
        if scene.kind == "step" and not scene.uncounted:
            if scene.index < before:
                yield warning("clip.order", scene.place, index=scene.index, before=before)
            before = max(before, scene.index)
