"""handbook.yml holds every topic once; ids are used once; stated totals and the order of learning are true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.model import OUTLINE, PART_COLOURS, Part, Path, Phrase


def check(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    yield from _ids_twice(book.parts)
    yield from _ids_twice(book.paths)
    yield from _topics_once(matter)
    yield from (warning("part.no-colour", part.place, number=part.number, most=PART_COLOURS, same=part.colour)
                for part in book.parts if part.number > PART_COLOURS)
    for path in book.paths:
        yield from _path(matter, path)
    yield from _circles(matter)


def _ids_twice(rows: Sequence[Part] | Sequence[Path]) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            yield error("outline.id-twice", row.place, id=row.id)
        seen.add(row.id)


def _topics_once(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    placed: dict[str, str] = {}
    for part in book.parts:
        for phrase in part.topics:
            if phrase.text in placed:
                yield error("outline.topic-twice", phrase.place, slug=phrase.text, part=placed[phrase.text])
            placed.setdefault(phrase.text, part.id)
    if OUTLINE in matter.reading.damaged:
        return
    for slug in written_slugs(matter):
        file = f"content/topics/{slug}/index.md"
        if slug not in placed and file in matter.files:
            yield error("outline.topic-nowhere", Place(file), slug=slug, file=OUTLINE)


def _path(matter: Matter, path: Path) -> Iterator[Finding]:
    lessons = [matter.handbook.by_slug.get(phrase.text) for phrase in path.topics]
    total = sum(lesson.office.minutes for lesson in lessons if lesson)
    if path.minutes is not None and path.minutes != total and None not in lessons:
        yield error("path.minutes", path.place, path=path.id, minutes=path.minutes, total=total)
    order = [phrase.text for phrase in path.topics]
    for position, (phrase, lesson) in enumerate(zip(path.topics, lessons, strict=True)):
        if order.index(phrase.text) < position:
            yield error("path.topic-twice", phrase.place, path=path.id, slug=phrase.text)
        for before in lesson.office.prerequisites if lesson else ():
            if before.text in order and order.index(before.text) > order.index(phrase.text):
                yield error("path.order", phrase.place, slug=phrase.text, before=before.text)


def _circles(matter: Matter) -> Iterator[Finding]:
    """A lesson that must be learnt before itself, at whatever distance, can never be begun."""
    needed = {lesson.slug: lesson.office.prerequisites for lesson in matter.handbook.lessons}
    told: set[str] = set()
    for slug in sorted(needed):
        before = _all_before(slug, needed)
        if slug in before and slug not in told:
            told |= before  # every lesson of the circle has the others before it
            phrase = next(p for p in needed[slug] if p.text == slug or slug in _all_before(p.text, needed))
            yield error("topic.circle", phrase.place, slug=slug, before=phrase.text)


def _all_before(slug: str, needed: Mapping[str, tuple[Phrase, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = [slug]
    while waiting:
        for phrase in needed.get(waiting.pop(), ()):
            if phrase.text not in found:
                found.add(phrase.text)
                waiting.append(phrase.text)
    return found
