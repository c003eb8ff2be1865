"""Answers what many papers ask at one go: measured together, printed together, cut apart again.

The browser starts a program of its own for every print, which takes longer than printing a leaflet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from generator.ground.errors import ProofError
from generator.press.binder.cutting import TooLongError, cut
from generator.press.orders import Answer, Order, Picture, Pictured, Print, Printed

if TYPE_CHECKING:
    from generator.press.browser.sheet import Sheet

    WarmSheet = Callable[[str], Sheet]

MOST_LETTERS = 2_500_000
"""Of one filling: what it prints stays below the length to which the browser counts exactly."""
LED_TO = re.compile(r'href="#([^"]+)"')
PAPER = '<article class="paper" id="paper-{index}" style="break-before:page">{body}</article>'
FRAMED = """<article class="paper" style="width:{size[0]}px;height:{size[1]}px;overflow:hidden">{body}</article>"""
STARTS = '<p style="break-before:page">{links}</p>'
SHOW = """shown => document.querySelectorAll('.paper').forEach(
  (paper, index) => { paper.style.display = index === shown ? '' : 'none'; })"""
ASK = """([script, asked]) => {
  const ask = eval(script);
  return [...document.querySelectorAll('.paper')].map((paper, index) => ask(paper, asked[index]));
}"""


def answer(warm_sheet: WarmSheet, orders: Sequence[Order]) -> list[Answer]:
    """In the order they were asked; why one cannot be answered is its answer."""
    answers: dict[int, Answer] = {}
    rows = sorted(enumerate(orders), key=lambda row: repr(_alike(row[1])))
    for _, alike in groupby(rows, key=lambda row: _alike(row[1])):
        for few in _fillings([*alike]):
            answers |= zip((index for index, _ in few), _answer(warm_sheet, [order for _, order in few]), strict=True)
    return [answers[index] for index in range(len(orders))]


def _alike(order: Order) -> Hashable:
    """Papers that differ in this cannot lie on one sheet."""
    if isinstance(order, Print):
        return order.style, order.script, order.size_mm, order.css and (order.css, order.body)
    if isinstance(order, Picture):
        return order.style, order.script, order.size_px
    return order.style, order.script


def _fillings(rows: Iterable[tuple[int, Order]]) -> Iterator[list[tuple[int, Order]]]:
    """Neither too long for one sheet nor of papers whose links would lead into each other."""
    few: list[tuple[int, Order]] = []
    letters, names = 0, set[str]()
    for row in rows:
        body, own = row[1].body, {*LED_TO.findall(row[1].body)}
        if few and (letters + len(body) > MOST_LETTERS or names & own):
            yield few
            few, letters, names = [], 0, set()
        few.append(row)
        letters += len(body)
        names |= own
    yield few


def _answer(warm_sheet: WarmSheet, orders: Sequence[Order]) -> list[Answer]:
    """One by one when something is wrong, so that the paper at fault is known; by halves when it is too long."""
    try:
        return _at_one_go(warm_sheet, orders)
    except TooLongError:
        middle = len(orders) // 2
        if not middle:
            raise
        return [*_answer(warm_sheet, orders[:middle]), *_answer(warm_sheet, orders[middle:])]
    except ProofError as problem:
        if len(orders) == 1:
            return [problem]
        return [one for order in orders for one in _answer(warm_sheet, [order])]


def _at_one_go(warm_sheet: WarmSheet, orders: Sequence[Order]) -> list[Answer]:
    first = orders[0]
    sheet = warm_sheet(first.style)
    papers = [FRAMED.format(size=order.size_px, body=order.body) if isinstance(order, Picture)
              else PAPER.format(index=index, body=order.body) for index, order in enumerate(orders)]
    links = "".join(f'<a href="#paper-{index}">.</a>' for index in range(len(orders)))
    if isinstance(first, Print) and len(orders) > 1:
        papers.append(STARTS.format(links=links))
    sheet.fill("\n".join(papers), first.about.title, first.css if isinstance(first, Print) else "")
    told = sheet.evaluate(ASK, [first.script, [order.argument for order in orders]]) if first.script else []
    if isinstance(first, Print):
        return list(_printed(sheet, first.size_mm, orders, told or [None] * len(orders)))
    if isinstance(first, Picture):
        return list(_pictured(sheet, first.size_px, told or [None] * len(orders)))
    return cast(list[Answer], told)


def _pictured(sheet: Sheet, size_px: tuple[int, int], told: Sequence[Any]) -> Iterator[Pictured]:
    """Each where it would lie by itself: further down, the browser softens other edges."""
    for place, one in enumerate(told):
        sheet.evaluate(SHOW, place)
        yield Pictured(sheet.png(*size_px), one)


def _printed(
    sheet: Sheet, size_mm: tuple[float, float], orders: Sequence[Order], told: Sequence[Any]
) -> Iterator[Printed]:
    pieces = cut(sheet.pdf(*size_mm), [order.about for order in orders])
    for piece, one in zip(pieces, told, strict=True):
        yield Printed(piece, one)
