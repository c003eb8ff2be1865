"""Where a letter stands in the file it came from."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from generator.ground.findings import Edit, Place
from generator.handbook.model import Phrase, Row

_ADDRESS = re.compile(r"\]\(\s*<?(?P<address>[^)\s>#?%\"]+)")


class Locator:
    """Places within one phrase; `lines` of the file tell how far its wrapped lines are indented."""

    def __init__(self, phrase: Phrase, lines: Sequence[str]) -> None:
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


def place_in_row(row: Row, text: str, lines: Sequence[str], offset: int) -> Place:
    """Of a letter in a row of a screen, whose own place is that of its first sign."""
    line = lines[row.place.line - 1] if row.place.line <= len(lines) else ""
    start = max(line.find(text, row.place.column - 1), row.place.column - 1)
    return Place(row.place.file, row.place.line, start + offset + 1)


def right_case(lines: Sequence[str], place: Place, file: str) -> tuple[Edit, ...]:
    """The first address from this place on that is the file's but for capitals, written as the file is."""
    folder = posixpath.dirname(place.file)
    for match in _ADDRESS.finditer(lines[place.line - 1], place.column - 1):
        target = posixpath.normpath(posixpath.join(folder, match["address"]))
        if target != file and target.casefold() == file.casefold():
            at = Place(place.file, place.line, match.start("address") + 1)
            return (Edit(at, match["address"], posixpath.relpath(file, folder)),)
    return ()
