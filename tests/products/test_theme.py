"""What an item reads of the theme is noted, so that it is made again when that changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine.items import Bench
from generator.handbook.model import Handbook
from generator.press.browser import Browser
from generator.products import NAMES, plan_product, takes_browser
from tests.desks import PROJECT, desk, handbook, thinned
from tests.samples import PROVE

pytestmark = pytest.mark.long
THEME = str(PROJECT.theme)
SLOW = ("vertical", "loudspeaker")
READS_NONE = ("qr", "stick", "film")
_opened: list[set[str]] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _opened and event == "open" and str(arguments[0]).startswith(THEME):
        _opened[-1].add(Path(str(arguments[0])).relative_to(THEME).as_posix())


sys.addaudithook(_listen)


@contextmanager
def opened() -> Iterator[set[str]]:
    """Every file of the theme that anything opens meanwhile, whoever asks."""
    _opened.append(set())
    try:
        yield _opened[-1]
    finally:
        _opened.pop()


def missing(read: set[str], noted: set[str]) -> set[str]:
    folders = tuple(name for name in noted if name.endswith("/"))
    return {name for name in read - noted if not name.startswith(folders)}


def no_browser() -> Browser:
    raise AssertionError("it says that it takes none")


def thin() -> Handbook:
    """The book with a short lesson of each kind: its papers and films read of the theme what those of all do."""
    book = thinned("quet-ma-qr", "khai-sinh")
    if PROVE:
        return book
    (topic,), (card,) = book.topics, book.cards
    card = replace(card, steps=card.steps[:1], safety=card.safety[:1])
    return replace(book, topics=(replace(topic, clip=topic.clip[:1]),), cards=(card,))


@pytest.mark.parametrize("product", [name for name in NAMES if not takes_browser(name)])
def test_pages_note_all_they_read(product: str, tmp_path: Path) -> None:
    assert_noted(product, handbook(), Bench(PROJECT, no_browser, tmp_path / "memory"))


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("product", [name for name in NAMES if takes_browser(name) and (PROVE or name not in SLOW)])
def test_papers_note_all_they_read(product: str, tmp_path: Path, browser: Browser) -> None:
    assert_noted(product, thin(), Bench(PROJECT, lambda: browser, tmp_path / "memory"))


def assert_noted(product: str, book: Handbook, bench: Bench) -> None:
    """The first, the last and some between: a product's kinds of items stand one after another. Each on a desk of its
    own, which has read nothing yet."""
    names = [item.name for item in plan_product(product, desk(book))]
    seen = set[str]()
    for name in dict.fromkeys((*names[: 1 if takes_browser(product) else None : 9], *names[-1:])):
        table = desk(book)
        with opened() as read, table.theme.noting() as noted:
            item = next(item for item in plan_product(product, table) if item.name == name)
            item.make(bench)
        assert not missing(read, noted), name
        seen |= read
    assert seen or product in READS_NONE
