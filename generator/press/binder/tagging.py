"""Mends what the browser prints: what PDF/UA-1 asks of decoration, lists, roles, tables and links.

Under no tag it draws lines, grounds and page numbers, which are decoration; words must not be. It writes one operator a
line and letters as numbers; what is written otherwise stays as it is, and the judge of PDF/UA tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

import pikepdf

from generator.ground.errors import ProofError
from generator.ground.said import said
from generator.press.binder.content import FREE, Stretch, drawing, drawn_by, stretches
from generator.press.binder.hollow import closed_up, leave_out
from generator.press.binder.lettering import Letters, Words
from generator.press.binder.tags import (
    Mark,
    elements,
    is_element,
    kids,
    owners,
    piece_of,
    pieces,
    put_owners,
    tree_of,
)

_PAINTED = re.compile(
    rb"^(?:(?:(?:-?[\d.]+ )*(?:re|m|l|c|v|y|h)\n)+(?:[Ss]|f\*?|F|[Bb]\*?)\n|/\S+ sh\n)+", re.MULTILINE)
_THING = re.compile(rb"/(\S+) Do\n")
_TEXT = re.compile(rb"(?:BT\n(?:.*\n)*?ET\n)+")
_DRAWS = re.compile(rb"^(?:.*[ >])?(?:[Ss]|f\*?|F|[Bb]\*?|Do|sh|T[jJ])$", re.MULTILINE)
_SHOWN = re.compile(rb"^.*T[jJ]\n", re.MULTILINE)
_PLACE = re.compile(rb"([-\d.]+) ([-\d.]+) Tm\n")
_SCALE = re.compile(rb"([\d.]+) 0 0 \1 0 0 cm\n")
_BODY = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\nW\*? n\n")
"""All that is no margin box is clipped to what the margins leave."""
MOST_SHOWN = 60


class _Margin(NamedTuple):
    """Where a page's body begins in its drawing, and where it lies."""

    until: int = 0
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def holds(self, text: bytes, at: int) -> bool:
        """Whether this is text of margin boxes: drawn before the body, and none of it where the body lies."""
        places = [(float(x) * self.scale, float(y) * self.scale) for x, y in _PLACE.findall(text)]
        return at < self.until and not any(
            self.left < x < self.right and self.top < y < self.bottom for x, y in places)


def mark_decoration(pdf: pikepdf.Pdf, title: str) -> list[Any]:
    """Marks what is drawn under no tag; words of the body among it stop the paper. Gives back the pages and forms in
    which a tag drew nothing: what begins a page leaves that at the foot of the page before."""
    hollow: list[Any] = []
    for number, page in enumerate(pdf.pages, 1):
        for holder in drawn_by(page.obj):
            data = drawing(holder)
            try:
                marked = closed_up(b"".join(_marked(holder, data, hollow)))
            except _UntaggedError as problem:
                words = str(problem) if len(str(problem)) <= MOST_SHOWN else str(problem)[:MOST_SHOWN] + "…"
                raise ProofError(*said("paper/untagged", title=title, number=number, words=words)) from problem
            if isinstance(holder, pikepdf.Stream):
                holder.write(marked)
            elif marked != data:
                holder.Contents = pdf.make_stream(marked)
    return hollow


class _UntaggedError(ValueError):
    """The words that no tag holds."""


def _marked(holder: Any, data: bytes, hollow: list[Any]) -> Iterator[bytes]:
    margin, at, before = _margin_of(data), 0, 0
    for stretch, after in zip_longest(spans := list(stretches(data)), spans[1:]):
        if stretch.mark is FREE:
            yield data[at : stretch.start]
            yield _decorated(holder, data, stretch, margin)
            at = stretch.end
        elif stretch.begins and not after.begins and not _DRAWS.search(data, stretch.start, stretch.end):
            yield data[at:before] + data[stretch.start : stretch.end]
            at = after.start
            hollow.append(holder)
        before = stretch.end
    yield data[at:]


def _margin_of(data: bytes) -> _Margin:
    body, scale = _BODY.search(data), _SCALE.search(data)
    if body is None or scale is None or scale.start() > body.start():
        return _Margin()
    left, top, width, height = (float(body[group]) for group in range(1, 5))
    return _Margin(body.start(), float(scale[1]), left, top, left + width, top + height)


def _decorated(holder: Any, data: bytes, stretch: Stretch, margin: _Margin) -> bytes:
    things = holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())

    def text(match: re.Match[bytes]) -> bytes:
        at = stretch.start + match.start()
        if margin.holds(match[0], at):
            return b"/Artifact <</Type/Pagination>>BDC\n" + match[0] + b"EMC\n"
        if said := Words(holder, {}).read(data, at, stretch.start + match.end()).strip():
            raise _UntaggedError(said)
        return _SHOWN.sub(b"", match[0])  # spaces

    def picture(match: re.Match[bytes]) -> bytes:
        is_picture = things[f"/{match[1].decode()}"].get("/Subtype") == "/Image"
        return b"/Artifact BMC\n" + match[0] + b"EMC\n" if is_picture else match[0]

    free = _TEXT.sub(text, data[stretch.start : stretch.end])
    return _THING.sub(picture, _PAINTED.sub(rb"/Artifact BMC\n\g<0>EMC\n", free))


