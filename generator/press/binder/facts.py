"""Reads the structure of a finished PDF back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

import pikepdf

from generator.press.binder.file import MM_PER_POINT, opened


class Heading(NamedTuple):
    """One line of the outline; levels and pages start at 1."""

    level: int
    title: str
    page: int


class Link(NamedTuple):
    """From a page to an address, or to `#name` in the same file."""

    page: int
    target: str


class Font(NamedTuple):
    name: str
    embedded: bool


def about(data: bytes) -> dict[str, str]:
    """What a reader's program shows as the file's properties, and its language."""
    with opened(data) as pdf:
        properties = {key.removeprefix("/"): str(text) for key, text in pdf.docinfo.items()}
        return properties | {"Lang": str(pdf.Root.get("/Lang", ""))}


def page_count(data: bytes) -> int:
    with opened(data) as pdf:
        return len(pdf.pages)


def page_sizes_mm(data: bytes) -> list[tuple[float, float]]:
    with opened(data) as pdf:
        boxes = [[float(number) for number in page.mediabox] for page in pdf.pages]
    return [((right - left) * MM_PER_POINT, (top - bottom) * MM_PER_POINT) for left, bottom, right, top in boxes]


def destinations(data: bytes) -> dict[str, int]:
    """On which page each name lies; a name exists only when some link leads to it."""
    with opened(data) as pdf:
        numbers = _page_numbers(pdf)
        named = pdf.Root.get("/Dests", pikepdf.Dictionary())
        return {_readable(name): _page_of(place, numbers) for name, place in named.items()}


def outline(data: bytes) -> list[Heading]:
    with opened(data) as pdf, pdf.open_outline() as tree:
        return list(_headings(tree.root, 1, _page_numbers(pdf)))


def links(data: bytes) -> list[Link]:
    with opened(data) as pdf:
        return [
            Link(number, target)
            for number, page in enumerate(pdf.pages, 1)
            for note in page.get("/Annots", ())
            if (target := _target(note))
        ]


def embedded_fonts(data: bytes) -> list[Font]:
    """Every font of the file, without the letters that mark a subset; sorted, each once."""
    with opened(data) as pdf:
        fonts = {_font(thing) for thing in pdf.objects if _is_font(thing)}
    return sorted(fonts)


def is_tagged(data: bytes) -> bool:
    with opened(data) as pdf:
        marks = pdf.Root.get("/MarkInfo", pikepdf.Dictionary())
        return bool(marks.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def _page_of(place: Any, numbers: dict[tuple[int, int], int]) -> int:
    if isinstance(place, pikepdf.Dictionary):
        place = place.D
    return numbers[place[0].objgen]


def _readable(name: str) -> str:
    """Chromium writes `#phần-1` as an address would have it, in percent signs."""
    return unquote(name.removeprefix("/"))


def _headings(
    items: list[pikepdf.OutlineItem], level: int, numbers: dict[tuple[int, int], int]
) -> Iterator[Heading]:
    for item in items:
        yield Heading(level, item.title, _page_of(item.destination, numbers))
        yield from _headings(item.children, level + 1, numbers)


def _target(note: Any) -> str:
    if note.get("/Subtype") != "/Link":
        return ""
    if "/Dest" in note:
        return "#" + _readable(str(note.Dest))
    return str(note.get("/A", {}).get("/URI", ""))


def _is_font(thing: Any) -> bool:
    """Whole fonts only: a composite font's inner one is asked through it."""
    return (
        isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/Font"
        and not str(thing.get("/Subtype")).startswith("/CIDFont")
    )


def _font(thing: Any) -> Font:
    inner = thing.DescendantFonts[0] if "/DescendantFonts" in thing else thing
    description = inner.get("/FontDescriptor", {})
    embedded = thing.Subtype == "/Type3" or any(f"/FontFile{n}" in description for n in ("", "2", "3"))
    name = str(thing.get("/BaseFont") or description.get("/FontName") or "/?").removeprefix("/")
    return Font(name.split("+", 1)[-1], embedded)
