"""Parts and paths stay what their numbers were given to, under whatever title: by their title and by their lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.checks.looking.likeness import Firsts, are_alike
from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding, error, warning
from generator.handbook.model import OUTLINE, Part, Path, led_on
from generator.handbook.registries import read_outline


def check(matter: Matter) -> Iterator[Finding]:
    texts = dict.fromkeys(text for file, text in matter.texts or () if file == OUTLINE)
    outlines = [_outline(text) for text in texts]
    yield from _lists(matter, "part", matter.handbook.parts, [part for parts, _ in outlines for part in parts])
    yield from _lists(matter, "path", matter.handbook.paths, [path for _, paths in outlines for path in paths])


@lru_cache(maxsize=512)
def _outline(text: str) -> tuple[tuple[Part, ...], tuple[Path, ...]]:
    outline = read_outline(Source(OUTLINE, text))
    return outline.parts, outline.paths


def _lists(matter: Matter, kind: str, now: Sequence[Part | Path], past: Sequence[Part | Path]) -> Iterator[Finding]:
    """Under the title or with the lessons that another had first; or with nothing left of its own."""
    titles = Firsts((one.id, one.title) for one in past)
    began: dict[str, set[str]] = {}
    holders: dict[str, str] = {}
    for one in past:
        for slug in (slugs := _slugs(one)):
            began.setdefault(one.id, slugs)
            holders.setdefault(slug, one.id)
    numbers = matter.handbook.guarded
    ids = Counter(one.id for one in now)
    own = {one.id for one in now if are_alike(one.title, titles.of.get(one.id, ""))}
    for one in (one for one in now if ids[one.id] == 1):  # of an id used twice nobody knows whose number it is
        name = f"{kind}:{one.id}"
        if one.id in own:
            yield from _emptied(matter, name, one, past)
            continue
        owner = titles.owner(one.id, one.title)
        gone = one.id in began and not _slugs(one) & began[one.id]
        others = [holders.get(slug, one.id) for slug in _slugs(one)]
        if gone and not owner and kind == "part" and others:  # a lesson may stand in many paths
            most = max(sorted(others), key=others.count)
            owner = most if most != one.id else ""
        if name in numbers and owner:
            yield error("ledger.other-lesson", one.place, number=numbers[name], id=name, owner=f"{kind}:{owner}")
        elif name in numbers and gone:
            yield warning("ledger.written-anew/list", one.place, number=numbers[name], id=name)
        else:
            yield from _emptied(matter, name, one, past)


def _emptied(matter: Matter, name: str, one: Part | Path, past: Sequence[Part | Path]) -> Iterator[Finding]:
    """Its title is still its own, and fewer than half of the lessons it once had: paper promises them. What it had when
    it was far shorter than today was a beginning, and a lesson that is no more in the book is nobody's loss."""
    number, now = matter.handbook.guarded.get(name, ""), _slugs(one)
    lost: list[tuple[int, list[str], int]] = []
    for before in past if number else ():
        had = _today(matter, before, now) if before.id == one.id else {}
        if len(had) * 2 >= len(now) and len(now & {*had}) * 2 < len(had):
            lost.append((len(now & {*had}), [slug for slug in had if slug not in now], len(had)))
    if lost:
        left, gone, had_once = min(lost)
        remind = warning if left else matter.remind
        yield remind("ledger.written-anew/lessons", one.place, number=number, id=name, left=left, had=had_once,
                     gone=", ".join(gone))


def _today(matter: Matter, one: Part | Path, now: set[str]) -> dict[str, None]:
    """Its lessons as they are called today, in its order."""
    book = matter.handbook
    return dict.fromkeys(filter(None, (
        phrase.text if phrase.text in now else led_on(book.ledger, phrase.text, book.by_slug)
        for phrase in one.topics)))


def _slugs(one: Part | Path) -> set[str]:
    return {phrase.text for phrase in one.topics}
