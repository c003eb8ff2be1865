"""A cell for where the signed sheet is kept that says there is none: `mất phiếu`, `thiếu dấu`, `chưa in`."""

from __future__ import annotations

from functools import cache

from generator.ground.files import beside
from generator.handbook.doing import Ways, first_way, ways_of
from generator.handbook.withdrawals import unclear_words, withdraws


def unsure_words(sheet: str, note: str) -> str:
    """With which words a row that would count as an approval speaks of taking back, or of a sheet that nobody signed or
    nobody has. It is read as a withdrawal, and told: a word taken for an approval would be the worse mistake."""
    if words := unclear_words(sheet, note):
        return words
    return "" if withdraws(note) else first_way(sheet, _ways(), called=False)


@cache
def _ways() -> Ways:
    return ways_of(beside(__file__, ".txt").splitlines())
