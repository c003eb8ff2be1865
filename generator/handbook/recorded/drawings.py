"""What an SVG holds: lines, areas and words that draw themselves, and nothing that runs, asks or leads anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(re.findall(r"\w+", """
    svg g defs symbol use switch path rect circle ellipse line polyline polygon text tspan textPath title desc
    metadata style linearGradient radialGradient stop clipPath mask pattern marker"""))
"""What draws. Not `image`, `a`, `filter`, `foreignObject`, `script` nor what moves."""
EDITORS = re.compile(r"http://(www\.inkscape\.org|sodipodi\.sourceforge\.net|creativecommons\.org|web\.resource\.org"
                     r"|purl\.org|www\.w3\.org/1999/02/22-rdf-syntax-ns#|www\.serif\.com|www\.bohemiancoding\.com)")
"""Namespaces in which drawing programs note things for themselves; no browser reads them."""
MOST_NESTED = 20
"""`use` inside of what may be used again: each can double what is drawn."""
_LEADS = re.compile(r"(?i)@import|\\|expression\s*\(|(?:url|src|image-set)\s*\((?!\s*['\"]?#)")


@dataclass(frozen=True, slots=True)
class Stray:
    """The first thing that does not belong in a drawing."""

    line: int
    column: int
    what: str
    """Empty: the file is no drawing, or ends before its end."""


class _StrayError(Exception):
    """Ends the reading."""


@dataclass
class _Reader:
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator=" "))
    open_elements: list[tuple[str, bool]] = field(default_factory=list)
    """Name, and whether it could be used again."""
    nested: int = 0
    style: str = ""

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.EntityDeclHandler = lambda *_: self.stray("<!ENTITY>")
        self.parser.ProcessingInstructionHandler = lambda target, _: self.stray(f"<?{target}?>")
        self.parser.buffer_text = True

    def stray(self, what: str) -> None:
        raise _StrayError(what)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        drawn = space == SVG and local in ELEMENTS
        if not (drawn or EDITORS.match(space)) or (not self.open_elements and local != "svg"):
            self.stray(f"<{local}>")
        self.nested += local == "use" and any(again for _, again in self.open_elements)
        if self.nested > MOST_NESTED:
            self.stray("<use>")
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2], value)
        self.open_elements.append((local, "id" in attributes))

    def attribute(self, key: str, value: str) -> None:
        leads = key in ("href", "src", "base") and not value.strip().startswith("#")
        if leads or key.lower().startswith("on") or _LEADS.search(value):
            self.stray(f"{key}=…")

    def words(self, text: str) -> None:
        self.style += text

    def end(self, _name: str) -> None:
        """All words of a drawing at once: a browser joins what comments part."""
        if self.open_elements.pop()[0] == "style" and _LEADS.search(self.style):
            self.stray("<style>")


def find_stray(data: bytes) -> Stray | None:
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, _StrayError) as problem:
        at = reader.parser
        what = str(problem) if isinstance(problem, _StrayError) else ""
        return Stray(at.CurrentLineNumber, at.CurrentColumnNumber + 1, what)
    return None
