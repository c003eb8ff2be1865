"""What a file of products says of itself: `PRODUCT = Product("leaflet", Text("tờ rơi", "leaflets"), …)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from generator.ground.findings import Text

A5_MM, A4_MM = (148.0, 210.0), (210.0, 297.0)
PRINT, SITE = "print/", "site/"
OFFERED = f"{SITE}downloads/"
"""To print from; and for the site to offer the same bytes."""
LEAST_POINTS = 14.0
"""Of running text on paper: readers are seventy."""


@dataclass(frozen=True)
class Shelf:
    """A heading on the page of downloads."""

    title: str
    place: int
    """In which order people ask for them."""
    unfolded: bool = False
    """What most people come for; the other shelves are folded."""
    cards: Shelf | None = None
    """Where those of cards stand instead."""
    whole: Shelf | None = None
    """Where the book of everything stands instead."""


BOOK = Shelf("Cả sách", 10, unfolded=True)
SHEETS = Shelf("Phiếu và tờ dán tường", 20, unfolded=True)
CARDS = Shelf("Làm giấy tờ", 40, unfolded=True)
LEAFLETS = Shelf("Tờ rơi, mỗi bài một tờ", 30, unfolded=True, cards=CARDS)
BOOKS = Shelf("Tập sách từng phần, từng người", 50, whole=BOOK)


@dataclass(frozen=True)
class Kind:
    """One kind of paper: what its files are called, what it wears, what the proofreader holds it to."""

    file: str
    """Below an edition's tree; `*` stands for the lesson, book or path it is about: `print/leaflets/*.pdf`."""
    template: str = ""
    """In `theme/print/`; empty for what is made of finished papers."""
    styles: tuple[str, ...] = ()
    """In `theme/print/`, after the shared tokens."""
    size_mm: tuple[float, float] = A4_MM
    pages: int = 0
    """How many each must have; 0 when any number will do."""
    shelf: Shelf | None = None
    """Where the site offers it; None: it does not."""
    size_said: str = ""
    """Stands after its title there, where one paper comes in several sizes."""
    about: Literal["lesson", "book", "number", ""] = ""
    """A lesson's paper shows that lesson's code, a book has an outline and page numbers, a number is a code alone."""
    code_mm: float = 0.0
    """The least width of its codes; 0 where it shows none of ours."""
    points: float = LEAST_POINTS
    """The least size of running text."""
    made_of: str = ""
    """Files of the papers it was laid out from; those are the ones to read."""
    laid: Literal["pairs", "folded", ""] = ""
    """Two pages beside each other on a sheet, to cut or to fold."""
    of_place: bool = True
    """Whether words of the edition stand on it; then the file says unseen which."""
    edge_mm: float = 0.0
    """So much of its size is cut off on each side: bleed, and marks where to cut."""

    @property
    def is_laid(self) -> bool:
        """Out of papers of others: without those there is none of it."""
        return bool(self.made_of)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds what `*` stands for, wherever the tree lies."""
        before, star, after = self.file.removeprefix(PRINT).partition("*")
        name = "([^/]+)" if star else "()"
        return re.compile(f"(?:^|/){re.escape(before)}{name}{re.escape(after)}$")

    def path(self, name: str = "") -> str:
        return self.file.replace("*", name)

    @property
    def paths(self) -> tuple[str, ...]:
        """Patterns of all places its files stand in."""
        return (self.file, self.file.replace(PRINT, OFFERED, 1)) if self.shelf else (self.file,)

    @property
    def theme_files(self) -> tuple[str, ...]:
        return tuple(f"print/{name}" for name in (self.template, *self.styles) if name)


@dataclass(frozen=True)
class Beside:
    """One kind of file that is no paper."""

    file: str
    """Below an edition's tree; `*` stands for the lesson, `#` for a number."""
    holds: Literal["picture", "words", "people", "code", ""] = ""
    """A picture says unseen of which text it was made; words are those that the
    product's `said_today` gives of a lesson; of people there is no mark, so it is there of
    approved lessons only; a code is the drawing of the number it is called after. Nothing: no proof opens it."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the lesson, wherever the tree lies."""
        named = re.escape(self.file.removeprefix(SITE)).replace(r"\*", r"([\w-]+)").replace(r"\#", r"\d+")
        return re.compile(f"(?:^|/){named}$")


@dataclass(frozen=True)
class Product:
    """One kind of output. All tables about products are derived from these."""

    name: str
    """The word typed on the command line, and the name of its file."""
    label: Text
    """What editors and whoever watches a build read."""
    papers: tuple[Kind, ...] = ()
    beside: tuple[Beside, ...] = ()
    """All its other files outside `site/`, and what of those the proofreader reads too."""
    standard: bool = True
    """Made when no product is named; others are made only by name."""
    browser: bool = False
    """Takes one though it prints no paper."""
    ffmpeg: bool = False
    """Takes one."""
    last: bool = False
    """Made of what all others made: of use to whoever carries the site away, not to whoever previews it."""
    office: bool = False
    """Shows what only the office says of a lesson: whether and by whom it is approved, its sources and codes, its film,
    its changes. All others plan and are made without, so that an approval prints nothing anew but the imprint of
    books, which dates and names the last commit of their sources."""
    signed: bool = False
    """Tells of an approved lesson who approved it, and when: another row about the same text makes it anew."""
    theme: tuple[str, ...] = ()
    """Files and folders of `theme/` that are its own, besides what its papers wear."""

    @property
    def takes_browser(self) -> bool:
        return self.browser or any(kind.template for kind in self.papers)

    @property
    def theme_files(self) -> tuple[str, ...]:
        return (*self.theme, *(file for kind in self.papers for file in kind.theme_files))
