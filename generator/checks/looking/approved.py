"""Which words of a lesson, a place or a page changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.ground.findings import Text
from generator.handbook.lesson.texts import lines_of
from generator.handbook.model import Card, Topic

MOST_LETTERS = 160
MOST_WORDS, AROUND = 40, 4
"""Words told of one change, and those before and after it."""


NONE = Text("(không có)", "(none)")


class Change(NamedTuple):
    """Words before and after; empty where there were or are none."""

    before: str
    after: str

    @property
    def was(self) -> str | Text:
        return self.before or NONE

    @property
    def now(self) -> str | Text:
        return self.after or NONE


def changes(old: Topic | Card, new: Topic | Card) -> list[Change]:
    """By sentences and rows, as a reader meets them."""
    return line_changes(lines_of(old), lines_of(new))


def line_changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
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
