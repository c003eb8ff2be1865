"""What a number leads to stays itself: content that changes places under unchanged names is told by its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from generator.checks.looking.matter import Matter
from generator.checks.structure.unwritten import MARK
from generator.ground.files import Source, fold
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.registries import OUTLINE, read_outline

LESSON = re.compile(r"content/(?:topics|cards)/([^/]+)/index\.md")
LEAST_LETTERS = 20
"""Shorter lines stand in many lessons."""
LEAST_SHARE = 10
"""One line in so many still tells what a lesson was."""
FEW = 5
"""A lesson with fewer lines of its own has not been one yet."""
_NAMES = re.compile(r"(?!\s*#).*(?:mã|tên|[\\&*])")
"""Lines of handbook.yml that may say what a part or path is called, in whatever YAML."""
Owners = dict[str, str]


def check(matter: Matter) -> Iterator[Finding]:
    numbers = matter.handbook.numbers
    told = matter.texts or ()
    lessons = [(match[1], text) for file, text in told if (match := LESSON.fullmatch(file))]
    outlines = [text for file, text in told if file == OUTLINE]
    strays = [*_lessons(matter, lessons), *_lists(matter, outlines)]
    for place, name, owner in strays:
        if number := numbers.get(name):
            yield error("ledger.other-lesson", place, number=number, id=name, owner=owner)
    for place, slug in _written_anew(matter, lessons):
        if (number := numbers.get(slug)) and slug not in {name for _, name, _ in strays}:
            yield warning("ledger.written-anew", place, number=number, id=slug)


Found = tuple[Place, str, str]


def _lessons(matter: Matter, told: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """A lesson whose lines were first another's, where it had its own before."""
    owners: Owners = {}
    seen: set[str] = set()
    for slug, text in told:
        fresh = {*_body(text).split("\n")} - seen  # of a lesson's next version most is known
        seen |= fresh
        for line in fresh:
            owners.setdefault(_plain(line), slug)
    own = Counter(slug for line, slug in owners.items() if len(line) >= LEAST_LETTERS)
    for file, source in matter.reading.texts.items():
        match = LESSON.fullmatch(file)
        if match is None or own[match[1]] < FEW:
            continue
        lines = _lines(source.text)
        shares = Counter(owners.get(line, match[1]) for line in lines)
        owner, share = shares.most_common(1)[0] if shares else (match[1], 0)
        if owner != match[1] and share * 2 > len(lines) and shares[match[1]] * 4 < len(lines):
            yield Place(file), match[1], owner


def _written_anew(matter: Matter, told: Sequence[tuple[str, str]]) -> Iterator[tuple[Place, str]]:
    """A lesson of which neither title nor lines were ever its own, until it says under `thay đổi` why."""
    past: dict[str, list[str]] = {}
    for slug, text in told:
        if MARK not in text:
            past.setdefault(slug, []).append(text)
    for lesson in matter.handbook.lessons:
        first, *later = past.get(lesson.slug, [""])
        if not first or lesson.office.changes or f"\n# {lesson.title.text}\n" in first:
            continue  # most keep their title
        now = _gist(matter.reading.texts[lesson.place.file].text)
        if not (_is_like(now, _gist(first)) or _grew(now, first, later)):
            yield lesson.place, lesson.slug


def _grew(now: Set[str], first: str, later: Iterable[str]) -> bool:
    """Out of the first version, step by step."""
    own = {*_gist(first)}
    for text in later:
        gist = _gist(text)
        own |= gist if _is_like(gist, own) else frozenset()
    return _is_like(now, own)


def _gist(text: str) -> frozenset[str]:
    """Lines, and the title, known by its mark."""
    return frozenset(_lines(text)) | {f"# {_plain(line)}" for line in text.split("\n") if line.startswith("# ")}


def _is_like(gist: Set[str], own: Set[str]) -> bool:
    same = gist & own
    return len(same) * LEAST_SHARE >= len(gist) or any(line.startswith("# ") for line in same)


def _lines(text: str) -> set[str]:
    """Without what an editor may change and still say the same: marks and capitals."""
    return {plain for line in _body(text).split("\n") if len(plain := _plain(line)) >= LEAST_LETTERS}


def _body(text: str) -> str:
    """From the title on: what stands before it is the office's, and alike everywhere."""
    return text[max(text.find("\n# "), 0) :]


@lru_cache(maxsize=20_000)
def _plain(line: str) -> str:
    return re.sub(r"\W+", "", line.casefold())


def _lists(matter: Matter, told: Iterable[str]) -> Iterator[Found]:
    """A part or path under the title that another had first, where it had its own before."""
    distinct = {tuple(filter(_NAMES.match, text.split("\n"))): text for text in reversed([*told])}
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
