"""The tape across the head of every page of a draft: seen at arm's length, in grey, and after a copier.

It is drawn, not written: the words that are proven and read aloud stand in the page's foot. All papers leave more than
its height free above what they say, for no printer reaches the edge.
"""

from __future__ import annotations

from typing import Any

import pikepdf

from generator.press.binder.file import MM_PER_POINT
from generator.press.fonts import outlined
from generator.press.orders import DRAFT

HEIGHT = 7.8 / MM_PER_POINT
_BASE = 6.9 / MM_PER_POINT
"""Of its words, below the edge: most printers leave out 4.2 mm of it."""
_SIZE = 10.0
_STRIPE = 2.2 / MM_PER_POINT
_STRIPES = 4
_BEYOND = 30.0
"""Over the edges: a book moves its pages away from the fold."""


def put_tape(pdf: pikepdf.Pdf, edge_mm: float = 0.0) -> None:
    """So far below the upper edge as is cut off there."""
    words, width = outlined(DRAFT, 700, _SIZE)
    unit = width + _STRIPE * (2 * _STRIPES + 2)
    form = _unit(pdf, words, width, unit)
    for page in pdf.pages:
        right, top = float(page.mediabox[2]), float(page.mediabox[3]) - edge_mm / MM_PER_POINT
        first = (right - width) / 2 % unit - 2 * unit
        shown = "".join(f"q 1 0 0 1 {first + unit * count:.2f} {top - HEIGHT:.2f} cm /Tape Do Q\n"
                        for count in range(int(right / unit) + 4))
        ground = f"0 g {-_BEYOND:g} {top - HEIGHT:.2f} {right + 2 * _BEYOND:.2f} {HEIGHT + _BEYOND:.2f} re f\n1 g\n"
        things = page.Resources.get("/XObject", pikepdf.Dictionary())
        things["/Tape"] = form
        page.Resources.XObject = things
        drawn = b"q\n%s\nQ\n/Artifact BMC\nq %s%sQ\nEMC\n" % (
            page.obj.Contents.read_bytes(), ground.encode(), shown.encode())
        page.obj.Contents = pdf.make_stream(drawn)


def _unit(pdf: pikepdf.Pdf, words: str, width: float, unit: float) -> Any:
    """The words once, then slanting stripes, in the colour of whoever shows it."""
    lefts = (width + _STRIPE * (2 * count + 1.5) for count in range(_STRIPES))
    stripes = "".join(f"{left:.2f} 0 m {left + _STRIPE:.2f} 0 l {left + 2 * _STRIPE:.2f} {HEIGHT:.2f} l "
                      f"{left + _STRIPE:.2f} {HEIGHT:.2f} l f\n" for left in lefts)
    drawn = f"q 1 0 0 1 0 {HEIGHT - _BASE:.2f} cm\n{words}f Q\n{stripes}"
    box = pikepdf.Array([0, 0, round(unit + _STRIPE, 2), round(HEIGHT, 2)])
    return pdf.make_stream(drawn.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box)
