"""Rows of several things side by side, three across: app icons, quick-settings tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.handbook.lesson.rows import ICONS, TILES, UNSURE, icons_of, tiles_of
from generator.handbook.model import Row
from generator.press.phone import ink
from generator.press.phone.hand import BELOW, UPRIGHT
from generator.press.phone.ink import TILE, Box, Piece, has_picture, icon, longest, rect, words

ACROSS = 3


def _grid(row: Row, width: float) -> Piece:
    cells = tiles_of(row)
    cell = width / ACROSS
    body, top, bottom, spot = "", 0.0, 0.0, None
    for start in range(0, len(cells), ACROSS):
        line = cells[start : start + ACROSS]
        drawn = [_cell(row.kind, *named, cell * index, top, cell) for index, named in enumerate(line)]
        body += "".join(part.body for part in drawn)
        names = [name for name, _ in line]
        if row.tap and spot is None and row.value in names:
            index = names.index(row.value)
            spot = Box(cell * index + 6, top, cell - 12, drawn[index].height)
        bottom = top + max(part.height for part in drawn)
        top = max(bottom + 10, spot.y + spot.h + BELOW[UPRIGHT] if spot else 0)
    return Piece(bottom, body, spot=spot)


def tapped_line(row: Row) -> Row:
    """A grid cut down to the line with the one to tap; any other row as it is."""
    names = icons_of(row)
    if not row.tap or row.kind not in DRAWERS or row.value not in names:
        return row
    start = names.index(row.value) // ACROSS * ACROSS
    return replace(row, text="|".join(row.text.split("|")[start : start + ACROSS]).strip())


def _cell(kind: str, name: str, state: str, left: float, top: float, cell: float) -> Piece:
    """Apps in squares, tiles in discs that are black while on. A phone's own things by their picture, all others by
    their first letter: no brand's mark is copied."""
    widest = max((longest(word, 2 * cell) for word in name.split() if word != UNSURE), default=0)
    room = max(cell - 8, min(cell, widest)) if name != UNSURE else cell - 24
    label = words(name, left + cell / 2, top + TILE + 5, room, anchor="middle")
    x, y = left + (cell - TILE) / 2, top + 2
    ground, pen = (ink.BLACK, ink.WHITE) if state.casefold() == "bật" else (ink.WHITE, ink.BLACK)
    if has_picture(name):
        marks = {"stroke": pen} if pen != ink.BLACK else {}
        mark = icon(name, x + TILE * 0.22, y + TILE * 0.22, TILE * 0.56, **marks)
    else:
        letter = next((sign.upper() for sign in name if sign.isalnum()), "")
        mark = words(letter, x + TILE / 2, y + TILE / 2 - 14, TILE, bold=True, anchor="middle", size=23, ink=pen).body
    fill = {"fill": ground} if kind == TILES else {}
    frame = rect(Box(x, y, TILE, TILE), TILE / (2 if kind == TILES else 4.5), **fill)
    return Piece(TILE + 6 + label.height, frame + mark + label.body)


DRAWERS: dict[str, Callable[[Row, float], Piece]] = {ICONS: _grid, TILES: _grid}
