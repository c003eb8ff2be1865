"""Where pages lie on the A4 sheets a copier prints: booklets to fold and staple, leaflets to cut apart.

Pure geometry in millimetres from a sheet's lower left corner. Pages are moved, never scaled. Every sheet has two
sides; the copier turns it over its short edge, so what is left on the front has the back's right behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

A4_MM = (297.0, 210.0)
"""Lying."""
MIDDLE = A4_MM[0] / 2
PAPER_MM = 0.1
"""Thickness of one leaf of copier paper, 80 g/m²."""
MOST_PAGES = 80
"""More than twenty sheets no stapler takes, and the fold springs open."""
NEAR = 16
"""How many pages a section may be longer than its neighbour so that no lesson is cut in two."""
TICK_MM, TICK_WIDE = 7.0, 0.15
MARK_MM, MARK_WIDE, MARK_TOP = 6.0, 1.2, 22.0


class Place(NamedTuple):
    """One page on one side of a sheet: its lower left corner, and from where to where it may cover the sheet."""

    source: int
    page: int
    x: float
    y: float
    left: float
    right: float


class Line(NamedTuple):
    """A mark of ours between the pages: where to fold or cut."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


class Side(NamedTuple):
    """Fronts and backs take turns."""

    places: tuple[Place, ...]
    lines: tuple[Line, ...] = ()


Size = tuple[float, float]
Page = tuple[int, int]
"""Source and page; pages start at 1."""
TICKS = (Line(MIDDLE, 0, MIDDLE, TICK_MM, TICK_WIDE), Line(MIDDLE, A4_MM[1] - TICK_MM, MIDDLE, A4_MM[1], TICK_WIDE))


def whole_sheet(pages: int, source: int = 0) -> list[Side]:
    """Pages that are as large as the sheet: the test sheet."""
    return [Side((Place(source, page, 0, 0, 0, A4_MM[0]),)) for page in range(1, pages + 1)]


def fold_booklet(
    pages: Iterable[int], size: Size, *, paper_mm: float = PAPER_MM, source: int = 0, section: int = 0
) -> list[Side]:
    """Sheets that lie in each other and are folded once; blank pages only at the end. Sections that follow
    each other carry a mark on the fold, each lower than the one before: a staircase when all lie in order."""
    row: list[int | None] = list(pages)
    row += [None] * (-len(row) % 4)
    last, sides = len(row) - 1, []
    for sheet in range(len(row) // 4):
        shift, outer = sheet * paper_mm, 2 * sheet
        for left, right in ((last - outer, outer), (outer + 1, last - outer - 1)):
            places = [
                _half(source, page, size, on_right, shift)
                for page, on_right in ((row[left], False), (row[right], True)) if page is not None
            ]
            sides.append(Side(tuple(places)))
    if sides:
        sides[0] = sides[0]._replace(lines=(*TICKS, *_staircase(section)))
        sides[-1] = sides[-1]._replace(lines=TICKS)
    return sides


def two_up(page_count: int, size: Size, source: int = 0) -> list[Side]:
    """Each page twice, side by side; cut in the middle, a sheet gives two leaflets."""
    return [
        Side((_half(source, page, size, False, 0), _half(source, page, size, True, 0)), TICKS)
        for page in range(1, page_count + 1)
    ]


def _half(source: int, page: int, size: Size, on_right: bool, shift: float) -> Place:
    """Beside the fold; inner sheets stand out when folded, so their pages move towards the fold."""
    y = (A4_MM[1] - size[1]) / 2
    if on_right:
        return Place(source, page, MIDDLE - shift, y, MIDDLE, A4_MM[0])
    return Place(source, page, MIDDLE - size[0] + shift, y, 0, MIDDLE)


def _staircase(section: int) -> Iterator[Line]:
    if section:
        top = A4_MM[1] - MARK_TOP - (section - 1) % 24 * MARK_MM * 1.2
        yield Line(MIDDLE, top - MARK_MM, MIDDLE, top, MARK_WIDE)


def sections(pages: int, parts: Sequence[int], lessons: Sequence[int] = (), most: int = MOST_PAGES) -> list[range]:
    """A book that can be stapled is one section. A thicker one is folded part by part: what stands before the
    first part goes with it, what stands after the last goes with that. A part that is still too thick falls
    apart between lessons. A section begins on a right-hand page."""
    if pages <= most:
        return [range(1, pages + 1)]
    cuts = {page for page in sorted(parts)[1:] if page % 2 and 1 < page <= pages}
    bounds = [1, *sorted(cuts), pages + 1]
    return [part for start, end in pairwise(bounds) for part in _stapled(start, end, lessons, most)]


def _stapled(start: int, end: int, lessons: Sequence[int], most: int) -> Iterator[range]:
    while end - start > most:
        pieces = -(-(end - start) // most)
        even = start + -(-(end - start) // pieces // 4) * 4
        fits = [page for page in lessons if page % 2 and start < page <= start + most
                and end - page <= most * (pieces - 1) and abs(page - even) <= NEAR]
        cut = min(fits, key=lambda page: abs(page - even), default=even)
        yield range(start, cut)
        start = cut
    yield range(start, end)


# How a page's place is written in the file: the name says which page, the matrix where it lies.


def name_of(source: int, page: int) -> str:
    return f"/S{source}P{page}"
