"""Cuts a lesson into slides: what stands on each, and how much fits in letters no smaller than a hall can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import Literal

from markupsafe import Markup

from generator.handbook.model import Block, Bullets, Card, Phrase, Picture, Question, Screen, Step, Topic
from generator.press.compounds import hold_html, tied
from generator.press.pages import wrap_addresses
from generator.press.phone.ink import wrap
from generator.products.lesson import Lesson, guard_kind, phrases_of
from generator.products.papers.parts.words import say

Kind = Literal["title", "goal", "list", "guard", "step", "question", "answer", "three", "last"]
LineKind = Literal["said", "asked", "more", "item", "option", "right", "reason", "tick"]

# Lengths in twentieths of the height: the smallest letter. Measured on the narrowest hall screen, 4:3, where a
# reader's own typeface is wider than ours.
WIDE, BESIDE, HIGH = 23.4, 10.9, 16.4
"""Room for words: alone, beside a drawing; and how high."""
HEAD = 2.0
"""What the word over a slide takes."""
LINE, GAP, MARK = 1.3, 0.52, 1.7
"""A line; between two paragraphs; the sign before an item."""
TYPEFACE = 1.22
CALM = 1.15
"""Lists are cut so that they stand in letters this much larger than the smallest."""


@dataclass(frozen=True)
class Line:
    """One paragraph of a slide."""

    kind: LineKind
    html: Markup
    label: str = ""
    """What stands before it: `Android:`, `A`."""

    @property
    def plain(self) -> str:
        return f"{self.label} {self.html.striptags()}".strip()


@dataclass(frozen=True)
class Slide:
    kind: Kind
    name: str
    """The word over it; a screen reader's name for the slide."""
    lines: tuple[Line, ...] = ()
    drawing: Screen | Picture | None = None
    sign: str = ""
    hidden_name: bool = False
    """The name is only for those who cannot see the slide."""
    number: int = 0
    """Of the step."""

    @property
    def groups(self) -> tuple[tuple[bool, tuple[Line, ...]], ...]:
        """Lines in their order; True for a run of them that makes a list."""
        runs = groupby(self.lines, lambda line: line.kind == "item")
        return tuple((is_list, tuple(lines)) for is_list, lines in runs)


@lru_cache(maxsize=256)
def slides_of(lesson: Lesson) -> tuple[Slide, ...]:
    """From the title to the page with the number. What trainers need to know is not among them."""
    kinds = _topic(lesson) if isinstance(lesson, Topic) else _card(lesson)
    return (Slide("title", said(lesson.title).striptags()), *kinds, Slide("last", "Xem lại ở nhà"))


def _topic(topic: Topic) -> Iterator[Slide]:
    yield _goal(topic.goal)
    yield from _blocks("Chuẩn bị", topic.prepare)
    yield from _steps(topic.steps)
    yield from _blocks("Thực hành", topic.practice)
    yield from _paged("Lỗi hay gặp", [_trouble(trouble.problem, trouble.remedy) for trouble in topic.troubles])
    yield from _paged("An toàn", _lines(topic.safety), sign="safe")
    yield from _question("Tự kiểm tra: biết", topic.quiz.know)
    yield from _question("Tự kiểm tra: hiểu", topic.quiz.understand)
    done = Line("tick", said(topic.quiz.use_done))
    yield from _paged("Tự kiểm tra: dùng", [Line("said", said(topic.quiz.use)), done])
    yield Slide("three", "Nhớ 3 điều", tuple(_lines(topic.remember)))


def _card(card: Card) -> Iterator[Slide]:
    if card.goal:
        yield _goal(card.goal)
    yield from _blocks("Để làm gì", card.opening)
    yield from _paged("Cần mang", _lines(card.bring))
    yield from _blocks("Nộp ở đâu", card.where)
    yield from _steps(card.steps)
    yield from _blocks("Theo dõi", card.follow)
    yield from _paged("An toàn", _lines(card.safety), sign="safe")


def said(phrase: Phrase) -> Markup:
    """Words for a wall: no line ends within a word of several syllables, an address behind words is spelt out, and
    nothing can be opened by a stray tap."""
    html = re.sub(r"</?a\b[^>]*>", "", str(say(phrase)))
    html = re.sub(r"\b(\w+-\w+)\b(?![^<]*>)", r'<span class="one">\1</span>', html)  # never `Wi-` and `Fi`
    return hold_html(wrap_addresses(html))


def _goal(phrase: Phrase) -> Slide:
    return Slide("goal", "Học xong bài này", (Line("said", said(phrase)),), sign="goal", hidden_name=True)


def _lines(phrases: Iterable[Phrase]) -> list[Line]:
    return [Line("item", said(phrase)) for phrase in phrases]


def _trouble(problem: Phrase, remedy: Phrase) -> Line:
    return Line("item", Markup("<strong>{}:</strong> {}").format(said(problem), said(remedy)))


# Steps.


