"""Learners' text as rules read it: every phrase with its role, plain words, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from generator.checks.looking.places import Locator
from generator.ground.findings import Place
from generator.handbook import model
from generator.handbook.filled import VALUE, split_value
from generator.handbook.lesson.markup import MARKED, parse_inline, to_plain

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

Written = model.Topic | model.Card | model.Alert | model.Home
MANY = 50
"""Nobody writes a word so often in one phrase; what was pasted a thousand times is looked at so many times only."""
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)]*+\s+")
_SIGNS = ".,:;!?…()[]“”‘’\"'/|*-–—+=&%•×→<>#@_~{}\\`"


class Told(NamedTuple):
    """One phrase of a lesson."""

    role: Role
    phrase: model.Phrase
    plain: str
    paragraph: bool = False
    """True for running text, not for a line of a list."""


class Wording:
    """All phrases of one lesson in the order of its page, and one text of them to search in."""

    def __init__(self, lesson: Written, lines: Sequence[str]) -> None:
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

    def matches(self, pattern: re.Pattern[str], roles: Collection[Role]) -> Iterator[tuple[Told, re.Match[str]]]:
        return ((told, match) for told in self.of(roles) for match in islice(pattern.finditer(told.plain), MANY))

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
        return Locator(told.phrase, self.lines).place(_source_offset(told, start, words))

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

Told3 = tuple[Role, model.Phrase, bool]
_PLAYS: Mapping[type, Mapping[str, Role | None]] = {
    # What it is made of, in reading order, with the role of the words there; None keeps the role of the whole.
    model.Topic: {
        "title": "title", "goal": "goal", "opening": "opening", "prepare": "prepare", "steps": None,
        "practice": "practice", "troubles": None, "safety": "safety", "remember": "remember", "quiz": None,
        "clip": "clip", "further": "further", "trainer": "trainer",
    },
    model.Card: {
        "title": "title", "goal": "goal", "opening": "opening", "bring": "bring", "where": "where", "steps": None,
        "follow": "follow", "safety": "safety",
    },
    model.Alert: {"title": "title", "blocks": "alert"},
    model.Home: {"title": "title", "blocks": "home"},
    model.Step: {"guards": "guard", "phrase": "step", "variants": "variant", "notes": "note"},
    model.Variant: {"phrase": None},
    model.Trouble: {"problem": "problem", "remedy": "remedy"},
    model.Quiz: {"know": None, "understand": None, "use": "use"},
    model.Question: {"phrase": "question", "answers": None, "reason": "reason"},
    model.Scene: {"words": None},
    model.Trainer: {"rows": None, "offline": None, "notes": None},
    model.TrainerRow: {"phrase": None},
    model.Bullets: {"items": None},
    model.Heading: {"phrase": None},
}


def _phrases(thing: object, role: Role = "home") -> Iterator[Told3]:
    if isinstance(thing, model.Phrase):
        yield role, thing, False
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _phrases(part, role)
    elif isinstance(thing, model.Paragraph | model.Quote):
        yield role, thing.phrase, True
    elif isinstance(thing, model.Answer):
        yield "answer" if thing.right else "wrong answer", thing.phrase, False
    else:
        for name, own in _PLAYS.get(type(thing), {}).items():
            yield from _phrases(getattr(thing, name), own or role)
