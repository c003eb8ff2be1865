"""What a page draws, told so that nothing in it depends on what was printed before and after it in the same go.

The browser counts the lines of a long print from its very first page, and names fonts and states by where they lie in
the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pikepdf

from generator.press.binder.typeface import font_name, name_of, weight_of

_BODY = re.compile(rb"\n\S+ (\S+) \S+ \S+ re\nW\*? n\nq\n((\S+) 0 0 \3 (\S+) (\S+) cm\n)")
"""The body of a page: its upper edge, then the scale and how far the whole print is moved up."""
_ENDS = re.compile(rb"\nQ(?:\n|$)")
_PLACE = re.compile(
    rb"^(-?[\d.]+ )(-?[\d.]+)( [ml]| -?[\d.]+ -?[\d.]+ re)$|^(1 0 0 -1 -?[\d.]+ )(-?[\d.]+)( Tm)$"
    rb"|^(-?[\d.]+ )(-?[\d.]+)( -?[\d.]+ )(-?[\d.]+)( -?[\d.]+ )(-?[\d.]+)( c)$", re.MULTILINE)
_NAME = re.compile(rb"^/(\w+) (gs|Do|[\d.]+ Tf)$", re.MULTILINE)
_GLYPHS = re.compile(rb"^/F(\d) [\d.]+ Tf$|<([0-9A-F]+)> Tj$", re.MULTILINE)
UNIT = 0.24
"""Points of what the browser counts a page in."""
GRAIN = 64
"""Parts of a pixel the browser counts in."""


class Drawn(NamedTuple):
    """One page."""

    content: bytes
    fonts: Mapping[int, frozenset[int]]
    """Glyphs by weight."""
    states: Mapping[str, Any]
    things: Mapping[str, Any]
    lines: Sequence[float]
    """How high its lines of words stand, in points."""
    height: float
    strange: Sequence[str]
    """Names of fonts that are not ours."""


LIFT = 30.0
"""So far above a line of words, in points, a link that leads there begins."""


def spot(sheet: Drawn, place: Sequence[Any]) -> list[Any]:
    """Where on its page a link leads: above the line of words it means. The browser's own sums, far down a long
    print, are a hair different each time."""
    how, left, top = place[0], place[1], float(place[2])
    line = max((line for line in sheet.lines if line < top), default=top)
    return [how, left, min(round(line + LIFT, 3), sheet.height), 0]


def drawn(page: Any) -> Drawn:
    named, height = _Names(page.get("/Resources", pikepdf.Dictionary())), float(page.MediaBox[3])
    moved, lines = _from_its_top(page.Contents.read_bytes())
    content = _NAME.sub(named.rename, moved)
    above = [height - line * UNIT for line in lines]
    return Drawn(content, _glyphs(content), named.states, named.things, above, height, named.strange)


class _Names:
    """Names of what a page draws with: fonts by their weight, the others in the order of their use."""

    def __init__(self, resources: Any) -> None:
        fonts = resources.get("/Font", pikepdf.Dictionary())
        self.fonts = {name: weight_of(font) for name, font in fonts.items()}
        self.strange = [font_name(font) for name, font in fonts.items() if not self.fonts[name]]
        self.given: dict[str, str] = {}
        self._known = {"gs": resources.get("/ExtGState", {}), "Do": resources.get("/XObject", {})}
        self.states: dict[str, Any] = {}
        self.things: dict[str, Any] = {}

    def rename(self, match: re.Match[bytes]) -> bytes:
        name, use = f"/{match[1].decode()}", match[2].decode()
        if use not in self._known:
            return f"{name_of(self.fonts[name])} {use}".encode()
        kept, letter = (self.states, "G") if use == "gs" else (self.things, "X")
        if name not in self.given:
            self.given[name] = f"/{letter}{len(kept) + 1}"
            kept[self.given[name]] = self._known[use][name]
        return f"{self.given[name]} {use}".encode()


def _from_its_top(content: bytes) -> tuple[bytes, list[float]]:
    """All heights counted from the upper edge of the page's own body, and where its lines of words stand."""
    found, lines = _BODY.search(content), list[float]()
    if found is None:
        return content, lines
    top, scale = float(found[1]), float(found[3])
    move = round((top - float(found[5])) / scale)
    moved = found[2].replace(b" %s cm\n" % found[5], b" %s cm\n" % found[1])

    def higher(match: re.Match[bytes]) -> bytes:
        parts = [part for part in match.groups() if part is not None]
        heights = [round((float(part) - move) * GRAIN) / GRAIN for part in parts[1::2]]
        if match[6]:
            lines.append(top + scale * heights[0])
        parts[1::2] = [b"%.10g" % height for height in heights]
        return b"".join(parts)

    pieces = content.split(found[2])
    for index, piece in enumerate(pieces[1:], 1):
        end = _ENDS.search(piece)
        at = end.start() if end else len(piece)
        pieces[index] = _PLACE.sub(higher, piece[:at]) + piece[at:]
    return moved.join(pieces), lines


def _glyphs(content: bytes) -> dict[int, frozenset[int]]:
    found: dict[int, set[bytes]] = {}
    now: set[bytes] = set()
    for font, letters in _GLYPHS.findall(content):
        if font:
            now = found.setdefault(int(font) * 100, set())
        elif len(letters) == 4:
            now.add(letters)
        else:
            now.update(letters[at : at + 4] for at in range(0, len(letters), 4))
    return {weight: frozenset(int(glyph, 16) for glyph in glyphs) for weight, glyphs in found.items()}
