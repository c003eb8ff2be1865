"""What a number leads to stays itself: content that changes places under unchanged names is told by its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import OUTLINE
from generator.ground.files import Source, fold
from generator.ground.findings import Finding, Place, error
from generator.handbook.registries import read_outline

PLACES = ("content/topics", "content/cards", OUTLINE)
LESSON = re.compile(r"content/(?:topics|cards)/([^/]+)/index\.md")
LEAST_LETTERS = 20
"""Shorter lines stand in many lessons."""
FEW = 5
"""A lesson with fewer lines of its own has not been one yet."""
_NAMES = re.compile(r"mã|tên|[\\&*]")
"""Lines of handbook.yml that may say what a part or path is called, in whatever YAML."""
Owners = dict[str, str]


def check(matter: Matter) -> Iterator[Finding]:
    numbers = matter.handbook.numbers
    told = matter.history.texts(*PLACES)
    lessons = [(match[1], text) for file, text in told if (match := LESSON.fullmatch(file))]
    outlines = [text for file, text in told if file == OUTLINE]
    for place, name, owner in (*_lessons(matter, lessons), *_lists(matter, outlines)):
        if number := numbers.get(name):
            yield error("ledger.other-lesson", place, number=number, id=name, owner=owner)


Found = tuple[Place, str, str]


def _lessons(matter: Matter, told: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """A lesson whose lines were first another's, where it had its own before."""
    owners: Owners = {}
    for slug, text in told:
        for line in _lines(text):
            owners.setdefault(line, slug)
    own = Counter(owners.values())
    for file, source in matter.reading.texts.items():
        match = LESSON.fullmatch(file)
        if match is None or own[match[1]] < FEW:
            continue
        lines = _lines(source.text)
        shares = Counter(owners.get(line, match[1]) for line in lines)
        owner, share = shares.most_common(1)[0] if shares else (match[1], 0)
        if owner != match[1] and share * 2 > len(lines) and shares[match[1]] * 4 < len(lines):
            yield Place(file), match[1], owner


def _lines(text: str) -> set[str]:
    """Without what an editor may change and still say the same: marks and capitals."""
    return {plain for line in text.split("\n") if len(plain := _plain(line)) >= LEAST_LETTERS}


@lru_cache(maxsize=100_000)
def _plain(line: str) -> str:
    return re.sub(r"\W+", "", line.casefold())


def _lists(matter: Matter, told: Iterable[str]) -> Iterator[Found]:
    """A part or path under the title that another had first, where it had its own before."""
    distinct = {tuple(filter(_NAMES.search, text.split("\n"))): text for text in reversed([*told])}
    owners: dict[str, Owners] = {"part": {}, "path": {}}
    for text in reversed(distinct.values()):
        outline = read_outline(Source(OUTLINE, text))
        for kind, lists in (("part", outline.parts), ("path", outline.paths)):
            for one in lists:
                owners[kind].setdefault(fold(one.title), one.id)
    for kind, lists in (("part", matter.handbook.parts), ("path", matter.handbook.paths)):
        first = {one: owners[kind].get(fold(one.title), one.id) for one in lists}
        known = {*owners[kind].values()} - {one.id for one, owner in first.items() if owner == one.id}
        for one, owner in first.items():
            if one.id in known:
                yield one.place, f"{kind}:{one.id}", f"{kind}:{owner}"
