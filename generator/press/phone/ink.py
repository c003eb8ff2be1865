"""The pen that draws screens: lengths in units (6 to the millimetre on paper), lines of text, bars, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

from generator.ground.files import beside, fold
from generator.handbook.lesson.rows import PART, UNSURE
from generator.press.fonts import text_width

UNITS = 6.0
"""To the millimetre on paper."""
SIZE = 23.5
"""11 pt on paper; nothing is smaller."""
LINE = 27.5
BASELINE = 21.5
BLACK, WHITE = "#000", "#fff"
GREY = "#e4e4e4"
"""A surface with black words on it."""
BAR = "#bdbdbd"
"""Where a word would stand that nobody is certain of."""
BAR_WIDTH = 120.0
STUB = "\u2003\u2002"
"""In place of the part of a label that nobody is certain of; a grey bar is drawn there."""
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a line lies left of its x."""
INSET = 3.0
"""Words without a frame stand a little further in, clear of the ring around a tap."""
TILE = 40.0


class Box(NamedTuple):
    """A rectangle in units from the top left corner."""

    x: float
    y: float
    w: float
    h: float

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.w, self.h)

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def meets(self, other: Box) -> bool:
        across = self.x < other.x + other.w and other.x < self.x + self.w
        return across and self.y < other.y + other.h and other.y < self.y + self.h


@dataclass(frozen=True, slots=True)
class Piece:
    """One drawn row, its top left corner at 0,0."""

    height: float
    body: str
    reach: float | None = None
    """How far to the right the row goes; empty means all its width."""
    corner: float = 8.0
    """How round it is; the ring around it follows."""
    spot: Box | None = None
    """The part to tap where that is not the whole row; the finger then comes from below."""
    turn: float = 0.0
    """Or from the right, at -90 degrees."""
    aim: tuple[float, float] = (0.0, 0.0)
    """How far beside the middle of the spot the fingertip is."""
    lowest: bool = False
    """It stands at the foot of the phone: the hand may lie below the phone's edge."""


def num(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def wrap(text: str, width: float, bold: bool = False, size: float = SIZE) -> list[str]:
    """Lines broken at spaces; an address too long for one line breaks after `/`, `.` or `-`."""

    def fits(line: str) -> bool:
        return text_width(line, size, bold) <= width

    lines = [""]
    for word in re.split(r"[^\S\u2002\u2003]+", PART.sub(STUB, text).strip(" ")):
        joined = f"{lines[-1]} {word}".strip(" ")
        if fits(joined):
            lines[-1] = joined
        elif fits(word):
            lines.append(word)
        else:
            lines.append("")
            for part in _parts(word, fits):
                if fits(lines[-1] + part):
                    lines[-1] += part
                else:
                    lines.append(part)
    return [line for line in lines if line]


def _parts(word: str, fits: Callable[[str], bool]) -> list[str]:
    parts = re.split(r"(?<=[/.\-])(?![/.\-])", word)
    return [piece for part in parts for piece in ([part] if fits(part) else list(part))]


class Lines(NamedTuple):
    body: str
    height: float


def words(
    text: str,
    x: float,
    top: float,
    width: float,
    *,
    bold: bool = False,
    anchor: str = "start",
    size: float = SIZE,
    ink: str = BLACK,
) -> Lines:
    """Text that stays within `width`; `x` is its left edge, middle or right edge. Each line is told how long it is:
    a reader's own typeface, often wider than ours, is drawn narrower instead of leaving its button."""
    if text == UNSURE:
        return Lines(grey_bar(x, top, min(width, BAR_WIDTH), anchor), LINE)
    step = LINE * size / SIZE
    lines = wrap(text, width, bold, size)
    marks = "".join(
        (f' text-anchor="{anchor}"' if anchor != "start" else "",
         ' font-weight="700"' if bold else "",
         f' font-size="{num(size)}"' if size != SIZE else "")
    )
    body = "".join(
        _line(line, x, top + step * index, anchor, size, bold, f'{marks} fill="{ink}"')
        for index, line in enumerate(lines)
    )
    return Lines(body, step * len(lines))


def _line(line: str, x: float, top: float, anchor: str, size: float, bold: bool, marks: str) -> str:
    """Its words, and bars where a part of the label differs from phone to phone."""
    y = num(top + BASELINE * size / SIZE)
    if STUB not in line:
        return _words(line, num(x), y, marks, text_width(line, size, bold))
    left = x - text_width(line, size, bold) * ANCHORS[anchor]
    marks = marks.replace(f' text-anchor="{anchor}"', "")
    drawn = ""
    for part in re.split(f"({STUB})", line):
        wide = text_width(part, size, bold)
        if part == STUB:
            drawn += grey_bar(left, top, wide)
        elif part.strip():
            before = text_width(part[: len(part) - len(part.lstrip())], size, bold)
            drawn += _words(part.strip(), num(left + before), y, marks, text_width(part.strip(), size, bold))
        left += wide
    return drawn


def _words(line: str, x: str, y: str, marks: str, long: float) -> str:
    return (f'<text x="{x}" y="{y}"{marks} stroke="none" textLength="{num(long)}"'
            f' lengthAdjust="spacingAndGlyphs">{escape(line)}</text>')


def longest(text: str, width: float, bold: bool = False) -> float:
    """How wide the text gets when wrapped to `width`."""
    if text == UNSURE:
        return min(width, BAR_WIDTH)
    return max((text_width(line, SIZE, bold) for line in wrap(text, width, bold)), default=0)


def grey_bar(x: float, top: float, width: float, anchor: str = "start") -> str:
    left = x - width * ANCHORS[anchor]
    return rect(Box(left, top + 6, width, 16), 8, fill=BAR, stroke="none")


def rect(box: Box, radius: float = 0, **marks: str) -> str:
    rest = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in marks.items())
    rounded = f' rx="{num(radius)}"' if radius else ""
    x, y, w, h = map(num, box)
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}"{rounded}{rest}/>'


def path(d: str, **marks: str) -> str:
    rest = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in marks.items())
    return f'<path d="{d}"{rest}/>'


def moved(body: str, x: float, y: float, rest: str = "") -> str:
    return f'<g transform="translate({num(x)} {num(y)}){rest}">{body}</g>'


# Small pictures of our own, in a square of 24 units.


ICON = 24.0

_LINES = beside(__file__, ".txt").splitlines()[1:]
PICTURE_NAMES = tuple(line.partition(" => ")[0] for line in _LINES)
"""All names of each, as they are listed."""
_BY_FOLD = {fold(name): d for names, _, d in (line.partition(" => ") for line in _LINES) for name in names.split(", ")}


def has_picture(name: str) -> bool:
    return fold(name) in _BY_FOLD


def icon(name: str, x: float, y: float, size: float = ICON, **marks: str) -> str:
    """A picture by its Vietnamese name; the pen keeps its width."""
    scale = size / ICON
    rest = f" scale({scale:.3g})" if scale != 1 else ""
    pen = {"stroke_width": f"{2 / scale:.3g}"} if scale != 1 else {}
    return moved(path(_BY_FOLD[fold(name)], **pen, **marks), x, y, rest)
