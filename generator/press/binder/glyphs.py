"""Letters no font had: drawn as glyph 0, an empty box, whatever the text layer says."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from generator.press.binder.content import drawing
from generator.press.binder.file import opened

_GLYPHS = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>")


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
