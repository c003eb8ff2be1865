"""Of rows that took one number the oldest keeps it: `since` decides, then git's history, never the order of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from generator.ground import history
from generator.ground.files import Source
from generator.ground.kept import Kept, Version
from generator.handbook.ledger import COLUMNS, FILE, is_number, read_ledger
from generator.handbook.model import Entry
from generator.handbook.values import parse_date

NEVER = float("inf")


def rows_of(version: Version) -> tuple[Entry, ...]:
    return _rows(version.files.get(FILE, ""))


@lru_cache(maxsize=16)
def _rows(text: str) -> tuple[Entry, ...]:
    """Also of a text whose first line a spreadsheet spoiled. Versions beside each other mostly hold the same one."""
    head = ",".join(COLUMNS)
    whole = text if text.startswith(f"{head}\n") else f"{head}\n{text}"
    return tuple(row for row in read_ledger(Source(FILE, whole))[0] if is_number(row.number))


@dataclass(frozen=True)
class Elders:
    """Asked only where two rows took one number."""

    root: Path

    @cached_property
    def firsts(self) -> dict[tuple[str, str], Version]:
        """Of each number and target the earliest commit with them, on whatever branch."""
        found: dict[tuple[str, str], Version] = {}
        past = Kept(self.root, FILE)
        known = [*(past.versions(FILE) or ()), *past.elsewhere(FILE)]
        for version in sorted(known, key=lambda version: version.moment):
            for row in rows_of(version):
                found.setdefault((row.number, row.target), version)
        return found

    def eldest(self, rows: Sequence[Entry]) -> Entry:
        return rows[0] if len(rows) == 1 else min(rows, key=self._age)

    def _age(self, row: Entry) -> tuple[date, float]:
        """A row is never older than what its commit stands on, whatever day stands in it."""
        first = self.firsts.get((row.number, row.target))
        base = history.day_below(self.root, first.commit if first else "")
        return max(parse_date(row.since) or date.max, base), first.moment if first else NEVER
