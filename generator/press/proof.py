"""The proofreader: looks at finished pages as a phone or a reader would, and trusts no file's word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import zxingcpp

from generator.errors import ProofError

Decoder = Literal["zxing", "opencv"]
FAST: tuple[Decoder, ...] = ("zxing",)
BOTH: tuple[Decoder, ...] = ("zxing", "opencv")
DPI = 150
LOOKS = ((0.3, 1), (0.3, 2), (0.15, 1), (0.15, 2), (0.15, 3))
"""Crops around a code: the border as a part of its width, and how often it is enlarged."""
ALMOST_WHITE = 250
LINE_BOX_EM = 1.172
"""Height of Roboto's line box."""
QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

Picture: TypeAlias = npt.NDArray[np.uint8]
Corners: TypeAlias = npt.NDArray[np.float64]


class Area(NamedTuple):
    """Where a code lies: millimetres from the page's top left corner, pixels in a picture."""

    x: float
    y: float
    width: float
    height: float


class Reading(NamedTuple):
    """One code as one decoder read it; a picture counts as page 1."""

    page: int
    payload: str
    decoder: Decoder
    box: Area


class Found(NamedTuple):
    payload: str
    corners: Corners


class Outside(NamedTuple):
    page: int
    text: str


# Codes.


def read_codes(
    pdf: bytes, pages: Sequence[int] | None = None, dpi: int = DPI, decoders: Sequence[Decoder] = FAST
) -> list[Reading]:
    with _opened(pdf) as document:
        numbers = range(1, len(document) + 1) if pages is None else pages
        return [
            reading
            for number in numbers
            for reading in _read(_raster(document, number, dpi), number, decoders, 25.4 / dpi)
        ]


def read_image_codes(data: bytes, decoders: Sequence[Decoder] = FAST) -> list[Reading]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE) if data else None
    if picture is None:
        raise ProofError("Tệp hình hỏng, không mở được.", "The picture is broken and cannot be opened.")
    return _read(np.asarray(picture, np.uint8), 1, decoders, 1)


def prove_codes(
    pdf: bytes,
    expected: Mapping[int, Set[str]] | Set[str],
    both: bool = False,
    pages: Sequence[int] | None = None,
    dpi: int = DPI,
) -> list[Reading]:
    """Every expected code is read and no other one is: page by page, or in all the pages together."""
    decoders = BOTH if both else FAST
    if isinstance(expected, Mapping):
        readings = read_codes(pdf, sorted(expected), dpi, decoders)
        for page, payloads in sorted(expected.items()):
            _compare([r for r in readings if r.page == page], payloads, decoders, page)
    else:
        readings = read_codes(pdf, pages, dpi, decoders)
        _compare(readings, expected, decoders, None)
    return readings


def prove_image_codes(data: bytes, expected: Set[str], both: bool = False) -> list[Reading]:
    decoders = BOTH if both else FAST
    readings = read_image_codes(data, decoders)
    _compare(readings, expected, decoders, None)
    return readings


def _compare(
    readings: Iterable[Reading], expected: Set[str], decoders: Sequence[Decoder], page: int | None
) -> None:
    readings = list(readings)
    where = ("", "") if page is None else (f"Trang {page}: ", f"Page {page}: ")
    for decoder in decoders:
        unread = sorted(expected - {r.payload for r in readings if r.decoder == decoder})
        if unread:
            raise ProofError(
                f"{where[0]}{decoder} không đọc được mã QR {', '.join(unread)}.",
                f"{where[1]}{decoder} cannot read the QR code {', '.join(unread)}.",
            )
    for reading in readings:
        if reading.payload not in expected:
            raise ProofError(
                f"Trang {reading.page}: có mã QR lạ {reading.payload!r}.",
                f"Page {reading.page}: an unexpected QR code {reading.payload!r}.",
            )


def _read(picture: Picture, page: int, decoders: Sequence[Decoder], unit: float) -> list[Reading]:
    """What each decoder sees on the whole page, then each on the crops where another one saw a code."""
    seen = {decoder: PAGE_DECODERS[decoder](picture) for decoder in decoders}
    for decoder in decoders:
        elsewhere = [found for other in decoders if other != decoder for found in seen[other]]
        for found in elsewhere:
            if found.payload not in {own.payload for own in seen[decoder]}:
                seen[decoder] = seen[decoder] + _again(picture, found, CROP_DECODERS[decoder])
    return [
        Reading(page, found.payload, decoder, _area(found.corners, unit))
        for decoder in decoders
        for found in seen[decoder]
    ]


