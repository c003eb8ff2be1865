"""Ways in which a finished paper goes wrong on its way to the reader; each spoils one page of a real one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf

Spoil = Callable[[pikepdf.Pdf, Any], None]
"""Given the open file and the page to spoil."""
MM = 72 / 25.4
Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres, as a proof names places."""


def spoiled(pdf: bytes, page: int, spoil: Spoil) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spoil(opened, opened.pages[page - 1])
        opened.save(out)
    return out.getvalue()


def _over(page: Any, drawing: str) -> None:
    """Drawn on top, in points from the lower left, whatever the page's own units."""
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"\nQ /Artifact BMC q {drawing} Q EMC".encode())


def _rect(page: Any, box: Box) -> str:
    left, top, width, height = box
    high = float(page.mediabox[3])
    return f"{left * MM:.3f} {high - (top + height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re"


def _mixed(pdf: pikepdf.Pdf, page: Any, state: dict[str, Any], drawing: str) -> None:
    states = page.resources.get("/ExtGState", pikepdf.Dictionary())
    states["/Spoiled"] = pdf.make_indirect(pikepdf.Dictionary(state))
    page.resources["/ExtGState"] = states
    _over(page, f"/Spoiled gs {drawing}")


def cover(box: Box, grey: float = 1) -> Spoil:
    """A sticker: white, or darker."""
    return lambda _pdf, page: _over(page, f"{grey} g {_rect(page, box)} f")


def frame(box: Box, wide: float = 0.8) -> Spoil:
    return lambda _pdf, page: _over(page, f"0 G {wide * MM:.2f} w {_rect(page, box)} S")


def invert(box: Box) -> Spoil:
    return lambda pdf, page: _mixed(pdf, page, {"/BM": pikepdf.Name.Difference}, f"1 g {_rect(page, box)} f")


def bleach(box: Box, part: float = 0.6) -> Spoil:
    """As after a summer in the window."""
    return lambda pdf, page: _mixed(pdf, page, {"/ca": part}, f"1 g {_rect(page, box)} f")


def move(right: float, up: float, scale: float = 1) -> Spoil:
    def spoil(_pdf: pikepdf.Pdf, page: Any) -> None:
        page.contents_add(f"q {scale} 0 0 {scale} {right * MM:.3f} {up * MM:.3f} cm".encode(), prepend=True)
        page.contents_add(b"Q")

    return spoil


def draw_code(box: Box, matrix: Sequence[Sequence[int]]) -> Spoil:
    """Another code pasted over one, as large."""
    left, top, width, _ = box
    cell = width / len(matrix)
    black = [(left + column * cell, top + row * cell, cell, cell) for row, line in enumerate(matrix)
             for column, dark in enumerate(line) if dark]

    def spoil(_pdf: pikepdf.Pdf, page: Any) -> None:
        modules = " ".join(_rect(page, one) for one in black)
        _over(page, f"1 g {_rect(page, box)} f 0 g {modules} f")

    return spoil


def crop(bottom_mm: float) -> Spoil:
    def spoil(_pdf: pikepdf.Pdf, page: Any) -> None:
        left, bottom, right, top = (float(number) for number in page.mediabox)
        page.mediabox = page.cropbox = [left, bottom + bottom_mm * MM, right, top]

    return spoil


def blank(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(b"")
    if "/Annots" in page:
        del page.Annots


def lose_glyph(pdf: pikepdf.Pdf, page: Any) -> None:
    """One letter becomes the font's empty box."""
    drawn = b"\n".join(stream.read_bytes() for stream in _streams(page))
    broken, count = re.subn(rb"<[0-9A-Fa-f]{4}(?=[0-9A-Fa-f]{8})", b"<0000", drawn, count=1)
    assert count == 1
    page.Contents = pdf.make_stream(broken)


def _streams(page: Any) -> list[Any]:
    content = page.Contents
    return [content] if isinstance(content, pikepdf.Stream) else list(content)


def _inner_links(page: Any) -> list[Any]:
    return [note for note in page.get("/Annots", ()) if "/Dest" in note]


def swap_links(_pdf: pikepdf.Pdf, page: Any) -> None:
    """The page numbers stay where they are printed."""
    first, *_, last = _inner_links(page)
    first.Dest, last.Dest = last.Dest, first.Dest


def kill_link(_pdf: pikepdf.Pdf, page: Any) -> None:
    _inner_links(page)[0].Dest = pikepdf.Name("/khong-co")


def mute(pdf: pikepdf.Pdf, page: Any) -> None:
    """A picture loses its words."""
    found = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
             and "/Alt" in thing and thing.get("/Pg") is not None and thing.Pg.objgen == page.obj.objgen]
    del found[0].Alt


def hide_words(pdf: pikepdf.Pdf, page: Any) -> None:
    """A line is made decoration, as if nobody had to read it."""
    drawn = b"\n".join(stream.read_bytes() for stream in _streams(page))
    hidden, count = re.subn(rb"/NonStruct <</MCID \d+ >>BDC(?=\nBT)", b"/Artifact BMC", drawn, count=1)
    assert count == 1
    page.Contents = pdf.make_stream(hidden)


def lose_tags(pdf: pikepdf.Pdf, page: Any) -> None:
    """As a program exchanges a page: it looks the same, and the tags lead to the one that went."""
    gone = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=page.obj.MediaBox))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem" and "/Pg" in thing:
            thing.Pg = gone if thing.Pg.objgen == page.obj.objgen else thing.Pg


def repeat_before(pdf: pikepdf.Pdf, page: Any) -> None:
    """The page before comes once more in this one's place."""
    at = next(index for index, one in enumerate(pdf.pages) if one.obj.objgen == page.obj.objgen)
    page.Contents = pdf.pages[at - 1].Contents
    page.Resources = pdf.pages[at - 1].Resources


def shift_half(mm: float, scale: float = 1) -> Spoil:
    """One page of a sheet lies off its place, or is not as large as it was."""
    def spoil(pdf: pikepdf.Pdf, page: Any) -> None:
        drawn = page.Contents.read_bytes().decode()
        place = re.search(r"1 0 0 1 ([\d.-]+) ([\d.-]+) cm", drawn)
        assert place
        to = f"{scale} 0 0 {scale} {float(place[1]) + mm * MM:.3f} {place[2]} cm"
        page.Contents = pdf.make_stream(drawn.replace(place[0], to, 1).encode())

    return spoil


def swap_halves(pdf: pikepdf.Pdf, page: Any) -> None:
    drawn = page.Contents.read_bytes().decode()
    left, right = re.findall(r"/S\d+P\d+", drawn)
    swapped = drawn.replace(left, "/X").replace(right, left).replace("/X", right)
    page.Contents = pdf.make_stream(swapped.encode())


def strip_fonts(pdf: pikepdf.Pdf, _page: Any) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            del thing.FontFile2
