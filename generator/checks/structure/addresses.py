"""No address leads to this machine or into an office's own network: outside it nobody gets there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.looking.matter import Matter
from generator.checks.looking.outside import all_uses
from generator.ground.findings import Finding, Place, error
from generator.ground.web import is_inside


def check(matter: Matter) -> Iterator[Finding]:
    site, told = matter.handbook.site, set[Place]()
    for address, place in [(site.address, site.place), *((use.address, use.place) for use in all_uses(matter))]:
        host = _host(address)
        if host and is_inside(host) and place not in told:
            told.add(place)
            yield error("address.inside", place, host=host)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # no address; told by others
        return ""
