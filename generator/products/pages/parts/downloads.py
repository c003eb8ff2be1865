"""The page of downloads: papers by shelf, decks, and where the whole site can be had for a stick."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.handbook.model import Handbook
from generator.products.pages.parts.home import Shown
from generator.products.pages.parts.listing import CARDS
from generator.products.pages.parts.web import Paper, Wall

FILE = "downloads/index.html"
WHOLE = "downloads/hoc-so-usb.zip"
BOOK, BOOKS, FOLDED = "Cả sách", "Tập sách từng phần, từng người", "Tập để in hai mặt rồi gấp"
SHEETS, LEAFLETS, TWO_UP = "Phiếu và tờ dán tường", "Tờ rơi, mỗi bài một tờ", "Tờ rơi, hai tờ trên một khổ A4"
PACKS, POSTERS, GRANDCHILD = "Bộ tờ rơi cho từng người", "Áp phích", "Cháu dạy ông bà"
OPEN = (BOOK, SHEETS, LEAFLETS, CARDS)
"""What most people come for; the other shelves are folded."""
ORDER = (*OPEN, BOOKS, FOLDED, PACKS, TWO_UP, POSTERS, GRANDCHILD)


@dataclass(frozen=True)
class Shelf:
    title: str
    papers: tuple[Paper, ...]

    @property
    def folded(self) -> bool:
        return self.title not in OPEN


@dataclass(frozen=True)
class PapersPage(Shown):
    shelves: tuple[Shelf, ...]
    coverage: str
    """Link to the page of editors."""
    portal: str
    """Link to the page for those who keep a portal."""
    walls: tuple[Wall, ...] = ()
    with_whole: bool = True
    """Whether a zip of the whole site lies beside it."""

    @property
    def whole(self) -> str:
        """Address of the zip of the whole site. No link: the copy on a stick does not hold itself."""
        return self.spot.web.spot(WHOLE).canonical


def shelves_of(book: Handbook, papers: Iterable[Paper]) -> tuple[Shelf, ...]:
    """Those with something on them, in the order people ask for them."""
    cards = {card.slug for card in book.cards}
    shelves: dict[str, list[Paper]] = {title: [] for title in ORDER}
    for paper in papers:
        shelves[_shelf(PurePosixPath(paper.file), cards)].append(replace(paper, title=_title(paper)))
    return tuple(Shelf(title, tuple(row)) for title, row in shelves.items() if row)


def _shelf(file: PurePosixPath, cards: Collection[str]) -> str:
    folder, name = file.parts[1], file.stem
    if folder == "sheets":
        return GRANDCHILD if len(file.parts) > 3 else SHEETS
    if name.endswith("-2up"):
        return TWO_UP
    if folder == "booklets":
        return FOLDED if name.endswith("-fold") else BOOK if name.startswith("hoc-so-co-ban") else BOOKS
    if folder == "leaflets":
        return CARDS if name in cards else LEAFLETS
    return {"packs": PACKS, "posters": POSTERS}.get(folder, SHEETS)


def _title(paper: Paper) -> str:
    """A poster comes in two sizes."""
    size = next((size.upper() for size in ("a3", "a4") if paper.file.endswith(f"-{size}.pdf")), "")
    return f"{paper.title} ({size})" if size else paper.title
