"""Of rows that took one number the oldest keeps it: `since` decides, then git's history, never the order of rows.
Where git does not stand behind `since`, people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
    def _known(self) -> list[Version]:
        past = Kept(self.root, FILE)
        return sorted([*(past.versions(FILE) or ()), *past.elsewhere(FILE)], key=lambda version: version.moment)

    @cached_property
    def _firsts(self) -> dict[tuple[str, str], Version]:
        """Of each number and target the earliest commit with them, on whatever branch."""
        found: dict[tuple[str, str], Version] = {}
        for version in self._known:
            for row in rows_of(version):
                found.setdefault((row.number, row.target), version)
        return found

    def eldest(self, rows: Sequence[Entry]) -> Entry:
        if len(rows) == 1:
            return rows[0]
        return min(rows, key=lambda row: (self.is_lie(row), _day(row), self._moment(row)))

    def are_sure(self, rows: Sequence[Entry]) -> bool:
        """Whether every copy must see it so. After a squash or rebase a row is younger to git than it says: where the
        old branch is gone, nobody can tell that from a day made up."""
        rows = [*{(row.target, row.since): row for row in reversed(rows)}.values()]  # one pasted often is asked once
        eldest = self.eldest(rows)
        return not any(map(self.is_lie, rows)) and all(
            (self._moment(eldest) <= self._moment(row) or self._is_backed(eldest, beyond=True))
            if _day(eldest) < _day(row) else self._is_backed(eldest) and self._is_backed(row)
            for row in rows if row is not eldest)

    def is_lie(self, row: Entry) -> bool:
        """Given before the first ledger of all was kept, and not in that."""
        if not self._known or self._moment(row) <= self._known[0].moment:
            return False
        return _day(row) < datetime.fromtimestamp(self._known[0].moment, UTC).date()

    def _is_backed(self, row: Entry, *, beyond: bool = False) -> bool:
        """Not older than what its commit stands on. A row that bears the very day of that commit may have been given
        much later: so `qr add` once wrote it. Against a row that git has known longer it must be `beyond` it."""
        first = self._firsts.get((row.number, row.target))
        commit = first.commit if first else ""
        if commit not in self._below:
            self._below[commit] = history.day_below(self.root, commit)
        return _day(row) > self._below[commit] if beyond else _day(row) >= self._below[commit]

    @cached_property
    def _below(self) -> dict[str, date]:
        """Asked of git once for each commit."""
        return {}

    def _moment(self, row: Entry) -> float:
        first = self._firsts.get((row.number, row.target))
        return first.moment if first else NEVER


def _day(row: Entry) -> date:
    return parse_date(row.since) or date.max
