"""The page of downloads: papers by shelf, decks, and where the whole site can be had for a stick."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from generator.handbook.model import Handbook
from generator.products import known_paper, products
from generator.products.pages.parts.home import Shown
from generator.products.pages.parts.web import Paper, Wall
from generator.products.papers.parts.volumes import NAME as WHOLE_BOOK
from generator.products.product import Shelf

FILE = "downloads/index.html"
WHOLE = "downloads/hoc-so-usb.zip"
@dataclass(frozen=True)
class Filled:
    """A shelf with what stands on it."""

    shelf: Shelf
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PapersPage(Shown):
    shelves: tuple[Filled, ...]
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


def shelves_of(book: Handbook, papers: Iterable[Paper]) -> tuple[Filled, ...]:
    """Those with something on them, in the order people ask for them."""
    cards = {card.slug for card in book.cards}
    shelves: dict[Shelf, list[Paper]] = {}
    for paper in papers:
        if (known := known_paper(paper.file)) and known.kind.shelf:
            titled = replace(paper, title=f"{paper.title} ({said})") if (said := known.kind.size_said) else paper
            shelves.setdefault(_shelf(known.kind.shelf, known.name, cards), []).append(titled)
    return tuple(Filled(shelf, tuple(shelves[shelf])) for shelf in sorted(shelves, key=lambda shelf: shelf.place))


def _shelf(shelf: Shelf, name: str, cards: Collection[str]) -> Shelf:
    if name in cards:
        return shelf.cards or shelf
    return (shelf.whole or shelf) if name.startswith(WHOLE_BOOK) else shelf


def shelving() -> tuple[object, ...]:
    """All that decides where papers stand."""
    return tuple((kind.file, kind.shelf, kind.size_said) for product in products().values() for kind in product.papers)
