"""What the tests of papers share: a desk of the shipped handbook, and items made on it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.files import Project
from generator.handbook.model import Edition, Handbook, Help
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.products.lesson import part_class
from tests.projects import make_project
from tests.samples import PROVE

ROOT = Path(__file__).resolve().parents[1]
PROJECT = Project(ROOT, ROOT / "theme")
MOMENT = 1_795_000_000
FILLED = Help("đầu mối", "Nhà văn hóa thôn Một", "0220 000 0000", "Sáng thứ Hai đến thứ Sáu")


@cache
def _whole() -> Handbook:
    return read_handbook(PROJECT).handbook


@cache
def handbook(edition: str = "viet-nam") -> Handbook:
    return select(_whole(), edition)


def thinned(*slugs: str) -> Handbook:
    """The shipped handbook with these lessons alone; when proving, all of it."""
    book = handbook()
    if PROVE:
        return book
    assert {*slugs} <= book.by_slug.keys()
    return replace(book, topics=tuple(topic for topic in book.topics if topic.slug in slugs),
                   cards=tuple(card for card in book.cards if card.slug in slugs))


@cache
def four() -> Handbook:
    """The four topics of `tests/cases/four`, whose words stay while the shipped ones grow."""
    with TemporaryDirectory() as folder:
        return select(read_handbook(Project(make_project(Path(folder)))).handbook, "viet-nam")


def desk(book: Handbook | None = None, moment: int = MOMENT) -> Desk:
    return Desk(PROJECT, book or handbook(), moment, browser="test")


def with_edition(book: Handbook | None = None, **changes: Any) -> Handbook:
    """One that is no trial is signed."""
    book = book or handbook()
    signed = {"unsigned": ""} if changes.get("trial") is False else {}
    edition: Edition = replace(book.edition, **{**signed, **changes})
    others = tuple(edition if one.id == edition.id else one for one in book.editions)
    return replace(book, edition=edition, editions=others)


def make(item: Item, browser: Browser, memory: Path) -> Result:
    return item.make(Bench(PROJECT, lambda: browser, memory))


def one_pdf(result: Result) -> bytes:
    """The paper; it lies in two places, the same bytes."""
    pdf, again = result.files.values()
    assert pdf == again
    return pdf


def part_colour(book: Handbook, slug: str, name: str = "part") -> str:
    """As the theme says it, `#14532d`; its other one is the `accent`."""
    tokens = (ROOT / "theme/tokens.css").read_text("utf-8")
    found = re.search(rf"\.{part_class(book, book.by_slug[slug])} {{.*?--{name}: (#\w+)", tokens)
    assert found
    return found[1]
