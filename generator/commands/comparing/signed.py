"""Rows of the book of approvals that a change adds or takes away: whoever lets it in vouches for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.approvals import row_of
from generator.handbook.model import Approval
from generator.handbook.withdrawals import withdraws


@dataclass(frozen=True)
class Row:
    """One row, on one side alone."""

    row: Approval
    added: bool

    @property
    def withdraws(self) -> bool:
        return withdraws(self.row.note)

    @property
    def line(self) -> Text:
        """A row that is gone is told whatever it said: rows are only ever added."""
        slug, text, unit, day = self.row.slug, self.row.text, self.row.unit, f"{self.row.day:%d/%m/%Y}"
        if not self.added:
            return said("diff/row-gone", slug=slug, text=text, unit=unit, day=day)
        if self.withdraws:
            return said("diff/row-withdrawn", slug=slug, text=text, unit=unit, day=day)
        return said("diff/row-approved", slug=slug, text=text, unit=unit, day=day)

    def told(self) -> dict[str, object]:
        """For programs."""
        return {"slug": self.row.slug, "text": self.row.text, "unit": self.row.unit,
                "day": f"{self.row.day:%Y-%m-%d}", "state": "added" if self.added else "removed",
                "withdraws": self.withdraws, "line": str(self.line)}


def changed_rows(before: Iterable[Approval], after: Iterable[Approval]) -> Iterator[Row]:
    """Those that are gone first. A row is all its cells: another sheet or note makes another."""
    before, after = tuple(before), tuple(after)
    for old, new, is_added in ((before, after, False), (after, before, True)):
        others = Counter(map(row_of, new))
        for row in old:
            if others[name := row_of(row)]:
                others[name] -= 1
            else:
                yield Row(row, is_added)
