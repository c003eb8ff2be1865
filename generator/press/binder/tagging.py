"""Mends the browser's tags: what PDF/UA-1 asks of lists, roles, tables and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import groupby
from typing import Any

import pikepdf

from generator.press.binder.content import drawing, stretches
from generator.press.binder.decoration import Hollow
from generator.press.binder.lettering import Letters, Words
from generator.press.binder.tags import (
    Mark,
    elements,
    is_element,
    kids,
    owners,
    piece_of,
    pieces,
    put_kids,
    put_owners,
    tree_of,
)

ROLES = {"/Strong": "/Span", "/Em": "/Span", "/Aside": "/Div"}
"""Words of PDF 2.0 that the browser uses, in those of PDF 1.7."""


def mend_tags(pdf: pikepdf.Pdf, hollow: Iterable[Hollow]) -> None:
    """What is hollow draws nothing and need not be read."""
    tree = tree_of(pdf)
    listed = owners(tree)
    for holder, number in hollow:
        _leave_out(holder, number, listed[int(holder.StructParents)])
    everything = list(elements(tree))
    used = {str(element.S) for element in everything}
    tree.RoleMap = pikepdf.Dictionary({name: pikepdf.Name(role) for name, role in ROLES.items() if name in used})
    for element in everything:
        if element.S == "/LI":
            _wrap_body(pdf, element, listed)
        elif element.S == "/Figure" and any(is_element(kid) and kid.S == "/Figure" for kid in kids(element)):
            element.S = pikepdf.Name.Div  # a picture and what is written below it
    put_owners(pdf, tree, listed)
    _name_cells(pdf, tree, everything)
    _say_links([element for element in everything if element.S == "/Link"])
    for page in pdf.pages:
        page.obj.Tabs = pikepdf.Name.S


def _leave_out(holder: Any, number: int, row: Any) -> None:
    element, mark = row[number], (holder.objgen, number)
    put_kids(element, [kid for kid in kids(element) if not (piece := piece_of(kid, element)) or piece.key != mark])
    row[number] = None


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


def _name_cells(pdf: pikepdf.Pdf, tree: Any, everything: Iterable[Any]) -> None:
    """The cells that others name as their headings: the browser's names for them differ from print to print."""
    named = [element for element in everything if "/ID" in element]
    if not named:
        return
    names = {str(element.ID): pikepdf.String(f"n{number:06}") for number, element in enumerate(named)}
    for element in everything:
        for about in element.get("/A", ()):
            if "/Headers" in about:
                about.Headers = pikepdf.Array([names[str(name)] for name in about.Headers])
    for element in named:
        element.ID = names[str(element.ID)]
    row = [thing for element in named for thing in (element.ID, element)]
    tree.IDTree = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(row)))


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
