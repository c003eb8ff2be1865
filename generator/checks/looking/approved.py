"""What of a lesson was approved, and which words changed since."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.ground.files import Source
from generator.ground.kept import Kept, Version
from generator.handbook.lesson.lessons import Scraps, read_card, read_topic
from generator.handbook.lesson.texts import lines_of, text_name
from generator.handbook.model import Card, Topic

READERS: dict[str, Callable[[str, Source], tuple[Topic | Card | Scraps, object]]] = {
    "topics": read_topic, "cards": read_card,
}
MOST_LETTERS = 160
MOST_WORDS, AROUND = 40, 4
"""Words told of one change, and those before and after it."""


class Change(NamedTuple):
    """Words before and after; empty where there were or are none."""

    before: str
    after: str


class Held(NamedTuple):
    """A lesson's file at one commit; `lesson` is None where it could not be read as one."""

    version: Version
    text: str
    lesson: Topic | Card | None

    def name(self, kept: Kept) -> str:
        """Of its text; empty where git does not hold its picture, or it was no lesson then."""
        try:
            return text_name(self.lesson, partial(kept.bytes_at, self.version.commit)) if self.lesson else ""
        except OSError:
            return ""


def read_lesson(slug: str, source: Source) -> Topic | Card | None:
    lesson, _ = READERS[PurePosixPath(source.file).parts[1]](slug, source)
    return lesson if isinstance(lesson, Topic | Card) else None


def held(kept: Kept, slug: str) -> Iterator[Held]:
    """All that git holds of a lesson, newest first; the same text is read once."""
    for folder in READERS:
        place, known = f"content/{folder}/{slug}/", dict[str, Topic | Card | None]()
        for version in reversed(kept.versions(place) or []):
            if text := version.files.get(f"{place}index.md", ""):
                if text not in known:
                    known[text] = read_lesson(slug, Source(f"{place}index.md", text))
                yield Held(version, text, known[text])


def text_of(kept: Kept, slug: str, name: str) -> Topic | Card | None:
    """The lesson as git holds it under this name of its text, the newest first."""
    told = set[str]()
    for one in held(kept, slug):
        if one.text not in told and one.name(kept) == name:
            return one.lesson
        told.add(one.text)
    return None


def last_change(kept: Kept, slug: str, name: str) -> date | None:
    """The day since which git holds this text, where it held another one before."""
    since: date | None = None
    for one in held(kept, slug):
        if one.name(kept) != name:
            return since
        since = datetime.fromtimestamp(one.version.moment, UTC).date()
    return None


def changes(old: Topic | Card, new: Topic | Card) -> list[Change]:
    """By sentences and rows, as a reader meets them."""
    before, after = lines_of(old), lines_of(new)
    found: list[Change] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += _paired(before[a:b], after[c:d])
    return found


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for index in range(max(len(before), len(after))):
        old, new = (lines[index] if index < len(lines) else "" for lines in (before, after))
        yield Change(*_near(old, new))


def word_changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Of two pages, word by word, however their lines break: each with some words around."""
    match = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [Change(_some(before, group[0][1], group[-1][2]), _some(after, group[0][3], group[-1][4]))
            for group in match.get_grouped_opcodes(AROUND)]


def _some(words: Sequence[str], first: int, last: int) -> str:
    return " ".join((*words[first : min(last, first + MOST_WORDS)], *(("…",) if last > first + MOST_WORDS else ())))


def _near(old: str, new: str) -> tuple[str, str]:
    """Long ones only as far as they differ, with a few words around."""
    if max(len(old), len(new)) <= MOST_LETTERS:
        return old, new
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    blocks = [block for block in match.get_opcodes() if block[0] != "equal"]
    start_old, start_new = max(0, blocks[0][1] - 40), max(0, blocks[0][3] - 40)
    end_old, end_new = blocks[-1][2] + 40, blocks[-1][4] + 40
    return _cut(old, start_old, end_old), _cut(new, start_new, end_new)


def _cut(text: str, start: int, end: int) -> str:
    end = min(end, start + MOST_LETTERS)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
