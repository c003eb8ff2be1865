"""Whether a reader by ear is led to everything: each page, each tagged piece once, in the order of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pikepdf

from generator.ground.findings import Text
from generator.press.binder.content import SHOWS_TEXT, Mark, drawing, drawn_by, stretches
from generator.press.binder.file import opened
from generator.press.binder.tags import elements, first_page, kids, owners, page_of_kid

Key = tuple[int, int]
"""Of an object in the file."""


class Unreached(NamedTuple):
    page: int
    """0 for the whole file."""
    what: Text


class _Piece(NamedTuple):
    """What an element holds of a page."""

    page: Key
    holder: Key
    """The page itself, or a form it draws."""
    number: int
    element: Key


def unreached(data: bytes) -> list[Unreached]:
    """Nothing for a file whose tags lead to all of it. A judge of PDF/UA passes a page that no tag leads to."""
    with opened(data) as pdf:
        tree = pdf.Root.get("/StructTreeRoot")
        if not isinstance(tree, pikepdf.Dictionary):
            return [Unreached(0, Text("tệp không có thẻ", "the file is not tagged"))]
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        pieces, listed = list(_pieces(tree)), owners(tree)
        own: dict[Key, list[_Piece]] = {key: [] for key in numbers}
        for piece in pieces:
            own.setdefault(piece.page, []).append(piece)
        found = list(_mute(tree, numbers))
        for key, number in numbers.items():
            found += [Unreached(number, what) for what in _of_page(pdf.pages[number - 1].obj, own[key], listed)]
        return found + list(_out_of_order([numbers.get(piece.page, 0) for piece in pieces]))


def _pieces(tree: Any) -> Iterator[_Piece]:
    """In the order they are read."""
    for element in elements(tree):
        for kid in kids(element):
            if isinstance(kid, int) or "/MCID" in kid:
                page = page_of_kid(kid, element)
                key = (0, 0) if page is None else page.objgen
                holder, number = (key, kid) if isinstance(kid, int) else (kid.get("/Stm", page).objgen, kid.MCID)
                yield _Piece(key, holder, int(number), element.objgen)


def _of_page(page: Any, own: Sequence[_Piece], listed: Mapping[int, Any]) -> Iterator[Text]:
    if not own:
        yield Text("không thẻ nào dẫn tới trang này", "no tag leads to this page")
    held = Counter((piece.holder, piece.number) for piece in own)
    drawn: Counter[tuple[Key, int]] = Counter()
    untagged = 0
    for holder in drawn_by(page):
        for mark, has_text, begins in _marks(drawing(holder)):
            drawn[holder.objgen, mark.number] += begins and mark.number >= 0
            untagged += has_text and mark.number < 0 and not mark.is_margin
        row = list(listed.get(int(holder.get("/StructParents", -1)), ()))
        own_here = {piece.number: piece.element for piece in own if piece.holder == holder.objgen}
        if any(number >= len(row) or row[number].objgen != element for number, element in own_here.items()):
            yield Text("sổ thẻ của trang không khớp với cây thẻ", "the page's list of tags differs from the tree's")
    if untagged:
        yield Text(f"{untagged} chỗ có chữ nằm ngoài các thẻ", f"{untagged} runs of text lie outside all tags")
    if lost := +drawn - held:
        yield Text(f"{len(lost)} mảnh không thẻ nào giữ", f"{len(lost)} pieces belong to no tag")
    if gone := held - drawn:
        yield Text(f"{len(gone)} thẻ giữ mảnh không có hay đã có thẻ giữ",
                   f"{len(gone)} tags hold a piece that is not there or has a tag already")


def _marks(data: bytes) -> Iterator[tuple[Mark, bool, bool]]:
    for stretch in stretches(data):
        yield stretch.mark, bool(SHOWS_TEXT.search(data, stretch.start, stretch.end)), stretch.begins


def _out_of_order(reached: Sequence[int]) -> Iterator[Unreached]:
    for before, after in pairwise(reached):
        if after < before:
            yield Unreached(after, Text(f"đọc sau trang {before}", f"is read after page {before}"))


def _mute(tree: Any, numbers: Mapping[Key, int]) -> Iterator[Unreached]:
    for element in elements(tree):
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            page = first_page(element)
            yield Unreached(numbers.get(page.objgen, 0) if page is not None else 0,
                            Text("một hình không có lời tả", "a picture without a text"))
