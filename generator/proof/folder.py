"""What a file's name promises: which kind of paper it is, how large its codes and letters must be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.products import OFFICE, READ, Known, known_paper
from generator.products import code_today as code_today
from generator.products import folders as folders
from generator.products import known_beside as known_beside
from generator.products import words_today as words_today
from generator.products.product import SITE as SITE
from generator.products.product import Beside as Beside
from generator.products.product import Kind

PIXELS = re.compile(r"-(\d+)x(\d+)\.png$")
SMALL_POINTS, SCREEN_POINTS = 9.0, 8.0
NOTHING = Kind("")
"""Of a file no product makes: that is told, and nothing else is asked of it."""


@dataclass(frozen=True, slots=True)
class Promise:
    name: str
    """As the report shows it."""
    known: Known | None = field(init=False)
    """None when no product makes a file of this name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", known_paper(self.name))

    @property
    def kind(self) -> Kind:
        return self.known.kind if self.known else NOTHING

    @property
    def slug(self) -> str:
        """Of the one lesson it is about; empty for files of many."""
        return self.known.name if self.known and self.kind.about == "lesson" else ""

    @property
    def number(self) -> str:
        """Of a code's own picture."""
        return self.known.name if self.known and self.kind.about == "number" else ""

    @property
    def is_book(self) -> bool:
        return self.kind.about == "book"

    @property
    def is_of_office(self) -> bool:
        """For those who make the book; nobody hands it out."""
        return self.known is not None and self.known.product.name in OFFICE

    @property
    def is_released(self) -> bool:
        """Whether the sheet of a release lists such files."""
        return self.known is not None and self.known.kind.file.startswith(READ) and not self.is_of_office

    @property
    def pixels(self) -> tuple[int, int] | None:
        match = PIXELS.search(self.name)
        return (int(match[1]), int(match[2])) if match else None

    @property
    def to_read(self) -> str:
        """Beside a file that was folded lies the one it was laid out from, under this name."""
        known = self.known
        if known is None or self.kind.laid != "folded":
            return ""
        return PurePosixPath(self.kind.made_of.replace("*", known.name)).name
