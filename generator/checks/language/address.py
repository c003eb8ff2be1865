"""Bài chỉ cho cán bộ, đảng viên, học sinh: không gọi họ là "bà con"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD
from generator.ground.findings import Finding, error
from generator.handbook.addressed import learners
from generator.handbook.model import Card, Topic

_CALLED = re.compile(
    r"(?:^|(?<=[.!?…:] )|(?<=ơi, ))bà con(?! (?:xem|hỏi|kể|nói|khen|báo|nào|cũng|ở)\b)"
    r"|(?:(?<=học xong, )|(?<=chào ))bà con\b|\bbà con (?:ơi|nhé|nhớ|hãy|mình nhé|cứ)\b",
    re.IGNORECASE,
)
"""Spoken to, not about: `giúp bà con` in a topic for officials is right."""


def check(matter: Matter) -> Iterator[Finding]:
    unaddressed = {audience.name for audience in matter.handbook.audiences} - learners(matter.handbook)
    for wording in matter.wordings:
        lesson = wording.lesson
        names = {phrase.text for phrase in lesson.office.audiences} if isinstance(lesson, Topic | Card) else set()
        if names and names <= unaddressed:
            for told, match in wording.matches(_CALLED, HEARD):
                yield error("address.officials", wording.place(told, match.start(), "bà con"))
