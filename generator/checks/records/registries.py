"""A term and a platform stand in their lists once, whatever other names they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error


def check(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    yield from _twice(
        ((name, term.place) for term in book.glossary for name in dict.fromkeys((term.name, *term.aliases))),
        "glossary.twice",
    )
    yield from _twice(((platform.name, platform.place) for platform in (*book.platforms, *book.apps)),
                      "platform.twice")
    hosts = ((platform.host.removeprefix("www."), platform.place) for platform in book.platforms)
    yield from _twice(hosts, "platform.twice")


def _twice(named: Iterable[tuple[str, Place]], rule: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for name, place in named:
        first = seen.setdefault(name.casefold(), place.line)
        if first != place.line:
            yield error(rule, place, name=name, first=first)
