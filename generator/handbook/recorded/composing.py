"""Drawn scenes: an SVG of 400 × 300 in our own hand, with pieces (heads, hands, things) put into it by name.

A file may hold what our drawings are made of and no more: flat shapes, five colours, a line that survives a cheap
printer. Whatever else stands in it is told and left out, so that what is left can stand inside any page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from generator.handbook.mistakes import nearest
from generator.handbook.model import Drawing
from generator.handbook.recorded.outlines import Shape, holds_words, shapes_of

FOLDER = "content/pictures/"
PIECES = f"{FOLDER}pieces/"
VIEW = "0 0 400 300"
ACCENT = "#ffc845"
"""Becomes the tint of the part at hand."""
COLOURS = frozenset({"none", "#000", "#fff", "#777", ACCENT})
THINNEST = 3.0
"""Of 400 units: half a point and more on the smallest leaflet."""
MOST_BYTES = 12_000
_GROUPS = {"svg", "g"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_NUMBERS = re.compile(r"[-+.,\d\seE]*")
_LINES = re.compile(r"[-+.,\d\seEMmLlHhVvCcSsQqTtAaZz]*")
_TURNS = re.compile(r"(?:\s*(?:translate|scale|rotate)\([-+.,\d\seE]*\)\s*,?)*")
_WORDS = {"stroke-linecap": {"round", "butt", "square"}, "stroke-linejoin": {"round", "miter", "bevel"}}
_PLACED = {"x", "y", "transform"}
_GEOMETRY = {"x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points"}


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in a drawing that is not of our hand."""

    line: int
    column: int
    rule: str
    what: str = ""
    near: str | None = None
    """Of a piece there is none of: the one that was meant, or nothing."""


@dataclass(frozen=True, slots=True)
class Composed:
    drawing: Drawing
    slips: tuple[Slip, ...]


@dataclass
class _Reader:
    """Reads one file; of its elements goes into `out` what may."""

    pieces: Mapping[str, Drawing]
    view: str = ""
    """Empty: any, as pieces have."""
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    out: list[str] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    open_elements: list[str] = field(default_factory=list)
    """The end tag of each, empty for what was left out."""
    title: list[str] = field(default_factory=list)
    silent: int = 0
    framed: str = VIEW
    fills: list[str] = field(default_factory=lambda: ["#000"])
    """Of the element that is open and all around it."""
    areas: list[list[Shape]] = field(default_factory=list)
    """Filled ones of each open group."""

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.EntityDeclHandler = lambda name, *_: self.slip("drawing.slip/stray", f"<!ENTITY {name}>")

    def slip(self, rule: str, what: str = "", near: str | None = None) -> None:
        self.slips.append(Slip(max(self.parser.CurrentLineNumber, 1), self.parser.CurrentColumnNumber + 1, rule,
                               what, near))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        root = not self.open_elements
        if name in ("title", "desc"):
            self.open_elements.append(name)
        elif self.silent or root is not (name == "svg") or name not in _GROUPS | _SHAPES | {"use"}:
            self.slip("drawing.slip/stray", f"<{name}>")
            self.silent += 1
            self.open_elements.append("!")
        elif name == "use":
            self.out.append(self.piece(attributes))
            self.open_elements.append("")
        else:
            if root:
                self.frame(attributes)
                name = "g"
            self.note_areas(name, attributes)
            kept = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if self.takes(key, value))
            self.out.append(f"<{name}{kept}{'>' if name in _GROUPS else '/>'}")
            self.open_elements.append(f"</{name}>" if name in _GROUPS else "")

    def note_areas(self, name: str, attributes: dict[str, str]) -> None:
        """Pieces are judged where they are read."""
        fill = attributes.get("fill", self.fills[-1])
        if name in _GROUPS:
            self.fills.append(fill)
            self.areas.append([])
        elif name == "path" and fill != "none":
            self.areas[-1] += shapes_of(attributes.get("d", ""))

    def frame(self, attributes: dict[str, str]) -> None:
        self.framed = attributes.pop("viewBox", "")
        if not re.fullmatch(self.view or r"0 0 [\d.]+ [\d.]+", self.framed):
            self.slip("drawing.slip/view", self.framed)
            self.framed = VIEW
        for name in ("xmlns", "width", "height", "version"):
            attributes.pop(name, None)

    def takes(self, key: str, value: str) -> bool:
        """Told and left out where it does not."""
        if key in ("fill", "stroke"):
            good = value in COLOURS
            rule = "drawing.slip/colour"
        elif key == "stroke-width":
            good, rule = bool(re.fullmatch(r"\d+(\.\d+)?", value)) and float(value) >= THINNEST, "drawing.slip/thin"
        else:
            shape = _TURNS if key == "transform" else _LINES if key == "d" else _NUMBERS if key in _GEOMETRY else None
            good, rule = bool(shape and shape.fullmatch(value)) or value in _WORDS.get(key, ()), "drawing.slip/stray"
        if not good:
            self.slip(rule, f'{key}="{value[:40]}"')
        return good

    def piece(self, attributes: dict[str, str]) -> str:
        name = attributes.pop("href", attributes.pop("xlink:href", "")).removeprefix("#")
        if name not in self.pieces:
            self.slip("drawing.piece", name, nearest(name, self.pieces) or "")
            return ""
        placed = {key: value for key, value in attributes.items() if key in _PLACED and self.takes(key, value)}
        moved = f"translate({placed.get('x', '0')} {placed.get('y', '0')})" if {"x", "y"} & {*placed} else ""
        where = " ".join(filter(None, (placed.get("transform", "").strip(), moved)))
        drawn = self.pieces[name].svg
        return f'<g transform="{where}">{drawn}</g>' if where else drawn

    def words(self, text: str) -> None:
        if self.open_elements[-1] == "title":
            self.title.append(text)

    def end(self, _name: str) -> None:
        closing = self.open_elements.pop()
        if closing == "!":
            self.silent -= 1
        elif closing not in ("title", "desc"):
            self.out.append(closing)
            if closing == "</g>":
                self.fills.pop()
                if holds_words(self.areas.pop()):
                    self.slip("drawing.slip/words")

    def read(self, text: str) -> None:
        try:
            self.parser.Parse(text.encode(), True)
        except (expat.ExpatError, ValueError, LookupError):
            self.slip("drawing.slip/broken")
            self.out.clear()


def compose(name: str, text: str, pieces: Mapping[str, Drawing], *, piece: bool = False) -> Composed:
    """`piece`: this is one itself, and holds no others."""
    reader = _Reader({} if piece else pieces, "" if piece else VIEW)
    reader.read(text)
    alt, svg = " ".join("".join(reader.title).split()), "".join(reader.out)
    if not alt and svg:
        reader.slip("drawing.slip/title")
    if len(svg.encode()) > MOST_BYTES:
        reader.slip("drawing.slip/large", str(len(svg.encode())))
        svg = ""
    return Composed(Drawing(name, alt, svg, reader.framed), tuple(reader.slips))
