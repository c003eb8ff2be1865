"""One text, read to other readers: pupils are `em`, officials `anh chị`, grandparents `ông bà`."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any, TypeVar

from generator.handbook.model import Card, Handbook, Phrase, Topic

Lesson = TypeVar("Lesson", Topic, Card)
LEARNERS = "bà con"
"""How lessons speak to most of their readers: *bà con* to many, *bác* to one."""
_OTHERS = "".join(f"(?<!(?i:{word}) )" for word in ("một", "hai", "ba", "các", "mấy", "những", "mỗi"))
_READER = re.compile(rf"(?<!\w){_OTHERS}(?P<word>[Bb]ác|[Bb]à con)(?!\w)(?! (?:sĩ|bỏ|ái|[A-ZĐ]))")
"""Not *một bác hàng xóm*, *bác sĩ*, *bác Hồ*."""


def learners(book: Handbook) -> set[str]:
    """Audiences that lessons speak to as they are written."""
    return {audience.name for audience in book.audiences if audience.address == LEARNERS}


def read_to(text: str, one: str, many: str) -> str:
    """*Bác* becomes `one`, *bà con* becomes `many`."""
    return _READER.sub(lambda match: _like(match["word"], one if match["word"][1:] == "ác" else many), text)


def _like(word: str, other: str) -> str:
    return other[:1].upper() + other[1:] if word[0] == "B" else other


def read_for(text: str, address: str) -> str:
    """As `handbook.yml` says an audience is spoken to; without one the text stays."""
    return read_to(text, address, f"các {address}") if address not in ("", LEARNERS) else text


def book_for(book: Handbook, address: str) -> Handbook:
    """Lessons written for everybody speak to these readers. What was written for officials or pupils alone speaks to
    nobody by name, and there *bà con* are somebody else."""
    if address in ("", LEARNERS):
        return book
    read = partial(_lesson_for, addressed=learners(book), address=address)
    return replace(book, topics=tuple(map(read, book.topics)), cards=tuple(map(read, book.cards)))


def _lesson_for(lesson: Lesson, addressed: set[str], address: str) -> Lesson:
    if addressed.isdisjoint(audience.text for audience in lesson.office.audiences):
        return lesson
    spoken = {field.name: _walk(getattr(lesson, field.name), address) for field in fields(lesson)
              if field.name not in ("office", "trainer", "clip", "place")}
    return replace(lesson, **spoken)


def _walk(thing: Any, address: str) -> Any:
    """Words of screens are the phone's, not ours."""
    if isinstance(thing, Phrase):
        return replace(thing, text=read_for(thing.text, address))
    if isinstance(thing, tuple):
        return tuple(_walk(part, address) for part in thing)
    if not is_dataclass(thing) or isinstance(thing, type) or type(thing).__name__ in ("Screen", "Place"):
        return thing
    return replace(thing, **{field.name: _walk(getattr(thing, field.name), address) for field in fields(thing)
                             if field.init})
