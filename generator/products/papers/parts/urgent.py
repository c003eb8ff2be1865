"""The numbers that one calls when somebody is in danger, as the lesson's step says them: `**115** cấp cứu`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.handbook.model import Topic
from generator.products.lesson import Lesson

UNSURE = "Đang chờ cơ quan xác nhận các số này."
_BOLD_NUMBER = re.compile(r"\*\*(\d{3})\*\*\s+([^\d*,.;:()]+)")


@dataclass(frozen=True)
class Call:
    number: str
    what: str


def urgent_calls(lesson: Lesson | None) -> tuple[Call, ...]:
    """The bold numbers of the first step that has some."""
    for step in lesson.steps if lesson else ():
        if found := _BOLD_NUMBER.findall(step.phrase.text):
            return tuple(Call(number, what.strip()) for number, what in found)
    return ()


def unconfirmed(topic: Topic | None, calls: tuple[Call, ...]) -> bool:
    """Whether an open fact of the topic names one of the numbers."""
    facts = topic.office.open_facts if topic else ()
    return any(call.number in fact.text for call in calls for fact in facts)
