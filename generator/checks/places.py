"""Where a letter stands in the file it came from."""

from __future__ import annotations

from collections.abc import Sequence

from generator.findings import Place
from generator.handbook.model import Phrase, Row


def place_in(phrase: Phrase, offset: int, lines: Sequence[str] = ()) -> Place:
    """Where a letter of a phrase stands; `lines` of the file tell how far wrapped lines are indented."""
    before = phrase.text[:offset].split("\n")
    number, column = phrase.place.line, phrase.place.column
    for shown in phrase.text.split("\n")[1 : len(before)]:
        number += 1
        while number < len(lines) and shown not in lines[number - 1]:
            number += 1  # an empty line of a quote
        column = lines[number - 1].find(shown) + 1 if number <= len(lines) else 1
    return Place(phrase.place.file, number, max(1, column) + len(before[-1]))


def place_in_row(row: Row, text: str, offset: int, lines: Sequence[str]) -> Place:
    """The same for a row of a screen, whose place is that of its first sign."""
    line = lines[row.place.line - 1] if row.place.line <= len(lines) else ""
    start = max(line.find(text, row.place.column - 1), row.place.column - 1)
    return Place(row.place.file, row.place.line, start + offset + 1)
