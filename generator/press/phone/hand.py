"""The hand that shows where to tap."""

from __future__ import annotations

from generator.press.phone.ink import BLACK, WHITE, Box, moved, path

HAND = (
    "M-5.5 6a5.5 5.5 0 0 1 11 0V23c0-5 9-5 9.5 0c.5-4.5 8.5-4 8.5 1c.5-4 7.5-3.5 7.5 2V38"
    "c0 8-4 10-5 17H3c-1-6-6-9-10-15l-8-11c-3-5 3-9 7-5l2.5 3z"
)
HAND_LINES = "M5.5 23v9M15 24v8M23.5 25v7"
CUFF = "M0 55h29v10H0z"
CLOCK_AT, CLOCK_R = (14.5, 55.0), 11.0
"""In place of the cuff where the finger stays."""
UPRIGHT, SLANTED, ASIDE = 0.0, -45.0, -90.0
"""How it is turned: it points up, up and to the left, to the left."""
BELOW = {UPRIGHT: 44.0, SLANTED: 33.0, ASIDE: 18.0}
"""How far it then lies below its tip."""
HAND_ROOM = 6.0
"""A tapped row is this much narrower, so that the fingertip at its end hides no words."""
OVERHANG = 28.0
"""How far the hand then reaches beyond the phone's rim."""


def under_hand(spot: Box, turn: float = UPRIGHT) -> Box:
    """What a hand that taps `spot` hides, upright or lying."""
    if turn == ASIDE:
        return Box(spot.x + spot.w, spot.y - 8, BELOW[UPRIGHT], spot.h + 8)
    return Box(spot.x + spot.w / 2 - 11, spot.y + spot.h, 33, BELOW[UPRIGHT])


def hand(x: float, y: float, turn: float, hold: bool = False) -> str:
    """A pointing hand with its fingertip at x, y; `turn` in degrees, 0 points up. One that stays wears a clock."""
    halo = path(HAND, stroke=WHITE, stroke_width="9", fill=WHITE)
    body = path(HAND, fill=WHITE, stroke_width="2.8") + path(HAND_LINES, stroke_width="2")
    cuff = _clock(turn) if hold else path(CUFF, fill=BLACK, stroke="none")
    return moved(halo + body + cuff, x, y, f" rotate({turn:g}) scale(.66)")


def _clock(turn: float) -> str:
    """Upright however the hand is turned."""
    face = f'<circle r="{CLOCK_R:g}" fill="{WHITE}" stroke-width="3"/>' + path("M0-6.5V0h4.5", stroke_width="2.6")
    return moved(face, *CLOCK_AT, f" rotate({-turn:g})")
