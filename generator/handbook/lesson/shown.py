"""What of a lesson is a picture, wherever in it that stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from generator.ground.findings import Text
from generator.handbook.model import Card, Picture, Question, Quiz, Screen, Step, Topic, Trainer

Seen = TypeVar("Seen", Screen, Picture)
Holder = Step | Question
"""What a picture belongs to."""
SELF_CHECK = Text("Tự kiểm tra", "Self-check")


def screens_of(lesson: Topic | Card) -> tuple[tuple[Holder | None, Screen], ...]:
    """Every screen in reading order, with the step or question it belongs to; None where it stands in running text."""
    return tuple(walk(lesson, Screen))


def place_of(holder: Holder | None) -> Text:
    """Where a picture stands, for those who hold it against a phone."""
    if holder is None:
        return Text("Ngoài các bước", "Outside the steps")
    return Text(f"Bước {holder.number}", f"Step {holder.number}") if isinstance(holder, Step) else SELF_CHECK


def unseen_screens(lesson: Topic | Card) -> list[Screen]:
    """As a review sheet counts them."""
    return [screen for _, screen in screens_of(lesson) if not screen.seen]


def settled(lesson: Topic | Card) -> int:
    """How many facts were confirmed, and screens held against a phone."""
    return len(lesson.office.confirmed) + len(screens_of(lesson)) - len(unseen_screens(lesson))


def walk(thing: object, wanted: type[Seen], holder: Holder | None = None) -> Iterator[tuple[Holder | None, Seen]]:
    """In reading order, with what it belongs to."""
    if isinstance(thing, wanted):
        yield holder, thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from walk(part, wanted, holder)
    elif isinstance(thing, Topic | Card | Step | Quiz | Question | Trainer):
        for name in thing.__slots__:
            yield from walk(getattr(thing, name), wanted, thing if isinstance(thing, Step | Question) else holder)
