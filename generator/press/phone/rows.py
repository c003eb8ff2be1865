"""How each kind of row is drawn: one function a kind, from the row and its width to a `Piece`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from generator.ground.files import fold
from generator.handbook.lesson.rows import UNSURE
from generator.handbook.model import Row
from generator.press.phone import grids, ink, keys
from generator.press.phone.hand import HAND_ROOM, SLANTED
from generator.press.phone.ink import INSET, TILE, Box, Piece, has_picture, icon, longest, moved, num, path, rect, words

PAD = 9.0
CALLS = ("cup may", "nghe may", "ong nghe", "goi")
AT_RIGHT = ("gui", "gui anh", "dau cong", "micro", "quet ma", "kinh lup", "chuong", "tin nhan", "ghim kep")
IN_THE_MIDDLE = (*CALLS[::2], "nut chup", "nut tron to")
"""Where phones have the key that calls, hangs up or takes a photo."""
FINGER = 8.0
"""Between the last letter beside a picture and the fingertip."""
FRAME = 68.0
CODE = 74.0
"""Heights of pictures inside a screen: camera, map, film; a QR code."""


def _plain(row: Row, width: float, top: float, bold: bool = False, size: float = ink.SIZE) -> Piece:
    text = words(row.text, INSET, top, width - INSET, bold=bold, size=size)
    return Piece(text.height + 2 * top, text.body)


def _app_bar(row: Row, width: float) -> Piece:
    """Without a name where it may be any app."""
    if row.text == UNSURE:
        return Piece(ink.LINE, "")
    return _plain(row, width, 2, bold=True, size=24.5)


def _address_bar(row: Row, width: float) -> Piece:
    """A globe, never a padlock: a padlock proves nothing, and people take it for proof."""
    text = words(row.text, 33, 4, width - 38)
    height = text.height + 8
    pill = rect(Box(0, 0, width, height), 16, fill=ink.WHITE)
    return Piece(height, pill + icon("quả cầu", 7, height / 2 - 11, 22) + text.body, corner=16)


def _field(row: Row, width: float) -> Piece:
    """Filled in: the label above, the value in the box. Empty: the label in the box, after the cursor."""
    if row.value:
        label = words(row.text, INSET, 0, width - INSET)
        value = words(row.value, PAD, label.height + 8, width - 2 * PAD)
        box = Box(0, label.height + 3, width, value.height + 10)
        return Piece(box.y + box.h, rect(box, 8) + label.body + value.body)
    label = words(row.text, PAD + 6, 5, width - 2 * PAD - 6)
    height = label.height + 10
    cursor = path(f"M{num(PAD)} 8V{num(height - 8)}")
    return Piece(height, rect(Box(0, 0, width, height), 8) + cursor + label.body)


def _button(row: Row, width: float) -> Piece:
    text = words(row.text, width / 2, 6, width - 2 * PAD, bold=True, anchor="middle", ink=ink.WHITE)
    height = text.height + 13
    corner = min(height / 2, 20)
    return Piece(height, rect(Box(0, 0, width, height), corner, fill=ink.BLACK) + text.body, corner=corner)


def _item(row: Row, width: float) -> Piece:
    text = words(row.text, INSET, 5, width - 23)
    height = text.height + 11
    chevron = path(f"M{num(width - 15)} {num(height / 2 - 6)}l6 6-6 6")
    line = "" if row.tap else path(f"M0 {num(height)}H{num(width)}", stroke_width="1")
    return Piece(height, text.body + chevron + line)


def _beside(text: str, x: float, width: float, least: float, bold: bool = False) -> Piece:
    """Words in the middle of the height of what stands on their left."""
    needed = words(text, x, 0, width - x, bold=bold).height
    height = max(least, needed + 4)
    top = (height - needed) / 2
    return Piece(height, words(text, x, top, width - x, bold=bold).body)


def _small_picture(row: Row, width: float) -> Piece:
    """A picture whose name we know needs no words; the words beside it are those on the phone.
    To hang up and to answer are told apart by shape: the handset lies in a black disc or stands in a white one.
    What stands at the right edge of most screens stands there."""
    known = has_picture(row.text)
    said = row.value or ("" if known else row.text)
    text = _beside(said, TILE + 10, width, TILE)
    call, hang_up = fold(row.text) in CALLS, fold(row.text) == CALLS[0]
    corner = TILE / 2 if call else 10
    pen = ink.WHITE if hang_up else ink.BLACK
    solid = {"fill": pen, "stroke": pen} if call else {}
    drawn = icon(row.text if known else "ảnh", 7, text.height / 2 - 13, 26, **solid)
    reach = TILE + 10 + longest(said, width - TILE - 12) + FINGER if said else TILE
    tile = Box(0, text.height / 2 - TILE / 2, TILE, TILE)
    ground = rect(tile, corner, fill=ink.BLACK if hang_up else ink.WHITE)
    if said or fold(row.text) not in (*AT_RIGHT, *IN_THE_MIDDLE):
        return Piece(text.height, ground + drawn + text.body, reach, corner)
    room = width - TILE - (HAND_ROOM if row.tap else 0)
    left = (width - TILE) / 2 if fold(row.text) in IN_THE_MIDDLE else room
    spot = tile.moved(left, 0) if row.tap else None
    return Piece(text.height, moved(ground + drawn, left, 0), corner=corner, spot=spot, turn=SLANTED)


def _message_in(row: Row, width: float) -> Piece:
    most = width - 2 * PAD - 6
    sender, text = (row.text, row.value) if row.value else ("", row.text)
    name = words(sender, PAD + 6, 6, most, bold=True)
    said = words(text, PAD + 6, 6 + name.height, most)
    inner = max(longest(sender, most, True), longest(text, most))
    height, right = name.height + said.height + 13, inner + 2 * PAD + 6
    shape = path(f"M0 0H{num(right - 12)}q12 0 12 12V{num(height - 12)}q0 12-12 12H18q-12 0-12-12V9z", fill=ink.WHITE)
    return Piece(height, shape + name.body + said.body, right, corner=3)


def _message_out(row: Row, width: float) -> Piece:
    most = width - 2 * PAD - 24
    inner = longest(row.text, most)
    left = width - inner - 2 * PAD - 6
    said = words(row.text, left + PAD, 6, most)
    height = said.height + 13
    low = num(height - 12)
    shape = path(f"M{num(width)} 0H{num(left + 12)}q-12 0-12 12V{low}q0 12 12 12H{num(width - 18)}q12 0 12-12V9z",
                 fill=ink.GREY)
    return Piece(height, shape + said.body, corner=3)


def _switch(row: Row, width: float) -> Piece:
    text = words(row.text, INSET, 6, width - 60 - INSET)
    height = text.height + 12
    turned_on = row.value.casefold() == "bật"
    box = Box(width - 52, height / 2 - 13, 48, 26)
    slot = rect(box, 13, fill=ink.BLACK if turned_on else ink.WHITE)
    knob_x = box.x + (box.w - 23 if turned_on else 3)
    knob = rect(Box(knob_x, box.y + 3, 20, 20), 10, fill=ink.WHITE)
    return Piece(height, text.body + slot + knob)


def _dialog(row: Row, width: float) -> Piece:
    text = words(row.text, (width - 4) / 2, 9, width - 2 * PAD - 6, anchor="middle")
    height = text.height + 18
    shadow = rect(Box(5, 5, width - 5, height), 10, fill="#9a9a9a", stroke="none")
    return Piece(height + 5, shadow + rect(Box(0, 0, width - 4, height), 10, fill=ink.WHITE) + text.body)


def _notice(row: Row, width: float) -> Piece:
    """A line that leads to an address shows a globe, any other a bell."""
    leads = re.fullmatch(r"\S+\.\S+|\{\{.*\}\}", row.text)
    text = words(row.text, 31, 5, width - 31 - 5)
    height = text.height + 10
    sign = icon("quả cầu" if leads else "chuông", 6, height / 2 - 11, 22)
    return Piece(height, rect(Box(0, 0, width, height), 16, fill=ink.WHITE) + sign + text.body, corner=16)


def _film(row: Row, width: float) -> Piece:
    middle = width / 2
    frame = rect(Box(0, 0, width, FRAME), 8, fill=ink.GREY)
    disc = rect(Box(middle - 22, FRAME / 2 - 22, 44, 44), 22, fill=ink.WHITE)
    play = path(f"M{num(middle - 7)} {num(FRAME / 2 - 12)}l20 12-20 12z", fill=ink.BLACK)
    text = words(row.text, INSET, FRAME + 5, width - INSET)
    return Piece(FRAME + 5 + text.height, frame + disc + play + text.body)


def _corners(box: Box) -> str:
    x, y, w, h = box
    a, b, c, d = num(x), num(y), num(x + w), num(y + h)
    return path(
        f"M{a} {num(y + 14)}V{b}h14M{num(x + w - 14)} {b}H{c}v14M{c} {num(y + h - 14)}V{d}h-14"
        f"M{num(x + 14)} {d}H{a}v-14",
        stroke_width="3.5",
    )


def _code(row: Row, width: float) -> Piece:
    corners = _corners(Box(2, 2, CODE - 4, CODE - 4))
    room = width - CODE - 10
    text = words(row.text, CODE + 10, (CODE - words(row.text, 0, 0, room).height) / 2, room)
    return Piece(CODE, corners + moved(_code_pictogram(CODE - 20), 10, 10) + text.body)


def _code_pictogram(size: float) -> str:
    """Looks like a QR code to people; round corners, wrong proportions and a word keep machines from trying."""
    eye, rest = size * 0.34, size * 0.66
    eyes = "".join(
        rect(Box(x + 2, y + 2, eye - 4, eye - 4), 4.5, stroke_width="3")
        + rect(Box(x + eye / 2 - 3, y + eye / 2 - 3, 6, 6), 3, fill=ink.BLACK, stroke="none")
        for x, y in ((0, 0), (rest, 0), (0, rest))
    )
    dots = ((0.4, 0.02), (0.54, 0.12), (0.4, 0.22), (0.01, 0.42), (0.92, 0.5),
            (0.4, 0.74), (0.54, 0.84), (0.4, 0.92), (0.72, 0.74), (0.86, 0.8), (0.72, 0.92), (0.92, 0.92))
    specks = "".join(f"M{x * size:.0f} {y * size:.0f}h6v6h-6z" for x, y in dots)
    middle = words("QR", size / 2 + 1, size / 2 - 13, size, bold=True, anchor="middle").body
    return eyes + path(specks, fill=ink.BLACK, stroke="none") + middle


def _lock_screen(row: Row, width: float) -> Piece:
    clock = words(row.text, width / 2, 26, width, bold=True, anchor="middle", size=40)
    day = words(row.value, width / 2, 30 + clock.height, width, anchor="middle")
    return Piece(32 + clock.height + day.height, icon("ổ khóa", width / 2 - 11, 0, 22) + clock.body + day.body)


def _progress(row: Row, width: float) -> Piece:
    digits = re.match(r"\d+", row.value)
    done = min(int(digits[0]), 100) / 100 if digits else 0.5
    said = longest(row.value, width / 2)
    label = words(row.text, INSET, 0, width - said - 10 - 2 * INSET)
    value = words(row.value, width - INSET, 0, width / 2, anchor="end")
    top = max(label.height, value.height) + 5
    slot = rect(Box(0, top, width, 14), 7, fill=ink.WHITE)
    filled = rect(Box(0, top, max(14.0, width * done), 14), 7, fill=ink.BLACK)
    return Piece(top + 14, label.body + value.body + slot + filled)


def _verdict(row: Row, width: float, picture: str) -> Piece:
    text = _beside(row.text, 44, width, 36.0, bold=True)
    return Piece(text.height, icon(picture, 0, text.height / 2 - 18, 36) + text.body)


def _map(row: Row, width: float) -> Piece:
    streets = f"M0 22L{num(width)} 6M0 56L{num(width)} 46M54 0L70 {num(FRAME)}M{num(width - 62)} 0l14 {num(FRAME)}"
    frame = rect(Box(0, 0, width, FRAME), 8, fill=ink.GREY)
    roads = path(streets, stroke_width="9", stroke=ink.WHITE, stroke_linecap="butt")
    pin = icon("ghim", width / 2 - 20, 9, 40, fill=ink.WHITE)
    text = words(row.text, INSET, FRAME + 5, width - INSET, bold=True)
    return Piece(FRAME + 5 + text.height, frame + roads + rect(Box(0, 0, width, FRAME), 8) + pin + text.body)


def _pair(row: Row, width: float, picture: str, across: float) -> Piece:
    """A round picture beside a bold first line and what belongs to it."""
    room = width - TILE - 12 - across
    name = words(row.text, TILE + 10, 0, room, bold=True)
    more = words(row.value, TILE + 10, 0, room)
    height = max(TILE, name.height + more.height + 4)
    top = (height - name.height - more.height) / 2
    name = words(row.text, TILE + 10, top, room, bold=True)
    more = words(row.value, TILE + 10, top + name.height, room)
    ring = rect(Box(0, height / 2 - TILE / 2, TILE, TILE), TILE / 2)
    return Piece(height, ring + icon(picture, TILE / 2 - 12, height / 2 - 12) + name.body + more.body)


def _call(row: Row, width: float) -> Piece:
    piece = _pair(row, width, "người", 34)
    return Piece(piece.height, piece.body + icon("ống nghe", width - 28, piece.height / 2 - 14, 28))


def _camera(row: Row, width: float) -> Piece:
    """What the camera sees: a face, a card, else the words alone."""
    box = Box(2, 2, width - 4, FRAME - 4)
    seen = fold(row.text)
    picture = ""
    if re.search(r"\b(can cuoc|the|giay)\b", seen):
        card = Box(width / 2 - 42, 9, 84, 50)
        picture = rect(card, 5) + rect(Box(card.x + 8, 25, 19, 25), 2) + path(
            f"M{num(card.x + 8)} 17h68M{num(card.x + 36)} 28h40m-40 10h40m-40 10h24"
        )
    elif re.search(r"\bmat\b", seen):
        picture = path(f"M{num(width / 2)} 7a20 27 0 1 0 .1 0z"
                       f"M{num(width / 2 - 8)} 28v2m16-2v2m-14 14q6 5 12 0")
    if not picture:
        height = words(row.text, 0, 0, width - 40).height
        text = words(row.text, width / 2, (FRAME - height) / 2, width - 40, anchor="middle")
        return Piece(FRAME, _corners(box) + text.body)
    text = words(row.text, width / 2, FRAME + 4, width, anchor="middle")
    return Piece(FRAME + 4 + text.height, _corners(box) + picture + text.body)


_DRAWERS: dict[str, Callable[[Row, float], Piece]] = {
    "ứng dụng": _app_bar, "trang": _address_bar,
    "tên": partial(_plain, top=1, bold=True, size=25.5), "chữ": partial(_plain, top=0), "ô": _field, "nút": _button,
    "mục": _item, "hình": _small_picture, "tin đến": _message_in, "tin đi": _message_out,
    "công tắc": _switch, "báo": _dialog, "dòng báo": _notice, "phim": _film, "mã QR": _code,
    "khóa": _lock_screen, "tiến trình": _progress, "bản đồ": _map,
    "xong": partial(_verdict, picture="dấu tích"), "lỗi": partial(_verdict, picture="chấm than"),
    "cuộc gọi": _call, "thư": partial(_pair, picture="phong bì", across=0), "máy ảnh": _camera,
    **grids.DRAWERS, **keys.DRAWERS,
}


def draw_row(row: Row, width: float) -> Piece:
    return _DRAWERS[row.kind](row, width)