def _again(picture: Picture, found: Found, decode: Callable[[Picture], list[Found]]) -> list[Found]:
    """More looks at one code alone: nearer, wider, enlarged, until the decoder reads it."""
    left, top, width, height = _area(found.corners, 1)
    for margin, times in LOOKS:
        border = margin * max(width, height)
        x, y = max(0, int(left - border)), max(0, int(top - border))
        crop = picture[y : int(top + height + border) + 1, x : int(left + width + border) + 1]
        if times > 1:
            crop = np.asarray(cv2.resize(crop, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)
        if read := decode(np.ascontiguousarray(crop)):
            return [Found(one.payload, one.corners / times + (x, y)) for one in read]
    return []


def _zxing(picture: Picture) -> list[Found]:
    """Not inverted ones: phones differ on those, so they do not count as read."""
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


def _area(corners: Corners, unit: float) -> Area:
    (left, top), (right, bottom) = corners.min(axis=0) * unit, corners.max(axis=0) * unit
    return Area(float(left), float(top), float(right - left), float(bottom - top))


# Pages.


def page_png(pdf: bytes, page: int, dpi: int = DPI) -> bytes:
    """A picture for looking at, in colour."""
    with _opened(pdf) as document:
        picture = document[page - 1].render(scale=dpi / 72).to_numpy()
        return bytes(cv2.imencode(".png", picture)[1])


def page_text(pdf: bytes, page: int) -> str:
    with _opened(pdf) as document:
        text: str = document[page - 1].get_textpage().get_text_range()
    return text.replace("\r\n", "\n").replace("\ufffe", "")


def text_area(pdf: bytes, page: int) -> Area:
    """The smallest box around all letters of a page, in millimetres."""
    with _opened(pdf) as document:
        sheet = document[page - 1]
        text = sheet.get_textpage()
        boxes = np.array([text.get_charbox(index) for index in range(text.count_chars())], np.float64)
        boxes = boxes[boxes[:, 2] > boxes[:, 0]]
        left, _, _, top = sheet.get_mediabox()
        points = np.concatenate((boxes[:, :2], boxes[:, 2:])) * (1, -1) + (-left, top)
    return _area(points, 25.4 / 72)


def type_sizes(pdf: bytes, page: int) -> dict[float, str]:
    """The letters that stand in each size, in half points, as long as the typeface is our own."""
    found: dict[float, str] = {}
    with _opened(pdf) as document:
        text = document[page - 1].get_textpage()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            if letter.strip():
                _, bottom, _, top = text.get_charbox(index, loose=True)
                size = round((top - bottom) / LINE_BOX_EM * 2) / 2
                found[size] = found.get(size, "") + letter
    return found


def text_outside(pdf: bytes) -> list[Outside]:
    """Letters that lie, wholly or partly, beyond the edge of their page."""
    with _opened(pdf) as document:
        return [
            Outside(number, text) for number in range(1, len(document) + 1) for text in _beyond(document[number - 1])
        ]


def empty_pages(pdf: bytes) -> list[int]:
    with _opened(pdf) as document:
        numbers = range(1, len(document) + 1)
        return [number for number in numbers if _raster(document, number, 50).min() >= ALMOST_WHITE]


def _beyond(page: Any) -> Iterator[str]:
    """Runs of letters outside the page box."""
    left, bottom, right, top = page.get_mediabox()
    text = page.get_textpage()

    def outside(index: int) -> bool:
        x0, y0, x1, y1 = text.get_charbox(index)
        return bool(x1 > x0 and (x0 < left - 0.5 or y0 < bottom - 0.5 or x1 > right + 0.5 or y1 > top + 0.5))

    for is_outside, run in groupby(range(text.count_chars()), outside):
        if is_outside:
            first, *rest = run
            yield text.get_text_range(first, 1 + len(rest))


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    document: Any
    open_document: Any = pdfium.PdfDocument  # pdfium's names carry no types
    try:
        document = open_document(pdf)
    except pdfium.PdfiumError as problem:
        raise ProofError(
            "Tệp PDF hỏng hoặc có khóa, không mở được.", "The PDF is broken or locked and cannot be opened."
        ) from problem
    try:
        yield document
    finally:
        document.close()


def _raster(document: Any, page: int, dpi: int) -> Picture:
    picture: Picture = document[page - 1].render(scale=dpi / 72, grayscale=True).to_numpy()
    return picture[:, :, 0] if picture.ndim == 3 else picture
