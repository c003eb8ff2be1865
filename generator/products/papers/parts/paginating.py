"""Which page of a book everything stands on: what contents print must be what a reader finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.press.imposer import MOST_PAGES, sections
from generator.products.papers.parts.book import Book, Pagination

ROOM = 6
"""Ruled pages that a part may need before its lessons."""


def remembered(known: object) -> Pagination:
    match known:
        case [dict() as numbers, int() as notes, list() as gaps] if 1 <= notes <= 4:
            kept = {name: number for name, number in numbers.items() if isinstance(number, int)}
            return Pagination(kept, notes, tuple(gaps))
    return Pagination({})


def starts_of(book: Book, numbers: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Where parts and lessons begin, each with the ruled page right before it: there a thick book may be cut."""
    names = [chapter.id for chapter in book.chapters]
    parts = [numbers[part.id] for part in book.parts] if book.has_openers else []
    return parts, [numbers[name] - (name in book.pages.gaps) for name in names]


def paginate(book: Book, found: Mapping[str, int], total: int) -> Pagination:
    """Where everything will stand with as many ruled pages as the book needs."""
    used = book.pages
    bare = {name: page - _before(found, page, used.gaps) for name, page in found.items()}
    length = total - used.notes - len(used.gaps)
    gaps = _gaps(book, bare, length)
    moved = {name: page + _before(bare, page, gaps) for name, page in bare.items()}
    starts, length = starts_of(replace(book, pages=replace(used, gaps=gaps)), moved), length + len(gaps)
    notes = next((count for count in range(1, 5) if len(sections(length + count, *starts)[-1]) % 4 == 0), 1)
    moved["help"] += notes - used.notes
    return Pagination(moved, notes, gaps)


def _gaps(book: Book, bare: Mapping[str, int], length: int) -> tuple[str, ...]:
    """Parts open on a right-hand page, and every lesson begins on the left: picture and goal face the steps. What is
    folded section by section is cut before a right-hand page, so where a part falls apart two ruled pages stand."""
    gaps: list[str] = []
    ends = [*(bare[part.id] for part in book.parts[1:]), length + 1] if book.has_openers else [length + 1]
    for part, end in zip(book.parts, ends, strict=True):
        if book.has_openers and (bare[part.id] + len(gaps)) % 2 == 0:
            gaps.append(part.id)
        begin = bare[part.id] if book.has_openers else 1
        cuts = _cuts([bare[one.id] for one in part.chapters], begin, end) if length + 1 > MOST_PAGES else set()
        for chapter in part.chapters:
            is_right = (bare[chapter.id] + len(gaps)) % 2 == 1
            gaps += [chapter.id] if is_right else [chapter.id] * 2 if bare[chapter.id] in cuts else []
    return tuple(gaps)


def _cuts(lessons: Sequence[int], begin: int, end: int) -> set[int]:
    """Before which lessons a part too thick for a staple falls into pieces alike."""
    pieces = -(-(end - begin) // (MOST_PAGES - ROOM))
    wanted = (begin + (end - begin) * piece // pieces for piece in range(1, pieces))
    return {min(lessons, key=lambda page: abs(page - at)) for at in wanted} if lessons else set()


def _before(found: Mapping[str, int], page: int, gaps: tuple[str, ...]) -> int:
    """How many ruled pages stand before a page, each right before its part or lesson."""
    return sum(found.get(name, page + 1) <= page for name in gaps)