def _steps(steps: Sequence[Step]) -> Iterator[Slide]:
    for step in steps:
        for phrase in step.guards:
            kind = guard_kind(phrase)
            name = "Không" if kind == "no" else "Dừng lại"
            yield Slide("guard", f"{name}, trước bước {step.number}", (Line("said", said(phrase)),), sign=kind,
                        hidden_name=True)
        yield from _step(step)


def _step(step: Step) -> Iterator[Slide]:
    """On one slide if it can be; else its kinds of phones come after it, beside the same drawing."""
    drawing = step.screen or step.picture
    words = [Line("said", said(step.phrase))]
    more = [Line("more", said(variant.phrase), f"{variant.device}:") for variant in step.variants]
    more += [Line("more", said(phrase)) for phrase in step.notes]
    whole = Slide("step", f"Bước {step.number}", (*words, *more), drawing, number=step.number)
    if fits(whole):
        yield whole
        return
    yield from _long(replace(whole, lines=tuple(words)))
    yield from _whole(whole, more)


def _long(slide: Slide) -> Iterator[Slide]:
    """Words too long to stand beside their drawing come before it."""
    if fits(slide) or not slide.drawing:
        yield from _cut(slide, _sentences(slide))
        return
    yield from _long(replace(slide, drawing=None))
    yield replace(slide, lines=())


def _sentences(slide: Slide) -> list[Line]:
    """A paragraph that fills more than a slide is cut where a sentence ends outside bold words."""
    if fits(slide):
        return list(slide.lines)
    found = []
    for line in slide.lines:
        parts = re.split(r"(?<=[.!?…])\s+(?![^<]*</)", str(line.html))
        found += [replace(line, html=Markup(part), label=line.label if index == 0 else "")
                  for index, part in enumerate(parts) if part]
    return found


# Lists and questions.


def _blocks(name: str, blocks: Iterable[Block]) -> Iterator[Slide]:
    """Running text in reading order; a drawing gets a slide of its own."""
    waiting: list[Line] = []
    for block in blocks:
        if isinstance(block, Screen | Picture):
            yield from _paged(name, waiting)
            waiting = []
            yield Slide("step", name, drawing=block)
        else:
            kind: LineKind = "item" if isinstance(block, Bullets) else "said"
            waiting += [Line(kind, said(phrase)) for phrase in phrases_of([block])]
    yield from _paged(name, waiting)


def _paged(name: str, lines: Sequence[Line], sign: str = "") -> Iterator[Slide]:
    yield from _whole(Slide("list", name, sign=sign), lines, CALM)


def _cut(slide: Slide, lines: Sequence[Line], larger: float = 1.0) -> list[Slide]:
    """As few slides as can be, with about as much on each."""
    for count in range(1, len(lines) + 1):
        size = ceil(len(lines) / count)
        slides = [replace(slide, lines=tuple(lines[start:start + size])) for start in range(0, len(lines), size)]
        if all(fits(one, larger) for one in slides):
            return slides
    return [replace(slide, lines=(line,)) for line in lines]


def _question(name: str, question: Question) -> Iterator[Slide]:
    """First the question with its answers; going on shows the right one and why. What it asks about stands beside them
    all: where there is no room, beside the question alone, then beside the answers."""
    letters = "ABCDEFGH"
    asked = Line("asked", said(question.phrase))
    options = [Line("option", said(answer.phrase), letter)
               for letter, answer in zip(letters, question.answers, strict=False)]
    right = [replace(option, kind="right")
             for option, answer in zip(options, question.answers, strict=False) if answer.right]
    asking = Slide("question", name, (asked, *options), question.screen)
    apart = asking.drawing and not fits(asking)
    for lines in ((asked,), options) if apart else (asking.lines,):
        yield from _whole(asking, lines)
    answer = Slide("answer", "Câu đúng", (asked, *right, Line("reason", said(question.reason))), question.screen)
    yield from _whole(answer, answer.lines if fits(answer) else answer.lines[1:])


def _whole(slide: Slide, lines: Sequence[Line], larger: float = 1.0) -> Iterator[Slide]:
    for part in _cut(slide, lines, larger):
        yield from _long(part)


# How much room words take.


def fits(slide: Slide, larger: float = 1.0) -> bool:
    """Whether all words stand on the slide in letters of the smallest size times `larger`."""
    width = (BESIDE if isinstance(slide.drawing, Screen) else WIDE) / larger
    high = (HIGH - HEAD) / larger
    if isinstance(slide.drawing, Picture):
        high -= 11 / larger
    return sum(_height(line, width) for line in slide.lines) <= high


def _height(line: Line, width: float) -> float:
    mark = {"said": 0.0, "asked": 0.0, "reason": 0.0, "right": 2 * MARK}.get(line.kind, MARK)
    bold = "<strong>" in line.html or line.kind in ("asked", "right")
    return len(wrap(tied(line.plain), width - mark, bold, TYPEFACE)) * LINE + GAP
