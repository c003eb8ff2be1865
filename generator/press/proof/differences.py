"""Two pictures of one thing, before and after: where they differ, also where what follows has only moved."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from generator.ground.files import digest_of
from generator.press.proof.document import Area, Leaf, Picture, open_picture
from generator.press.proof.letters import letters, words

LEAST_QUIET = 3
"""Rows alike: what stands above and below them are two lines of print."""
SEEN, LOOSE = 10, 64
"""Of 255: less is a breath of grey that nobody sees, or that thin lines lose between two points."""
NEAR = np.ones((3, 3), np.uint8)
REACH = (31, 11)
"""Pixels across and down within which letters belong to one mark."""
EDGE, LINE = 4, 2
MARK = (21, 21, 140)
"""Our red; OpenCV counts blue, green, red."""
QUALITY = 62
HEAD_MM, FOOT_MM = 17.0, 12.0
"""Of a book's page: where its running head and its number stand."""


class Stretch(NamedTuple):
    """Rows that differ, from – to, in each picture; and what in them, in pixels."""

    before: tuple[int, int]
    after: tuple[int, int]
    marks_before: tuple[Area, ...]
    marks_after: tuple[Area, ...]


def stretches(before: Picture, after: Picture, loose: bool = False) -> list[Stretch]:
    """From top to bottom; none when the two look the same. `loose`: letters may stand a part of a pixel further."""
    width = max(before.shape[1], after.shape[1])
    before, after = _as_wide(before, width), _as_wide(after, width)
    old, new = _lines(before), _lines(after)
    match = difflib.SequenceMatcher(None, [line.look for line in old], [line.look for line in new], autojunk=False)
    found = []
    for what, a, b, c, d in match.get_opcodes():
        if what != "equal":
            stretch = _stretch(before, after, _rows(old, a, b), _rows(new, c, d), loose)
            found += [stretch] if stretch.marks_before or stretch.marks_after else []
    return found


def gathered(found: Iterable[Stretch], near: int) -> list[Stretch]:
    """Those with few rows between them as one."""
    together: list[Stretch] = []
    for one in found:
        last = together[-1] if together else None
        if last and min(one.before[0] - last.before[1], one.after[0] - last.after[1]) < 2 * near:
            together[-1] = Stretch((last.before[0], one.before[1]), (last.after[0], one.after[1]),
                                   last.marks_before + one.marks_before, last.marks_after + one.marks_after)
        else:
            together.append(one)
    return together


def _as_wide(picture: Picture, width: int) -> Picture:
    more = width - picture.shape[1]
    return np.pad(picture, ((0, 0), (0, more), (0, 0)), constant_values=255) if more else picture


class _Line(NamedTuple):
    """Rows in which something stands, between two that are quiet."""

    top: int
    bottom: int
    look: str


def _lines(picture: Picture) -> list[_Line]:
    above = np.concatenate((np.full_like(picture[:1], 255), picture[:-1]))
    busy = np.flatnonzero((picture != above).any(axis=(1, 2)))
    groups = np.split(busy, np.flatnonzero(np.diff(busy) > LEAST_QUIET) + 1) if len(busy) else []
    return [_Line(int(rows[0]), int(rows[-1]) + 1, digest_of(picture[rows[0] : rows[-1] + 1].tobytes()))
            for rows in groups]


