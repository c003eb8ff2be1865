"""Finished files as tests make and read them: prints in any font made perfect, links, pages laid on sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

import pikepdf

from generator.press.binder.file import opened, saved, sign
from generator.press.binder.finish import perfect
from generator.press.imposer import Page
from generator.press.orders import About

SIGNED = "quet-ma-qr ACDEFHKL"
"""The lesson and the text that a finished file says is approved."""
PLACE = SIGNED
"""What a file says of its place, by the name of words that are today's and signed."""
Matrix = tuple[float, float, float, float, float, float]
"""As a PDF writes it, in points: (1, 0, 0, 1, x, y) is moved and not scaled."""


def finish_pdf(
    data: bytes, *, title: str, moment: int, author: str = "", subject: str = "", place: str = PLACE,
) -> bytes:
    with opened(data) as pdf:
        perfect(pdf, title)
        sign(pdf, About(title, author, subject, moment, f"duyệt: {SIGNED}", place=place))
        return saved(pdf)


class Link(NamedTuple):
    """From a page to an address, or to `#name` in the same file."""

    page: int
    target: str


def links(data: bytes) -> list[Link]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [Link(number, target) for number, page in enumerate(pdf.pages, 1)
                for note in page.get("/Annots", ()) if (target := _target(note))]


def _target(note: Any) -> str:
    if note.get("/Subtype") != "/Link":
        return ""
    if "/Dest" in note:
        return "#" + unquote(str(note.Dest).removeprefix("/"))
    return str(note.get("/A", {}).get("/URI", ""))


def laid_pages(data: bytes) -> list[list[tuple[Page, Matrix]]]:
    """Which pages really lie where, read back from what the printer gets: sheet side by sheet side, in points."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [list(_laid(page)) for page in pdf.pages]


def _laid(page: pikepdf.Page) -> Iterator[tuple[Page, Matrix]]:
    matrix, saved = pikepdf.Matrix(), []
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                a, b, c, d, e, f = (float(str(number)) for number in operands)
                matrix = pikepdf.Matrix(a, b, c, d, e, f) @ matrix
            case "Do":
                source, number = re.findall(r"\d+", str(operands[0]))
                yield (int(source), int(number)), matrix.shorthand
