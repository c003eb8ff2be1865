"""Phim 1 phút: 4 đến 6 cảnh, lời nói 115 đến 150 chữ (quá 180 thì nói không kịp), cảnh cuối nhắc lại điều nhớ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Role, Told, Wording
from generator.checks.structure.unwritten import MARK
from generator.ground.findings import Finding, error, warning
from generator.handbook.model import Topic
from generator.handbook.spoken import count

FEWEST, MOST, LIMIT = 115, 150, 180
SCENES = (4, 6)
REPEATED = 3
"""As many words in a row make it the same message."""

_ROLES: frozenset[Role] = frozenset({"clip"})
_MESSAGE: frozenset[Role] = frozenset({"title", "goal", "remember"})


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        if isinstance(wording.lesson, Topic) and wording.lesson.clip and not _waits(wording.lesson):
            yield from _clip(wording, wording.lesson)


def _waits(topic: Topic) -> bool:
    """Somebody is still to write it: that is told."""
    return any(MARK in scene.words.text for scene in topic.clip)


def _clip(wording: Wording, topic: Topic) -> Iterator[Finding]:
    place = topic.clip[0].words.place
    scenes = list(wording.of(_ROLES))
    length = sum(count(told.plain) for told in scenes)
    if not FEWEST <= length <= MOST:
        rule = "clip.length" if length > MOST else "clip.length/short"
        tell = error if length > LIMIT else warning
        yield tell(rule, place, length=length, fewest=FEWEST, most=MOST, limit=LIMIT)
    if not SCENES[0] <= len(scenes) <= SCENES[1]:
        yield warning("clip.scenes", place, scenes=len(scenes), fewest=SCENES[0], most=SCENES[1])
    if not _repeats(wording, scenes):
        yield warning("clip.message", topic.clip[-1].words.place)


def _repeats(wording: Wording, scenes: list[Told]) -> bool:
    *before, last = scenes
    runs = list(_runs(last.plain))
    if len(runs) != len(set(runs)):
        return True
    earlier = [*wording.of(_MESSAGE), *before]
    return any(not set(runs).isdisjoint(_runs(told.plain)) for told in earlier)


def _runs(plain: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", plain.lower())
    return (tuple(words[at : at + REPEATED]) for at in range(len(words) - REPEATED + 1))
