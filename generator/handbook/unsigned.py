"""A cell for where the signed sheet is kept that says there is none: `mất phiếu`, `thiếu dấu`, `chưa in`; and words
noted beside an approval that say the same."""

from __future__ import annotations

from functools import cache

from generator.ground.files import beside
from generator.handbook.doing import Ways, first_way, ways_of
from generator.handbook.withdrawals import noted_words, unclear_words, withdraws

_BOTH = "#ghi"
"""Below it stand the ways to speak that mean a signature wherever they are noted: `chưa` alone may be of anything."""
_ALONE = ("chờ", "đợi", "dự kiến", "tạm", "sau")
"""With words beside them they speak of something else: `phòng chờ`, `dự kiến phát ở hội chợ`."""


def unsure_words(sheet: str, note: str) -> str:
    """With which words a row that would count as an approval speaks of taking back, or of a sheet that nobody signed or
    nobody has. It is read as a withdrawal, and told: a word taken for an approval would be the worse mistake."""
    if words := unclear_words(sheet, note):
        return words
    if withdraws(note):
        return ""
    noted = noted_words(note)
    return _alone(sheet) or _alone(noted) or first_way(sheet, _ways(), called=False) or first_way(
        noted, _noted_ways(), called=False)


def _alone(text: str) -> str:
    word = text.strip(" .,:;…?!()“”\"'")
    return word if word.casefold() in _ALONE else ""


@cache
def _ways() -> Ways:
    return ways_of(beside(__file__, ".txt").splitlines())


@cache
def _noted_ways() -> Ways:
    return ways_of(beside(__file__, ".txt").partition(f"\n{_BOTH}")[2].splitlines()[1:])
