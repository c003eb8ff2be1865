"""What `hocso links` found: a film, platform or source that no longer opens is told where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.outside import UseKind, outside_uses
from generator.checks.structure.links import known_hosts
from generator.ground.findings import Finding, Place, warning
from generator.handbook.model import LINKS, host_of

OLD_DAYS = 90

RULES: dict[UseKind, str] = {
    "film": "film.dead", "platform": "platform.dead", "source": "source.dead", "edition": "edition.dead",
    "link": "link.dead", "former": "site.former-dead",
}


def check(matter: Matter) -> Iterator[Finding]:
    visits = {visit.address: visit for visit in matter.handbook.visits}
    if not visits:
        return
    hosts = known_hosts(matter)
    for use in outside_uses(matter):
        visit = visits.get(use.address)
        if visit and visit.state == "dead":
            yield warning(RULES[use.kind], use.place, name=use.name, since=visit.since, address=visit.address,
                          reason=visit.reason)
        elif visit and visit.moved_to and host_of(visit.moved_to) not in hosts and use.kind != "source":
            yield warning("link.moved", use.place, name=use.name, address=visit.address, host=host_of(visit.moved_to))
    days = (matter.handbook.today - max(visit.day for visit in visits.values())).days
    if days > OLD_DAYS:
        yield warning("links.old", Place(LINKS), days=days)
