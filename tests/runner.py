"""GitHub's runner, as far as a log can speak to it."""

from __future__ import annotations

import re
from typing import NamedTuple


class Heard(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def heard(log: str) -> list[Heard]:
    """`::name key=value,…::data` where a line begins so, else `##[name …]data` anywhere in it. Between
    `::stop-commands::mark` and `::mark::` nothing is."""
    found: list[Heard] = []
    mark = ""
    for line in log.splitlines():
        new = re.match(r"\s*::([\w-]+)(?: (.*?))?::(.*)", line)
        old = re.search(r"##\[([\w-]+)(?: (.*?))?\](.*)", line)
        said = new or old
        if mark:
            mark = "" if new and new[1] == mark else mark
        elif said and said[1] == "stop-commands":
            mark = said[3]
        elif said:
            pairs = (pair.split("=", 1) for pair in (said[2] or "").split(",") if "=" in pair)
            found.append(Heard(said[1], dict(pairs), said[3]))
    assert not mark, "the runner hears nothing any more"
    return found
