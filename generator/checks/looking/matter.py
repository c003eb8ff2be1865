"""What rules look at: the reading, and each lesson's phrases walked once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from generator.checks.looking.elders import Elders
from generator.checks.looking.guessing import Asked, asked_in
from generator.checks.looking.places import Locator
from generator.checks.looking.wording import Wording
from generator.ground.files import Project
from generator.ground.findings import Finding, Place, error, warning
from generator.ground.kept import Change, Kept, Version
from generator.handbook import config, editions, ledger
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.lesson.markup import MARKED, Token, walk_tokens
from generator.handbook.model import (
    APPROVALS,
    OUTLINE,
    Alert,
    Card,
    Edition,
    Handbook,
    Home,
    Office,
    Phrase,
    Picture,
    Row,
    Screen,
    Topic,
)
from generator.handbook.read import Reading

LESSONS = ("content/topics", "content/cards", OUTLINE)
ADDRESSES = (ledger.FILE, config.FILE, editions.FOLDER)
Lesson = Topic | Card | Alert | Home | Scraps


@dataclass(frozen=True)
class Parts:
    """Everything of one lesson that rules look at, in reading order."""

    lesson: Lesson
    phrases: tuple[Phrase, ...]
    pictures: tuple[Picture, ...]
    screens: tuple[Screen, ...]
    rows: tuple[Row, ...]
    lines: Sequence[str] = ()
    """The file as it stands, for exact places."""

    @cached_property
    def marked(self) -> tuple[Phrase, ...]:
        """Most phrases are words and nothing else; these are not."""
        return tuple(phrase for phrase in self.phrases if MARKED.search(phrase.text))


@dataclass(frozen=True)
class Matter:
    project: Project
    reading: Reading
    release: bool = False
    """True when the handbook is to go out, not only to be looked at."""
    history_unknown: bool = False
    """True when somebody said that git cannot know what was printed."""

    @property
    def handbook(self) -> Handbook:
        return self.reading.handbook

    @property
    def latest(self) -> date:
        """Nothing can have happened after it: the last commit, this machine's calendar, a day more for clocks ahead."""
        return max(self.handbook.today, date.today()) + timedelta(days=1)

    @property
    def remind(self) -> Callable[..., Finding]:
        """Of what stays a reminder until the handbook goes out."""
        return error if self.release else warning

    @cached_property
    def kept(self) -> Kept:
        return Kept(self.project.root, ledger.FILE)

    @cached_property
    def versions(self) -> list[Version] | None:
        """Whatever git holds of what printed addresses are made of, HEAD's last; None without a full history."""
        return self.kept.versions(*ADDRESSES, APPROVALS)

    @cached_property
    def editions_by_age(self) -> tuple[Edition, ...]:
        """The nation, then those git has known longest: of two alike the younger one was copied."""
        versions = self.versions or []

        def age(edition: Edition) -> int:
            file = f"{editions.FOLDER}{edition.id}.yml"
            unsaved = len(versions) + (file in self.reading.drafts)
            return next((index for index, version in enumerate(versions) if file in version.files), unsaved)

        return tuple(sorted(self.handbook.editions, key=lambda one: (one.id != editions.ROOT, age(one), one.id)))

    def key_place(self, edition_id: str, names: Sequence[str]) -> Place:
        """The line where an edition says the first of these keys that it says at all."""
        file = f"{editions.FOLDER}{edition_id}.yml"
        lines = enumerate(self.lines_of(file), start=1)
        said = r"\s*:(?!\s*(?:\"\"|'')?\s*(?:#|$))"
        found = {name: number for number, line in lines for name in names if re.match(name + said, line)}
        return Place(file, next((found[name] for name in names if name in found), 1))

    @cached_property
    def changes(self) -> list[Change] | None:
        """Where lessons and the outline got their texts, oldest first; None without a full history."""
        return self.kept.changes(*LESSONS)

    @cached_property
    def texts(self) -> list[tuple[str, str]] | None:
        """Every file and text a lesson or the outline ever had, oldest first; None without a full history."""
        known = None if self.changes is None else self.kept.read(change.sha for change in self.changes)
        return None if known is None else [(change.file, known[change.sha]) for change in self.changes or ()]

    @cached_property
    def elders(self) -> Elders:
        return Elders(self.project.root)

    @cached_property
    def elsewhere(self) -> list[Version]:
        """Ledgers of commits that HEAD does not stand on."""
        return self.kept.elsewhere(ledger.FILE)

    def against(self, versions: list[Version], texts: list[tuple[str, str]]) -> Matter:
        """The same handbook held against another past."""
        other = copy(self)
        vars(other).update(versions=versions, texts=texts)
        return other

    @cached_property
    def lessons(self) -> tuple[Parts, ...]:
        book = self.handbook
        lessons: list[Lesson] = [*book.topics, *book.cards, *book.alerts, book.home, *self.reading.scraps]
        return tuple(take_apart(lesson, self.lines_of(lesson.place.file)) for lesson in lessons)

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The same lessons as learners' text; what is not whole is told by others first."""
        whole = (parts.lesson for parts in self.lessons)
        return tuple(
            Wording(lesson, self.lines_of(lesson.place.file)) for lesson in whole if not isinstance(lesson, Scraps)
        )

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every question of the book that can be asked already."""
        return tuple(asked_in(self.handbook))

    def lines_of(self, file: str) -> Sequence[str]:
        source = self.reading.texts.get(file)
        return source.lines if source else ()

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(self.reading.files)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Files told to be missing or wrongly named, so that nobody else needs to say it."""
        rules = ("file.missing", "file.case", "file.elsewhere")
        return frozenset(finding.place.file for finding in self.reading.findings if finding.rule in rules)

    @cached_property
    def files_folded(self) -> dict[str, str]:
        """Small letters → the name as it is on disk."""
        return {file.casefold(): file for file in self.reading.files}


def take_apart(lesson: Lesson, lines: Sequence[str] = ()) -> Parts:
    found: dict[type, list[Any]] = {Phrase: [], Picture: [], Screen: [], Row: []}
    _walk(lesson, found)
    phrases, pictures, screens, rows = (tuple(things) for things in found.values())
    return Parts(lesson, phrases, pictures, screens, rows, lines)


def _walk(thing: Any, found: dict[type, list[Any]]) -> None:
    kind = type(thing)
    if kind in _PLAIN:
        return
    if kind in found:
        found[kind].append(thing)
        if kind is not Screen:
            return
    if kind is tuple:
        for part in thing:
            _walk(part, found)
    elif kind is not Office and is_dataclass(thing):  # the office's words are no Markdown
        if kind not in _FIELDS:
            _FIELDS[kind] = tuple(field.name for field in fields(thing))
        for name in _FIELDS[kind]:
            _walk(getattr(thing, name), found)


_FIELDS: dict[type, tuple[str, ...]] = {}
_PLAIN = {str, int, bool, type(None)}


def tokens_of(parts: Parts, *kinds: str) -> Iterator[tuple[Token, Place]]:
    """Every inline token of these kinds with its place."""
    for phrase in parts.marked:
        locator = None
        for token in walk_tokens(phrase.text):
            if token.kind in kinds:
                locator = locator or Locator(phrase, parts.lines)
                yield token, locator.place(token.start)