# Tags.

ROLES = {"/Strong": "/Span", "/Em": "/Span", "/Aside": "/Div"}
"""Words of PDF 2.0 that the browser uses, in those of PDF 1.7."""


def put_roles(tree: Any) -> None:
    """All of them, whether the tree has such an element or not: pieces of one print ask for no second look."""
    tree.RoleMap = pikepdf.Dictionary({name: pikepdf.Name(role) for name, role in ROLES.items()})


def mend_tags(pdf: pikepdf.Pdf, hollow: Iterable[Any]) -> None:
    """What draws nothing need not be read."""
    tree = tree_of(pdf)
    listed = owners(tree)
    leave_out(pdf, hollow, listed)
    everything = list(elements(tree))
    for element in everything:
        if element.S == "/LI":
            _wrap_body(pdf, element, listed)
        elif element.S == "/Figure" and any(is_element(kid) and kid.S == "/Figure" for kid in kids(element)):
            element.S = pikepdf.Name.Div  # a picture and what is written below it
    put_owners(pdf, tree, listed)
    put_roles(tree)
    name_cells(pdf, tree, everything)
    _say_links([element for element in everything if element.S == "/Link"])
    for page in pdf.pages:
        page.obj.Tabs = pikepdf.Name.S


def _wrap_body(pdf: pikepdf.Pdf, item: Any, listed: MutableMapping[int, Any]) -> None:
    """All of a list item but its number or dot is its body."""
    held: list[Any] = []
    for is_whole, group in groupby(kids(item), lambda kid: is_element(kid) and kid.S in ("/Lbl", "/LBody")):
        run = list(group)
        held += run if is_whole else [_body_of(pdf, item, run, listed)]
    item.K = pikepdf.Array(held)


def _body_of(pdf: pikepdf.Pdf, item: Any, run: Sequence[Any], listed: MutableMapping[int, Any]) -> Any:
    body = pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=item, K=pikepdf.Array(run)))
    if "/Pg" in item:
        body.Pg = item.Pg
    for kid in run:
        piece = piece_of(kid, item)
        if piece is None:
            kid.P = body
        elif piece.number >= 0:
            listed[int(piece.holder.StructParents)][piece.number] = body
        else:
            listed[int(kid.Obj.StructParent)] = body
    return body


def name_cells(pdf: pikepdf.Pdf, tree: Any, everything: Iterable[Any]) -> None:
    """The cells that others of their table name as their headings: the browser's names for them differ from print to
    print."""
    if named := list(_named_anew(everything)):
        row = [thing for element in named for thing in (element.ID, element)]
        tree.IDTree = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(row)))


def _named_anew(everything: Iterable[Any]) -> Iterator[Any]:
    count = 0
    for table in (element for element in everything if element.S == "/Table"):
        below = list(elements(table))
        names: dict[str, pikepdf.String] = {}
        for element in (one for one in below if "/ID" in one):
            names[str(element.ID)] = element.ID = pikepdf.String(f"n{count:06}")
            count += 1
            yield element
        for about in (about for element in below for about in element.get("/A", ()) if "/Headers" in about):
            about.Headers = pikepdf.Array([names[str(name)] for name in about.Headers])


def _say_links(links: Sequence[Any]) -> None:
    """By itself, away from its page, a link says the words it stands on, or its address."""
    below = [(link, *elements(link)) for link in links]
    said = _read_words(element for own in below for element in own)
    for own in below:
        words = " ".join(" ".join(_words_of(element, said) for element in own).split())
        for note in (piece.kid.Obj for element in own for piece in pieces(element) if piece.number < 0):
            note.Contents = pikepdf.String(words or str(note.get("/A", {}).get("/URI", "")))


def _words_of(element: Any, said: Mapping[Mark, str]) -> str:
    if "/Alt" in element:
        return str(element.Alt)
    return " ".join(said.get(piece.key, "") for piece in pieces(element))


def _read_words(found: Iterable[Any]) -> dict[Mark, str]:
    """Of their pages no others are read."""
    marks = {piece.key: piece.holder for element in found for piece in pieces(element) if piece.number >= 0}
    said, fonts = dict.fromkeys(marks, ""), dict[tuple[int, int], Letters]()
    for holder in {key: holder for (key, _), holder in marks.items()}.values():
        data, words = drawing(holder), Words(holder, fonts)
        for stretch in stretches(data):
            if (mark := (holder.objgen, stretch.mark.number)) in said:
                said[mark] += words.read(data, stretch.start, stretch.end)
    return said
