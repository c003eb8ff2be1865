"""Which pages draw the same: what was seen of one is true of the other, so nobody need look twice.

A page of a book is the page of a lesson, moved sideways, with letters stamped on its edges; a sheet to fold or cut is
two such pages side by side; a poster on A3 is the one on A4, enlarged. What is told here is read back from the finished
file, and anything else on a page makes it one of its own.
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from generator.ground.files import digest_of
from generator.press.binder.content import drawing
from generator.press.binder.file import opened

_MOVED = re.compile(rb"\Aq 1 0 0 1 -?[\d.]+ 0 cm\s+(.*)\nQ\n(?:q /S\d Do Q\n)+\s*\Z", re.DOTALL)
_GROWN = re.compile(rb"\Aq (1\.\d+) 0 0 \1 (-?[\d.]+) (-?[\d.]+) cm\s+(.*)\nQ\s*\Z", re.DOTALL)
MOST_MARGIN = 1.0
"""Points that larger paper of nearly the same shape leaves free on each side."""
_PLACED = re.compile(rb"q -?[\d.]+ 0 -?[\d.]+ -?[\d.]+ re W n 1 0 0 1 -?[\d.]+ -?[\d.]+ cm (/S\d+P\d+) Do Q")
_LINE = re.compile(rb"q 0 G [\d.]+ w (?:-?[\d.]+ ){2}m (?:-?[\d.]+ ){2}l S Q")
_TAB = re.compile(rb"\s([\d.]+) [\d.]+ ([\d.]+) [\d.]+ re\s+f(?=\s)")
MOST_TAB = 40.0
"""How far a thumb tab reaches into the page, in the browser's own units: nothing else stands there."""
_PAINT = re.compile(rb"(?<=\s)(?:[fFSsBb]\*?|sh|Do|EI)(?=\s)")
EDGE = re.compile(r"/S\d")
_MASKS = ("/Mask", "/SMask")


def drawn_alike(data: bytes) -> list[tuple[str, ...]]:
    """Of each page, what it draws at its true size: pages with the same name look the same, edges aside. A sheet has
    the names of the pages laid on it."""
    known: dict[tuple[int, int], str] = {}
    with opened(data) as pdf:
        return [_page(page.obj, known) for page in pdf.pages]


def _page(page: Any, known: dict[tuple[int, int], str]) -> tuple[str, ...]:
    content, things = drawing(page), things_of(page)
    names = [name.decode() for name in _PLACED.findall(content)]
    if names and not _LINE.sub(b"", _PLACED.sub(b"", content)).strip():
        return tuple(_name(things[name], known) for name in names)
    return (_name(page, known),)


def _name(holder: Any, known: dict[tuple[int, int], str]) -> str:
    if holder.objgen not in known:
        content, things, moved = drawing(holder), things_of(holder), None
        edges = [name for name in things if EDGE.fullmatch(name)]
        if not any(_PAINT.search(b" " + _untabbed(drawing(things[name]), holder)) for name in edges):
            moved = _MOVED.match(content)
        body, box = moved[1] if moved else content, [float(edge) for edge in holder.get("/BBox") or holder.MediaBox]
        if (grown := _GROWN.match(body)) and all(0 <= float(move) < MOST_MARGIN for move in (grown[2], grown[3])):
            body, box = grown[4], [0.0, 0.0, *((edge - 2 * float(move)) / float(grown[1])
                                               for edge, move in zip(box[2:], (grown[2], grown[3]), strict=True))]
        kept = sorted((name, *drawn_by_form(thing)) for name, thing in things.items() if not (moved and name in edges))
        states = sorted((name, state.unparse(resolved=True))
                        for name, state in holder.Resources.get("/ExtGState", pikepdf.Dictionary()).items())
        known[holder.objgen] = digest_of(body.strip(), kept, [round(edge, 1) for edge in box], states)
    return known[holder.objgen]


def _untabbed(edge: bytes, page: Any) -> bytes:
    """Without the one square that marks a page's part at its very edge."""
    tab = _TAB.search(edge)
    if tab is None:
        return edge
    box = page.get("/BBox") or page.MediaBox  # of a page laid on a sheet, or of a page alone
    left, wide, across = float(tab[1]), float(tab[2]), float(box[2]) * 96 / 72
    outer = left < 4 or left + wide > across - 4
    return edge[: tab.start()] + edge[tab.end() :] if outer and wide <= MOST_TAB else edge


def drawn_by_form(thing: Any) -> list[object]:
    """Of a form what it draws and what that draws with; of a picture, as it lies in the file, its bytes, its measures
    and what hides parts."""
    if thing.get("/Subtype") != "/Image":
        return [drawing(thing), *([name, *drawn_by_form(inner)] for name, inner in sorted(things_of(thing).items()))]
    told = [value.unparse() if isinstance(value, pikepdf.Object) else str(value)
            for value in map(thing.get, sorted({*thing.keys()} - {"/Length", *_MASKS}))]
    return [thing.read_raw_bytes(), told, *(drawn_by_form(thing[mask]) for mask in _MASKS if mask in thing)]


def things_of(holder: Any) -> Any:
    return holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
