"""Whether a reader by ear is led to everything: each page, each tagged piece once, in the order of the pages."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import pikepdf

from generator.ground.findings import Text
from generator.press.binder.content import SHOWS_TEXT, drawing, drawn_by, stretches
from generator.press.binder.file import opened, page_numbers
from generator.press.binder.tags import Mark, first_page, kids, owners, piece_of

Owned: TypeAlias = tuple[Mark, tuple[int, int]]
"""A mark and the element that holds it."""


class Unreached(NamedTuple):
    page: int
    """0 for the whole file."""
    what: Text
    is_mute: bool = False
    """Led to, but a picture that says nothing."""


def unreached(data: bytes) -> list[Unreached]:
    """Nothing for a file whose tags lead to all of it. A judge of PDF/UA passes a page that no tag leads to."""
    with opened(data) as pdf:
        return unreached_in(pdf)


def unreached_in(pdf: pikepdf.Pdf) -> list[Unreached]:
    tree = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        return [Unreached(0, Text("tệp không có thẻ", "the file is not tagged"))]
    numbers, listed = page_numbers(pdf), owners(tree)
    reader = _Reader(numbers)
    reader.read(tree)
    found = reader.mute
    for key, number in numbers.items():
        found += [Unreached(number, what) for what in _of_page(pdf.pages[number - 1].obj, reader.own[key], listed)]
    if reader.own.keys() > numbers.keys():
        found.append(Unreached(0, Text("có thẻ dẫn tới trang không có", "tags lead to a page that is not there")))
    return found + reader.late


class _Reader:
    """Goes through all tags once, as they are read."""

    def __init__(self, numbers: Mapping[Any, int]) -> None:
        self.numbers = numbers
        self.own: dict[Any, list[Owned]] = {key: [] for key in numbers}
        """By page."""
        self.mute: list[Unreached] = []
        self.late: list[Unreached] = []

    def read(self, element: Any) -> int:
        """The page on which it begins, 0 for none. What begins earlier is read earlier: a step goes on over the page,
        then its picture is read, which began beside it."""
        pages = []
        for kid in kids(element):
            piece = piece_of(kid, element)
            if piece is None:
                self._ask_for_words(kid)
                pages.append(self.read(kid))
            elif piece.number >= 0:  # where a link can be touched is not read
                page = piece.page is not None and piece.page.objgen
                self.own.setdefault(page, []).append((piece.key, element.objgen))
                pages.append(self.numbers.get(page, 0))
        pages = [page for page in pages if page]
        self.late += [Unreached(after, Text(f"đọc sau trang {before}", f"is read after page {before}"))
                      for before, after in pairwise(pages) if after < before]
        return pages[0] if pages else 0

    def _ask_for_words(self, element: Any) -> None:
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            page = first_page(element)
            self.mute.append(Unreached(self.numbers.get(page.objgen, 0) if page is not None else 0,
                                       Text("một hình không có lời tả", "a picture without a text"), is_mute=True))


def _of_page(page: Any, own: Sequence[Owned], listed: Mapping[int, Any]) -> Iterator[Text]:
    if not own:
        yield Text("không thẻ nào dẫn tới trang này", "no tag leads to this page")
    held = Counter(mark for mark, _ in own)
    drawn: Counter[Mark] = Counter()
    untagged = 0
    for holder in drawn_by(page):
        marks, free = _marks_in(drawing(holder))
        drawn.update({(holder.objgen, number): times for number, times in marks.items()})
        untagged += free
        row = list(listed.get(int(holder.get("/StructParents", -1)), ()))
        here = [(number, element) for (drawn_in, number), element in own if drawn_in == holder.objgen]
        if any(number >= len(row) or row[number].objgen != element for number, element in here):
            yield Text("sổ thẻ của trang không khớp với cây thẻ", "the page's list of tags differs from the tree's")
    if untagged:
        yield Text(f"{untagged} chỗ có chữ nằm ngoài các thẻ", f"{untagged} runs of text lie outside all tags")
    if lost := +drawn - held:
        yield Text(f"{len(lost)} mảnh không thẻ nào giữ", f"{len(lost)} pieces belong to no tag")
    if gone := held - drawn:
        yield Text(f"{len(gone)} thẻ giữ mảnh không có hay đã có thẻ giữ",
                   f"{len(gone)} tags hold a piece that is not there or has a tag already")


_known: dict[bytes, tuple[Mapping[int, int], int]] = {}
"""What was found in a drawing, by its digest: books hold the same lessons."""


def _marks_in(data: bytes) -> tuple[Mapping[int, int], int]:
    """How often each mark begins, and how many runs of text lie under none."""
    name = hashlib.sha256(data).digest()
    if name not in _known:
        marks, free = Counter[int](), 0
        for mark, start, end, begins in stretches(data):
            if mark.number >= 0:
                marks[mark.number] += begins
            else:
                free += not mark.is_margin and SHOWS_TEXT.search(data, start, end) is not None
        _known[name] = marks, free
    return _known[name]
