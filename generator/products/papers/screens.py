"""Every drawn screen on A4, for the editor who takes the list to a phone; then every kind of row with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.handbook.lesson.examples import EXAMPLES, example
from generator.handbook.lesson.rows import KINDS, alt_text
from generator.handbook.lesson.shown import place_of, screens_of
from generator.handbook.model import Phrase, Screen
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products.lesson import Lesson
from generator.products.papers.parts.drawing import PaperPage, draw_screen
from generator.products.papers.parts.printing import Making, Paper, plan_paper, print_paper
from generator.products.product import Kind, Product

LIST = Kind("print/screens.pdf", "screens.html", ("paper.css", "office.css", "screens.css"), points=9, of_place=False)
PRODUCT = Product("screens", Text("bảng màn hình", "screens to check"), (LIST,), standard=False)

TITLE = "Màn hình trong sách"


@dataclass(frozen=True)
class Sight:
    """One screen as it stands in a lesson."""

    number: int
    """Counted through the whole list."""
    where: str
    phrase: Phrase | None
    """The step or question it belongs to."""
    screen: Screen

    @property
    def svg(self) -> Markup:
        return draw_screen(self.screen)

    @property
    def told(self) -> str:
        return alt_text(self.screen)


@dataclass(frozen=True)
class Group:
    title: str
    number: str
    sights: tuple[Sight, ...]


@dataclass(frozen=True)
class ScreensPaper(PaperPage):
    """What the template gets."""

    groups: tuple[Group, ...]

    @property
    def shown(self) -> tuple[Lesson, ...]:
        return self.desk.handbook.lessons

    @property
    def sights(self) -> tuple[Sight, ...]:
        return tuple(sight for group in self.groups for sight in group.sights)

    @property
    def kinds(self) -> Iterator[tuple[str, str, Markup]]:
        """What an editor writes for each kind of row, what it is for, and how it is drawn."""
        for kind in KINDS.values():
            yield EXAMPLES[kind.name], kind.doc, Markup(draw_phone(example(kind.name), scale=1))

    @property
    def unseen(self) -> int:
        return sum(not sight.screen.seen for sight in self.sights)


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    lessons = [lesson for lesson in book.lessons if screens_of(lesson)]
    shown = [(lesson.title, screens_of(lesson), book.number_of(lesson.slug)) for lesson in lessons]
    return [plan_paper(desk, "screens", "screens", lambda _bench: make_screens(desk, lessons), lessons, shown)]


def make_screens(desk: Desk, lessons: list[Lesson]) -> Making:
    page = ScreensPaper(desk, tuple(_groups(desk, lessons)))
    return print_paper(desk, Paper(LIST, "", TITLE, page, subject=page.place))


def _groups(desk: Desk, lessons: list[Lesson]) -> Iterator[Group]:
    count = 0
    for lesson in lessons:
        sights = []
        for holder, screen in screens_of(lesson):
            count += 1
            sights.append(Sight(count, place_of(holder).vi, holder.phrase if holder else None, screen))
        yield Group(plain(lesson.title), desk.handbook.number_of(lesson.slug), tuple(sights))
