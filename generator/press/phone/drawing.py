"""A screen drawn as a phone: vector, black and white, 45 mm wide, as high as its rows need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from generator.handbook.lesson.rows import SIDE, alt_text
from generator.handbook.model import Row, Screen
from generator.press.phone.grids import tapped_line
from generator.press.phone.hand import BELOW, HAND_ROOM, SLANTED, UPRIGHT, hand
from generator.press.phone.ink import BLACK, GREY, SIZE, WHITE, WIDTH, Box, Piece, moved, num, path, rect
from generator.press.phone.rows import draw_row

WIDTH_MM = 45.0
DRAWN_LATELY = 4096
"""All screens of an edition: leaflet, poster, book and page show the same ones, in a few sizes."""
LEFT, RIGHT = 18.0, 252.0
"""Between these stand the rows; outside them is room for the ring around the tap."""
TOP, GAP, FOOT = 22.0, 9.0, 19.0
COMPACT_TOP, COMPACT_FOOT = 15.5, 11.0
CUT = 6.0
"""Below the last row, where the phone goes on but the drawing does not."""
BARS = ("ứng dụng", "trang")
UPRIGHT_SHAPE = 1.5
"""A drawing lower than so many of its widths shows a phone's upper part: closed below it would be a phone that lies."""
SIDE_ROOM = 57.0
"""A phone with keys at its side is so much narrower, for the keys and the hand."""
RING = 5.0
FRAME = 7.0
"""Its black rim: by that people tell a phone from a ticket."""
EDGE = 5.5
"""The middle of the rim."""
CORNER = 22.0
LENS = 2.6
KEY = (40.0, 24.0)
"""Where the key at the side begins, and how long it is; a phone too low for it has none."""
PEN = (f'font-size="{SIZE:g}" fill="none" stroke="{BLACK}" stroke-width="2" stroke-linecap="round" '
       'stroke-linejoin="round"')


@dataclass(frozen=True, slots=True)
class _Placed:
    row: Row
    piece: Piece
    y: float = 0.0
    cut: bool = False
    """Only the line of icons with the tap is shown."""
    width: float = RIGHT - LEFT

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
class _Layout:
    rows: tuple[_Placed, ...]
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
    """Of the phone itself: beside it may be keys and a hand."""


@lru_cache(DRAWN_LATELY)
def draw_phone(
    screen: Screen,
    *,
    width_mm: float | None = None,
    crop_mm: float | None = None,
    least_mm: float = 0,
    finger: bool = True,
) -> str:
    """An SVG to stand in a page. Without `width_mm` the style decides its size; `crop_mm` is the most
    height it may take (at `width_mm`, else 45), `least_mm` the least, an empty rest below; without
    `finger` nothing tells where to tap."""
    layout = _fit(screen, finger, crop_mm, width_mm or WIDTH_MM)
    layout = replace(layout, height=max(layout.height, least_mm * WIDTH / (width_mm or WIDTH_MM)))
    height = num(layout.height)
    told = alt_text(replace(screen, rows=tuple(placed.row for placed in layout.rows)))
    size = ""
    if width_mm:
        size = f' width="{width_mm:g}mm" height="{layout.height * width_mm / WIDTH:.2f}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height}"{size} role="img" '
        f'aria-label={quoteattr(told)} font-family="Roboto, Arial, sans-serif" '
        f"{PEN}>{_body(layout)}{_rows(layout)}{_pointer(layout)}</svg>"
    )


@cache
def screen_height_mm(screen: Screen, crop_mm: float | None = None) -> float:
    """How high `draw_phone` is at 45 mm width; films ask it of the same few screens again and again."""
    return _fit(screen, True, crop_mm, WIDTH_MM).height * WIDTH_MM / WIDTH


def rows_boxes(screen: Screen, finger: bool = True) -> tuple[Box, ...]:
    """Where each row of the whole screen stands, in units of the viewBox."""
    return tuple(placed.box for placed in _fit(screen, finger, None, WIDTH_MM).rows)


def _fit(screen: Screen, finger: bool, crop_mm: float | None, width_mm: float) -> _Layout:
    """The whole screen, or the bar and as many rows around the tap as the height allows."""
    narrow = SIDE_ROOM if any(row.kind == SIDE for row in screen.rows) else 0.0
    rows = [_place(row, finger, RIGHT - LEFT - narrow) for row in screen.rows]
    head = 1 if rows and rows[0].row.kind in BARS else 0
    whole = _lay(rows, head, range(head, len(rows)))
    if crop_mm is None or not rows:
        return whole
    limit = crop_mm * WIDTH / width_mm
    if whole.height <= limit:
        return whole
    whole = _lay(rows, head, range(head, len(rows)), compact=True)
    if whole.height <= limit:
        return whole
    shorter = [replace(_place(tapped_line(r.row), finger, r.width), cut=True) if tapped_line(r.row) != r.row
               else r for r in rows]
    return _crop(shorter, head, limit)


def _place(row: Row, finger: bool, width: float) -> _Placed:
    if not finger:
        row = replace(row, tap=False)
    piece = draw_row(row, width)
    if row.tap and not piece.spot:
        piece = draw_row(row, width - HAND_ROOM)
    return _Placed(row, piece, width=width)


def _crop(rows: list[_Placed], head: int, limit: float) -> _Layout:
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


