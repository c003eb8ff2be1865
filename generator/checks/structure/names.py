"""Names that must be known: audiences, topics in parts, paths, wishes and prerequisites; and slugs used twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error
from generator.handbook.mistakes import not_known
from generator.handbook.model import OUTLINE, Phrase
from generator.handbook.registries import plain_slug

ENDINGS = ("-2up", "-a3", "-a4", "-a5", "-fold", "-ink", "-ink-2up", "-ink-fold", "-large", "-picture", "-shop",
           "-trainer")
"""Of papers' files: `nong-dan-ink.pdf` is the ink-saving book of `nong-dan`."""


def check(matter: Matter) -> Iterator[Finding]:
    for rule, phrases, known in _named(matter):
        names, listed = ", ".join(known[:12]), set(known)
        for told, phrase in enumerate(phrase for phrase in phrases if phrase.text not in listed):
            yield not_known(rule, phrase.place, phrase.text, known=known, spell=True, told=told, names=names)
    yield from _twice(matter)


def _named(matter: Matter) -> Iterator[tuple[str, Iterable[Phrase], Sequence[str]]]:
    """Rule, the names it looks at, and those there are; what handbook.yml lacks for a fault of its own is not asked."""
    book, scraps = matter.handbook, matter.reading.scraps
    lists = [lesson.office.prerequisites for lesson in book.lessons]
    lists += [each.office.get("prerequisites", ()) for each in scraps]
    lists += [part.topics for part in book.parts] + [path.topics for path in book.paths]
    lists += [alert.topics for alert in book.alerts]
    yield "name.topic", (*chain(*lists), *(wish.lesson for wish in book.wishes)), written_slugs(matter)
    broken = OUTLINE in matter.reading.damaged
    if book.audiences or not broken:
        lists = [lesson.office.audiences for lesson in book.lessons]
        lists += [each.office.get("audiences", ()) for each in scraps]
        named = (*chain(*lists), *(path.audience for path in book.paths))
        yield "name.audience", named, [audience.name for audience in book.audiences]
    if book.paths or not broken:
        targets = (target for post in book.signposts for target in (post.path, post.otherwise) if target)
        yield "name.path", targets, [path.id for path in book.paths]


def written_slugs(matter: Matter) -> list[str]:
    """Folders of topics and cards, also those whose file or name has errors of its own."""
    files = matter.files | matter.missing
    found = {file.split("/")[2] for file in files if re.match(r"content/(topics|cards)/[^/]+/", file)}
    return sorted(plain_slug(name) or name for name in found)


def _twice(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    seen: dict[str, Place] = {}
    named = [(lesson.slug, lesson.place) for lesson in book.lessons]
    named += [(path.id, path.place) for path in book.paths]
    for slug, place in named:
        if slug in seen:
            yield error("name.twice", place, slug=slug, file=seen[slug].file)
        seen.setdefault(slug, place)
    for slug, place in seen.items():
        stems = {slug.removesuffix(end) for end in ENDINGS} - {slug}
        if other := next((stem for stem in sorted(stems) if stem in seen), ""):
            yield error("name.twice/paper", place, slug=slug, other=other)
