"""Where the rows of a screen stand on the phone, and which of them are shown where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.handbook.lesson.rows import KEYBOARD, SIDE
from generator.handbook.model import Row, Screen
from generator.press.phone.grids import tapped_line
from generator.press.phone.hand import BELOW, HAND_ROOM, OVERHANG, SLANTED, UPRIGHT
from generator.press.phone.ink import Box, Piece
from generator.press.phone.rows import draw_row

WIDTH, WIDE, NARROW = 208.0, 270.0, 184.0
"""Of a phone, with the room of a key at each side: 34 mm on paper; of one with a keyboard, whose ten keys stand side by
side; of one whose own keys are pressed."""
LEFT = RIGHT = 17.0
"""From the sides to the rows: there is room for the ring around the tap."""
TOP, GAP, FOOT = 22.0, 9.0, 19.0
COMPACT_TOP, COMPACT_FOOT = 16.0, 11.0
CUT = 6.0
"""Below the last row, where the phone goes on but the drawing does not."""
BARS = ("ứng dụng", "trang")
UPRIGHT_SHAPE = 1.5
"""A drawing lower than so many of its widths shows a phone's upper part: closed below it would be a phone that lies."""
SIDE_ROOM = 52.0
"""Beside a narrow phone, for the keys and the hand."""
RING = 5.0
FRAME = 7.0
"""Its black rim: by that people tell a phone from a ticket."""


@dataclass(frozen=True, slots=True)
class Placed:
    row: Row
    piece: Piece
    y: float = 0.0
    cut: bool = False
    """Only the line of icons with the tap is shown."""
    width: float = WIDTH - LEFT - RIGHT

    @property
    def box(self) -> Box:
        """The row, without the hand's room."""
        room = HAND_ROOM if self.row.tap and not self.piece.spot else 0
        return Box(LEFT, self.y, self.piece.reach or self.width - room, self.piece.height)

    @property
    def target(self) -> Box:
        """What the ring goes around."""
        return self.piece.spot.moved(LEFT, self.y) if self.piece.spot else self.box

    @property
    def tip(self) -> tuple[float, float]:
        right, down = self.piece.aim
        if self.turn == UPRIGHT:
            return self.target.x + self.target.w / 2 + right, self.target.y + self.target.h + down
        if self.piece.spot:
            return self.target.x + self.target.w + right, self.target.y + self.target.h / 2 + down
        return self.target.x + self.target.w, self.target.y + self.target.h / 2 - 3

    @property
    def turn(self) -> float:
        return self.piece.turn if self.piece.spot else SLANTED

    @property
    def bottom(self) -> float:
        return self.y + self.piece.height + (RING if self.row.tap else 0)

    @property
    def hand_bottom(self) -> float:
        if not self.row.tap:
            return 0
        return self.tip[1] + BELOW[self.turn]


@dataclass(frozen=True, slots=True)
class Layout:
    rows: tuple[Placed, ...]
    height: float
    bar: float = 0.0
    """Where the bar at the top ends; 0 without one."""
    cut: bool = False
    """The phone goes on below."""
    compact: bool = False
    """Without the marks of a phone's upper and lower end."""
    below: float = 0.0
    """How far the hand reaches below the phone."""
    width: float = WIDTH
    """Of the phone itself."""
    room: float = 0.0
    """Beside it, for a hand and keys."""

    @property
    def across(self) -> float:
        return self.width + self.room


def fit_screen(screen: Screen, finger: bool, most: float | None) -> Layout:
    """The whole screen, or the bar and as many rows around the tap as the height allows."""
    width, room = _across(screen, finger)
    layout = _fit_rows([_place(row, finger, width - LEFT - RIGHT) for row in screen.rows], most)
    return replace(layout, width=width, room=room)


