"""Which page of a book everything stands on: what contents print must be what a reader finds."""

from __future__ import annotations

from collections.abc import Mapping

from generator.press.imposer import MOST_PAGES, sections
from generator.products.papers.parts.book import Book, Pagination


def remembered(known: object) -> Pagination:
    match known:
        case [dict() as numbers, int() as notes, list() as gaps] if 1 <= notes <= 4:
            kept = {name: number for name, number in numbers.items() if isinstance(number, int)}
            return Pagination(kept, notes, tuple(gaps))
    return Pagination({})


def starts_of(book: Book, numbers: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Where parts and lessons begin: there a thick book may be cut."""
    parts = [numbers[part.id] for part in book.parts] if book.has_openers else []
    return parts, [numbers[chapter.id] for chapter in book.chapters]


def paginate(book: Book, found: Mapping[str, int], total: int) -> Pagination:
    """Where everything will stand with as many ruled pages as the book needs."""
    used = book.pages
    bare = total - used.notes - len(used.gaps)
    gaps = _gaps(book, found) if bare + 1 > MOST_PAGES else ()
    moved = {name: page + _before(found, page, gaps) - _before(found, page, used.gaps) for name, page in found.items()}
    starts, length = starts_of(book, moved), bare + len(gaps)
    notes = next((count for count in range(1, 5) if len(sections(length + count, *starts)[-1]) % 4 == 0), 1)
    moved["help"] += notes - used.notes
    return Pagination(moved, notes, gaps)


def _gaps(book: Book, found: Mapping[str, int]) -> tuple[str, ...]:
    """All parts but the first, which goes with the cover, begin on a right-hand page."""
    gaps: list[str] = []
    for part in book.parts[1:]:
        page = found[part.id] - _before(found, found[part.id], book.pages.gaps) + len(gaps)
        if page % 2 == 0:
            gaps.append(part.id)
    return tuple(gaps)


def _before(found: Mapping[str, int], page: int, gaps: tuple[str, ...]) -> int:
    """How many ruled pages stand before a page, each right before its part."""
    return sum(found.get(part, page + 1) <= page for part in gaps)