def _lay(rows: list[_Placed], head: int, picked: Sequence[int], compact: bool = False) -> _Layout:
    """Rows before `head` are the bar; then those picked. What is left out below is cut off, what is left out between is
    not told: a phone shows what matters, big."""
    top, foot = (COMPACT_TOP, COMPACT_FOOT) if compact else (TOP, FOOT)
    y, bar = top, 0.0
    placed: list[_Placed] = []
    if head:
        placed.append(replace(rows[0], y=top + (RING if rows[0].row.tap else 0)))
        bar = max(placed[0].bottom + 5, placed[0].hand_bottom - GAP)
        y = bar + GAP
    for index in picked:
        y += RING if rows[index].row.tap else 0
        placed.append(replace(rows[index], y=y))
        y = max(placed[-1].bottom + GAP, placed[-1].hand_bottom + 1)
    width = (placed[0].width if placed else RIGHT - LEFT) + WIDTH - RIGHT + LEFT
    bottom = placed[-1].bottom if placed else y
    part = max((*picked, head - 1)) < len(rows) - 1 or any(row.cut for row in placed)
    lowest = bool(placed) and placed[-1].piece.lowest and not part
    cut = not lowest and (part or bottom + foot < UPRIGHT_SHAPE * width)
    end = bottom + (CUT if cut else COMPACT_FOOT if lowest else foot)
    height = max(end, max((row.hand_bottom for row in placed), default=0) + (2 if cut else FRAME + 2))
    below = height - end if lowest or cut else 0
    return _Layout(tuple(placed), height, bar, cut, compact, below, width)


def _body(layout: _Layout) -> str:
    """The phone's rim with its lens and the key at its side; below it goes on, or ends round."""
    left, right = EDGE, layout.width - EDGE
    low = layout.height - layout.below - (0 if layout.cut else EDGE)
    c, across = num(CORNER), num(right - CORNER)
    crown = f"V{num(EDGE + CORNER)}a{c} {c} 0 0 1 {c}-{c}H{across}a{c} {c} 0 0 1 {c} {c}"
    start, foot = f"M{num(left)} {num(low)}", f"V{num(low)}"
    if not layout.cut:
        start = f"M{num(left + CORNER)} {num(low)}a{c} {c} 0 0 1-{c}-{c}"
        foot = f"V{num(low - CORNER)}a{c} {c} 0 0 1-{c} {c}z"
    glass = path(start + crown + foot, fill=WHITE, stroke="none")
    if layout.bar:
        ground = f"M{num(left)} {num(layout.bar)}{crown}V{num(layout.bar)}"
        glass += path(ground, fill=GREY)
    rim = path(start + crown + foot, stroke_width=num(FRAME), stroke_linecap="butt")
    middle = layout.width / 2
    lens = Box(middle - LENS, (12 if layout.compact else 14) - LENS, 2 * LENS, 2 * LENS)
    drawn = glass + rim + rect(lens, LENS, fill=BLACK, stroke="none")
    if not layout.cut and not layout.compact and not _to_its_foot(layout):
        drawn += path(f"M{num(middle - 32)} {num(low - FRAME - 3)}h64", stroke_width="3")
    if low > sum(KEY) + CORNER / 2 and all(placed.row.kind != SIDE for placed in layout.rows):
        drawn += rect(Box(right + FRAME / 2 - 1, KEY[0], 3, KEY[1]), 1, fill=BLACK, stroke="none")
    return drawn


def _to_its_foot(layout: _Layout) -> bool:
    """Its last row stands where the bar to swipe from would be."""
    return any(row.piece.lowest or (row.row.tap and row.piece.spot) for row in layout.rows[-1:])


def _rows(layout: _Layout) -> str:
    return "".join(moved(placed.piece.body, LEFT, placed.y) for placed in layout.rows)


class _Tap(NamedTuple):
    ring: Box
    corner: float
    tip: tuple[float, float]
    turn: float


def _tap(layout: _Layout) -> _Tap | None:
    tapped = next((placed for placed in layout.rows if placed.row.tap), None)
    if tapped is None:
        return None
    ring = tapped.target.grown(RING)
    corner = min(ring.h / 2, tapped.piece.corner + RING)
    return _Tap(ring, corner, tapped.tip, tapped.turn)


def _pointer(layout: _Layout) -> str:
    tap = _tap(layout)
    return rect(tap.ring, tap.corner, stroke_width="4.5") + hand(*tap.tip, tap.turn) if tap else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A screen whose tap is not drawn, for whoever moves a finger over it; lengths in units of the viewBox."""

    svg: str
    height: float
    target: Box | None = None
    """What is tapped, with the room of a ring around it."""
    corner: float = 0.0
    tip: tuple[float, float] = (0.0, 0.0)
    """Where the fingertip rests, as on paper."""
    turn: float = 0.0


def stage_phone(screen: Screen, most: float) -> Stage:
    """As `draw_phone` lays it out, at most so many units high, with the room for the hand but without it."""
    layout = _fit(screen, True, most * WIDTH_MM / WIDTH, WIDTH_MM)
    svg = (f'<svg viewBox="0 0 {WIDTH:g} {num(layout.height)}" font-family="Roboto" '
           f"{PEN}>{_body(layout)}{_rows(layout)}</svg>")
    return Stage(svg, layout.height, *(_tap(layout) or ()))
