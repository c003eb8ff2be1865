"""The letters a paper carries: one small font a weight, of the glyphs it shows and no others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf

from generator.press.binder.content import drawn_by
from generator.press.binder.lettering import letters_of
from generator.press.fonts import FACES, face

_WEIGHTS = {name.removesuffix(".ttf"): weight for weight, name in FACES.items()}
_FONT_FILE = ("/FontFile2", "/FontName")
TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{rows}
endcmap CMapName currentdict /CMap defineresource pop end end
"""
MOST_ROWS = 100
"""In one block, by the standard."""


def weight_of(font: Any) -> int:
    """0 for a typeface that is not ours."""
    return _WEIGHTS.get(font_name(font), 0)


def font_name(font: Any) -> str:
    """Without the letters that mark a subset."""
    return str(font.get("/BaseFont") or font.get("/FontDescriptor", {}).get("/FontName") or "/?").removeprefix(
        "/").rpartition("+")[2]


def name_of(weight: int) -> str:
    """By which the pages of every paper call it."""
    return f"/F{weight // 100}"


def embed(pdf: pikepdf.Pdf, weight: int, glyphs: Iterable[int], like: Any, said: Mapping[int, str]) -> Any:
    """The same for the same glyphs. The browser told what the face is like as a whole, and knows of shapes that stand
    for no letter of their own, such as figures of one width, what they were set for."""
    known, kept = face(weight), sorted({*glyphs})
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(repr(kept).encode()).digest()[:6])
    name = pikepdf.Name(f"/{tag}+{FACES[weight].removesuffix('.ttf')}")
    description = pikepdf.Dictionary({key: value for key, value in like.items() if key not in _FONT_FILE})
    file = known.subset(kept)
    description.FontName, description.FontFile2 = name, pdf.make_stream(file, Length1=len(file))
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, DW=0,
        CIDToGIDMap=pikepdf.Name.Identity, FontDescriptor=pdf.make_indirect(description),
        CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"),
                                         Supplement=0),
        W=pikepdf.Array([thing for run in _runs(kept) for thing in (run[0], _widths(weight, run))]))
    return pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name, Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_stream(_to_unicode({**said, **known.letters}, kept).encode())))


def glyphs_of(font: Any) -> Iterator[int]:
    """What a font of ours holds, read back from its widths."""
    row = list(font.DescendantFonts[0].W)
    for first, widths in zip(row[::2], row[1::2], strict=True):
        yield from range(int(first), int(first) + len(widths))


def description_of(font: Any) -> Any:
    return font.DescendantFonts[0].FontDescriptor


def _runs(glyphs: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for glyph in glyphs:
        if run and glyph != run[-1] + 1:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _widths(weight: int, run: Iterable[int]) -> pikepdf.Array:
    return pikepdf.Array([face(weight).width(glyph) for glyph in run])


def _to_unicode(letters: Mapping[int, str], glyphs: Iterable[int]) -> str:
    rows = [f"<{glyph:04X}> <{letters[glyph].encode('utf-16-be').hex().upper()}>"
            for glyph in glyphs if glyph in letters]
    blocks = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
    return TO_UNICODE.format(rows="\n".join(
        "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks))


def share_letters(pdf: pikepdf.Pdf) -> None:
    """One font a weight for all that was bound together, of what its pieces show."""
    holders = {holder.objgen: holder.get("/Resources", pikepdf.Dictionary())
               for page in pdf.pages for holder in drawn_by(page.obj)}
    fonts = {font.objgen: font for things in holders.values() for font in things.get("/Font", {}).values()}
    if not all(map(_is_ours, fonts.values())):
        return
    used: dict[int, set[int]] = {}
    likes: dict[int, tuple[Any, dict[int, str]]] = {}
    for font in fonts.values():
        weight = weight_of(font)
        used.setdefault(weight, set()).update(glyphs_of(font))
        likes.setdefault(weight, (description_of(font), {}))[1].update(letters_of(font)[1])
    shared = {name_of(weight): embed(pdf, weight, glyphs, *likes[weight]) for weight, glyphs in sorted(used.items())}
    for things in holders.values():
        if "/Font" in things:
            things.Font = pikepdf.Dictionary({name: shared[name] for name in things.Font})


def _is_ours(font: Any) -> bool:
    """As `embed` writes it."""
    if not weight_of(font) or "/DescendantFonts" not in font:
        return False
    return all(isinstance(widths, pikepdf.Array) for widths in list(font.DescendantFonts[0].get("/W", ()))[1::2])
