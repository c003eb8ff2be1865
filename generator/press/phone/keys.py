"""What fingers press, slide and swipe: keys of the phone itself, keyboards, the dial pad, a slider, a swipe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from generator.ground.files import fold
from generator.handbook.lesson.rows import KEYBOARD, KEYS, SIDE, SLIDER, icons_of
from generator.handbook.model import Row
from generator.press.fonts import text_width
from generator.press.phone import ink
from generator.press.phone.hand import ASIDE, UPRIGHT, under_hand
from generator.press.phone.ink import INSET, Box, Piece, icon, longest, num, path, rect, words

EDGE = 14.0
"""From the rows to the phone's own edge."""
SIDE_KEYS = (("to tieng", 0.0), ("nho tieng", 31.0), ("nguon", 72.0))
"""Where each begins, as on most phones: volume above, power below."""
SIDE_KEY = 28.0
TOGETHER = {"hai phim tieng": ("to tieng", "nho tieng")}
"""Keys that are held at once."""
ACROSS, PITCH, KEY = 10, 30.0, 27.0
LETTERS: tuple[tuple[str, ...], ...] = (tuple("qwertyuiop"), tuple("asdfghjkl"), ("chữ hoa", *"zxcvbnm", "xóa"),
           ("số", ",", "dấu cách", "chấm", "đi tới"))
NUMBERS: tuple[tuple[str, ...], ...] = (tuple("1234567890"), tuple("@#$_&-+()/"), ("ký hiệu", *"*\"':;!?", "xóa"),
           ("chữ", ",", "dấu cách", "chấm", "đi tới"))
WIDE = {"chữ hoa": 1.7, "xóa": 1.3, "ký hiệu": 1.7, "số": 2.9, "chữ": 2.9, "dấu cách": 3.0, "đi tới": 2.1}
SIGNS = {"chấm": ".", "số": "?123", "chữ": "ABC", "ký hiệu": "=\\<", "dấu cách": ""}
PICTURES = {"chữ hoa": "chữ hoa", "xóa": "xóa phím", "đi tới": "đi tới"}
PAD = ("123", "456", "789", "*0#")
SLOPES = {"len": (0, -1), "xuong": (0, 1), "trai": (-1, 0), "phai": (1, 0)}
SWIPE, SWIPE_ACROSS = 70.0, 130.0
"""How long the arrow is, upright and lying."""


def _side(row: Row, width: float) -> Piece:
    """Three keys stand out of the phone's right edge; those that are meant are black, named beside them on the screen.
    Keys to hold at once are circled together."""
    edge, body, spot = width + EDGE, "", None
    meant = TOGETHER.get(fold(row.text), (fold(row.text),))
    for name, top in SIDE_KEYS:
        key = Box(edge, top, 10 if name in meant else 7, SIDE_KEY)
        body += rect(key, 3, fill=ink.BLACK if name in meant else ink.WHITE)
        if name in meant:
            spot = Box(edge, spot.y, 10, top + SIDE_KEY - spot.y) if spot else key
    if spot:
        middle = spot.y + (spot.h - SIDE_KEY) / 2
        text = words(row.text, width - 34, middle + 4, width - 40, bold=True, anchor="end")
        body += text.body + icon(row.text, width - 25, middle + 1, 26)
    return Piece(SIDE_KEYS[-1][1] + SIDE_KEY, body, edge + 10, spot=spot if row.tap else None, turn=ASIDE)


def _swipe(row: Row, width: float) -> Piece:
    """A thick arrow; where it begins the finger is put down."""
    across, down = SLOPES.get(fold(row.text), (0, -1))
    upright = across == 0
    length = SWIPE if upright else SWIPE_ACROSS
    height = SWIPE + 32 if upright else 36.0
    x, y = (width / 2, height / 2 - down * length / 2) if upright else (width / 2 - across * length / 2, 18.0)
    neck_x, neck_y = x + across * (length - 18), y + down * (length - 18)
    shaft = path(f"M{num(x)} {num(y)}L{num(neck_x)} {num(neck_y)}", stroke_width="10")
    tip_x, tip_y = x + across * length, y + down * length
    head = path(f"M{num(tip_x)} {num(tip_y)}L{num(neck_x - 16 * down)} {num(neck_y + 16 * across)}"
                f"L{num(neck_x + 16 * down)} {num(neck_y - 16 * across)}z", fill=ink.BLACK)
    spot = Box(x - 9, y - 9, 18, 18) if row.tap else None
    return Piece(height, shaft + head, spot=spot, corner=9, turn=ASIDE if upright else UPRIGHT)


