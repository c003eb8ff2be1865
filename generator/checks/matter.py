"""What rules look at: the reading, and each lesson's phrases walked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from generator.files import Project
from generator.findings import Place
from generator.handbook.markup import Token, walk_tokens
from generator.handbook.model import Alert, Card, Handbook, Home, Office, Phrase, Picture, Row, Screen, Topic
from generator.handbook.read import Reading

Lesson = Topic | Card | Alert | Home


@dataclass(frozen=True)
class Parts:
    """Everything of one lesson that rules look at, in reading order."""

    lesson: Lesson
    phrases: tuple[Phrase, ...]
    pictures: tuple[Picture, ...]
    screens: tuple[Screen, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Matter:
    project: Project
    reading: Reading
    release: bool = False
    """True when the handbook is to go out, not only to be looked at."""

    @property
    def handbook(self) -> Handbook:
        return self.reading.handbook

    @cached_property
    def lessons(self) -> tuple[Parts, ...]:
        book = self.handbook
        lessons: list[Lesson] = [*book.topics, *book.cards, *book.alerts, book.home]
        return tuple(take_apart(lesson) for lesson in lessons)

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(self.reading.files)

    @cached_property
    def files_folded(self) -> dict[str, str]:
        """Small letters → the name as it is on disk."""
        return {file.casefold(): file for file in self.reading.files}


def take_apart(lesson: Lesson) -> Parts:
    found: dict[type, list[Any]] = {Phrase: [], Picture: [], Screen: [], Row: []}
    _walk(lesson, found)
    return Parts(lesson, tuple(found[Phrase]), tuple(found[Picture]), tuple(found[Screen]), tuple(found[Row]))


def _walk(thing: Any, found: dict[type, list[Any]]) -> None:
    if isinstance(thing, str | int):
        return
    kind = type(thing)
    if kind in found:
        found[kind].append(thing)
        if kind is not Screen:
            return
    if kind is tuple:
        for part in thing:
            _walk(part, found)
    elif kind is not Office and is_dataclass(thing):  # the office's words are no Markdown
        for name in _FIELDS.setdefault(kind, tuple(field.name for field in fields(thing))):
            _walk(getattr(thing, name), found)


_FIELDS: dict[type, tuple[str, ...]] = {}


def tokens_of(parts: Parts) -> Iterator[tuple[Token, Place]]:
    """Every inline token with its place."""
    for phrase in parts.phrases:
        for token in walk_tokens(phrase.text):
            if token.kind != "text":
                yield token, place_in(phrase, token.start)


def place_in(phrase: Phrase, offset: int) -> Place:
    before = phrase.text[:offset]
    line = before.count("\n")
    column = len(before) - before.rfind("\n") if line else phrase.place.column + offset
    return Place(phrase.place.file, phrase.place.line + line, column)
