"""Booklets that save ink, on request: to read, and to fold at the office. What is a ground elsewhere is an outline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import BOOKLET, Look, plan_books
from generator.products.papers.parts.laying import Bound, fold_book
from generator.products.papers.parts.printing import Making, join_results, keep_paper
from generator.products.papers.parts.volumes import Volume, volumes
from generator.products.product import Kind, Product

BOOK = replace(BOOKLET, file="print/booklets/*-ink.pdf", styles=(*BOOKLET.styles, "ink-book.css"), shelf=None)
SHEETS = Kind("print/booklets/*-ink-fold.pdf", code_mm=30, made_of=BOOK.file, laid="folded")
PRODUCT = Product("inkbook", Text("tập sách đỡ mực", "ink-saving booklets"), (BOOK, SHEETS), standard=False,
                  signed=True, theme=("print/chapter.html", "print/stamps.html"))
SAID = ", đỡ mực"
INK = Look("inkbook", BOOK, SAID)
TEST, TEST_FILE = "fold:thu-may-in", "print/sheets/thu-may-in.pdf"


def plan(desk: Desk) -> list[Item]:
    return [_folded(desk, item, volume)
            for item, volume in zip(plan_books(desk, INK), volumes(desk.handbook), strict=True)]


def _folded(desk: Desk, item: Item, volume: Volume) -> Item:
    """Whoever saves ink folds it too; without the sheet to try the copier with there is only the book to read."""
    begin = cast(Callable[[Bench], Making], item.begin)

    def make(bench: Bench) -> Making:
        made = yield from begin(bench)
        return _with_sheets(desk, volume, made, bench.needed[TEST].read(TEST_FILE)) if TEST in bench.needed else made

    return replace(item, begin=make, needs=(*item.needs, TEST),
                   digest=desk.digest(item.digest, desk.handbook.site.paper_mm))


def _with_sheets(desk: Desk, volume: Volume, made: Result, test: bytes) -> Result:
    file = BOOK.path(volume.name)
    folded = fold_book(desk, volume, Bound(file, made.files[file], made.facts), test, SAID)
    codes = {code for there in made.codes[file].values() for code in there}
    return join_results(made, keep_paper(SHEETS, volume.name, folded.data, folded.facts, {0: codes}))
