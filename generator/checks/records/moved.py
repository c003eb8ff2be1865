"""What a number leads to stays itself: lessons that change places under unchanged names are told by their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from generator.checks.looking.likeness import Firsts
from generator.checks.looking.matter import Matter
from generator.checks.structure.unwritten import MARK
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.model import Card, Topic
from generator.handbook.recorded.films import film_address, is_same_film

LESSON = re.compile(r"content/(?:topics|cards)/([^/]+)/index\.md")
LEAST_LETTERS = 20
"""Shorter lines stand in many lessons."""
FEW = 30
"""A lesson with fewer turns of words has not been one yet."""
OTHERS = 4
"""One turn in so many that was first another's, and the lesson is no longer its own."""
LEAST_SHARE = 10
"""One turn in so many still tells what a lesson was."""
_HEAD = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*\n")
_FILM = re.compile(r"""^phim[ ]*:[ ]*["']?(https?://[^\s"']+)""", re.M)
Turn = tuple[str, str, str]
"""Three words in a row: whoever adds or changes a word here and there leaves most of them."""
Told = Sequence[tuple[str, str]]
Found = tuple[Place, str, str]


def check(matter: Matter) -> Iterator[Finding]:
    numbers = matter.handbook.guarded
    told = [(match[1], text) for file, text in matter.texts or () if (match := LESSON.fullmatch(file))]
    past = _past(told)
    told = [(slug, _written(text)) for slug, text in told]
    changed = [lesson for lesson in matter.handbook.lessons if lesson.slug in past and _is_changed(
        _now(matter, lesson), past[lesson.slug][0])]
    strays = {slug: (place, owner) for place, slug, owner in (
        *(_exchanged(matter, changed, told, past) if changed else ()), *_titles(matter, told), *_films(matter, told))}
    for slug, (place, owner) in strays.items():
        if number := numbers.get(slug):
            yield error("ledger.other-lesson", place, number=number, id=slug, owner=owner)
    for lesson in changed:
        if (number := numbers.get(lesson.slug)) and lesson.slug not in strays and _is_anew(matter, lesson, past):
            yield warning("ledger.written-anew", lesson.place, number=number, id=lesson.slug)


def _past(told: Told) -> dict[str, list[str]]:
    """What each lesson was. Of one that has never been whole, its last text, as far as that was written."""
    past: dict[str, list[str]] = {}
    for slug, text in told:
        if MARK not in text:
            past.setdefault(slug, []).append(text)
    begun = {slug: [_written(text)] for slug, text in told if slug not in past}
    return past | {slug: texts for slug, texts in begun.items() if len(_turns(_body(texts[0]))) >= FEW}


def _written(text: str) -> str:
    """What is yet to be written is alike in all drafts, and no past of any."""
    return "\n".join(line for line in text.split("\n") if MARK not in line) if MARK in text else text


def _titles(matter: Matter, told: Told) -> Iterator[Found]:
    """A lesson under a title that was first another's, where it had its own before. No word of why excuses that."""
    titles = Firsts((slug, title) for slug, text in told if (title := _title(text)))
    for lesson in matter.handbook.lessons:
        if owner := titles.owner(lesson.slug, lesson.title.text):
            yield lesson.place, lesson.slug, owner


def _films(matter: Matter, told: Told) -> Iterator[Found]:
    """A lesson that plays what was first another's film, where it had its own before and that one has it no more."""
    now = {lesson.slug: film_address(lesson) for lesson in matter.handbook.lessons}
    past = Firsts(((slug, film) for slug, text in told if (film := _film(text))), is_same_film) if any(
        now.values()) else None
    for lesson in matter.handbook.lessons if past else ():
        film = now[lesson.slug]
        owner = past.owner(lesson.slug, film) if past and film else ""
        if owner and lesson.office.film and not is_same_film(film, now.get(owner, "")):
            yield lesson.office.film.place, lesson.slug, owner


