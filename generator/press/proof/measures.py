"""Measures a code on the picture of its page: module, quiet zone, contrast, how much of it is damaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import cv2
import numpy as np

from generator.press.proof.document import Corners, Picture

CELL = 8
"""Pixels a module gets when the code is laid straight."""
BORDER = 6
"""Modules looked at around the code."""
INNER = slice(CELL // 4, CELL - CELL // 4)
"""A module's middle: its rim is blurred by the raster."""


class Measures(NamedTuple):
    level: str
    version: int
    modules: int
    module_mm: float
    """Pixels in a picture."""
    quiet: int
    """Modules of white around it, on its narrowest side; more than six are not looked for."""
    contrast: float
    whole: float
    """1 when no error correction was needed to read it, 0 when all of it was."""


def measure(picture: Picture, corners: Corners, extra: Mapping[str, Any], unit: float) -> Measures | None:
    """From the picture alone; `extra` is what the decoder says about version and level."""
    version = int(extra.get("Version") or 0)
    if not version:
        return None
    modules = 17 + 4 * version
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    cells = _cells(_straight(picture, corners, modules), modules + 2 * BORDER)
    code = cells[BORDER:-BORDER, BORDER:-BORDER]
    middle = (int(code.max()) + int(code.min())) / 2
    dark, light = np.median(code[code < middle]), np.median(code[code >= middle])
    return Measures(
        str(extra.get("ECLevel") or ""), version, modules, float(sides.mean()) / modules * unit,
        _quiet(cells, middle), contrast(float(dark), float(light)), float(extra.get("UEC", 1.0)),
    )


def _straight(picture: Picture, corners: Corners, modules: int) -> Picture:
    """The code and its surroundings, each module a square of the same size; beyond the page it is black."""
    start, end = BORDER * CELL, (BORDER + modules) * CELL
    target = np.array([(start, start), (end, start), (end, end), (start, end)], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    size = (modules + 2 * BORDER) * CELL
    return np.asarray(cv2.warpPerspective(picture, turn, (size, size), borderValue=(0,)), np.uint8)


def _cells(straight: Picture, count: int) -> Picture:
    """The mean of each module's middle."""
    blocks = straight.reshape(count, CELL, count, CELL)[:, INNER, :, INNER]
    return np.asarray(blocks.mean(axis=(1, 3)).round(), np.uint8)


def _quiet(cells: Picture, middle: float) -> int:
    """Whole rings of white, from the code outwards."""
    for ring in range(1, BORDER + 1):
        inner = BORDER - ring
        edge = cells[inner : len(cells) - inner, inner : len(cells) - inner]
        if min(edge[0].min(), edge[-1].min(), edge[:, 0].min(), edge[:, -1].min()) < middle:
            return ring - 1
    return BORDER


def contrast(one: float, other: float) -> float:
    """Between two grey values, as WCAG counts it: 21 for black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(grey: float) -> float:
    part = grey / 255
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
