"""Rows of several things side by side, three across where their names allow it: app icons, quick-settings tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.handbook.lesson.rows import ICONS, TILES, UNSURE, icons_of, tiles_of
from generator.handbook.model import Row
from generator.press.phone import ink
from generator.press.phone.hand import BELOW, SLANTED, UPRIGHT
from generator.press.phone.ink import TILE, Box, Piece, has_picture, icon, longest, rect, words, wrap

ACROSS = 3
NAME_LINES = 2
BESIDE = 4.0
"""White at each side of a name: the ring around its neighbour touches no letter."""


class _Cell(NamedTuple):
    name: str
    state: str
    width: float


def _lines(row: Row, width: float) -> Iterator[list[_Cell]]:
    """No word is torn: where three have no room beside one another, two stand on the line. What room is left is shared
    out; a last line that is not full stands below the one before."""
    line: list[_Cell] = []
    for cell in (_Cell(name, state, _least(name, width)) for name, state in tiles_of(row)):
        if len(line) == ACROSS or sum(one.width for one in line) + cell.width > width:
            yield _shared(line, width)
            line = []
        line.append(cell)
    columns = [cell._replace(width=max(cell.width, width / ACROSS)) for cell in line]
    yield columns if sum(cell.width for cell in columns) <= width else _shared(line, width)


def _least(name: str, width: float) -> float:
    """So wide that a name takes two lines at most, and none of its words is torn."""
    said = [] if name == UNSURE else name.split()
    widest = max((longest(word, width) for word in said), default=0)
    runs = (" ".join(said[start:end]) for end in range(1, len(said) + 1) for start in range(end))
    rooms = (max(widest, longest(run, width)) for run in runs)
    room = min((wide for wide in rooms if len(wrap(name, wide)) <= NAME_LINES), default=0)
    return max(TILE + 10, min(room + 2 * BESIDE, width))


def _shared(line: list[_Cell], width: float) -> list[_Cell]:
    more = (width - sum(cell.width for cell in line)) / len(line)
    return [cell._replace(width=cell.width + more) for cell in line]


def _grid(row: Row, width: float) -> Piece:
    """The finger comes from below, or beside the last of a line from the right: it hides no name."""
    body, top, bottom, spot, turn, aim = "", 0.0, 0.0, None, UPRIGHT, (0.0, 0.0)
    for line in _lines(row, width):
        left, free = 0.0, 0.0
        for index, cell in enumerate(line):
            drawn = _cell(row.kind, cell, left, top)
            body, bottom = body + drawn.body, max(bottom, top + drawn.height)
            if row.tap and spot is None and row.value == cell.name:
                spot = Box(left + BESIDE + 1, top, cell.width - 2 * BESIDE - 2, drawn.height)
                if index == len(line) - 1:
                    turn, aim = SLANTED, (5.0, TILE / 2 - spot.h / 2)
                free = top + (TILE / 2 if turn == SLANTED else spot.h) + BELOW[turn]
            left += cell.width
        top = max(bottom + 10, free)
    return Piece(bottom, body, spot=spot, turn=turn, aim=aim)


def tapped_line(row: Row, width: float, last: bool = False) -> Row:
    """A grid cut down to the line with the one to tap, which may be made its `last`: the hand is beside it, no longer
    below. Any other row as it is."""
    if not row.tap or row.kind not in DRAWERS or row.value not in icons_of(row):
        return row
    at, start, end = icons_of(row).index(row.value), 0, 0
    for line in _lines(row, width):
        start, end = end, end + len(line)
        if at < end:
            break
    return replace(row, text="|".join(row.text.split("|")[start : at + 1 if last else end]).strip())


def _cell(kind: str, cell: _Cell, left: float, top: float) -> Piece:
    """Apps in squares, tiles in discs that are black while on. A phone's own things by their picture, all others by
    their first letter: no brand's mark is copied."""
    room = cell.width - 2 * BESIDE if cell.name != UNSURE else min(cell.width - 24, TILE)
    label = words(cell.name, left + cell.width / 2, top + TILE + 3, room, anchor="middle")
    x, y = left + (cell.width - TILE) / 2, top + 2
    ground, pen = (ink.BLACK, ink.WHITE) if cell.state.casefold() == "bật" else (ink.WHITE, ink.BLACK)
    if has_picture(cell.name):
        marks = {"stroke": pen} if pen != ink.BLACK else {}
        mark = icon(cell.name, x + TILE * 0.18, y + TILE * 0.18, TILE * 0.64, **marks)
    else:
        letter = next((sign.upper() for sign in cell.name if sign.isalnum()), "")
        mark = words(letter, x + TILE / 2, y + TILE / 2 - 16, TILE, bold=True, anchor="middle", size=26, ink=pen).body
    fill = {"fill": ground} if kind == TILES else {}
    frame = rect(Box(x, y, TILE, TILE), TILE / (2 if kind == TILES else 4.5), **fill)
    return Piece(TILE + 4 + label.height, frame + mark + label.body)


DRAWERS: dict[str, Callable[[Row, float], Piece]] = {ICONS: _grid, TILES: _grid}