def _pad(row: Row, width: float) -> Piece:
    """The finger is on the first sign of the number, and lies between two columns: the digits below stay in sight. One
    that it hides all the same says nothing."""
    size = next((size for size in (30.0,) if text_width(row.text, size, True) <= width - 12), ink.SIZE)
    typed = words(row.text, width / 2, 2, width - 12, bold=True, anchor="middle", size=size)
    top, cell = typed.height + 4, width / 3
    keys = {sign: Box(cell * (at % 3) + 4, top + at // 3 * 32, cell - 8, 28) for at, sign in enumerate("".join(PAD))}
    spot = keys.get(row.text[:1]) if row.tap else None
    turn = ASIDE if row.text[:1] in PAD[-1] else UPRIGHT  # below the lowest keys there is no room
    aim = (cell / 2 - 5, -5.0) if turn == UPRIGHT else (0.0, 4.0)
    hidden = under_hand(spot, turn).moved(*aim) if spot else None
    body = typed.body + "".join(rect(key, 13) for key in keys.values())
    for line in PAD:
        seen = [(keys[sign].x + keys[sign].w / 2, sign) for sign in line
                if not (hidden and hidden.meets(_glyph(keys[sign])))]
        body += _letters(seen, keys[line[0]].y + 22.5, bold=True) if seen else ""
    return Piece(top + 124, body, corner=14, spot=spot, turn=turn, aim=aim)


def _glyph(key: Box) -> Box:
    """Where its digit stands."""
    return Box(key.x + key.w / 2 - 7, key.y + 5, 14, 18)


def _letters(signs: Sequence[tuple[float, str]], y: float, size: float = ink.SIZE, bold: bool = False) -> str:
    """Each in the middle of its key: no typeface can carry it into the next one."""
    places = " ".join(num(x) for x, _ in signs)
    marks = f' font-size="{num(size)}"' * (size != ink.SIZE) + ' font-weight="700"' * bold
    said = escape("".join(sign for _, sign in signs))
    return (f'<text x="{places}" y="{num(y)}" text-anchor="middle"{marks} fill="{ink.BLACK}" '
            f'stroke="none">{said}</text>')


def _keyboard(row: Row, width: float) -> Piece:
    """Of letters or of numbers, whichever has the key; the key to press is black.

    A word or letter that the hand half hides is left out.
    """
    name = "chấm" if row.text == "." else row.text if len(row.text) == 1 else row.text.casefold()
    rows = next((rows for rows in (LETTERS, NUMBERS) if any(name.lower() in line for line in rows)), LETTERS)
    if name.isupper():
        rows = tuple(tuple(key.upper() if len(key) == 1 else key for key in line) for line in rows)
    outline, body, spot = "", "", None
    for line, y in zip(rows, (index * PITCH for index in range(len(rows))), strict=True):
        plain = []
        for key, box in _keys(line, y, width / ACROSS):
            meant = row.tap and key == name
            if meant:
                spot = box
                body += rect(box, 4, fill=ink.BLACK)
            else:
                outline += f"M{num(box.x)} {num(box.y)}h{num(box.w)}v{num(box.h)}h-{num(box.w)}z"
            hidden = spot is not None and under_hand(spot).meets(box if len(key) > 1 else _middle(box))
            if len(key) == 1 and not meant:
                plain += [] if hidden else [(box.x + box.w / 2, key)]
            elif meant or not (hidden and len(SIGNS.get(key, "")) > 1):
                body += _sign(key, box, ink.WHITE if meant else ink.BLACK)
        body += _letters(plain, y + 20)
    return Piece(3 * PITCH + KEY, path(outline, stroke_width="1.2") + body, corner=4, spot=spot, lowest=True)


def _keys(line: Sequence[str], y: float, unit: float) -> Iterator[tuple[str, Box]]:
    x = (ACROSS - sum(WIDE.get(key, 1) for key in line)) * unit / 2
    for key in line:
        wide = WIDE.get(key, 1) * unit
        yield key, Box(x + 1.5, y, wide - 3, KEY)
        x += wide


def _middle(box: Box) -> Box:
    """Where the letter stands on its key."""
    return Box(box.x + box.w / 2 - 5, box.y + 6, 10, box.h - 12)


def _sign(key: str, box: Box, pen: str) -> str:
    middle = box.x + box.w / 2
    if key in PICTURES:
        return icon(PICTURES[key], middle - 11, box.y + 2.5, 22, stroke=pen)
    return words(SIGNS.get(key, key), middle, box.y - 1.5, box.w, anchor="middle", ink=pen, bold=pen == ink.WHITE).body


def _slider(row: Row, width: float) -> Piece:
    digits = re.match(r"\d+", row.value)
    share = min(int(digits[0]), 100) / 100 if digits else 0.5
    said = longest(row.value, width / 2)
    label = words(row.text, INSET, 0, width - said - 10 - 2 * INSET)
    value = words(row.value, width - INSET, 0, width / 2, anchor="end")
    y, x = max(label.height, value.height) + 18, 13 + (width - 26) * share
    line = path(f"M4 {num(y)}H{num(width - 4)}", stroke_width="3") + path(f"M4 {num(y)}H{num(x)}", stroke_width="9")
    knob = Box(x - 12, y - 12, 24, 24)
    return Piece(y + 14, label.body + value.body + line + rect(knob, 12, fill=ink.WHITE, stroke_width="4"),
                 corner=12, spot=knob if row.tap else None)


def _below(row: Row, width: float) -> Piece:
    """The keys at the foot of the screen, told by their shapes alone, as on the phone."""
    names = icons_of(row)
    cell = width / max(len(names), 1)
    shapes = {"tro ve": "M{x} 9l-15 9 15 9z", "man hinh chinh": "M{c} 8a10 10 0 1 0 .1 0z",
              "gan day": "M{y} 9h18v18h-18z"}
    body = path(f"M{-EDGE:g} 0H{num(width + EDGE)}", stroke_width="1.2")
    spot = None
    for index, name in enumerate(names):
        middle = cell * (index + 0.5)
        places = {"c": num(middle), "x": num(middle + 7), "y": num(middle - 9)}
        body += path(shapes.get(fold(name), "").format(**places), stroke_width="3")
        if row.tap and name == row.value:
            spot = Box(middle - 20, 5, 40, 26)
    return Piece(34, body, spot=spot, lowest=True)


DRAWERS: dict[str, Callable[[Row, float], Piece]] = {
    SIDE: _side, "vuốt": _swipe, "bàn số": _pad, KEYBOARD: _keyboard, SLIDER: _slider, KEYS: _below,
}
