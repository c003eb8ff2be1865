"""Learners' text as rules read it: every phrase with its role, plain words, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from generator.checks.looking.places import place_in
from generator.ground.findings import Place
from generator.handbook.lesson.markup import MARKED, parse_inline, to_plain
from generator.handbook.model import (
    Alert,
    Block,
    Bullets,
    Card,
    Heading,
    Home,
    Paragraph,
    Phrase,
    Question,
    Quote,
    Step,
    Topic,
)
from generator.handbook.select import VALUE, split_value

Role = Literal[
    "title", "goal", "opening", "prepare", "guard", "step", "variant", "note", "practice", "problem", "remedy",
    "safety", "remember", "question", "answer", "wrong answer", "reason", "use", "clip", "further", "trainer",
    "bring", "where", "follow", "alert", "home",
]
LEARNER: frozenset[Role] = frozenset({
    "title", "goal", "opening", "prepare", "guard", "step", "variant", "note", "practice", "problem", "remedy",
    "safety", "remember", "question", "answer", "wrong answer", "reason", "use", "bring", "where", "follow",
    "alert", "home",
})
"""What a learner reads; the clip is heard, the trainer's page is not theirs."""
HEARD: frozenset[Role] = LEARNER | {"clip"}

Written = Topic | Card | Alert | Home
MANY = 50
"""Nobody writes a word so often in one phrase; what was pasted a thousand times is looked at so many times only."""
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)]*+\s+")
_SIGNS = ".,:;!?…()[]“”‘’\"'/|*-–—+=&%•×→<>#@_~{}\\`"


class Told(NamedTuple):
    """One phrase of a lesson."""

    role: Role
    phrase: Phrase
    plain: str
    paragraph: bool = False
    """True for running text, not for a line of a list."""


class Wording:
    """All phrases of one lesson in the order of its page, and one text of them to search in."""

    def __init__(self, lesson: Written, lines: Sequence[str] = ()) -> None:
        self.lesson = lesson
        self.lines = lines
        self.told = tuple(
            Told(role, phrase, plain_words(phrase.text), paragraph) for role, phrase, paragraph in _phrases(lesson)
        )

    @cached_property
    def text(self) -> str:
        return "\n".join(told.plain for told in self.told)

    @cached_property
    def lower(self) -> str:
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else self.text

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word, small letters: most entries of a list are ruled out by one look here."""
        text = self.lower
        for sign in _SIGNS:  # quicker than a pattern, and every lesson passes here
            if sign in text:
                text = text.replace(sign, " ")
        return frozenset(text.split())

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for told in self.told:
            starts.append(at)
            at += len(told.plain) + 1
        return starts

    def at(self, offset: int) -> tuple[Told, int]:
        """The phrase at an offset of `text`, and the offset in its plain words."""
        index = bisect_right(self._starts, offset) - 1
        return self.told[index], offset - self._starts[index]

    def of(self, roles: Collection[Role]) -> Iterator[Told]:
        return (told for told in self.told if told.role in roles)

    def find(self, words: str, *, exact: bool = False) -> Iterator[int]:
        """Offsets in `text` where these words stand, whole; `exact` minds capitals."""
        text = self.text if exact else self.lower
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                yield at
            at = text.find(words, at + 1)

    def place(self, told: Told, start: int, words: str) -> Place:
        return place_in(told.phrase, _source_offset(told, start, words), self.lines)

    def is_quoted(self, told: Told, start: int, words: str) -> bool:
        """True for what is not our own speech: a button's name in bold, an address, words in quotation marks."""
        offset = _source_offset(told, start, words)
        source = told.phrase.text
        before = source[:offset]
        inside = before.count("“") > before.count("”") or before.count('"') % 2 == 1
        return inside or any(first <= offset < last for first, last in _foreign_spans(source))


