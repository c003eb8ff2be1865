"""No address leads to this machine or into an office's own network: outside it nobody gets there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, error
from generator.ground.web import is_inside

_HOST = re.compile(r"https?://(?:[^\s/@]*@)?(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+)")


def check(matter: Matter) -> Iterator[Finding]:
    site = matter.handbook.site
    for address in (site.address, *site.former):
        if (found := _HOST.match(address)) and is_inside(found["host"].strip("[]")):
            yield error("address.inside", site.place, host=found["host"])
    for source in matter.reading.texts.values():
        hosts = {found["host"]: found.start("host") for found in _HOST.finditer(source.text)}
        for host, start in hosts.items():
            if is_inside(host.strip("[]")):
                yield error("address.inside", source.place(start), host=host)
