"""`Cháu dạy ông bà`: one A4 sheet a topic for a pupil who helps at home, in the words between the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.files import beside
from generator.ground.findings import Text, error
from generator.handbook.addressed import learners, read_to
from generator.handbook.model import Block, Bullets, Handbook, Paragraph, Phrase, Question, Topic
from generator.press.pages import plain
from generator.products.lesson import guard_kind, longest_step, part_of
from generator.products.papers.parts import gist
from generator.products.papers.parts.drawing import Shown, show_step, unseen_line
from generator.products.papers.parts.printing import Making, Paper, plan_lesson, print_paper
from generator.products.product import Kind, Product, Shelf

SHEET = Kind("print/sheets/chau-day-ong-ba/*.pdf", "grandchild.html", ("paper.css", "grandchild.css"), pages=2,
             shelf=Shelf("Cháu dạy ông bà", 100), about="lesson", code_mm=25)
PRODUCT = Product("grandchild", Text("tờ cháu dạy ông bà", "sheets for grandchildren"), (SHEET,))

SCREEN_MM = 20.0
"""Higher ones would leave fewer sheets room for any."""
TYPE_PT = tuple(size / 2 for size in range(40, 27, -1))
LEAST_DRAWN_PT = 15.0
TRIALS = tuple((size, drawn) for drawn in (True, False) for size in TYPE_PT if size >= LEAST_DRAWN_PT or not drawn)
"""Size of type, and whether screens stand beside the steps."""
FIT = beside(__file__, ".js")


@dataclass(frozen=True)
class GrandchildSheet(gist.GistPage):
    """What the template gets."""

    lesson: Topic
    steps: tuple[Shown, ...]

    def say(self, phrase: Phrase | str) -> Markup:
        return gist.say(for_grandchild(phrase) if isinstance(phrase, Phrase) else phrase)

    def as_is(self, words: Markup) -> Markup:
        return words

    @property
    def prepare(self) -> tuple[Phrase, ...]:
        return tuple(prepared(self.lesson.prepare))

    @property
    def questions(self) -> Iterator[tuple[Question, Phrase]]:
        """With the right answer."""
        for question in (self.lesson.quiz.know, self.lesson.quiz.understand):
            yield question, next(answer.phrase for answer in question.answers if answer.right)

    @property
    def warning(self) -> Markup:
        return gist.show_warning(for_grandchild(gist.warning_of(self.lesson)))

    @property
    def warning_kind(self) -> str:
        return guard_kind(gist.warning_of(self.lesson))

    @property
    def unseen(self) -> str:
        return unseen_line(self.steps, *(question.screen for question, _ in self.questions))


def plan(desk: Desk) -> list[Item]:
    return [plan_lesson(desk, "grandchild", topic, partial(make_sheet, desk, topic), part_of(desk.handbook, topic))
            for topic in taught_at_home(desk.handbook)]


def taught_at_home(book: Handbook) -> Iterator[Topic]:
    """Topics for citizens: audiences that are addressed as such; the work of officials is not taught at home."""
    addressed = learners(book)
    for topic in book.topics:
        if book.number_of(topic.slug) and addressed & {audience.text for audience in topic.office.audiences}:
            yield topic


def make_sheet(desk: Desk, topic: Topic, _bench: Bench) -> Making:
    page = GrandchildSheet(desk, topic, tuple(show_step(desk, step, SCREEN_MM) for step in topic.steps))
    paper = Paper(
        SHEET, topic.slug, f"Cháu dạy ông bà: {plain(topic.title)}", page,
        author=topic.office.unit, subject=f"Bài số {page.number.number}", codes={1: {page.number.url}},
    )

    def refuse(over: list[float]) -> None:
        if any(over):
            raise RefusedError(error("paper.too-long/grandchild", longest_step(topic), title=plain(topic.title),
                                     over=max(over)))

    return print_paper(desk, paper, FIT, TRIALS, refuse)


def for_grandchild(phrase: Phrase) -> Phrase:
    """The reader of a topic is *bác* or *bà con*; between a pupil and its elders it is *ông bà*."""
    return replace(phrase, text=read_to(phrase.text, "ông bà", "ông bà"))


def prepared(blocks: tuple[Block, ...]) -> Iterator[Phrase]:
    for block in blocks:
        if isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Paragraph):
            yield block.phrase
