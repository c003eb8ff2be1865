"""A scene taken apart: its layers, in the order they are painted, each by the piece it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal
from xml.parsers import expat

from generator.handbook.model import Drawing

Sort = Literal["person", "hand", "phone", "thing", "ground"]
"""How a layer can act; `ground` stands still."""
_PEOPLE = re.compile(r"(ba|bac|chau|anh-day|be|co-ban|can-bo|cong-an|nguoi|tho|tre-em|ke-lua|robot|mat-tran|sau)\b")
_PHONES = re.compile(r"(dien-thoai|loa)\b")
_WHOLE = re.compile(r'<g transform="[^"]*">(.*)</g>', re.DOTALL)


@dataclass(frozen=True)
class Layer:
    """A piece of a scene; `svg` in the scene's own measure."""

    name: str
    """Of the piece, empty for what was drawn for this scene alone."""
    svg: str
    verb: str = ""
    """What it does, where somebody said so."""
    back: str = ""
    """Its other side, where it has one."""

    @property
    def sort(self) -> Sort:
        return sort_of(self.name)


def sort_of(piece: str) -> Sort:
    """By its name."""
    if not piece:
        return "ground"
    if piece.startswith("tay-"):
        return "hand"
    if _PHONES.match(piece):
        return "phone"
    return "person" if _PEOPLE.match(piece) else "thing"


GROUP = "g"
"""The name of what was drawn for one scene alone as a thing of its own."""


@dataclass
class _Cutter:
    """Finds where the children of the outermost group begin, and where the last of them ends."""

    depth: int = 0
    begins: list[int] = field(default_factory=list)
    end_at: int = 0
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end

    def begin(self, *_: object) -> None:
        if self.depth == 1:
            self.begins.append(self.parser.CurrentByteIndex)
        self.depth += 1

    def end(self, *_: object) -> None:
        self.depth -= 1
        self.end_at = self.parser.CurrentByteIndex


@cache
def parts_of(svg: str) -> tuple[str, tuple[str, ...]]:
    """The tag that dresses a drawing, and what it holds, child by child."""
    cutter, data = _Cutter(), svg.encode()
    cutter.parser.Parse(data, True)
    if not cutter.begins:
        return svg, ()
    edges = [*cutter.begins, cutter.end_at]
    children = (data[one:two].decode() for one, two in pairwise(edges))
    return data[: edges[0]].decode(), tuple(children)


def layers_of(drawing: Drawing, pieces: Iterable[Drawing]) -> tuple[Layer, ...]:
    names = {piece.svg: piece.name for piece in pieces}
    opening, children = parts_of(drawing.svg)
    return tuple(Layer(_name(child, names), f"{opening}{child}</g>") for child in children)


def _name(child: str, names: Mapping[str, str]) -> str:
    whole = _WHOLE.fullmatch(child)
    name = names.get(child, names.get(whole[1], "") if whole else "")
    return name or (GROUP if child.startswith("<g ") else "")
