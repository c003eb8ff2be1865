"""The page of downloads: papers by shelf, decks, and where the whole site can be had for a stick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.handbook.model import Handbook
from generator.products.home import Shown
from generator.products.listing import CARDS
from generator.products.web import Paper, Wall

FILE = "downloads/index.html"
WHOLE = "downloads/hoc-so-usb.zip"
BOOKS, SHEETS, LEAFLETS = "Cả tập", "Phiếu", "Tờ rơi, mỗi bài một tờ"


@dataclass(frozen=True)
class Shelf:
    title: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PapersPage(Shown):
    shelves: tuple[Shelf, ...]
    coverage: str
    """Link to the page of editors."""
    portal: str
    """Link to the page for those who keep a portal."""
    walls: tuple[Wall, ...] = ()

    @property
    def whole(self) -> str:
        """Address of the zip of the whole site. No link: the copy on a stick does not hold itself."""
        return self.spot.web.spot(WHOLE).canonical


def shelves_of(book: Handbook, papers: Mapping[str, Paper]) -> tuple[Shelf, ...]:
    """Papers by item name → those with something on them."""
    cards = {f"leaflet:{card.slug}" for card in book.cards}
    shelves: dict[str, list[Paper]] = {title: [] for title in (BOOKS, SHEETS, LEAFLETS, CARDS)}
    for name, paper in papers.items():
        kind = name.partition(":")[0]
        title = CARDS if name in cards else {"booklet": BOOKS, "leaflet": LEAFLETS}.get(kind, SHEETS)
        shelves[title].append(paper)
    return tuple(Shelf(title, tuple(row)) for title, row in shelves.items() if row)
