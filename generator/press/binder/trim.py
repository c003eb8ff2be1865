"""What a print shop cuts by: the page inside a larger sheet, colour a little beyond its edge, marks outside of that."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from generator.press.binder.file import MM_PER_POINT

BLEED_MM = 3.0
"""So far beyond the cut colour runs: no knife cuts every sheet at the same hair."""
SAFE_MM = 5.0
"""Nearer the cut nothing stands that must be read."""
_GAP_MM, _LONG_MM = 4.0, 5.0
"""From the cut to a mark, outside the bleed; and how long it is."""
_WIDE = 0.25


def put_trim(pdf: pikepdf.Pdf, edge_mm: float) -> None:
    """`edge_mm` of each side are cut off: nothing for a paper that is used as it is printed."""
    if not edge_mm:
        return
    edge, bleed = edge_mm / MM_PER_POINT, (edge_mm - BLEED_MM) / MM_PER_POINT
    for page in pdf.pages:
        right, top = float(page.mediabox[2]), float(page.mediabox[3])
        page.obj.BleedBox = _box(bleed, right, top)
        page.obj.TrimBox = _box(edge, right, top)
        page.obj.CropBox = page.mediabox  # whoever opens it sees the marks
        clip = f"q {bleed:.2f} {bleed:.2f} {right - 2 * bleed:.2f} {top - 2 * bleed:.2f} re W n\n"
        marks = f"\nQ\n/Artifact BMC\nq {_WIDE} w 0 G\n{''.join(_marks(edge, right, top))}Q\nEMC\n"
        drawn = page.obj.Contents
        own = [*drawn] if isinstance(drawn, pikepdf.Array) else [drawn]
        page.obj.Contents = pikepdf.Array([pdf.make_stream(clip.encode()), *own, pdf.make_stream(marks.encode())])


def _box(by: float, right: float, top: float) -> pikepdf.Array:
    return pikepdf.Array([round(by, 3), round(by, 3), round(right - by, 3), round(top - by, 3)])


def _marks(edge: float, right: float, top: float) -> Iterator[str]:
    """Two at each corner, in line with where it is cut."""
    gap, end = _GAP_MM / MM_PER_POINT, (_GAP_MM + _LONG_MM) / MM_PER_POINT
    for x, out in ((edge, -1), (right - edge, 1)):
        for y, up in ((edge, -1), (top - edge, 1)):
            yield f"{x + out * gap:.2f} {y:.2f} m {x + out * end:.2f} {y:.2f} l S\n"
            yield f"{x:.2f} {y + up * gap:.2f} m {x:.2f} {y + up * end:.2f} l S\n"
