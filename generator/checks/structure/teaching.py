"""Bài cần mạng thì nói trước: nhà văn hóa không có mạng thì lớp học làm gì."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Role, Wording
from generator.ground.findings import Finding, warning
from generator.handbook.model import Topic

NET_ROWS = frozenset({"trang", "tin đến", "tin đi", "thư"})
"""Rows of a screen that come through the network."""
_ROLES: frozenset[Role] = frozenset({"prepare"})
_NET = re.compile(r"\b(?:có mạng|wi-?fi|4g|dữ liệu di động)\b", re.IGNORECASE)


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        lesson = wording.lesson
        if isinstance(lesson, Topic) and lesson.trainer.offline is None and _needs_network(wording, lesson):
            rows = lesson.trainer.rows
            yield warning("trainer.offline", rows[0].phrase.place if rows else lesson.place)


def _needs_network(wording: Wording, topic: Topic) -> bool:
    if any(row.kind in NET_ROWS for screen in topic.screens for row in screen.rows):
        return True
    return any(_NET.search(told.plain) for told in wording.of(_ROLES))
