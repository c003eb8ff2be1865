"""Small pictures of our own, drawn with one pen in a square of 24 units; the hand that taps; a QR nobody reads."""

from __future__ import annotations

from pathlib import Path

from generator.ground.files import fold
from generator.press.phone.ink import BLACK, WHITE, Box, moved, path, rect, words

ICON = 24.0

_LINES = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()[1:]
_BY_FOLD = {fold(name): d for names, _, d in (line.partition(" => ") for line in _LINES) for name in names.split(", ")}


def has_picture(name: str) -> bool:
    return fold(name) in _BY_FOLD


def icon(name: str, x: float, y: float, size: float = ICON, **marks: str) -> str:
    """A picture by its Vietnamese name; the pen keeps its width."""
    scale = size / ICON
    rest = f" scale({scale:.3g})" if scale != 1 else ""
    pen = {"stroke_width": f"{2 / scale:.3g}"} if scale != 1 else {}
    return moved(path(_BY_FOLD[fold(name)], **pen, **marks), x, y, rest)


def app_tile(name: str, x: float, y: float, size: float) -> str:
    """A phone's own apps by their picture, all others by their first letter: no brand's mark is copied."""
    frame = rect(Box(x, y, size, size), size / 4.5)
    if has_picture(name):
        return frame + icon(name, x + size * 0.22, y + size * 0.22, size * 0.56)
    letter = next((sign.upper() for sign in name if sign.isalnum()), "")
    return frame + words(letter, x + size / 2, y + size / 2 - 14, size, bold=True, anchor="middle", size=23).body


def code_pictogram(size: float) -> str:
    """Looks like a QR code to people; round corners, wrong proportions and a word keep machines from trying."""
    eye, rest = size * 0.34, size * 0.66
    eyes = "".join(
        rect(Box(x + 2, y + 2, eye - 4, eye - 4), 4.5, stroke_width="3")
        + rect(Box(x + eye / 2 - 3, y + eye / 2 - 3, 6, 6), 3, fill=BLACK, stroke="none")
        for x, y in ((0, 0), (rest, 0), (0, rest))
    )
    dots = ((0.4, 0.02), (0.54, 0.12), (0.4, 0.22), (0.01, 0.42), (0.92, 0.5),
            (0.4, 0.74), (0.54, 0.84), (0.4, 0.92), (0.72, 0.74), (0.86, 0.8), (0.72, 0.92), (0.92, 0.92))
    specks = "".join(f"M{x * size:.0f} {y * size:.0f}h6v6h-6z" for x, y in dots)
    middle = words("QR", size / 2 + 1, size / 2 - 9, size, bold=True, anchor="middle").body
    return eyes + path(specks, fill=BLACK, stroke="none") + middle


HAND = (
    "M-5.5 6a5.5 5.5 0 0 1 11 0V23c0-5 9-5 9.5 0c.5-4.5 8.5-4 8.5 1c.5-4 7.5-3.5 7.5 2V38"
    "c0 8-4 10-5 17H3c-1-6-6-9-10-15l-8-11c-3-5 3-9 7-5l2.5 3z"
)
HAND_LINES = "M5.5 23v9M15 24v8M23.5 25v7"
CUFF = "M0 55h29v10H0z"
HAND_SLANT, HAND_UPRIGHT = 33.0, 45.0
"""How far the hand lies below its tip when it points up and to the left, and straight up."""


def hand(x: float, y: float, turn: float) -> str:
    """A pointing hand with its fingertip at x, y; `turn` in degrees, 0 points up."""
    halo = path(HAND, stroke=WHITE, stroke_width="9", fill=WHITE)
    body = path(HAND, fill=WHITE, stroke_width="2.8") + path(HAND_LINES, stroke_width="2")
    cuff = path(CUFF, fill=BLACK, stroke="none")
    return moved(halo + body + cuff, x, y, f" rotate({turn:g}) scale(.68)")
