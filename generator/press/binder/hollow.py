"""Takes out marks that draw nothing, as if they had never been.

What begins a page leaves such a mark at the foot of the page before, and the browser then counts, spells and orders
otherwise than when that page is printed first of all. A paper must not show what was printed before and after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, TypeAlias

import pikepdf

from generator.press.binder.content import drawing
from generator.press.binder.tags import Mark, Piece, elements, is_element, kids, piece_of, pieces, put_kids

_Moved: TypeAlias = Mapping[Mark, int | None]
"""A mark → its new number on its page; None for one that goes."""
_NUMBER = re.compile(rb"(?<=/MCID )\d+(?=[^<>]*>>\s?BDC\n)")
_LATE = re.compile(rb"(Q\n(?:Q\n)*)EMC\n")


def closed_up(content: bytes) -> bytes:
    """A drawing without words that are none; every mark ends where what it holds does."""
    return _LATE.sub(rb"EMC\n\1", content.replace(b"BT\nET\n", b""))


def leave_out(pdf: pikepdf.Pdf, holders: Iterable[Any], listed: MutableMapping[int, Any]) -> None:
    """Takes out of the tags what these pages and forms draw no more, and counts their other marks anew; `listed` tells
    who owns each."""
    moved: dict[Mark, int | None] = {}
    touched: dict[tuple[int, int], Any] = {}
    for holder in {one.objgen: one for one in holders}.values():
        row = listed[int(holder.StructParents)]
        names = _count_anew(pdf, holder)
        listed[int(holder.StructParents)] = pikepdf.Array([row[old] for old in names])
        changed = [old for old in range(len(row)) if names.get(old) != old]
        moved |= {(holder.objgen, old): names.get(old) for old in changed}
        touched |= {row[old].objgen: row[old] for old in changed}
    for element in touched.values():
        _mend(element, moved)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for element in {above.objgen: above for one in touched.values() for above in _way_up(one)}.values():
        _put_in_order(element, numbers)


def _count_anew(pdf: pikepdf.Pdf, holder: Any) -> dict[int, int]:
    """Old number → new one, of the marks that are drawn."""
    content = drawing(holder)
    names = {old: new for new, old in enumerate(sorted({int(number) for number in _NUMBER.findall(content)}))}
    counted = _NUMBER.sub(lambda match: b"%d" % names[int(match[0])], content)
    if isinstance(holder, pikepdf.Stream):
        holder.write(counted)
    else:
        holder.Contents = pdf.make_stream(counted)
    return names


def _mend(element: Any, moved: _Moved) -> None:
    """As the browser writes it: marks on the page where most of them lie are bare numbers."""
    left = [(kid, piece, number) for kid in kids(element) for piece in [piece_of(kid, element)]
            for number in [_number_of(piece, moved)] if number is not None]
    marked = Counter(piece.page.objgen for _, piece, number in left if piece and number >= 0)
    page = next((piece.page for _, piece, _ in left if piece and marked and piece.page.objgen == _most(marked)), None)
    put_kids(element, [kid if piece is None or number < 0 else _spelled(piece, number, page)
                       for kid, piece, number in left])
    if page is None:
        element.pop("/Pg", None)
    else:
        element.Pg = page


def _number_of(piece: Piece | None, moved: _Moved) -> int | None:
    """Of what is no mark, -1."""
    return -1 if piece is None else moved.get(piece.key, piece.number)


def _most(marked: Counter[tuple[int, int]]) -> tuple[int, int]:
    return marked.most_common(1)[0][0]


def _spelled(piece: Piece, number: int, page: Any) -> Any:
    if piece.page.objgen == page.objgen == piece.holder.objgen:
        return number
    mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=piece.page, MCID=number)
    if piece.holder.objgen != piece.page.objgen:
        mark.Stm = piece.holder
    return mark


def _way_up(element: Any) -> Iterator[Any]:
    while is_element(element):
        yield element
        element = element.get("/P")


def _put_in_order(element: Any, numbers: Mapping[tuple[int, int], int]) -> None:
    """Marks of an element's own stand among the elements it holds by where they are drawn."""
    held = kids(element)
    inner = [kid for kid in held if is_element(kid)]
    own = [kid for kid in held if (piece := piece_of(kid, element)) and piece.number >= 0]
    if not inner or not own:
        return
    merged: list[Any] = []
    for kid in inner:
        first = _first(kid, numbers)
        while own and first is not None and _place(piece_of(own[0], element), numbers) < first:
            merged.append(own.pop(0))
        merged.append(kid)
    rest = [kid for kid in held if (piece := piece_of(kid, element)) and piece.number < 0]
    put_kids(element, [*merged, *own, *rest])


def _first(top: Any, numbers: Mapping[tuple[int, int], int]) -> tuple[int, int] | None:
    return next((_place(piece, numbers) for element in (top, *elements(top)) for piece in pieces(element)
                 if piece.number >= 0), None)


def _place(piece: Piece | None, numbers: Mapping[tuple[int, int], int]) -> tuple[int, int]:
    return (numbers[piece.page.objgen], piece.number) if piece else (-1, -1)
