"""Reads the structure of a finished PDF back."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote

import pikepdf

from generator.press.binder.content import drawing
from generator.press.binder.file import MM_PER_POINT, opened, outlined, page_numbers
from generator.press.binder.typeface import font_name

_GLYPHS = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>")


class Heading(NamedTuple):
    """One line of the outline; levels and pages start at 1."""

    level: int
    title: str
    page: int


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
        numbers = page_numbers(pdf)
        named = pdf.Root.get("/Dests", pikepdf.Dictionary())
        return {_readable(name): _page_of(place, numbers) for name, place in named.items()}


def outline(data: bytes) -> list[Heading]:
    with opened(data) as pdf, pdf.open_outline() as tree:
        numbers = page_numbers(pdf)
        return [Heading(level, item.title, _page_of(item.destination, numbers)) for level, item in outlined(tree.root)]


def embedded_fonts(data: bytes) -> list[Font]:
    """Every font of the file, without the letters that mark a subset; sorted, each once."""
    with opened(data) as pdf:
        fonts = {_font(thing) for thing in pdf.objects if _is_font(thing)}
    return sorted(fonts)


def is_tagged(data: bytes) -> bool:
    with opened(data) as pdf:
        return has_tags(pdf)


def has_tags(pdf: pikepdf.Pdf) -> bool:
    marks = pdf.Root.get("/MarkInfo", pikepdf.Dictionary())
    return bool(marks.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _page_of(place: Any, numbers: dict[tuple[int, int], int]) -> int:
    if isinstance(place, pikepdf.Dictionary):
        place = place.D
    return numbers[place[0].objgen]


def _readable(name: str) -> str:
    """Chromium writes `#phần-1` as an address would have it, in percent signs."""
    return unquote(name.removeprefix("/"))


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
    return Font(font_name(thing), embedded)


# Letters no font had: drawn as glyph 0, an empty box, whatever the text layer says.


def missing_glyphs(data: bytes) -> dict[int, int]:
    """How many letters of each page are such boxes; pages without any are left out."""
    with opened(data) as pdf:
        seen: dict[tuple[int, int], int] = {}
        counts = {number: _boxes(page.obj, seen) for number, page in enumerate(pdf.pages, 1)}
    return {number: count for number, count in counts.items() if count}


def _boxes(holder: Any, seen: dict[tuple[int, int], int]) -> int:
    """Of a page or a form with the forms in it; a form that many pages share is read once."""
    resources = holder.get("/Resources", pikepdf.Dictionary())
    total = _boxes_drawn(drawing(holder), resources.get("/Font", {}))
    for form in resources.get("/XObject", pikepdf.Dictionary()).values():
        if form.get("/Subtype") == "/Form":
            if form.objgen not in seen:
                seen[form.objgen] = 0
                seen[form.objgen] = _boxes(form, seen)
            total += seen[form.objgen]
    return total


def _boxes_drawn(content: bytes, fonts: Any) -> int:
    """Counted where a font takes two bytes a letter."""
    if b"0000" not in content:
        return 0
    wide = {name.removeprefix("/") for name, font in fonts.items() if font.get("/Subtype") == "/Type0"}
    total, is_wide = 0, False
    for name, letters in _GLYPHS.findall(content):
        if name:
            is_wide = name.decode("latin-1") in wide
        elif is_wide:
            digits = b"".join(letters.split())
            total += sum(digits[at : at + 4] == b"0000" for at in range(0, len(digits), 4))
    return total
