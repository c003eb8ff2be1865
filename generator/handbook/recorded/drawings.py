"""What an SVG holds: lines, areas and words that draw themselves, and nothing that runs, asks or leads anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from generator.ground.unseen import code_of, find_unseen

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(re.findall(r"\w+", """
    svg g defs symbol use switch path rect circle ellipse line polyline polygon text tspan textPath title desc
    metadata style linearGradient radialGradient stop clipPath mask pattern marker"""))
"""What draws. Not `image`, `a`, `filter`, `foreignObject`, `script` nor what moves."""
EDITORS = re.compile(r"http://(www\.inkscape\.org|sodipodi\.sourceforge\.net|creativecommons\.org|web\.resource\.org"
                     r"|purl\.org|www\.w3\.org/1999/02/22-rdf-syntax-ns#|www\.serif\.com|www\.bohemiancoding\.com)")
"""Namespaces in which drawing programs note things for themselves; no browser reads them."""
XLINK = "http://www.w3.org/1999/xlink"
for _prefix, _space in (("", SVG), ("xlink", XLINK)):  # as they are written
    ElementTree.register_namespace(_prefix, _space)
_DRAWING = (f"{{{SVG}}}", f"{{{XLINK}}}", "{http://www.w3.org/XML/1998/namespace}")
MOST_NESTED = 20
"""`use` inside of what may be used again: each can double what is drawn."""
_LEADS = re.compile(r"(?i)@import|\\|expression\s*\(|(?:url|src|image-set)\s*\((?!\s*['\"]?#)")


@dataclass(frozen=True, slots=True)
class Stray:
    """The first thing that does not belong in a drawing."""

    line: int
    column: int
    rule: str
    what: str = ""


class _StrayError(Exception):
    """Ends the reading."""


@dataclass
class _Reader:
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator=" "))
    open_elements: list[tuple[str, bool]] = field(default_factory=list)
    """Name, and whether it could be used again."""
    nested: int = 0
    styles: int = 0
    """Open ones."""
    style: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.EntityDeclHandler = lambda *_: self.stray("<!ENTITY>")
        self.parser.ProcessingInstructionHandler = lambda target, _: self.stray(f"<?{target}?>")

    def stray(self, what: str, rule: str = "image.data/stray", behind: int = 0) -> None:
        """`behind`: signs from where the parser stands, which goes on when it is stopped."""
        raise _StrayError(Stray(*self.at(behind), rule, what))

    def at(self, behind: int = 0) -> tuple[int, int]:
        return max(self.parser.CurrentLineNumber, 1), self.parser.CurrentColumnNumber + 1 + behind

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
        self.styles += local == "style"
        self.open_elements.append((local, "id" in attributes))

    def attribute(self, key: str, value: str) -> None:
        leads = key in ("href", "src", "base") and not value.strip().startswith("#")
        if leads or key.lower().startswith("on") or _LEADS.search(value):
            self.stray(f"{key}=…")
        for sign in find_unseen(value):
            self.stray(code_of(sign[0]), "letters.unseen")

    def words(self, text: str) -> None:
        """Piece by piece, no line end within one."""
        for sign in find_unseen(text):
            self.stray(code_of(sign[0]), "letters.unseen", sign.start())
        if self.styles:
            self.style.append(text)

    def end(self, _name: str) -> None:
        """All words of a drawing at once: a browser joins what comments part."""
        if self.open_elements.pop()[0] != "style":
            return
        self.styles -= 1
        if self.styles:
            return
        if _LEADS.search("".join(self.style)):
            self.stray("<style>")
        self.style.clear()


def find_stray(data: bytes) -> Stray | None:
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except _StrayError as found:
        stray: Stray = found.args[0]
        return stray
    except (expat.ExpatError, ValueError, LookupError):  # the last two of letters it knows nothing of
        return Stray(*reader.at(), "image.data/drawing")
    return None


def clean_drawing(data: bytes) -> bytes:
    """What draws and what is read out, written anew: no comment, and nothing that drawing programs note for themselves
    (whose machine, which folder, who drew). Rubbish raises."""
    root = ElementTree.fromstring(data)
    _clean(root)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=False)
    return written + b"\n"


def _clean(element: ElementTree.Element) -> None:
    for key in [key for key in element.attrib if key.startswith("{") and not key.startswith(_DRAWING)]:
        del element.attrib[key]
    for child in list(element):
        if child.tag.startswith(f"{{{SVG}}}") and child.tag != f"{{{SVG}}}metadata":
            _clean(child)
        else:
            _take_out(element, child)
    if element.tag == f"{{{SVG}}}style" and element.text:
        element.text = re.sub(r"/\*.*?\*/", "", element.text, flags=re.DOTALL)


def _take_out(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Words behind it belong to its parent."""
    before = list(parent).index(child) - 1
    if before < 0:
        parent.text = (parent.text or "") + (child.tail or "")
    else:
        parent[before].tail = (parent[before].tail or "") + (child.tail or "")
    parent.remove(child)
