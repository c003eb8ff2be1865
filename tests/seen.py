"""Finished pages as tests look at them: words, type, what hangs over the edge, and each code by each decoder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple

import cv2
import numpy as np

from generator.ground.errors import ProofError
from generator.press.proof import BOTH, Area, Leaf, Word, beyond, letters, opened, words
from generator.press.proof.codes import CROP_DECODERS, PAGE_DECODERS, Decoder, again
from generator.press.proof.differences import colours
from generator.press.proof.document import DPI, Picture, area_of, open_picture

FAST: tuple[Decoder, ...] = ("zxing",)


class Reading(NamedTuple):
    """One code as one decoder read it; a picture counts as page 1."""

    page: int
    payload: str
    decoder: Decoder
    box: Area


class Outside(NamedTuple):
    page: int
    text: str


def page_text(pdf: bytes, page: int) -> str:
    with opened(pdf) as paper:
        return paper.leaf(page).words


def page_texts(pdf: bytes) -> list[str]:
    with opened(pdf) as paper:
        return [paper.leaf(page).words for page in range(1, paper.pages + 1)]


TYPEFACES = ("Roboto-", "BeVietnamPro-ExtraBold")
"""What our papers carry, text and titles."""


def page_png(pdf: bytes, page: int, dpi: int = DPI) -> bytes:
    """A picture for looking at, in colour."""
    with opened(pdf) as paper:
        return bytes(cv2.imencode(".png", paper.leaf(page).page.render(scale=dpi / 72).to_numpy())[1])


def inked(pdf: bytes, page: int, colour: str) -> int:
    """How many dots of a page, at 100 to an inch, have this colour, as `#14532d`."""
    with opened(pdf) as paper:
        leaf = paper.leaf(page)
        dots = colours(leaf, round(leaf.size_mm[0] / 25.4 * 100))
    wanted = np.array([int(colour[at : at + 2], 16) for at in (5, 3, 1)])
    return int((np.abs(dots.astype(int) - wanted).max(axis=2) < 12).sum())


def empty_pages(pdf: bytes) -> list[int]:
    with opened(pdf) as paper:
        return [leaf.number for leaf in paper.leaves() if leaf.is_empty]


def text_area(pdf: bytes, page: int) -> Area:
    """The smallest box around all letters of a page, in millimetres."""
    with opened(pdf) as paper:
        areas = [letter.area for letter in letters(paper.leaf(page)) if letter and letter.area.width > 0]
    left, top = min(area.x for area in areas), min(area.y for area in areas)
    return Area(left, top, max(area.right for area in areas) - left, max(area.bottom for area in areas) - top)


def type_sizes(pdf: bytes, page: int) -> dict[float, str]:
    """The letters that stand in each size, in half points."""
    found: dict[float, str] = {}
    with opened(pdf) as paper:
        for letter in letters(paper.leaf(page)):
            if letter:
                found[letter.size] = found.get(letter.size, "") + letter.sign
    return found


def text_outside(pdf: bytes) -> list[Outside]:
    """Letters that lie, wholly or partly, beyond the edge of their page; each run once."""
    with opened(pdf) as paper:
        return [Outside(leaf.number, text) for leaf in paper.leaves() for text in _runs_outside(leaf)]


def _runs_outside(leaf: Leaf) -> Iterator[str]:
    lone: list[Word] = [word for letter in letters(leaf) if letter for word in words([letter])]
    outside = {id(word) for word in beyond(leaf, lone)}
    for is_outside, run in groupby(lone, lambda word: id(word) in outside):
        if is_outside:
            yield "".join(word.text for word in run)


def read_codes(
    pdf: bytes, pages: Sequence[int] | None = None, decoders: Sequence[Decoder] = FAST
) -> list[Reading]:
    with opened(pdf) as paper:
        numbers = range(1, paper.pages + 1) if pages is None else pages
        return [reading for number in numbers
                for reading in _read(paper.leaf(number).grey(), number, decoders, 25.4 / DPI)]


def read_image_codes(data: bytes, decoders: Sequence[Decoder] = FAST) -> list[Reading]:
    return _read(open_picture(data), 1, decoders, 1)


def _read(picture: Picture, page: int, decoders: Sequence[Decoder], unit: float) -> list[Reading]:
    """What each decoder sees on the whole page, then each on the crops where another one saw a code."""
    seen = {decoder: PAGE_DECODERS[decoder](picture) for decoder in decoders}
    for decoder in decoders:
        for found in [found for other in decoders if other != decoder for found in seen[other]]:
            if found.payload not in {own.payload for own in seen[decoder]}:
                seen[decoder] = seen[decoder] + again(picture, found, CROP_DECODERS[decoder])
    return [Reading(page, found.payload, decoder, area_of(found.corners, unit))
            for decoder in decoders for found in seen[decoder]]


def prove_codes(
    pdf: bytes, expected: Mapping[int, Set[str]], both: bool = False
) -> list[Reading]:
    """Every expected code is read, by each decoder asked, and no other one is: page by page."""
    decoders = BOTH if both else FAST
    readings = read_codes(pdf, sorted(expected), decoders)
    for page, payloads in sorted(expected.items()):
        _compare([reading for reading in readings if reading.page == page], payloads, decoders)
    return readings


def prove_image_codes(data: bytes, expected: Set[str], both: bool = False) -> None:
    decoders = BOTH if both else FAST
    _compare(read_image_codes(data, decoders), expected, decoders)


def _compare(readings: Sequence[Reading], expected: Set[str], decoders: Sequence[Decoder]) -> None:
    for decoder in decoders:
        read = {reading.payload for reading in readings if reading.decoder == decoder}
        if read != expected:
            raise ProofError(decoder, f"{decoder}: {sorted(expected)} expected, {sorted(read)} read")
