"""Opens finished papers and pictures; every other page reader here starts from a leaf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from generator.ground.errors import ProofError

DPI = 150
MM_PER_POINT = 25.4 / 72
JPEG_QUALITY = 72
ALMOST_WHITE = 250

Picture: TypeAlias = npt.NDArray[np.uint8]
Corners: TypeAlias = npt.NDArray[np.float64]


class Area(NamedTuple):
    """Where something lies: millimetres from the page's top left corner, pixels in a picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, other: Area) -> bool:
        """Whether the other one's middle lies inside."""
        x, y = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= x <= self.right and self.y <= y <= self.bottom


class Leaf:
    """One page of an open paper."""

    def __init__(self, document: Any, number: int) -> None:
        self.document = document
        self.number = number
        self.page: Any = document[number - 1]
        self._rasters: dict[int, Picture] = {}

    def grey(self, dpi: int = DPI) -> Picture:
        """As a copier sees it."""
        if dpi not in self._rasters:
            picture: Picture = self.page.render(scale=dpi / 72, grayscale=True).to_numpy()
            self._rasters[dpi] = np.ascontiguousarray(picture[:, :, 0] if picture.ndim == 3 else picture)
        return self._rasters[dpi]

    @cached_property
    def text(self) -> Any:
        return self.page.get_textpage()

    @cached_property
    def words(self) -> str:
        """All text of the page, in the file's order."""
        text: str = self.text.get_text_range()
        return text.replace("\r\n", "\n").replace("\ufffe", "")

    @cached_property
    def size_mm(self) -> tuple[float, float]:
        """As it is shown, after the page's own turn."""
        width, height = self.page.get_size()
        return width * MM_PER_POINT, height * MM_PER_POINT

    @cached_property
    def is_empty(self) -> bool:
        return bool(self.grey(50).min() >= ALMOST_WHITE)

    @cached_property
    def _box(self) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.page.get_cropbox()
        return left, bottom, right, top

    def area(self, left: float, bottom: float, right: float, top: float) -> Area:
        """Points of the file, from below, as millimetres from the shown page's top left."""
        x0, y0, x1, y1 = self._box
        turn = self.page.get_rotation() % 360
        if turn == 90:
            left, bottom, right, top = bottom - y0, x1 - right, top - y0, x1 - left
        elif turn == 180:
            left, bottom, right, top = x1 - right, y1 - top, x1 - left, y1 - bottom
        elif turn == 270:
            left, bottom, right, top = y1 - top, left - x0, y1 - bottom, right - x0
        else:
            left, bottom, right, top = left - x0, bottom - y0, right - x0, top - y0
        height = self.size_mm[1] / MM_PER_POINT
        return Area(*(value * MM_PER_POINT for value in (left, height - top, right - left, top - bottom)))

    @property
    def kept(self) -> Area:
        """What is left of it when it is cut; all of it where nothing says so."""
        return self.area(*self.page.get_trimbox())

    @property
    def coloured(self) -> Area:
        """As far as it is drawn for whoever cuts."""
        return self.area(*self.page.get_bleedbox())

    def jpeg(self, dpi: int) -> bytes:
        """A small picture for a report, in colour."""
        picture = self.page.render(scale=dpi / 72).to_numpy()
        return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1])


class Paper:
    """An open PDF."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.pages = len(document)

    @property
    def title(self) -> str:
        told: str = self.document.get_metadata_value("Title")
        return told

    def leaf(self, number: int) -> Leaf:
        return Leaf(self.document, number)

    def leaves(self) -> Iterator[Leaf]:
        for number in range(1, self.pages + 1):
            yield self.leaf(number)


@contextmanager
def opened(pdf: bytes) -> Iterator[Paper]:
    document: Any
    open_document: Any = pdfium.PdfDocument  # pdfium's names carry no types
    try:
        document = open_document(pdf)
    except pdfium.PdfiumError as problem:
        raise ProofError(
            "Tệp PDF hỏng hoặc có khóa, không mở được.", "The PDF is broken or locked and cannot be opened."
        ) from problem
    try:
        yield Paper(document)
    finally:
        document.close()


def open_picture(data: bytes, how: int = cv2.IMREAD_GRAYSCALE) -> Picture:
    """A picture file, in grey unless told."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), how) if data else None
    if picture is None:
        raise ProofError("Tệp hình hỏng, không mở được.", "The picture is broken and cannot be opened.")
    return np.asarray(picture, np.uint8)


def picture_size(data: bytes) -> tuple[int, int]:
    height, width = open_picture(data).shape[:2]
    return int(width), int(height)


def picture_jpeg(data: bytes, width: int) -> bytes:
    """A picture file made as small as a report needs it."""
    picture = open_picture(data, cv2.IMREAD_COLOR)
    times = min(1.0, width / picture.shape[1])
    small = cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    return bytes(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1])


def area_of(corners: Corners, unit: float) -> Area:
    (left, top), (right, bottom) = corners.min(axis=0) * unit, corners.max(axis=0) * unit
    return Area(float(left), float(top), float(right - left), float(bottom - top))