def _rows(lines: Sequence[_Line], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return lines[first].top, lines[last - 1].bottom
    here = lines[first - 1].bottom if first else 0
    return here, here


def _stretch(
    before: Picture, after: Picture, old: tuple[int, int], new: tuple[int, int], loose: bool
) -> Stretch:
    above, below = before[slice(*old)], after[slice(*new)]
    if loose and 0 < abs(len(above) - len(below)) <= LEAST_QUIET and min(len(above), len(below)):
        most = max(len(above), len(below))
        above, below = (np.pad(rows, ((0, most - len(rows)), (0, 0), (0, 0)), "edge") for rows in (above, below))
    if above.shape == below.shape:
        apart = np.maximum(_beyond(above, below), _beyond(below, above)) if loose else cv2.absdiff(above, below)
        differ = np.asarray(apart.max(axis=2) > (LOOSE if loose else SEEN), np.uint8)
        return Stretch(old, new, *(tuple(_marks(differ, top)) for top in (old[0], new[0])))
    return Stretch(old, new, tuple(_marks(_ink(above), old[0])), tuple(_marks(_ink(below), new[0])))


def _beyond(one: Picture, other: Picture) -> Picture:
    """How much one is darker or lighter than all around the same place of the other."""
    lightest, darkest = cv2.dilate(other, NEAR), cv2.erode(other, NEAR)
    return np.asarray(np.maximum(cv2.subtract(one, lightest), cv2.subtract(darkest, one)), np.uint8)


def _ink(rows: Picture) -> Picture:
    """What is neither the ground, which begins at the left edge, nor a frame that runs past it."""
    if not len(rows):
        return np.zeros(rows.shape[:2], np.uint8)
    ground = rows[:, :1].astype(np.int16)
    ink = np.abs(rows.astype(np.int16) - ground).max(axis=2) > SEEN
    return np.asarray(ink & ~(rows == rows[:1]).all(axis=(0, 2)), np.uint8)


def _marks(differ: Picture, top: int) -> Iterable[Area]:
    if not differ.any():
        return
    across, down = (length // 2 for length in REACH)
    room = np.pad(differ.astype(np.uint8), ((down, down), (across, across)))
    grown = cv2.dilate(room, np.ones(REACH[::-1], np.uint8))
    outlines, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for x, y, width, height in sorted(map(cv2.boundingRect, outlines), key=lambda box: (box[1], box[0])):
        yield Area(x, y + top, width - 2 * across, height - 2 * down)  # x, y: of what grew, in a picture with room


# Pictures of what people hold.


def colours(leaf: Leaf, width: int) -> Picture:
    """A page of paper, so many pixels across."""
    return np.ascontiguousarray(leaf.page.render(scale=width / leaf.page.get_width()).to_numpy()[:, :, :3])


def picture_of(data: bytes) -> Picture:
    return open_picture(data, cv2.IMREAD_COLOR)


def small(picture: Picture, width: int) -> Picture:
    times = min(1.0, width / picture.shape[1])
    return np.asarray(cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_AREA), np.uint8)


def body(leaf: Leaf, picture: Picture) -> tuple[Picture, tuple[int, int]]:
    """Of a book's page, without head, number and margins, which are others on the other side of a leaf; and where it
    begins."""
    times = len(picture) / leaf.size_mm[1]
    top = int(HEAD_MM * times)
    rows = picture[top : len(picture) - int(FOOT_MM * times)]
    ink = np.asarray((rows < 255).any(axis=2), np.uint8)
    x, y, width, height = cv2.boundingRect(ink)
    return rows[y : y + height, x : x + width], (x, y + top)


def body_words(leaf: Leaf) -> list[str]:
    height = leaf.size_mm[1]
    return [word.text for word in words(letters(leaf)) if HEAD_MM <= word.area.y <= height - FOOT_MM]


def moved(marks: Iterable[Area], by: tuple[int, int]) -> list[Area]:
    return [mark._replace(x=mark.x + by[0], y=mark.y + by[1]) for mark in marks]


def marked(picture: Picture, marks: Iterable[Area], rows: tuple[int, int] | None = None) -> bytes:
    """As a file for a report; of some rows only."""
    drawn = picture.copy()
    for mark in marks:
        corners = (int(mark.x) - EDGE, int(mark.y) - EDGE), (int(mark.right) + EDGE, int(mark.bottom) + EDGE)
        cv2.rectangle(drawn, *corners, MARK, LINE)
    top, bottom = rows or (0, len(drawn))
    return bytes(cv2.imencode(".webp", drawn[top:bottom], [cv2.IMWRITE_WEBP_QUALITY, QUALITY])[1])
