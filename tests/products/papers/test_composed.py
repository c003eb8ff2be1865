"""A book bound of pieces looks as if the browser had printed it in one piece, page by page and dot by dot."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from generator.press.binder.facts import destinations
from generator.press.binder.reach import unreached
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.press.proof import Leaf, opened
from generator.products.papers import booklet
from generator.products.papers.parts.bindery import BOOKLET, BREAKS, _tabs
from generator.products.papers.parts.book import Book, BookPart, Chapter, ChapterPage, Pagination, compose
from generator.products.papers.parts.printing import Paper, style_of
from generator.products.papers.parts.volumes import volumes
from generator.products.papers.parts.words import css_text
from tests.desks import desk, handbook, make, one_pdf

pytestmark = pytest.mark.long
EVERY = os.environ.get("HOCSO_PROVE") == "1"
BOOKS = [(edition, volume.name) for edition in ("viet-nam", "xa-dai-son", "phuong-chu-van-an")
         for volume in volumes(handbook(edition))]
SAMPLE = [("viet-nam", "phan-1"), ("xa-dai-son", "nguoi-cao-tuoi"), ("phuong-chu-van-an", "phan-2")]
FAINT = 24
TAPE = 32
"""Rows of dots at the head of a page, where a draft wears its tape: the browser knows nothing of it."""
MOST_UNLIKE = 0.0
"""Of all dots of a page: edges of letters whose place was rounded elsewhere."""
EDGES = """
@page :left { margin-left: 49px; margin-right: 57px; @bottom-left { content: counter(page); font: 700 13pt Roboto } }
@page :right { margin-left: 57px; margin-right: 49px; @bottom-right { content: counter(page); font: 700 13pt Roboto } }
@page opener:left { margin-left: 20px; margin-right: 28px; @bottom-left { padding-left: 29px } }
@page opener:right { margin-left: 28px; margin-right: 20px; @bottom-right { padding-right: 29px } }
@page cover { margin: 0; @bottom-left { content: none } @bottom-right { content: none } }
"""
TOP_PX = 19 / 25.4 * 96
"""The margin above the text, where the boxes beside it begin."""
TAB = "box-sizing: border-box; width: 36px; height: 62px; font: 700 16pt/62px Roboto; text-align: center"
TAB_OF = {"left": "padding-left: 9px; margin-left: 0; margin-right: auto",
          "right": "padding-right: 9px; margin-left: 12px; margin-right: auto"}
HEAD = "font: 500 10pt Roboto; vertical-align: bottom; padding-bottom: 2.5mm"


def whole_html(book: Book) -> str:
    """The frame with all lessons at their places."""
    frame = book.desk.theme.draw("print/booklet.html", book)
    before, *rest = re.split(r'(?=<section class="(?:opener|notes|solutions|glossary)\b)', frame)
    lessons, left = iter(book.parts), iter(rest)
    parts = [before, *(() if book.has_openers else _lessons(book, next(lessons), left))]
    for section in left:
        parts.append(section)
        if 'class="opener' in section[:40]:
            parts += _lessons(book, next(lessons), left)
    html = re.sub(r'<p class="names".*?</p>', "", "".join(parts))
    return html.replace('href="hocso:', 'href="https://sach.invalid/')


def _lessons(book: Book, part: BookPart, ruled: Iterator[str]) -> Iterator[str]:
    """Each after as many ruled pages as stand before it."""
    for chapter in part.chapters:
        yield from islice(ruled, book.pages.gaps.count(chapter.id))
        yield _lesson(book, chapter)


def _lesson(book: Book, chapter: Chapter) -> str:
    html = book.desk.theme.draw("print/chapter.html", ChapterPage(book.desk, chapter, trainer=False))
    return f'<div class="lesson" style="page:{chapter.id}">{html}</div>'


def heads(book: Book) -> Iterator[str]:
    colours = dict(re.findall(r"\.([\w-]+) \{ --part: (#\w+);", book.desk.theme.text("tokens.css")))
    tabs = {(tab.style, tab.side): tab for tab in _tabs(book.desk.handbook, booklet.A5)}
    for chapter in book.chapters:
        for side, words in (("left", chapter.part_title), ("right", plain(chapter.lesson.title))):
            tab = tabs[chapter.style, side]
            yield (f"@page {chapter.id}:{side} {{ @top-{side} {{ content: {css_text(words)}; {HEAD} }} "
                   f"@{side}-top {{ content: {css_text(tab.sign)}; background: {colours[tab.style]}; color: #fff; "
                   f"margin-top: {tab.top_px - TOP_PX}px; {TAB}; {TAB_OF[side]} }} }}")


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize(("edition", "name"), BOOKS if EVERY else SAMPLE)
def test_bound_as_if_printed_whole(edition: str, name: str, browser: Browser, tmp_path: Path) -> None:
    table = desk(handbook(edition))
    item = next(item for item in booklet.plan(table) if item.name == f"booklet:{name}")
    made = make(item, browser, tmp_path)
    volume = next(volume for volume in volumes(table.handbook) if volume.name == name)
    pages = _pages(tmp_path, name)
    book = replace(compose(table, volume), pages=pages)
    sheet = browser.warm_sheet(style_of(table, Paper(BOOKLET, "", "", book)))
    sheet.fill(whole_html(book), "Cả tập", EDGES + "\n".join(heads(book)))
    sheet.evaluate("([script, room]) => document.querySelectorAll('.lesson').forEach(one => eval(script)(one, room))",
                   [BREAKS, booklet.A5.room_px])
    with opened(sheet.pdf(148, 210)) as whole, opened(one_pdf(made)) as bound:
        assert whole.pages == bound.pages
        unlike = {leaf.number: unlikeness(leaf, other)
                  for leaf, other in zip(whole.leaves(), bound.leaves(), strict=True)}
    assert max(unlike.values()) <= MOST_UNLIKE, {page: part for page, part in unlike.items() if part > MOST_UNLIKE}
    assert not unreached(one_pdf(made))
    assert set(destinations(one_pdf(made))) >= {chapter.id for chapter in book.chapters}


def unlikeness(leaf: Leaf, other: Leaf) -> float:
    """The part of dots that are not the same grey, a hair of rounding aside."""
    one, two = (page.grey(100)[TAPE:].astype(np.int16) for page in (leaf, other))
    return float((np.abs(one - two) > FAINT).mean()) if one.shape == two.shape else 1.0


def _pages(folder: Path, name: str) -> Pagination:
    numbers, notes, gaps = json.loads((folder / f"booklet-{name}.json").read_text("utf-8"))
    return Pagination(numbers, notes, tuple(gaps))
