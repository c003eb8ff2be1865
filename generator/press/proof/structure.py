"""What a page says about itself: its tagged pictures and its links."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as untyped_raw

from generator.press.proof.document import Area, Leaf

raw: Any = untyped_raw
DEEPEST = 100


class Figure(NamedTuple):
    alt: str
    marks: frozenset[int]
    """The tagged pieces it is made of."""


class Piece(NamedTuple):
    mark: int
    """Number of the tagged piece it belongs to; -1 for none."""
    is_image: bool
    area: Area


class PageLink(NamedTuple):
    area: Area
    page: int
    """Where it leads within the file; 0 for elsewhere."""
    address: str
    """Where it leads outside."""
    dead: bool


def figures(leaf: Leaf) -> list[Figure]:
    tree = raw.FPDF_StructTree_GetForPage(leaf.page)
    if not tree:
        return []
    try:
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, index)
                for index in range(raw.FPDF_StructTree_CountChildren(tree)))
        return [figure for top in tops if top for figure in _figures(top, 0)]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _figures(element: Any, depth: int) -> Iterator[Figure]:
    if _told("utf-16-le", raw.FPDF_StructElement_GetType, element) == "Figure":
        alt = _told("utf-16-le", raw.FPDF_StructElement_GetAltText, element)
        yield Figure(alt, frozenset(_marks(element, depth)))
        return
    if depth < DEEPEST:
        for child in _children(element):
            yield from _figures(child, depth + 1)


def _marks(element: Any, depth: int) -> Iterator[int]:
    for index in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
        yield raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
    if depth < DEEPEST:
        for child in _children(element):
            yield from _marks(child, depth + 1)


def _children(element: Any) -> Iterator[Any]:
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield child


def _told(encoding: str, ask: Callable[..., int], *about: Any) -> str:
    """What pdfium writes into the room one gives it, once it has said how much it needs."""
    length = ask(*about, None, 0)
    room = ctypes.create_string_buffer(length)
    ask(*about, room, length)
    return room.raw[:length].decode(encoding, "replace").rstrip("\0")


def pieces(leaf: Leaf) -> list[Piece]:
    """Everything drawn on the page that is not text inside other things."""
    found = []
    box = [ctypes.c_float() for _ in range(4)]
    for index in range(raw.FPDFPage_CountObjects(leaf.page)):
        thing = raw.FPDFPage_GetObject(leaf.page, index)
        raw.FPDFPageObj_GetBounds(thing, *box)
        left, bottom, right, top = (number.value for number in box)
        is_image = raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE
        found.append(Piece(raw.FPDFPageObj_GetMarkedContentID(thing), is_image, leaf.area(left, bottom, right, top)))
    return found


def links(leaf: Leaf) -> list[PageLink]:
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    found = []
    while raw.FPDFLink_Enumerate(leaf.page, position, link):
        found.append(_link(leaf, link))
    return found


def _link(leaf: Leaf, link: Any) -> PageLink:
    box = raw.FS_RECTF()
    raw.FPDFLink_GetAnnotRect(link, box)
    area = leaf.area(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
    document = leaf.document
    target = raw.FPDFLink_GetDest(document, link)
    action = None if target else raw.FPDFLink_GetAction(link)
    if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO:
        target = raw.FPDFAction_GetDest(document, action)
    if target:
        page = raw.FPDFDest_GetDestPageIndex(document, target) + 1
        return PageLink(area, page, "", not 1 <= page <= len(document))
    address = _told("utf-8", raw.FPDFAction_GetURIPath, document, action) if action else ""
    return PageLink(area, 0, address, not address)
