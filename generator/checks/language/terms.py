"""Từ khó của glossary.yml: giải nghĩa ngay lần đầu trong bài, trừ từ mà bài cần học trước đã giải nghĩa; mỗi bài nhiều
nhất 3 từ mới.
Từ có `thay: có` thì nói bằng lời dễ hiểu."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, islice

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import MANY, Role, Told, Wording, sentences
from generator.checks.looking.wordlists import cover, take_free, word_list
from generator.ground.findings import Finding, warning
from generator.handbook.model import Card, Term, Topic

MOST_NEW = 3
NEAR = 2
"""A gloss may stand in the term's own phrase or the next one, or just before."""
_ROLES: frozenset[Role] = frozenset({
    "opening", "prepare", "guard", "step", "variant", "note", "practice", "problem", "remedy", "safety",
    "remember", "question", "answer", "reason", "use", "bring", "where", "follow", "alert", "home",
})
"""A title and a goal may name what the opening explains."""
_DEFINED = re.compile(r"^[”\"]*\s*(?:\(|,? (?:cũng )?(?:là|nghĩa là|tức là|gọi là)\b|, (?:nơi|cách|thứ)\b)")
_NAMED = re.compile(r"(?:gọi là|tên là|chính là) (?:một |cái )?[“\"]?$")
_NAMED_LAST = re.compile(r"(?: là (?:một |cái )?|\()[“\"]?$")
_LAST = re.compile(r"^[”\"]?(?:[.!?…)]|$)")
"""`Ô vuông này là mã QR.`, `mã số dùng một lần (mã OTP)`: the gloss may come first."""
_EMPTY = frozenset({"là", "của", "và", "các", "một", "cái", "để", "cho", "trong", "trên", "ở", "mình", "được", "có"})

@dataclass(frozen=True, slots=True)
class Name:
    """What a term goes by."""

    name: str
    term: Term
    words: frozenset[str]
    exact: bool
    """True where capitals count: `PIN` is no `pin`."""
    explains: tuple[str, ...]
    """Names of the terms whose gloss uses this one."""


Use = tuple[Name, int]
"""And its first offset in the lesson's text."""


def check(matter: Matter) -> Iterator[Finding]:
    names = _names(matter.handbook.glossary)
    looked = [(wording, [(use, _is_explained(wording, *use)) for use in _first_uses(wording, names)])
              for wording in matter.wordings]
    taught = {wording.lesson.slug: {row.term.name for (row, _), told in uses if told}
              for wording, uses in looked if isinstance(wording.lesson, Topic | Card)}
    before = {lesson.slug: [phrase.text for phrase in lesson.office.prerequisites]
              for lesson in matter.handbook.lessons}
    for wording, uses in looked:
        lesson = wording.lesson
        known = _known(lesson.slug, before, taught) if isinstance(lesson, Topic | Card) else set[str]()
        for (row, offset), told in uses:
            if not told and row.term.name not in known:
                yield _unexplained(wording, row, offset)
        if isinstance(lesson, Topic | Card):
            new = [use for use, told in uses if told and not use[0].term.replace and use[0].term.name not in known]
            yield from _too_many(wording, new)


def _known(slug: str, before: Mapping[str, Sequence[str]], taught: Mapping[str, set[str]]) -> set[str]:
    """Whoever comes from the lessons that come first has been told these."""
    waiting, seen = [*before.get(slug, ())], {slug}
    known = set[str]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            known |= taught.get(one, set())
            waiting += before.get(one, ())
    return known


def _unexplained(wording: Wording, row: Name, offset: int) -> Finding:
    told, start = wording.at(offset)
    rule = "term.replace" if row.term.replace else "term.unexplained"
    return warning(rule, wording.place(told, start, row.name), name=row.name, gloss=row.term.gloss.text)


def _names(glossary: Sequence[Term]) -> list[Name]:
    """Longest first, so that `kho ứng dụng` is not taken for `ứng dụng`; one of two that are alike, which is told."""
    found: dict[str, Name] = {}
    glosses = Glosses(glossary)
    for term in glossary:
        for name in (term.name, *term.aliases):
            exact = any(letter.isupper() for letter in name)
            known = name if exact else name.lower()
            if known not in found:
                words = frozenset(re.findall(r"\w+", name.lower()))
                found[known] = Name(known, term, words, exact, tuple(glosses.using(name.lower())))
    return sorted(found.values(), key=lambda row: -len(row.name))


class Glosses:
    """All in one text: a name is looked for once, however many there are."""

    def __init__(self, glossary: Sequence[Term]) -> None:
        glosses = [term.gloss.text.lower() for term in glossary]
        self._text = "\n".join(glosses)
        self._ends = list(accumulate(len(gloss) + 1 for gloss in glosses))
        self._names = [[name.lower() for name in (term.name, *term.aliases)] for term in glossary]

    def using(self, name: str) -> Iterator[str]:
        """Names of the other terms whose gloss holds this one."""
        at = self._text.find(name)
        while at >= 0:
            row = bisect_right(self._ends, at)
            if name not in self._names[row]:
                yield from self._names[row]
            at = self._text.find(name, self._ends[row])


def _first_uses(wording: Wording, names: Sequence[Name]) -> list[Use]:
    names_here = [name for name in _proper_names() if name.split()[0] in wording.words]
    covered = cover(wording, names_here)
    found: dict[str, Use] = {}
    for row in names:
        if not row.words <= wording.words:
            continue
        free = take_free(wording, covered, row.name, exact=row.exact)
        first = next((at for at in free if _counts(wording, at, row)), None)
        before = found.get(row.term.name)
        if first is not None and (before is None or first < before[1]):
            found[row.term.name] = (row, first)
    return sorted(found.values(), key=lambda use: use[1])


@cache
def _proper_names() -> list[str]:
    """`App Store` is a name, not the hard word `app`."""
    return [entry.words.lower() for entry in word_list("foreign").entries if " " in entry.words]


def _counts(wording: Wording, offset: int, row: Name) -> bool:
    """In our own words, and not among those that explain another term: `VNeID là ứng dụng …`."""
    told, start = wording.at(offset)
    if told.role not in _ROLES or wording.is_quoted(told, start, row.name):
        return False
    before = sentences(told.plain[:start].lower())[-1:] if row.explains else []
    return not any(other in sentence for sentence in before for other in row.explains)


def _too_many(wording: Wording, new: Sequence[Use]) -> Iterator[Finding]:
    if len(new) > MOST_NEW:
        row, offset = new[MOST_NEW]
        told, start = wording.at(offset)
        names = ", ".join(known.name for known, _ in new)
        yield warning("term.too-many", wording.place(told, start, row.name), count=len(new), names=names,
                      most_new=MOST_NEW)


def _is_explained(wording: Wording, row: Name, offset: int) -> bool:
    """At any use up to the first in the body: the gloss's words nearby, or a definition in the author's own."""
    uses = [at for at in islice(wording.find(row.name, exact=row.exact), MANY) if at <= offset]
    return any(_explains(wording, row, *wording.at(at)) for at in uses)


def _explains(wording: Wording, row: Name, told: Told, start: int) -> bool:
    after, before = told.plain[start + len(row.name) :], told.plain[:start].lower()
    if _DEFINED.match(after) or _NAMED.search(before) or (_NAMED_LAST.search(before) and _LAST.match(after)):
        return True
    index = wording.told.index(told)
    near = " ".join(part.plain for part in wording.told[index : index + NEAR])
    wanted = _words(row.term.gloss.text)
    return len(wanted & _words(near)) * 2 >= len(wanted)


@lru_cache(maxsize=1024)
def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _EMPTY
