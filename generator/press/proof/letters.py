"""Looks at the letters of a page: where they stand, how large, whether all of each one can be seen."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as untyped_raw

from generator.press.proof.document import DPI, MM_PER_POINT, Area, Leaf, Picture
from generator.press.proof.measures import contrast

raw: Any = untyped_raw
EDGE_POINTS = 0.5
GAP_PART, DIGIT_PART, LINE_PART = 0.17, 0.36, 0.4
"""Parts of the type size: less is no gap between words, or between digits (those of 11, in figures of one width, stand
0.29 apart, with a space between them 0.54); less is still the same line."""
SEEN_MM = 0.8
"""A letter lower or narrower than this is not asked for its edges."""
EDGE_PART = 0.45
"""The part of a letter, on each side, in which some of its ink must show."""
INK_PART = 0.1
CLOSE_DPI = 3 * DPI


class Letter(NamedTuple):
    sign: str
    """`\\0` where the font had no such letter."""
    area: Area
    """As tight as its ink."""
    size: float
    """Type size in points."""
    mark: int
    """Number of the tagged piece it belongs to; -1 for none."""


class Word(NamedTuple):
    text: str
    area: Area
    size: float
    mark: int
    letters: tuple[Letter, ...]


class Faint(NamedTuple):
    """A word that cannot be seen well: too pale, or cut."""

    text: str
    area: Area
    contrast: float
    cut: bool


def letters(leaf: Leaf) -> list[Letter | None]:
    """In the file's order; None where words end."""
    text = leaf.text
    handle, count = text.raw, text.count_chars()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = raw.FS_MATRIX()
    found: list[Letter | None] = []
    for index in range(count):
        sign = chr(raw.FPDFText_GetUnicode(handle, index))
        if raw.FPDFText_IsGenerated(handle, index) or sign.isspace():
            found.append(None)
            continue
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        raw.FPDFText_GetMatrix(handle, index, matrix)
        size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
        piece = raw.FPDFText_GetTextObject(handle, index)
        mark = raw.FPDFPageObj_GetMarkedContentID(piece) if piece else -1
        area = leaf.area(left.value, bottom.value, right.value, top.value)
        found.append(Letter(sign, area, round(size * 2) / 2, mark))
    return found


def words(found: Sequence[Letter | None]) -> list[Word]:
    """Letters between two gaps, as long as they are of one piece and one size."""
    together = groupby(_closed_up(found), lambda letter: letter and (letter.mark, letter.size))
    return [_word([letter for letter in run if letter]) for key, run in together if key]


def _closed_up(found: Sequence[Letter | None]) -> Iterator[Letter | None]:
    """Without the gaps pdfium guesses between letters that merely stand a little apart."""
    before: Letter | None = None
    gap = False
    for letter in found:
        if letter is None:
            gap = True
            continue
        if gap and not (before and _is_next(before, letter)):
            yield None
        yield letter
        before, gap = letter, False


def _is_next(before: Letter, letter: Letter) -> bool:
    em = letter.size * MM_PER_POINT
    same_line = abs(before.area.bottom - letter.area.bottom) < em * LINE_PART
    part = DIGIT_PART if before.sign.isdigit() and letter.sign.isdigit() else GAP_PART
    return same_line and 0 <= letter.area.x - before.area.right < em * part


def _word(run: list[Letter]) -> Word:
    areas = [letter.area for letter in run if letter.area.width > 0] or [run[0].area]
    left, top = min(area.x for area in areas), min(area.y for area in areas)
    right, bottom = max(area.right for area in areas), max(area.bottom for area in areas)
    return Word("".join(letter.sign for letter in run), Area(left, top, right - left, bottom - top),
                run[0].size, run[0].mark, tuple(run))


def faint_words(leaf: Leaf, found: Sequence[Word], least: float) -> Iterator[Faint]:
    """Words whose grey picture stands out too little, or whose letters miss an edge.

    What seems pale is looked at again closely: a dash thinner than a dot, a letter that fills its key."""
    for word in found:
        look = _Look.at(leaf, word.area)
        if look is None:
            continue
        seen = look.contrast
        if seen < least:
            seen = max((close.contrast for close in [_Look.at(leaf, word.area, CLOSE_DPI)] if close), default=seen)
        cut = seen >= least and any(look.misses_edge(letter.area) for letter in word.letters)
        if seen < least or cut:
            yield Faint(word.text, word.area, seen, cut)


class _Look(NamedTuple):
    """A word in the picture: what it stands on and its ink."""

    picture: Picture
    dpi: int
    ground: float
    ink: float

    @staticmethod
    def at(leaf: Leaf, area: Area, dpi: int = DPI) -> _Look | None:
        picture = leaf.grey(dpi)
        left, top, right, bottom = _pixels(area, picture, dpi)
        inside = picture[top:bottom, left:right]
        if inside.size == 0 or area.width < SEEN_MM / 4 or area.height < SEEN_MM / 4:
            return None
        around = picture[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2]
        rim = np.concatenate((around[0], around[-1], around[:, 0], around[:, -1]))
        ground = float(np.median(rim))
        low, high = float(inside.min()), float(inside.max())
        return _Look(picture, dpi, ground, low if ground - low > high - ground else high)

    @property
    def contrast(self) -> float:
        return contrast(self.ground, self.ink)

    def misses_edge(self, area: Area) -> bool:
        if min(area.width, area.height) < SEEN_MM:
            return False
        left, top, right, bottom = _pixels(area, self.picture, self.dpi)
        ink = np.abs(self.picture[top:bottom, left:right] - self.ground) > INK_PART * abs(self.ink - self.ground)
        down, across = max(2, round(EDGE_PART * len(ink))), max(2, round(EDGE_PART * ink.shape[1]))
        return not (ink[:down].any() and ink[-down:].any() and ink[:, :across].any() and ink[:, -across:].any())


def _pixels(area: Area, picture: Picture, dpi: int) -> tuple[int, int, int, int]:
    times = dpi / 25.4
    height, width = picture.shape[:2]
    return (max(0, math.floor(area.x * times)), max(0, math.floor(area.y * times)),
            min(width, math.ceil(area.right * times)), min(height, math.ceil(area.bottom * times)))


def beyond(leaf: Leaf, found: Sequence[Word]) -> list[Word]:
    """Words that lie, wholly or partly, beyond the paper's edge."""
    slack = EDGE_POINTS * MM_PER_POINT
    width, height = leaf.size_mm
    return [
        word for word in found
        if word.area.width > 0 and (
            word.area.x < -slack or word.area.y < -slack
            or word.area.right > width + slack or word.area.bottom > height + slack
        )
    ]
