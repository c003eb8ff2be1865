"""Người cần bài gõ lời của mình, không phải lời trong sách: bài, thẻ nào cũng ghi ở `tìm` ít nhất 3 cách gõ.

Sách mới viết, chưa bài nào ghi `tìm`, thì chưa nhắc.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, warning

LEAST = 3


def check(matter: Matter) -> Iterator[Finding]:
    lessons = matter.reading.handbook.lessons
    if not any(lesson.office.asked_for for lesson in lessons):
        return
    for lesson in lessons:
        ways = len({way.casefold() for way in lesson.office.asked_for})
        if ways < LEAST:
            yield warning("search.words", lesson.office.place_of("tìm", lesson.place), ways=ways, least=LEAST)
