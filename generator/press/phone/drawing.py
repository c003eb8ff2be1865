"""A screen drawn as a phone: vector, black and white, 34 mm wide, as high as its rows need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from generator.handbook.lesson.rows import SIDE, alt_text
from generator.handbook.model import Screen
from generator.press.phone.hand import BELOW, hand
from generator.press.phone.ink import BLACK, GREY, SIZE, UNITS, WHITE, Box, moved, num, path, rect
from generator.press.phone.layout import FRAME, LEFT, RING, WIDE, Layout, fit_screen

DRAWN_LATELY = 4096
"""All screens of an edition: leaflet, poster, book and page show the same ones, in a few sizes."""
KNOWN_MM = 20.0
"""A phone so high on paper is known for one; where room is short it is cut lower."""
EDGE = 5.5
"""The middle of the rim."""
CORNER = 22.0
LENS = 2.6
DASHES = "9 6"
"""Around what is held."""
KEY = (40.0, 24.0)
"""Where the key at the side begins, and how long it is; a phone too low for it has none."""
PEN = (f'font-size="{SIZE:g}" fill="none" stroke="{BLACK}" stroke-width="2" stroke-linecap="round" '
       'stroke-linejoin="round"')


@lru_cache(DRAWN_LATELY)
def draw_phone(
    screen: Screen,
    *,
    scale: float | None = None,
    crop_mm: float | None = None,
    least_mm: float = 0,
    finger: bool = True,
) -> str:
    """An SVG to stand in a page. `scale` is 1 on paper; without it the drawing takes its share of the room, the widest
    all. `crop_mm` is the most height it may take, `least_mm` the least, an empty rest below; without `finger`
    nothing tells where to tap."""
    unit_mm = (scale or 1) / UNITS
    layout = fit_screen(screen, finger, crop_mm and crop_mm / unit_mm)
    layout = replace(layout, height=max(layout.height, least_mm / unit_mm))
    height = num(layout.height)
    told = alt_text(replace(screen, rows=tuple(placed.row for placed in layout.rows)))
    size = f' width="{min(1, layout.across / WIDE):.1%}"'
    if scale:
        size = f' width="{layout.across * unit_mm:.2f}mm" height="{layout.height * unit_mm:.2f}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(layout.across)} {height}"{size} role="img" '
        f'aria-label={quoteattr(told)} font-family="Roboto, Arial, sans-serif" '
        f"{PEN}>{_body(layout)}{_rows(layout)}{_pointer(layout)}</svg>"
    )


@cache
def screen_size(screen: Screen, most: float | None = None) -> tuple[float, float]:
    """How wide and high it is drawn, at most so high, in units of the viewBox; films ask it of the same few screens
    again and again."""
    layout = fit_screen(screen, True, most)
    return layout.across, layout.height


def rows_boxes(screen: Screen, finger: bool = True) -> tuple[Box, ...]:
    """Where each row of the whole screen stands, in units of the viewBox."""
    return tuple(placed.box for placed in fit_screen(screen, finger, None).rows)


def _body(layout: Layout) -> str:
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
    lens = Box(middle - LENS, (9.6 if layout.compact else 14) - LENS, 2 * LENS, 2 * LENS)
    drawn = glass + rim + rect(lens, LENS, fill=BLACK, stroke="none")
    if not layout.cut and not layout.compact and not _to_its_foot(layout):
        drawn += path(f"M{num(middle - 32)} {num(low - FRAME - 3)}h64", stroke_width="3")
    if low > sum(KEY) + CORNER / 2 and all(placed.row.kind != SIDE for placed in layout.rows):
        beyond = left - FRAME / 2 - 2 if _hand_on_key(layout) else right + FRAME / 2 - 1
        drawn += rect(Box(beyond, KEY[0], 3, KEY[1]), 1, fill=BLACK, stroke="none")
    return drawn


def _hand_on_key(layout: Layout) -> bool:
    """Some phones have theirs at the left."""
    tap = _tap(layout)
    return tap is not None and KEY[0] - BELOW[tap.turn] < tap.tip[1] < sum(KEY) + RING


def _to_its_foot(layout: Layout) -> bool:
    """Its last row stands where the bar to swipe from would be."""
    return any(row.piece.lowest or (row.row.tap and row.piece.spot) for row in layout.rows[-1:])


def _rows(layout: Layout) -> str:
    return "".join(moved(placed.piece.body, LEFT, placed.y) for placed in layout.rows)


class _Tap(NamedTuple):
    ring: Box
    corner: float
    tip: tuple[float, float]
    turn: float
    hold: bool


def _tap(layout: Layout) -> _Tap | None:
    tapped = next((placed for placed in layout.rows if placed.row.tap), None)
    if tapped is None:
        return None
    ring = tapped.target.grown(RING)
    corner = min(ring.h / 2, tapped.piece.corner + RING)
    return _Tap(ring, corner, tapped.tip, tapped.turn, tapped.row.hold)


def _pointer(layout: Layout) -> str:
    tap = _tap(layout)
    if tap is None:
        return ""
    dashed = {"stroke_dasharray": DASHES, "stroke_linecap": "butt"} if tap.hold else {}
    return rect(tap.ring, tap.corner, stroke_width="4.5", **dashed) + hand(*tap.tip, tap.turn, tap.hold)


@dataclass(frozen=True, slots=True)
class Stage:
    """A screen whose tap is not drawn, for whoever moves a finger over it; lengths in units of the viewBox."""

    svg: str
    width: float
    height: float
    target: Box | None = None
    """What is tapped, with the room of a ring around it."""
    corner: float = 0.0
    tip: tuple[float, float] = (0.0, 0.0)
    """Where the fingertip rests, as on paper."""
    turn: float = 0.0
    hold: bool = False


def stage_phone(screen: Screen, most: float) -> Stage:
    """As `draw_phone` lays it out, at most so many units high, with the room for the hand but without it."""
    layout = fit_screen(screen, True, most)
    svg = (f'<svg viewBox="0 0 {num(layout.across)} {num(layout.height)}" font-family="Roboto" '
           f"{PEN}>{_body(layout)}{_rows(layout)}</svg>")
    return Stage(svg, layout.across, layout.height, *(_tap(layout) or ()))