def _film(text: str) -> str:
    """The address on a platform."""
    found = _FILM.search(text, 0, _body_start(text))
    return found[1] if found else ""


def _is_changed(now: str, first: str) -> bool:
    """Most of its words are not those it began with. Lines are looked at before words: of most they are the same."""
    lines, own = _lines(now), _lines(first)
    if len(lines & own) * 2 >= len(lines):
        return False
    turns = _turns(now)
    return len(turns & _turns(_body(first))) * 2 < len(turns)


def _exchanged(
    matter: Matter, changed: Sequence[Topic | Card], told: Told, past: dict[str, list[str]]
) -> Iterator[Found]:
    """A lesson whose words were first another's, where it had its own before."""
    owners: dict[Turn, str] = {}
    seen: set[str] = set()
    for slug, text in told:
        lines = _body(text).split("\n")
        for turn in _turns("\n".join(line for line in lines if line not in seen)):
            owners.setdefault(turn, slug)
        seen.update(lines)  # of a lesson's next version most is known
    had = Counter(owners.values())
    for lesson in changed:
        now, first = _turns(_now(matter, lesson)), _turns(_body(past[lesson.slug][0]))
        shares = Counter(owners[turn] for turn in now - first if turn in owners)  # what two began with is both's
        own = len(now & first) + shares.pop(lesson.slug, 0)
        owner, share = max(shares.items(), key=lambda one: one[1], default=("", 0))
        if share * OTHERS >= len(now) and share > 2 * own and had[lesson.slug] >= FEW:
            yield lesson.place, lesson.slug, owner


def _is_anew(matter: Matter, lesson: Topic | Card, past: dict[str, list[str]]) -> bool:
    """A lesson of which neither title nor words are those that were first printed, until it says under `thay đổi` why.
    Held against what it began with and every text that said why itself: small steps lead anywhere, too."""
    first, *later = past[lesson.slug]
    if lesson.title.text == _title(first):
        return False
    own, said = _turns(_body(first)), {*_reasons(first)}
    for text in later:
        if (reasons := _reasons(text)) - said:  # a line that stood there before excuses nothing
            own |= _turns(_body(text))
            said |= reasons
    text = matter.reading.texts[lesson.place.file].text
    return _reasons(text) <= said and not _is_like(_turns(_body(text)), own)


def _reasons(text: str) -> set[str]:
    """The lines under `thay đổi`."""
    found = re.search(r"^thay đổi[ ]*:(.*(?:\n(?:[ \t].*|[ \t]*(?=\n)))*)", text[: _body_start(text)], re.M)
    return {line.strip() for line in found[1].split("\n") if line.strip()} if found else set()


def _is_like(turns: AbstractSet[Turn], own: AbstractSet[Turn]) -> bool:
    return len(turns & own) * LEAST_SHARE >= len(turns)


def _now(matter: Matter, lesson: Topic | Card) -> str:
    return _body(matter.reading.texts[lesson.place.file].text)


def _body(text: str) -> str:
    """From the title on: what stands before it is the office's, and alike everywhere."""
    return text[_body_start(text) :]


def _body_start(text: str) -> int:
    """Behind the line that ends what the office says: a `# ` above it is a comment."""
    head = _HEAD.match(text)
    return max(text.find("\n# ", head.end() - 1 if head else 0), 0)


def _lines(text: str) -> set[str]:
    return {line for line in _body(text).split("\n") if len(line) >= LEAST_LETTERS}


def _title(text: str) -> str:
    return match[1] if (match := re.search(r"^# (.+)", _body(text), re.M)) else ""


def _turns(text: str) -> set[Turn]:
    """Without marks and capitals, which may change while all stays the same, and without headings, alike everywhere."""
    words = re.findall(r"\w+", re.sub(r"\n##.*", "\n", text.casefold()))
    return {*zip(words, words[1:], words[2:], strict=False)}
