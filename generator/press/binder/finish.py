"""Finishes what the browser printed: the same byte for byte, never shrunk in silence, enlarged where asked."""

from __future__ import annotations

import re

import pikepdf

from generator.ground.errors import ProofError
from generator.ground.said import said
from generator.press.binder.content import move_notes
from generator.press.binder.file import MM_PER_POINT, opened, saved
from generator.press.binder.tagging import mark_decoration, mend_tags

POINTS_PER_PX = 0.75
LEAST_TWICE = 6
"""So many letters are not the same by chance."""
PAGE_UNITS = re.compile(rb"\A\s*([\d.]+) 0 0 -[\d.]+ \S+ \S+ cm\s")
PAGE_BODY = re.compile(rb"\sre\s+W\*? n\s+q\s+([\d.]+) 0 0 \1 \S+ \S+ cm\s")
"""Chromium begins a page with its own small units; the body, after margin boxes, is clipped and scaled to pixels."""


def perfect(pdf: pikepdf.Pdf, title: str) -> None:
    """What a print lacks of PDF/UA-1 when it comes from the browser, or why it is refused."""
    _refuse_shrunk(pdf, title)
    mend_tags(pdf, mark_decoration(pdf, title))


def said_once(title: str) -> str:
    """Chromium writes a heading at the top of a page, or what of it first stood below the page before, twice into the
    outline: “Các bướcCác bước”, “Dùng ứng dụng Dùng ứng dụng của xã”."""
    for length in range(len(title) // 2, LEAST_TWICE - 1, -1):
        rest = title[length:].lstrip()
        if rest.startswith(title[:length].strip()):
            return rest
    return title


def _refuse_shrunk(pdf: pikepdf.Pdf, title: str) -> None:
    """Chromium makes the whole document smaller, without a word, when one line is too wide for its page."""
    scale = min((_scale(page) for page in pdf.pages), default=1.0)
    if scale < 0.995:
        raise ProofError(*said("paper/shrunk", title=title, scale=scale))


def _scale(page: pikepdf.Page) -> float:
    """Printed size of a page's pixels, 1 = as designed; 1 also for pages that others laid out. A page that begins with
    a drawing has the drawing's own scale first."""
    content = page.obj.get("/Contents")
    if not isinstance(content, pikepdf.Stream):
        return 1.0
    data = content.read_bytes()
    units = PAGE_UNITS.match(data)
    scales = [float(units[1]) * float(body[1]) / POINTS_PER_PX for body in PAGE_BODY.finditer(data)] if units else []
    return min(scales, key=lambda scale: abs(1 - scale), default=1.0)


def enlarge(data: bytes, size_mm: tuple[float, float], *, subject: str) -> bytes:
    """A finished file on larger paper of the same shape: one layout, as a copier would enlarge it, but sharp. Tags,
    outline and links stay."""
    with opened(data) as pdf:
        pdf.docinfo["/Subject"] = subject
        for page in pdf.pages:
            _enlarge_page(pdf, page, [mm / MM_PER_POINT for mm in size_mm])
        for name in ("/Dest", "/D"):  # of the outline, and of names that links lead to: the page, no longer the spot
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and isinstance(thing.get(name), pikepdf.Array):
                    thing[name] = pikepdf.Array([thing[name][0], pikepdf.Name.Fit])
        return saved(pdf)


def _enlarge_page(pdf: pikepdf.Pdf, page: pikepdf.Page, size: list[float]) -> None:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    times = min(size[0] / (right - left), size[1] / (top - bottom))
    move = (size[0] - times * (left + right)) / 2, (size[1] - times * (bottom + top)) / 2
    page.obj.MediaBox = pikepdf.Array([0, 0, *(round(edge, 3) for edge in size)])
    grown = f"q {times:.6f} 0 0 {times:.6f} {move[0]:.4f} {move[1]:.4f} cm\n"
    page.contents_add(pdf.make_stream(grown.encode()), prepend=True)  # the drawing itself stays packed as it is
    page.contents_add(pdf.make_stream(b"\nQ\n"))
    move_notes(page, move, times)
