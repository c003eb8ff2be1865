"""The structure tree of a tagged file: elements, what they hold, and which element owns what lies on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import pikepdf

from generator.ground.errors import ProofError

Mark: TypeAlias = tuple[tuple[int, int], int]
"""What draws it, and its number there."""


def tree_of(pdf: pikepdf.Pdf) -> Any:
    """The root of the tags."""
    tree = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        raise ProofError("Tệp không có thẻ, người khiếm thị không nghe đọc được.",
                         "The file is not tagged; it cannot be read by ear.")
    return tree


def new_tree(pdf: pikepdf.Pdf) -> tuple[Any, Any]:
    """The root of the tags of a new file, and the document in it that holds them all."""
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    document = pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=tree, Lang="vi"))
    tree.K = document
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = tree, pikepdf.Dictionary(Marked=True)
    return tree, document


def kids(element: Any) -> list[Any]:
    """Elements and what is none: marks on the element's own page as bare numbers, marks elsewhere, links."""
    held = element.get("/K")
    return list(held) if isinstance(held, pikepdf.Array) else [] if held is None else [held]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(top: Any) -> Iterator[Any]:
    """All below, in the order they are read."""
    for kid in kids(top):
        if is_element(kid):
            yield kid
            yield from elements(kid)


class Piece(NamedTuple):
    """What an element holds that is no element."""

    page: Any
    """None when nothing says which."""
    holder: Any
    """What draws it: the page, or a form on it."""
    number: int
    """Of the mark in the drawing; -1 for a link."""
    kid: Any
    """As the element holds it."""

    @property
    def key(self) -> Mark:
        return self.holder.objgen if self.holder is not None else (0, 0), self.number


def piece_of(kid: Any, element: Any) -> Piece | None:
    """None for an element."""
    own = element.get("/Pg")
    if isinstance(kid, int):
        return Piece(own, own, kid, kid)
    if "/S" in kid:
        return None
    page = kid.get("/Pg", own)
    return Piece(page, kid.get("/Stm", page), int(kid.get("/MCID", -1)), kid)


def pieces(element: Any) -> Iterator[Piece]:
    for kid in kids(element):
        if (piece := piece_of(kid, element)) is not None:
            yield piece


def put_kids(element: Any, left: Sequence[Any]) -> None:
    """An element that holds nothing any more goes too."""
    element.K = left[0] if len(left) == 1 else pikepdf.Array(left)
    parent = element.get("/P")
    if not left and is_element(parent):
        put_kids(parent, [kid for kid in kids(parent) if not is_element(kid) or kid.objgen != element.objgen])


def first_page(top: Any) -> Any:
    """The page on which the first piece lies that is read; None for an element that holds nothing."""
    return next((piece.page for element in (top, *elements(top)) for piece in pieces(element)), None)


def owners(tree: Any) -> dict[int, Any]:
    """The number of a page or link → the elements that own its pieces, one for each; for a link, its one element."""
    return dict(_numbered(tree.get("/ParentTree", pikepdf.Dictionary())))


def _numbered(node: Any) -> Iterator[tuple[int, Any]]:
    row = list(node.get("/Nums", ()))
    yield from zip((int(number) for number in row[::2]), row[1::2], strict=True)
    for kid in node.get("/Kids", ()):
        yield from _numbered(kid)


def put_owners(pdf: pikepdf.Pdf, tree: Any, owned: Mapping[int, Any]) -> None:
    row = pikepdf.Array([thing for pair in sorted(owned.items(), key=lambda pair: pair[0]) for thing in pair])
    tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=row))
    tree.ParentTreeNextKey = max(owned, default=-1) + 1


def renumber(pdf: pikepdf.Pdf, tree: Any, owner: Callable[[Any, int], Any]) -> None:
    """Counts pages and links anew; `owner` tells, of a page and a number it or a link on it had, who owned that."""
    owned: dict[int, Any] = {}
    for page in pdf.pages:
        notes = [(note, "/StructParent") for note in page.get("/Annots", ())]
        for thing, key in ((page.obj, "/StructParents"), *notes):
            if key in thing:
                owned[len(owned)] = owner(page.obj, int(thing[key]))
                thing[key] = len(owned) - 1
    put_owners(pdf, tree, owned)
