"""Names that must be known: audiences, topics in parts, paths, wishes and prerequisites; and slugs used twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error
from generator.handbook.mistakes import not_known
from generator.handbook.model import Phrase
from generator.handbook.registries import plain_slug

OUTLINE = "content/handbook.yml"


def check(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    written = written_slugs(matter)
    yield from _audiences(matter)
    for phrase in _prerequisites(matter):
        yield from _known(phrase, written, "name.topic")
    lists = (*(part.topics for part in book.parts), *(path.topics for path in book.paths))
    for phrases in (*lists, tuple(wish.lesson for wish in book.wishes)):
        for phrase in phrases:
            yield from _known(phrase, written, "name.topic")
    yield from _paths(matter)
    for alert in book.alerts:
        for phrase in alert.topics:
            yield from _known(phrase, written, "name.topic")
    yield from _twice(matter)


def _audiences(matter: Matter) -> Iterator[Finding]:
    """Not asked while handbook.yml names none for a fault of its own."""
    book = matter.handbook
    known = [audience.name for audience in book.audiences]
    if not known and OUTLINE in matter.reading.damaged:
        return
    lists = [lesson.office.audiences for lesson in book.lessons]
    lists += [scraps.office.get("audiences", ()) for scraps in matter.reading.scraps]
    for phrase in (*(phrase for phrases in lists for phrase in phrases), *(path.audience for path in book.paths)):
        yield from _known(phrase, known, "name.audience")


def _prerequisites(matter: Matter) -> Iterator[Phrase]:
    for lesson in matter.handbook.lessons:
        yield from lesson.office.prerequisites
    for scraps in matter.reading.scraps:
        yield from scraps.office.get("prerequisites", ())


def _paths(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    ids = [path.id for path in book.paths]
    if not ids and OUTLINE in matter.reading.damaged:
        return
    for signpost in book.signposts:
        for target in (signpost.path, signpost.otherwise):
            if target:
                yield from _known(target, ids, "name.path")


def written_slugs(matter: Matter) -> list[str]:
    """Folders of topics and cards, also those whose file or name has errors of its own."""
    found = {file.split("/")[2] for file in matter.files if re.match(r"content/(topics|cards)/[^/]+/", file)}
    return sorted(plain_slug(name) or name for name in found)


def _known(phrase: Phrase, known: Sequence[str], rule: str) -> Iterator[Finding]:
    if phrase.text not in known:
        yield not_known(rule, phrase.place, phrase.text, known=known, spell=True, names=", ".join(known[:12]))


def _twice(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    seen: dict[str, Place] = {}
    named = [(lesson.slug, lesson.place) for lesson in book.lessons]
    named += [(path.id, path.place) for path in book.paths]
    for slug, place in named:
        if slug in seen:
            yield error("name.twice", place, slug=slug, file=seen[slug].file)
        seen.setdefault(slug, place)
