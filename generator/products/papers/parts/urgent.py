"""The numbers that one calls when somebody is in danger, as the lesson's step says them: `**115** cấp cứu`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.handbook.model import Topic
from generator.products.lesson import Lesson

UNSURE = "Đang chờ cơ quan xác nhận các số này."
CERTAIN = frozenset({"112", "113", "114", "115"})
"""The nation's own, by law: what is still to be asked about them stands in the office's review, where no frightened
person reads it. Doubt below a number on a wall is a reason not to call."""
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
    """Whether an open fact of the topic names one of the numbers that are not certain."""
    facts = topic.office.open_facts if topic else ()
    doubted = {call.number for call in calls} - CERTAIN
    return any(number in fact.text for number in doubted for fact in facts)
