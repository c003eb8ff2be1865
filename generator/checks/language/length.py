"""Bài đọc trong 3 phút: phần người học đọc (không kể Tự kiểm tra, phim, phần người hướng dẫn) nhiều nhất 450 chữ."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import LEARNER, Role
from generator.ground.findings import Finding, warning
from generator.handbook.model import Topic
from generator.handbook.spoken import count

MOST = 450
_QUIZ: frozenset[Role] = frozenset({"question", "answer", "wrong answer", "reason", "use", "further"})


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        lesson = wording.lesson
        if not isinstance(lesson, Topic):
            continue
        length = sum(count(told.plain) for told in wording.of(LEARNER - _QUIZ))
        if length > MOST:
            yield warning("lesson.long", lesson.place, length=length, most=MOST)
