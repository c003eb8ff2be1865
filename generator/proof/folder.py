"""What a file's name promises: which product it is, how large its codes and letters must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

FOLDED, TWO_UP, TO_READ = "-fold.pdf", "-2up.pdf", "-a5.pdf"
VARIANT = re.compile(r"-(?:2up|fold|picture|a3|a4|a5|\d+x\d+)$")
PIXELS = re.compile(r"-(\d+)x(\d+)\.png$")
GRANDCHILD = "chau-day-ong-ba"
CODE_MM = {"leaflets": 25.0, "packs": 25.0, "sheets": 25.0, GRANDCHILD: 25.0, "booklets": 30.0, "posters": 50.0}
TEXT_POINTS = {"review": 12.0, "screens.pdf": 9.0}
LARGE, LARGE_POINTS = "-large.pdf", 18.0
RUNNING_POINTS, SMALL_POINTS, SCREEN_POINTS = 14.0, 9.0, 8.0
OF_ONE_TOPIC = ("leaflets", "posters", GRANDCHILD)


@dataclass(frozen=True, slots=True)
class Promise:
    name: str
    """As the report shows it."""

    @property
    def folder(self) -> str:
        return PurePosixPath(self.name).parent.name

    @property
    def file(self) -> str:
        return PurePosixPath(self.name).name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def slug(self) -> str:
        """Of the one topic it is about; empty for files of many."""
        return VARIANT.sub("", self.stem) if self.folder in OF_ONE_TOPIC else ""

    @property
    def number(self) -> str:
        """Of a code's own picture."""
        return self.stem if self.folder == "qr" else ""

    @property
    def is_folded(self) -> bool:
        return self.name.endswith(FOLDED)

    @property
    def in_halves(self) -> bool:
        """Two pages beside each other on a sheet, made of finished files; those are the ones to read by ear."""
        return self.name.endswith((FOLDED, TWO_UP))

    @property
    def is_book(self) -> bool:
        return self.folder == "booklets" and not self.in_halves

    @property
    def pixels(self) -> tuple[int, int] | None:
        match = PIXELS.search(self.name)
        return (int(match[1]), int(match[2])) if match else None

    @property
    def code_mm(self) -> float:
        return CODE_MM.get(self.folder, 0.0)

    @property
    def text_points(self) -> float:
        if self.name.endswith(LARGE):
            return LARGE_POINTS
        return TEXT_POINTS.get(self.folder) or TEXT_POINTS.get(self.file) or RUNNING_POINTS
