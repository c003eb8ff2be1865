"""What readers found sound before, by what is drawn: a page without a code, a drawing the judge of PDF/UA passed.

Each is told by a digest of all that the finding hangs on, the code and libraries that looked among it. It is one sealed
file; what is not what was once written counts as nothing, and losing it costs time alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from generator.ground.files import digest_of
from generator.ground.whole import Stock

MOST = 40_000
"""Names; those found last stay."""


class Memory:
    """Of one process. Names found here hold at once, those of others when they are asked for again."""

    def __init__(self, folder: Path | None = None, machine: str = "") -> None:
        self._stock = Stock(folder) if folder else None
        self._key = digest_of("seen", machine)
        self._names = dict.fromkeys(self._kept())
        self.fresh: set[str] = set()
        """Not written down yet."""

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, names: Iterable[str]) -> None:
        new = {*names} - self._names.keys()
        self._names |= dict.fromkeys(sorted(new))
        self.fresh |= new

    def take(self) -> Collection[str]:
        """What was found since somebody asked."""
        fresh, self.fresh = sorted(self.fresh), set()
        return fresh

    def write(self, names: Collection[str]) -> None:
        """With what others wrote meanwhile."""
        if self._stock and names:
            kept = [*dict.fromkeys((*self._kept(), *sorted(names)))]
            self._stock.keep(self._key, "\n".join(kept[-MOST:]).encode())

    def _kept(self) -> list[str]:
        return (self._stock.find(self._key) or b"").decode().split() if self._stock else []


@cache
def memory_of(folder: Path, machine: str) -> Memory:
    return Memory(folder, machine)
