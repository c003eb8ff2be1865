"""The clip's table names steps and safety lines that exist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.model import Topic


def check(matter: Matter) -> Iterator[Finding]:
    topics: list[Topic | Scraps] = [*matter.handbook.topics, *matter.reading.scraps]
    for topic in topics:
        most = {"step": ("bước", len(topic.steps)), "safety": ("an toàn", len(topic.safety))}
        for scene in topic.clip:
            name, count = most.get(scene.kind, ("", 0))
            if count and not 1 <= scene.index <= count:  # none at all has been told already
                yield matter.remind("clip.index", scene.words.place, name=name, index=scene.index, count=count)
