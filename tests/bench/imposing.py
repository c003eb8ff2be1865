"""How long 400 pages take to print, and how long to lay on sheets to fold."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from generator.engine.items import Desk
from generator.ground.files import Project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.binder.cutting import cut
from generator.press.binder.facts import page_count, page_sizes_mm
from generator.press.binder.sheets import place_pages
from generator.press.browser import Browser
from generator.press.imposer import fold_booklet
from generator.press.orders import About
from generator.products.papers.booklet import A5
from generator.products.papers.parts.book import ChapterPage, compose
from generator.products.papers.parts.printing import Paper, style_of
from generator.products.papers.parts.volumes import whole_books
from generator.products.product import A5_MM
from tests.bench.synthetic import ROOT, make_handbook

PAGES = 400
TURNS = 5
"""The median of so many: a slow moment of the machine shall not decide."""


def print_and_fold(folder: Path) -> tuple[float, float]:
    """Seconds for each, for the same pages."""
    project = Project(make_handbook(folder / "fold", 80), ROOT / "theme")
    desk = Desk(project, select(read_handbook(project).handbook, "viet-nam"), 1_795_000_000, "bench")
    book = compose(desk, whole_books(desk.handbook)[0])
    printing, folding = [], []
    with Browser() as browser:
        sheet = browser.open_sheet(style_of(desk, Paper(A5.kind, "", "", None)))
        for _ in range(TURNS):
            start = time.perf_counter()
            pages = (ChapterPage(desk, chapter, trainer=False) for chapter in book.chapters)
            sheet.fill("\n".join(desk.theme.draw("print/chapter.html", page) for page in pages), "400")
            pdf = sheet.pdf(*A5_MM)
            printing.append((time.perf_counter() - start) * PAGES / page_count(pdf))
            folding.append(_fold(cut(pdf, [About("Thử")])[0].data))  # what is folded in a build
    return median(printing), median(folding)


def _fold(pdf: bytes) -> float:
    pages = min(PAGES, page_count(pdf))
    start = time.perf_counter()
    sides = fold_booklet(range(1, pages + 1), page_sizes_mm(pdf)[0])
    place_pages([pdf], sides, About("Thử"))
    return (time.perf_counter() - start) * PAGES / pages
