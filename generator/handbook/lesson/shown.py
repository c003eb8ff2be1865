"""What of a lesson is a picture, wherever in it that stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from generator.handbook.model import Card, Picture, Screen, Step, Topic, Trainer

Seen = TypeVar("Seen", Screen, Picture)


def screens_of(lesson: Topic | Card) -> tuple[tuple[Step | None, Screen], ...]:
    """Every screen in reading order, with its step; None where it stands outside the steps."""
    return tuple(walk(lesson, Screen))


def unseen_screens(lesson: Topic | Card) -> list[Screen]:
    """As a review sheet counts them."""
    return [screen for _, screen in screens_of(lesson) if not screen.seen]


def walk(thing: object, wanted: type[Seen], step: Step | None = None) -> Iterator[tuple[Step | None, Seen]]:
    """In reading order, with its step."""
    if isinstance(thing, wanted):
        yield step, thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from walk(part, wanted, step)
    elif isinstance(thing, Topic | Card | Step | Trainer):
        for name in thing.__slots__:
            yield from walk(getattr(thing, name), wanted, thing if isinstance(thing, Step) else step)
