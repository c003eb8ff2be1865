"""What befalls paper in the world: small phones, bad light, creases, stains, copies of copies."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import cv2
import numpy as np

from generator.press.proof.codes import BOTH, CROP_DECODERS, PAGE_DECODERS, Decoder, Found
from generator.press.proof.document import DPI, Area, Leaf, Picture

PLACINGS = 30
FINDER = 8
"""Modules of a finder square with the white beside it."""
AROUND = 0.35
"""What is seen around the code, as a part of its width."""
CREASE_MM, STAIN_PART, STAIN_GREY = 0.5, 0.08, 40
TURN_DEGREES, TILT_PART = 20.0, 0.10
DARK, NOISE = 0.35, 12.0
SMALL_DPI, BLUR, QUALITY = 72, 1.8, 20
COPY_BLUR, COPY_THRESHOLD = 0.9, 140

Chance = np.random.Generator


class Subject(NamedTuple):
    """A code cut out of its page with what is around it."""

    picture: Picture
    left: float
    top: float
    side: float
    modules: int
    per_mm: float
    """Pixels a millimetre."""

    @property
    def module(self) -> float:
        return self.side / self.modules


class Score(NamedTuple):
    tries: int
    zxing: int
    opencv: int
    either: int


def score_code(leaf: Leaf, area: Area, payload: str, modules: int, placings: int = PLACINGS) -> dict[str, Score]:
    """How often each decoder still reads the code, trouble by trouble."""
    subject = _cut_out(leaf.grey(), area, modules, DPI / 25.4)
    scores = {}
    for name, (befall, by_chance) in TROUBLES.items():
        chance = np.random.default_rng(zlib.crc32(f"{name} {payload}".encode()))
        results = [_read_by(befall(subject, chance), payload) for _ in range(placings if by_chance else 1)]
        scores[name] = Score(
            len(results), sum("zxing" in read for read in results), sum("opencv" in read for read in results),
            sum(bool(read) for read in results),
        )
    return scores


def _read_by(picture: Picture, payload: str) -> set[Decoder]:
    """A closer look is taken only where neither decoder read it at first."""
    picture = np.ascontiguousarray(picture)
    read = {decoder for decoder in BOTH if _reads(PAGE_DECODERS[decoder](picture), payload)}
    if not read:
        closer = np.asarray(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
        read = {decoder for decoder in BOTH if _reads(CROP_DECODERS[decoder](closer), payload)}
    return read


def _reads(found: list[Found], payload: str) -> bool:
    return any(one.payload == payload for one in found)


def _cut_out(page: Picture, area: Area, modules: int, per_mm: float) -> Subject:
    """White is added where the page ends."""
    x, y, width, height = (value * per_mm for value in area)
    side = (width + height) / 2
    border = math.ceil(AROUND * side)
    padded = np.asarray(
        cv2.copyMakeBorder(page, border, border, border, border, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)
    left, top, size = int(x), int(y), math.ceil(side) + 2 * border
    crop = padded[top : top + size, left : left + size].copy()
    return Subject(crop, x - left + border, y - top + border, side, modules, per_mm)


def _small(subject: Subject, _chance: Chance) -> Picture:
    times = SMALL_DPI / DPI
    return np.asarray(cv2.resize(subject.picture, None, fx=times, fy=times, interpolation=cv2.INTER_AREA), np.uint8)


def _blurred(subject: Subject, _chance: Chance) -> Picture:
    return np.asarray(cv2.GaussianBlur(subject.picture, (0, 0), BLUR), np.uint8)


def _turned(subject: Subject, chance: Chance) -> Picture:
    """To either side by up to so much; most of the placings far."""
    angle = TURN_DEGREES * float(chance.choice((-1, 1))) * math.sqrt(chance.uniform())
    middle = (subject.left + subject.side / 2, subject.top + subject.side / 2)
    height, width = subject.picture.shape[:2]
    turn = cv2.getRotationMatrix2D(middle, angle, 1.0)
    return np.asarray(cv2.warpAffine(subject.picture, turn, (width, height), borderValue=(255,)), np.uint8)


def _tilted(subject: Subject, chance: Chance) -> Picture:
    """A corner or two nearer to the camera than the rest."""
    start, end = (subject.left, subject.top), (subject.left + subject.side, subject.top + subject.side)
    square = np.array([start, (end[0], start[1]), end, (start[0], end[1])], np.float32)
    moved = square + chance.uniform(-TILT_PART, TILT_PART, (4, 2)).astype(np.float32) * subject.side
    height, width = subject.picture.shape[:2]
    return np.asarray(cv2.warpPerspective(
        subject.picture, cv2.getPerspectiveTransform(square, moved), (width, height), borderValue=(255,)), np.uint8)


def _squeezed(subject: Subject, _chance: Chance) -> Picture:
    """As sent on by a phone."""
    data = cv2.imencode(".jpg", subject.picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def _darkened(subject: Subject, chance: Chance) -> Picture:
    noisy = subject.picture * DARK + chance.normal(0, NOISE, subject.picture.shape)
    return np.asarray(noisy.clip(0, 255), np.uint8)


def _creased(subject: Subject, chance: Chance) -> Picture:
    """A white line right through, anywhere in the middle third, across or down: the fold of a pocket."""
    third = subject.side / 3
    from_end, to_end = (third + chance.uniform() * third for _ in range(2))
    reach = AROUND * subject.side
    ends = [(-reach, from_end), (subject.side + reach, to_end)]
    if chance.uniform() < 0.5:
        ends = [(y, x) for x, y in ends]
    corners = [(subject.left + x, subject.top + y) for x, y in ends]
    return _line(subject.picture, corners, CREASE_MM * subject.per_mm)


def _line(picture: Picture, ends: list[tuple[float, float]], width: float) -> Picture:
    """White, of exactly this width, in parts of a pixel."""
    (x0, y0), (x1, y1) = ends
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    length = math.hypot(x1 - x0, y1 - y0)
    away = np.abs((x1 - x0) * (rows + 0.5 - y0) - (y1 - y0) * (columns + 0.5 - x0)) / length
    cover = (width / 2 + 0.5 - away).clip(0, 1)
    return np.asarray((picture * (1 - cover) + 255 * cover).round(), np.uint8)


def _stained(subject: Subject, chance: Chance) -> Picture:
    """A round dark stain, anywhere in the code but on its finder squares."""
    radius = math.sqrt(STAIN_PART / math.pi) * subject.modules
    x, y = next(_free_places(subject.modules, radius, chance))
    rows, columns = np.mgrid[: subject.picture.shape[0], : subject.picture.shape[1]]
    column, row = subject.left + x * subject.module, subject.top + y * subject.module
    away = np.hypot(columns + 0.5 - column, rows + 0.5 - row)
    cover = (radius * subject.module + 0.5 - away).clip(0, 1)
    stained = np.minimum(subject.picture, STAIN_GREY)
    return np.asarray((subject.picture * (1 - cover) + stained * cover).round(), np.uint8)


def _free_places(modules: int, radius: float, chance: Chance) -> Iterator[tuple[float, float]]:
    """Middles of circles that lie wholly in the code and touch no finder square."""
    while True:
        x, y = chance.uniform(radius, modules - radius, 2)
        corners = ((0.0, 0.0), (modules - FINDER, 0.0), (0.0, modules - FINDER))
        if all(_from_square(x - left, y - top) > radius for left, top in corners):
            yield float(x), float(y)


def _from_square(x: float, y: float) -> float:
    return math.hypot(max(-x, 0.0, x - FINDER), max(-y, 0.0, y - FINDER))


def _copied(subject: Subject, _chance: Chance) -> Picture:
    """A copy of a copy, each pure black and white."""
    picture = subject.picture
    for _ in range(2):
        soft = cv2.GaussianBlur(picture, (0, 0), COPY_BLUR)
        picture = np.asarray(cv2.threshold(soft, COPY_THRESHOLD, 255, cv2.THRESH_BINARY)[1], np.uint8)
    return picture


TROUBLES: dict[str, tuple[Callable[[Subject, Chance], Picture], bool]] = {
    "small": (_small, False),
    "blurred": (_blurred, False),
    "turned": (_turned, True),
    "tilted": (_tilted, True),
    "squeezed": (_squeezed, False),
    "dark": (_darkened, True),
    "creased": (_creased, True),
    "stained": (_stained, True),
    "copied": (_copied, False),
}
