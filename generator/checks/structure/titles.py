"""Titles of lessons, parts and paths stand on two lines alike: no piece of theirs is wider than a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, chain

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, warning
from generator.handbook.lesson.markup import to_plain

MOST = 18
"""Signs of one piece: they stand on a line of a title in any of its sizes. A title as short takes no second line."""
MOST_TOLD = 40
LEAST = 1 / 3
"""Of the longer line the shorter one has at least so much."""


def check(matter: Matter) -> Iterator[Finding]:
    """Nothing is stopped by it: where nothing else helps a long word is torn."""
    book = matter.handbook
    named: Iterator[tuple[str, Place]] = chain(
        ((to_plain(lesson.title.text), lesson.title.place) for lesson in book.lessons),
        ((part.title, part.place) for part in book.parts), ((path.title, path.place) for path in book.paths))
    for title, place in named:
        if piece := unbalanced(title):
            told = piece if len(piece) <= MOST_TOLD else f"{piece[:MOST_TOLD]}…"
            yield warning("title.unbalanced", place, piece=told, length=len(piece), most=MOST)


def unbalanced(title: str) -> str:
    """The piece that makes two lines unlike, if one does."""
    words = title.split()
    longest = max(words, key=len, default="")
    if len(longest) > MOST:
        return longest
    whole, firsts = len(" ".join(words)), accumulate((len(word) + 1 for word in words[:-1]), initial=-1)
    lines = [(first, whole - first - 1) for first in firsts if first > 0]
    even = max((min(two) / max(two) for two in lines), default=1.0)
    return longest if len(title) > MOST and even < LEAST else ""
