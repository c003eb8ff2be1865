"""Reads QR codes from finished pages with two decoders that know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any, Literal, NamedTuple

import cv2
import numpy as np
import zxingcpp

from generator.ground.errors import ProofError
from generator.press.proof.document import DPI, Area, Corners, Leaf, Picture, area_of, open_picture, opened
from generator.press.proof.measures import Measures, measure

Decoder = Literal["zxing", "opencv"]
FAST: tuple[Decoder, ...] = ("zxing",)
BOTH: tuple[Decoder, ...] = ("zxing", "opencv")
LEAST_MM = 12.0
"""The smallest code has 21 modules of 0.6 mm."""
CLOSER_DPI = (200, 250)
"""Tried where a decoder missed a code at 150."""
LOOKS = ((0.3, 1), (0.3, 2), (0.15, 1), (0.15, 2), (0.15, 3))
"""Crops around a code: the border as a part of its width, and how often it is enlarged."""
AFAR, AFAR_PX = (0.3, 0.5), 140
"""A large code is looked at from afar first: that is sooner done, and harder."""
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
SQUARE = 0.5
"""How narrow something may look and still be a code seen askew."""


class Found(NamedTuple):
    payload: str
    corners: Corners


State = Literal["read", "inverted", "unreadable"]


class Seen(NamedTuple):
    """One code of a page with all that can be said of it."""

    payload: str
    """Empty when nobody reads it."""
    state: State
    decoders: frozenset[Decoder]
    area: Area
    """Millimetres on paper, pixels in a picture."""
    measures: Measures | None
    """Nothing when zxing did not read it."""


def see_codes(leaf: Leaf, named: int = 0, first_dpi: int = DPI) -> list[Seen]:
    """Every code of a page, each asked of both decoders, nearer and nearer where one of them missed it.

    `named` is how many codes the page says it has: when fewer are found, the slower decoder looks at all of it.
    """
    found = _see(leaf.grey(first_dpi), 25.4 / first_dpi, named)
    for dpi in (dpi for dpi in (DPI, *CLOSER_DPI) if dpi > first_dpi):
        if all(len(one.decoders) == len(BOTH) for one in found) and len(found) >= named:
            break
        found = _better(found, _see(leaf.grey(dpi), 25.4 / dpi, named))
    return found


def see_picture_codes(data: bytes) -> list[Seen]:
    return _see(open_picture(data), 1, 1)


def _see(picture: Picture, unit: float, named: int) -> list[Seen]:
    marks = zxingcpp.read_barcodes(
        picture, formats=QR_ONLY, try_invert=True, return_errors=True, text_mode=zxingcpp.TextMode.Plain
    )
    codes = [(_state(picture, mark), mark) for mark in marks if mark.valid or not _is_tiny(mark)]
    seen = [_seen(picture, mark, unit) for state, mark in codes if state == "read"]
    if len(seen) < named:
        seen += [_missed(picture, found, unit) for found in _opencv(picture)
                 if not _known(seen, found.payload, area_of(found.corners, unit))]
    for state, mark in codes:
        area = area_of(_zxing_corners(mark.position), unit)
        if state == "unreadable" and not SQUARE < area.width / max(area.height, 1e-6) < 1 / SQUARE:
            continue  # finder-like rings of two drawings, taken for one code
        shaped = state == "inverted" or _shaped_like_a_code(area, unit)
        if state != "read" and shaped and not any(one.area.holds(area) for one in seen):
            seen.append(Seen(mark.text, state, frozenset(), area, None))
    return seen


def _is_tiny(mark: Any) -> bool:
    """A Micro QR code has one finder square: rings of a drawing beside letters pass for one. We print none."""
    return bool(mark.format == zxingcpp.BarcodeFormat.MicroQRCode)


def _shaped_like_a_code(area: Area, unit: float) -> bool:
    """zxing also reports drawn pictograms and squares that lie in a row by chance."""
    least = LEAST_MM if unit != 1 else LEAST_MM * DPI / 25.4
    return min(area.width, area.height) >= least and 0.8 <= area.width / area.height <= 1.25


def _seen(picture: Picture, mark: Any, unit: float) -> Seen:
    """What zxing read; OpenCV gets a look at the crop."""
    found = Found(mark.text, _zxing_corners(mark.position))
    both = found.payload in {one.payload for one in again(picture, found, _opencv_near)}
    return Seen(found.payload, "read", frozenset(BOTH if both else FAST), area_of(found.corners, unit),
                measure(picture, found.corners, getattr(mark, "extra", None) or {}, unit))


def _missed(picture: Picture, found: Found, unit: float) -> Seen:
    """What OpenCV alone read on the whole page; zxing gets a look at the crop."""
    near = {one.payload for one in again(picture, found, _zxing)}
    decoders: tuple[Decoder, ...] = BOTH if found.payload in near else ("opencv",)
    return Seen(found.payload, "read", frozenset(decoders), area_of(found.corners, unit), None)


def _known(seen: Iterable[Seen], payload: str, area: Area) -> Seen | None:
    """The same code at the same place: a sheet may carry one address twice."""
    return next((one for one in seen if one.payload == payload and one.area.holds(area)), None)


def _state(picture: Picture, mark: Any) -> State:
    """Inverted codes do not count as read: phones differ on those."""
    if not mark.valid:
        return "unreadable"
    corners = _zxing_corners(mark.position)
    x, y = corners.mean(axis=0) * 0.02 + corners[0] * 0.98  # inside the finder's outer ring, black by the standard
    height, width = picture.shape[:2]
    row, column = min(max(0, round(y)), height - 1), min(max(0, round(x)), width - 1)
    left, top, width, height = (int(value) for value in area_of(corners, 1))
    middle = picture[max(0, top) : top + height, max(0, left) : left + width].mean()
    return "read" if picture[row, column] <= middle else "inverted"


def _better(old: Sequence[Seen], new: Sequence[Seen]) -> list[Seen]:
    """What either look saw; a code that both saw keeps every decoder that read it."""
    read: list[Seen] = []
    for one in (*old, *new):
        if one.state != "read":
            continue
        known = _known(read, one.payload, one.area)
        if known is None:
            read.append(one)
        else:
            both = known._replace(decoders=known.decoders | one.decoders, measures=known.measures or one.measures)
            read[read.index(known)] = both
    return read + [one for one in old if one.state != "read" and not any(code.area.holds(one.area) for code in read)]


def prove_codes(pdf: bytes, expected: Set[str]) -> None:
    """Every expected code is read and no other one is, in all the pages together."""
    with opened(pdf) as paper:
        _compare([code for leaf in paper.leaves() for code in see_codes(leaf)], expected)


def prove_image_codes(data: bytes, expected: Set[str]) -> None:
    _compare(see_picture_codes(data), expected)


def _compare(seen: Iterable[Seen], expected: Set[str]) -> None:
    read = {one.payload for one in seen if "zxing" in one.decoders}
    if unread := sorted(expected - read):
        raise ProofError(f"zxing không đọc được mã QR {', '.join(unread)}.",
                         f"zxing cannot read the QR code {', '.join(unread)}.")
    if strange := sorted(read - expected):
        raise ProofError(f"Có mã QR lạ {', '.join(strange)}.", f"An unexpected QR code {', '.join(strange)}.")


def again(picture: Picture, found: Found, decode: Callable[[Picture], list[Found]]) -> list[Found]:
    """More looks at one code alone: from afar, nearer, wider, enlarged, until the decoder reads it."""
    left, top, width, height = area_of(found.corners, 1)
    for margin, times in (AFAR, *LOOKS) if min(width, height) >= AFAR_PX else LOOKS:
        border = margin * max(width, height)
        x, y = max(0, int(left - border)), max(0, int(top - border))
        crop = picture[y : int(top + height + border) + 1, x : int(left + width + border) + 1]
        if times != 1:
            how = cv2.INTER_CUBIC if times > 1 else cv2.INTER_AREA
            crop = np.asarray(cv2.resize(crop, None, fx=times, fy=times, interpolation=how), np.uint8)
        if read := decode(np.ascontiguousarray(crop)):
            return [Found(one.payload, one.corners / times + (x, y)) for one in read]
    return []


def _zxing(picture: Picture) -> list[Found]:
    """Not inverted ones."""
    codes = zxingcpp.read_barcodes(
        picture, formats=QR_ONLY, try_invert=False, text_mode=zxingcpp.TextMode.Plain
    )
    return [Found(code.text, _zxing_corners(code.position)) for code in codes]


def _zxing_corners(position: Any) -> Corners:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], np.float64)


def _opencv(picture: Picture) -> list[Found]:
    """Its newer way of finding codes: faster on whole pages and misses far fewer."""
    return _opencv_by(cv2.QRCodeDetectorAruco(), picture)


def _opencv_near(picture: Picture) -> list[Found]:
    """On a crop either of its two ways of finding codes may succeed."""
    return _opencv(picture) or _opencv_by(cv2.QRCodeDetector(), picture)


def _opencv_by(detector: Any, picture: Picture) -> list[Found]:
    _, texts, corners, _ = detector.detectAndDecodeMulti(picture)
    if corners is None:
        return []
    return [Found(text, np.asarray(four, np.float64)) for text, four in zip(texts, corners, strict=True) if text]


PAGE_DECODERS: dict[Decoder, Callable[[Picture], list[Found]]] = {"zxing": _zxing, "opencv": _opencv}
CROP_DECODERS: dict[Decoder, Callable[[Picture], list[Found]]] = {"zxing": _zxing, "opencv": _opencv_near}
