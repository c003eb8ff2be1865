"""Many small pictures on few sheets, each with what it is: one look shows how a whole product stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from generator.press.proof.differences import marked, picture_of
from generator.press.proof.document import Picture

WIDE, TALLEST = 1620, 1620
"""Pixels of a sheet: what a picture viewer shows at a glance."""
GAP, APART, CAPTION = 4, 16, 22
GROUND, NONE = 228, 190
"""Greys of the sheet, and of where there is nothing."""


class Cell(NamedTuple):
    caption: str
    pictures: tuple[bytes, ...]
    """Beside each other; empty where there is none."""


def contact_sheets(cells: Iterable[Cell]) -> Iterator[bytes]:
    """As files (WebP), row below row."""
    rows: list[Picture] = []
    for row in _rows(map(_drawn, cells)):
        if rows and sum(map(len, rows)) + len(row) > TALLEST:
            yield marked(np.vstack(rows), ())
            rows = []
        rows.append(row)
    if rows:
        yield marked(np.vstack(rows), ())


def _rows(cells: Iterable[Picture]) -> Iterator[Picture]:
    row: list[Picture] = []
    for cell in cells:
        if row and sum(one.shape[1] for one in row) + cell.shape[1] > WIDE:
            yield _row(row)
            row = []
        row.append(cell)
    if row:
        yield _row(row)


def _row(cells: Sequence[Picture]) -> Picture:
    tallest = max(map(len, cells))
    row = np.hstack([_grown(cell, tallest, cell.shape[1]) for cell in cells])
    return _grown(row, tallest, max(WIDE, row.shape[1]))


def _drawn(cell: Cell) -> Picture:
    there = [picture_of(data) for data in cell.pictures if data]
    blank = np.full_like(there[0], NONE)
    found = iter(there)
    pictures = [next(found) if data else blank for data in cell.pictures]
    tallest = max(map(len, pictures))
    body = np.hstack([_grown(one, tallest + GAP, one.shape[1] + GAP) for one in pictures])
    body = _grown(body, len(body), body.shape[1] + APART)
    head = np.full((CAPTION, body.shape[1], 3), GROUND, np.uint8)
    caption = cell.caption.encode("ascii", "replace").decode()  # all that its letters can write
    cv2.putText(head, caption, (2, CAPTION - 7), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1, cv2.LINE_AA)
    return np.vstack((head, body))


def _grown(picture: Picture, height: int, width: int) -> Picture:
    missing = (0, height - len(picture)), (0, width - picture.shape[1]), (0, 0)
    return np.pad(picture, missing, constant_values=GROUND)
