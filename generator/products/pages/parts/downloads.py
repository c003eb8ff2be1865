"""The page of downloads: papers by shelf, decks, and where the whole site can be had for a stick."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from generator.products import known_paper, products
from generator.products.lesson import WAITING, waiting
from generator.products.pages.parts.listing import Shown
from generator.products.pages.parts.web import Paper, Wall, papers_of, wall_of
from generator.products.papers.parts.volumes import NAME as WHOLE_BOOK
from generator.products.product import Shelf

FILE = "downloads/index.html"
WHOLE = "downloads/hoc-so-usb.zip"


@dataclass(frozen=True)
class PapersPage(Shown):
    @cached_property
    def shelves(self) -> list[tuple[Shelf, list[Paper]]]:
        """Those with something on them, in the order people ask for them."""
        cards = {card.slug for card in self.book.cards}
        shelves: dict[Shelf, list[Paper]] = {}
        for paper in (paper for name, made in self.spot.web.handed.items() for paper in papers_of(name, made)):
            if (known := known_paper(paper.file)) and known.kind.shelf:
                title = f"{paper.title} ({said})" if (said := known.kind.size_said) else paper.title
                mark = WAITING if paper.draft and self.book.is_mixed else ""
                titled = replace(paper, title=title, waiting=mark)
                shelves.setdefault(shelf_of(known.kind.shelf, known.name, cards), []).append(titled)
        return sorted(shelves.items(), key=lambda filled: filled[0].place)

    @cached_property
    def walls(self) -> list[Wall]:
        decks = ((name.removeprefix("deck:"), wall_of(made)) for name, made in self.spot.web.handed.items()
                 if name.startswith("deck:"))
        return [replace(wall, waiting=waiting(self.book, self.book.by_slug[slug])) for slug, wall in decks if wall]

    @property
    def whole(self) -> str:
        """Address of the zip of the whole site. No link: the copy on a stick does not hold itself."""
        return self.spot.web.spot(WHOLE).canonical


def shelf_of(shelf: Shelf, name: str, cards: Collection[str]) -> Shelf:
    """Of a paper about this lesson or book."""
    if name in cards:
        return shelf.cards or shelf
    return (shelf.whole or shelf) if name.startswith(WHOLE_BOOK) else shelf


def shelving() -> tuple[object, ...]:
    """All that decides where papers stand."""
    return tuple((kind.file, kind.shelf, kind.size_said) for product in products().values() for kind in product.papers)
