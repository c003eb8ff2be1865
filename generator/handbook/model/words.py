"""Phrases, blocks and screens: what lessons are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

from generator.ground.findings import Place

NOWHERE = Place("", 1, 1)


def here() -> Place:
    """The place of a thing: it takes no part in comparison or `repr`."""
    return field(default=NOWHERE, repr=False, compare=False)


def written_in(thing: object) -> Iterator[Phrase | Row]:
    """Every phrase and every row of a screen inside a thing, in reading order."""
    if isinstance(thing, Phrase | Row):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from written_in(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from written_in(getattr(thing, each.name))


Status = Literal["draft", "reviewed"]
VisitState = Literal["open", "unsure", "failed", "dead"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line or paragraph of inline Markdown, as written; may hold `{{ … }}`."""

    text: str
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a screen: `kind: text`; `label = value` is split for the kinds that have a value."""

    kind: str
    text: str
    value: str = ""
    tap: bool = False
    place: Place = here()
    named: bool = False
    """The step it belongs to says its words: where room is short it stays."""
    hold: bool = False
    """The finger stays on it, until something appears."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A phone screen described in rows."""

    rows: tuple[Row, ...]
    seen: str = ""
    """What stands after `đã xem:`; empty means nobody held it against the real app yet."""
    place: Place = here()

    @property
    def tap_index(self) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.tap), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the topic's folder; `alt` empty means decorative."""

    file: str
    """Path from the project's root."""
    alt: str
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Paragraph:
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Phrase, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Heading:
    phrase: Phrase


Block = Paragraph | Bullets | Quote | Heading | Picture | Screen
