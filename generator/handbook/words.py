"""What readers get beside lessons, and the glossary as the first of it: read aloud line by line, signed as one text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from generator.ground.findings import Text
from generator.handbook.lesson.texts import name_of
from generator.handbook.model import GLOSSARY, Drawing, Handbook

WORDS = "tu-kho"
"""In place of a slug: the glossary, which stands beside every lesson and is signed as a whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """What readers get beside lessons: read line by line, and signed as one text."""

    id: str
    name: Text
    rows: tuple[tuple[str, ...], ...]
    """A name and what stands under it."""
    files: tuple[str, ...]
    """Where it is written, its own one first."""
    drawn: tuple[Drawing, ...] = ()
    """What is looked at and signed with it."""
    signed: bool = False

    @property
    def file(self) -> str:
        return self.files[0]

    @property
    def lines(self) -> Iterator[str]:
        """To be read aloud; what is of one kind stands under its name."""
        for kind, rows in groupby(self.rows, itemgetter(0)):
            first, *others = rows
            if others:
                yield f"{kind}:"
                yield from (f"  {_said(row[1:])}" for row in (first, *others))
            else:
                yield _said(first)

    @property
    def told(self) -> tuple[str, ...]:
        """Each by itself, to compare; of a drawing a name that is another when a stroke is."""
        return (*map(_said, self.rows), *(f"{one.name}.svg: {name_of(_digest_of(one))}" for one in self.drawn))

    @property
    def text(self) -> str:
        """Empty where there is nothing to sign."""
        parts = (json.dumps(row, ensure_ascii=False) for row in (*self.rows, *map(_digest_of, self.drawn)))
        return name_of(parts) if self.rows else ""


def _said(cells: Sequence[str]) -> str:
    *names, words = filter(None, cells)
    return f"{', '.join(names)}: {words}" if names else words


def _digest_of(drawing: Drawing) -> tuple[str, ...]:
    return drawing.name, sha256(f"{drawing.view} {drawing.svg}".encode()).hexdigest()


def hard_words(handbook: Handbook) -> Words:
    rows = tuple((term.name, *term.aliases, "thay" if term.replace else "", " ".join(term.gloss.text.split()))
                 for term in handbook.glossary)
    return Words(WORDS, Text("bảng từ khó", "the glossary"), rows, (GLOSSARY,), signed=not handbook.unsigned_words)