def _source_offset(told: Told, start: int, words: str) -> int:
    """Where the same words stand in the phrase as written: the same time they come, counted from the left."""
    plain, source = told.plain.lower(), told.phrase.text.lower()
    words = words.lower()
    nth = plain.count(words, 0, start + len(words))
    at = -1
    for _ in range(min(max(1, nth), MANY)):
        found = source.find(words, at + 1)
        if found < 0:
            break
        at = found
    return max(0, at)


def _foreign_spans(text: str) -> Iterator[tuple[int, int]]:
    stack = list(parse_inline(text))
    while stack:
        token = stack.pop()
        if token.kind in ("bold", "code"):
            yield token.start, token.start + len(token.text) + 4
        elif token.kind == "link":
            found = text.find(token.url, token.start)
            yield found, found + len(token.url)
        stack += token.children


def plain_words(text: str) -> str:
    """As it is read out; of a value the words that stand in for it, or its name."""
    if "{{" in text:
        text = VALUE.sub(lambda match: split_value(match["name"])[1] or split_value(match["name"])[0], text)
    if MARKED.search(text):
        return to_plain(text)
    neat = text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]  # as nearly all are
    return text if neat else " ".join(text.split())


def sentences(plain: str) -> list[str]:
    parts = []
    start = 0
    for match in _END.finditer(plain):
        parts.append(plain[start : match.end()].strip())
        start = match.end()
    rest = plain[start:].strip()
    return [*parts, rest] if rest else parts


# Which phrase plays which role.

Told3 = tuple[Role, Phrase, bool]


def _phrases(lesson: Written) -> Iterator[Told3]:
    yield "title", lesson.title, False
    if isinstance(lesson, Topic):
        yield from _topic(lesson)
    elif isinstance(lesson, Card):
        yield from _card(lesson)
    else:
        yield from _blocks("alert" if isinstance(lesson, Alert) else "home", lesson.blocks)


def _topic(topic: Topic) -> Iterator[Told3]:
    yield "goal", topic.goal, False
    yield from _blocks("opening", topic.opening)
    yield from _blocks("prepare", topic.prepare)
    for step in topic.steps:
        yield from _step(step)
    yield from _blocks("practice", topic.practice)
    for trouble in topic.troubles:
        yield "problem", trouble.problem, False
        yield "remedy", trouble.remedy, False
    yield from (("safety", phrase, False) for phrase in topic.safety)
    yield from (("remember", phrase, False) for phrase in topic.remember)
    for question in (topic.quiz.know, topic.quiz.understand):
        yield from _question(question)
    yield "use", topic.quiz.use, False
    yield from (("clip", scene.words, False) for scene in topic.clip)
    yield from _blocks("further", topic.further)
    yield from (("trainer", row.phrase, False) for row in topic.trainer.rows)
    yield from _blocks("trainer", topic.trainer.notes)


def _card(card: Card) -> Iterator[Told3]:
    if card.goal:
        yield "goal", card.goal, False
    yield from _blocks("opening", card.opening)
    yield from (("bring", phrase, False) for phrase in card.bring)
    yield from _blocks("where", card.where)
    for step in card.steps:
        yield from _step(step)
    yield from _blocks("follow", card.follow)
    yield from (("safety", phrase, False) for phrase in card.safety)


def _step(step: Step) -> Iterator[Told3]:
    yield from (("guard", phrase, False) for phrase in step.guards)
    yield "step", step.phrase, False
    yield from (("variant", variant.phrase, False) for variant in step.variants)
    yield from (("note", phrase, False) for phrase in step.notes)


def _question(question: Question) -> Iterator[Told3]:
    yield "question", question.phrase, False
    for answer in question.answers:
        yield "answer" if answer.right else "wrong answer", answer.phrase, False
    yield "reason", question.reason, False


def _blocks(role: Role, blocks: Sequence[Block]) -> Iterator[Told3]:
    for block in blocks:
        if isinstance(block, Bullets):
            yield from ((role, phrase, False) for phrase in block.items)
        elif isinstance(block, Paragraph | Quote):
            yield role, block.phrase, True
        elif isinstance(block, Heading):
            yield role, block.phrase, False
