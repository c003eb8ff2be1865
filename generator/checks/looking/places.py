"""Where a letter stands in the file it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from generator.ground.findings import Place
from generator.handbook.model import Phrase, Row


class Locator:
    """Places within one phrase; `lines` of the file tell how far its wrapped lines are indented."""

    def __init__(self, phrase: Phrase, lines: Sequence[str] = ()) -> None:
        self.phrase = phrase
        self.lines = lines

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.phrase.text))]

    @cached_property
    def _wrapped(self) -> list[tuple[int, int]]:
        """Line and column of every line's beginning; empty lines of a quote stand between."""
        number, column = self.phrase.place.line, self.phrase.place.column
        found = [(number, column)]
        for shown in self.phrase.text.split("\n")[1:]:
            number += 1
            while number < len(self.lines) and shown not in self.lines[number - 1]:
                number += 1
            column = self.lines[number - 1].find(shown) + 1 if number <= len(self.lines) else 1
            found.append((number, max(1, column)))
        return found

    def place(self, offset: int) -> Place:
        index = bisect_right(self._starts, offset) - 1
        if index == 0:
            return replace(self.phrase.place, column=self.phrase.place.column + offset)
        number, column = self._wrapped[index]
        return Place(self.phrase.place.file, number, column + offset - self._starts[index])


def place_in(phrase: Phrase, offset: int, lines: Sequence[str] = ()) -> Place:
    return Locator(phrase, lines).place(offset)


def place_in_row(row: Row, text: str, offset: int, lines: Sequence[str]) -> Place:
    """The same for a row of a screen, whose place is that of its first sign."""
    line = lines[row.place.line - 1] if row.place.line <= len(lines) else ""
    start = max(line.find(text, row.place.column - 1), row.place.column - 1)
    return Place(row.place.file, row.place.line, start + offset + 1)
