"""When two titles are one: without marks, capitals and accents, perhaps with a word more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from generator.ground.files import fold

SAME = 0.6
"""Of the longer title's words, where the other one has no word of its own."""
MANY, SAME_OF_MANY = 4, 0.4
"""So many words say by themselves what they are about: what is put around them may be longer."""


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(title)))


def are_alike(one: str, two: str) -> bool:
    few, many = sorted((_words(one), _words(two)), key=len)
    return few <= many and len(few) >= (SAME_OF_MANY if len(few) >= MANY else SAME) * len(many)


def holds(many: str, few: str) -> bool:
    """Every word of one is also in the other, whatever else is."""
    return _words(few) <= _words(many)


class Firsts:
    """What each thing was called, or where it was, oldest first."""

    def __init__(self, told: Iterable[tuple[str, str]], same: Callable[[str, str], bool] = are_alike) -> None:
        self._told = dict.fromkeys(told)
        self.same = same
        self.of: dict[str, str] = {}
        for name, title in self._told:
            self.of.setdefault(name, title)

    def owner(self, name: str, title: str) -> str:
        """Whose title this was first, where the thing itself had another of its own before; else nothing."""
        if self.same(title, self.of.get(name, title)):
            return ""
        owner = next((other for other, former in self._told if self.same(title, former)), name)
        return owner if owner != name else ""
