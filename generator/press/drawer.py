"""Draws the QR codes: level chosen from the printed width, pictures the same byte for byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Final, Literal

import segno

from generator.ground.errors import ProofError

Level = Literal["H", "Q", "M"]
LEVELS: Final[tuple[Level, ...]] = ("H", "Q", "M")
"""From the strongest down; below M no code of ours is printed."""
SMALLEST_MODULE_MM = 0.6
QUIET_MODULES = 4
ROUNDING = 1e-9
DRAWN_LATELY = 512
"""All codes of an edition or two: leaflet, poster, deck and file show the same ones."""


@dataclass(frozen=True, slots=True)
class Code:
    """One drawn code without its quiet zone; in `matrix` 1 is black."""

    payload: str
    level: Level
    version: int
    modules: int
    matrix: tuple[bytes, ...]

    @property
    def modules_with_quiet_zone(self) -> int:
        return self.modules + 2 * QUIET_MODULES

    def module_mm(self, width_mm: float) -> float:
        return width_mm / self.modules

    def width_with_quiet_zone(self, width_mm: float) -> float:
        return width_mm * self.modules_with_quiet_zone / self.modules


def number_code(payload: str, width_mm: float) -> Code:
    """The code of an address at a printed width (quiet zone not counted)."""
    for level in LEVELS:
        code = _code(payload, level)
        if code.module_mm(width_mm) >= SMALLEST_MODULE_MM - ROUNDING:
            return code
    needed = code.modules * SMALLEST_MODULE_MM
    raise ProofError(
        f"Mã QR của {payload} rộng {width_mm:g} mm thì ô quá nhỏ để quét: cần ít nhất {needed:.1f} mm, "
        "hoặc một địa chỉ ngắn hơn.",
        f"The QR code of {payload} at {width_mm:g} mm has modules too small to scan: it needs at least "
        f"{needed:.1f} mm, or a shorter address.",
    )


def code_svg(code: Code, width_mm: float | None, label: str) -> str:
    """An inline picture, quiet zone included; without a width the page's style decides."""
    total = code.modules_with_quiet_zone
    size = ""
    if width_mm is not None:
        printed = f"{code.width_with_quiet_zone(width_mm):.4f}".rstrip("0").rstrip(".")
        size = f' width="{printed}mm" height="{printed}mm"'
    return (
        f'<svg viewBox="0 0 {total} {total}"{size} role="img" aria-label="{escape(label)}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{total}v{total}H0z"/>'
        f'<path d="{_outline(code.matrix)}"/></svg>'
    )


def code_svg_file(code: Code) -> bytes:
    """A file of its own; its natural size makes a module 1 mm, which any phone reads."""
    total = code.modules_with_quiet_zone
    inline = code_svg(code, None, code.payload)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}mm" height="{total}mm"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{inline.replace("<svg", head, 1)}\n'.encode()


def code_png(code: Code, scale: int = 10) -> bytes:
    picture = io.BytesIO()
    _draw(code.payload, code.level).save(picture, kind="png", scale=scale, border=QUIET_MODULES)
    return picture.getvalue()


@lru_cache(DRAWN_LATELY)
def _code(payload: str, level: Level) -> Code:
    drawn = _draw(payload, level)
    matrix = tuple(bytes(row) for row in drawn.matrix)
    return Code(payload, level, int(drawn.version), len(matrix), matrix)


@lru_cache(DRAWN_LATELY)
def _draw(payload: str, level: Level) -> segno.QRCode:
    """No micro codes, no boosting: version and level can be foretold; the mask is the standard's own."""
    try:
        if not payload:
            raise ValueError("empty")
        return segno.make_qr(payload, error=level, mode="byte", encoding="utf-8", boost_error=False)
    except ValueError as problem:
        raise ProofError(
            f"Không vẽ được mã QR cho “{payload[:80]}”: địa chỉ trống hoặc quá dài.",
            f'No QR code can be drawn for "{payload[:80]}": the address is empty or too long.',
        ) from problem


@lru_cache(DRAWN_LATELY)
def _outline(matrix: tuple[bytes, ...]) -> str:
    """The black areas as closed lines. Areas drawn row by row show white hairlines between rows in print."""
    steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for start, end in _edges(matrix):
        steps.setdefault(start, []).append(end)
    parts: list[str] = []
    while steps:
        start = here = next(iter(steps))
        corners = [here]
        while True:
            ahead = steps[here].pop()
            if not steps[here]:
                del steps[here]
            corners.append(ahead)
            here = ahead
            if here == start:
                break
        parts.append(_line(corners))
    return "".join(parts)


def _edges(matrix: tuple[bytes, ...]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Every border between black and white, black on its right hand, in one fixed order."""
    edge = bytes(len(matrix) + 2)
    rows = [edge, *(b"\0" + row + b"\0" for row in matrix), edge]
    shift = QUIET_MODULES - 1
    for y in range(1, len(rows) - 1):
        for x in range(1, len(edge) - 1):
            if not rows[y][x]:
                continue
            left, top, right, bottom = x + shift, y + shift, x + shift + 1, y + shift + 1
            if not rows[y - 1][x]:
                yield (left, top), (right, top)
            if not rows[y][x + 1]:
                yield (right, top), (right, bottom)
            if not rows[y + 1][x]:
                yield (right, bottom), (left, bottom)
            if not rows[y][x - 1]:
                yield (left, bottom), (left, top)


def _line(corners: list[tuple[int, int]]) -> str:
    """SVG path of one closed line: steps in the same direction joined, the last side left to `z`."""
    moves: list[tuple[str, int]] = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        axis, length = ("h", to_x - x) if y == to_y else ("v", to_y - y)
        if moves and moves[-1][0] == axis:
            moves[-1] = (axis, moves[-1][1] + length)
        else:
            moves.append((axis, length))
    x, y = corners[0]
    return f"M{x} {y}" + "".join(f"{axis}{length}" for axis, length in moves[:-1]) + "z"
