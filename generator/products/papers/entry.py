"""The entry card, A5: a few questions with yes or no that lead to a path; on its back a code for each path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from generator.engine.items import Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.findings import Text, error
from generator.handbook.model import Path, Phrase
from generator.handbook.printed import ENTRY, of_path
from generator.products.lesson import Lesson, path_class, shared_accountability
from generator.products.papers.parts.drawing import ManyPage, NumberBlock, PaperPage
from generator.products.papers.parts.printing import OVERFLOW, Making, Paper, plan_paper, print_paper
from generator.products.product import A5_MM, SHEETS, Kind, Product

CARD = Kind("print/sheets/phieu-chon-bai.pdf", "entry.html", ("paper.css", "entry.css"), A5_MM, shelf=SHEETS,
            code_mm=25)
PRODUCT = Product("entry", Text("phiếu chọn bài", "entry card"), (CARD,))

NAME = "phieu-chon-bai"
TITLE = "Bác nên bắt đầu từ bài nào?"


@dataclass(frozen=True)
class Way:
    """A path with the number that opens it."""

    path: Path
    number: NumberBlock
    lessons: int
    colours: str
    """The class of its colours."""


@dataclass(frozen=True)
class Fork:
    """One question; *no* leads to the next one, after the last to `otherwise`."""

    index: int
    question: Phrase
    yes: Way
    otherwise: Way | None = None


@dataclass(frozen=True)
class EntryCard(ManyPage):
    """What the template gets."""

    forks: tuple[Fork, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        """Each path once, in the order of the questions."""
        return ways_of(self.forks)


def plan(desk: Desk) -> list[Item]:
    """Nothing as long as no question leads to a path with a number."""
    book = desk.handbook
    forks = forks_of(desk)
    if not forks:
        return []
    ways = ways_of(forks)
    return [plan_paper(
        desk, "entry", NAME, lambda _bench: make_card(desk, forks), _lessons(desk, ways),
        book.signposts, [(way.path, way.colours) for way in ways], [way.number for way in ways],
        shared_accountability(_lessons(desk, ways), book.edition), [way.lessons for way in ways], prints=_prints(ways),
    )]


def forks_of(desk: Desk) -> tuple[Fork, ...]:
    """The questions whose paths this edition has."""
    known = [(post, way) for post in desk.handbook.signposts if (way := _way(desk, post.path))]
    return tuple(
        Fork(index, post.question, way, _way(desk, post.otherwise) if index == len(known) else None)
        for index, (post, way) in enumerate(known, 1)
    )


def _way(desk: Desk, name: Phrase | None) -> Way | None:
    book = desk.handbook
    path = next((path for path in book.paths if name and path.id == name.text), None)
    if path is None or not book.number_of(f"path:{path.id}"):
        return None
    known = sum(slug.text in book.by_slug for slug in path.topics)
    return Way(path, PaperPage(desk).number_block(f"path:{path.id}"), known, path_class(book, path)) if known else None


def ways_of(forks: tuple[Fork, ...]) -> tuple[Way, ...]:
    found = [way for fork in forks for way in (fork.yes, fork.otherwise) if way]
    return tuple({way.path.id: way for way in found}.values())


def _prints(ways: Iterable[Way]) -> tuple[str, ...]:
    return (ENTRY, *(of_path(way.path) for way in ways))


def _lessons(desk: Desk, ways: tuple[Way, ...]) -> tuple[Lesson, ...]:
    slugs = dict.fromkeys(slug.text for way in ways for slug in way.path.topics)
    return tuple(lesson for slug in slugs if (lesson := desk.handbook.by_slug.get(slug)))


def make_card(desk: Desk, forks: tuple[Fork, ...]) -> Making:
    page = EntryCard(desk, _lessons(desk, ways_of(forks)), forks)
    paper = Paper(CARD, "", TITLE, page, subject=f"{page.place}.",
                  codes={2: {way.number.url for way in page.ways}}, prints=_prints(page.ways))
    made = yield from print_paper(desk, paper, OVERFLOW, ".side", partial(_refuse_overflow, forks))
    return replace(made, facts={**made.facts, "title": f"Phiếu chọn bài: {TITLE}"})


def _refuse_overflow(forks: tuple[Fork, ...], over: float) -> None:
    if over > 0:
        raise RefusedError(error("paper.too-long/entry", forks[0].question.place, over=over))
