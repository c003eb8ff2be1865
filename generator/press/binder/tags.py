"""The structure tree of a tagged file: elements, what they hold, and which element owns what lies on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from generator.ground.errors import ProofError


def tree_of(pdf: pikepdf.Pdf) -> Any:
    """The root of the tags."""
    tree = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        raise ProofError("Tệp không có thẻ, người khiếm thị không nghe đọc được.",
                         "The file is not tagged; it cannot be read by ear.")
    return tree


def kids(element: Any) -> list[Any]:
    """Elements, and what is no element: numbers of pieces on the element's own page, pieces of another, links."""
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


def page_of_kid(kid: Any, element: Any) -> Any:
    """The page on which what is no element lies; None when nothing says so."""
    own = element.get("/Pg")
    return kid.get("/Pg", own) if isinstance(kid, pikepdf.Dictionary) else own


def first_page(top: Any) -> Any:
    """The page on which the first piece lies that is read; None for an element that holds nothing."""
    for element in (top, *elements(top)):
        for kid in kids(element):
            if not is_element(kid):
                return page_of_kid(kid, element)
    return None


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