def _across(screen: Screen, finger: bool) -> tuple[float, float]:
    """How wide the phone is, and what stands beside it. The keys of a keyboard are pressed from below."""
    kinds = {row.kind for row in screen.rows}
    if SIDE in kinds:
        return NARROW, SIDE_ROOM if finger else SIDE_ROOM - BELOW[UPRIGHT]
    typed = KEYBOARD in kinds and all(row.kind == KEYBOARD or not row.tap for row in screen.rows)
    return WIDE if KEYBOARD in kinds else WIDTH, OVERHANG if finger and not typed else 0.0


def _fit_rows(rows: list[Placed], limit: float | None) -> Layout:
    head = 1 if rows and rows[0].row.kind in BARS else 0
    whole = _lay(rows, head, range(head, len(rows)))
    if limit is None or not rows:
        return whole
    if whole.height <= limit:
        return whole
    whole = _lay(rows, head, range(head, len(rows)), compact=True)
    if whole.height <= limit:
        return whole
    line, least = (_crop([_shorter(placed, last) for placed in rows], head, limit) for last in (False, True))
    return line if line.height <= limit else least


def _shorter(placed: Placed, last: bool) -> Placed:
    line = tapped_line(placed.row, placed.width, last)
    return placed if line == placed.row else replace(_place(line, True, placed.width), cut=True)


def _place(row: Row, finger: bool, width: float) -> Placed:
    if not finger:
        row = replace(row, tap=False)
    piece = draw_row(row, width)
    if row.tap and not piece.spot:
        piece = draw_row(row, width - HAND_ROOM)
    return Placed(row, piece, width=width)


def _crop(rows: list[Placed], head: int, limit: float) -> Layout:
    """The tapped row and those the step names are always whole; the bar, then their neighbours, are there when they
    fit."""
    needed = [index for index, placed in enumerate(rows) if placed.row.tap or placed.row.named]
    picked = [index for index in needed if index >= head] or ([] if needed else [*range(len(rows))][head : head + 1])
    best = _lay(rows, head, picked, compact=True)
    if best.height > limit and picked and 0 not in needed[:head]:
        head, best = 0, _lay(rows, 0, picked, compact=True)
    for _ in rows:
        for near in (*(index - 1 for index in picked), *(index + 1 for index in picked or [head - 1])):
            if head <= near < len(rows) and near not in picked:
                tried = _lay(rows, head, sorted((*picked, near)), compact=True)
                if tried.height <= limit:
                    picked, best = sorted((*picked, near)), tried
    return best


def _lay(rows: list[Placed], head: int, picked: Sequence[int], compact: bool = False) -> Layout:
    """Rows before `head` are the bar; then those picked. What is left out below is cut off, what is left out between is
    not told: a phone shows what matters, big."""
    top, foot = (COMPACT_TOP, COMPACT_FOOT) if compact else (TOP, FOOT)
    y, bar = top, 0.0
    placed: list[Placed] = []
    if head:
        placed.append(replace(rows[0], y=top + (RING if rows[0].row.tap else 0)))
        bar = max(placed[0].bottom + 5, placed[0].hand_bottom - GAP)
        y = bar + GAP
    for index in picked:
        y += RING if rows[index].row.tap else 0
        placed.append(replace(rows[index], y=y))
        y = max(placed[-1].bottom + GAP, placed[-1].hand_bottom + 1)
    width = placed[0].width + LEFT + RIGHT if placed else WIDTH
    bottom = placed[-1].bottom if placed else y
    part = max((*picked, head - 1)) < len(rows) - 1 or any(row.cut for row in placed)
    lowest = bool(placed) and placed[-1].piece.lowest and not part
    cut = not lowest and (part or bottom + foot < UPRIGHT_SHAPE * width)
    end = bottom + (CUT if cut else COMPACT_FOOT if lowest else foot)
    height = max(end, max((row.hand_bottom for row in placed), default=0) + (2 if cut else FRAME + 2))
    below = height - end if lowest or cut else 0
    return Layout(tuple(placed), height, bar, cut, compact, below)
