"""A paper that counts again: what took it back was a slip of the pen, and the row says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.checks.looking.papers import noted_paper
from generator.ground.errors import UsageError
from generator.ground.files import fold
from generator.ground.said import said
from generator.handbook.approvals import taken_back, withdrawal_name
from generator.handbook.model import Approval
from generator.handbook.withdrawals import MISTAKEN, withdraws


def standing_again(row: Approval, by_letters: bool, approvals: Sequence[Approval]) -> Approval:
    """A paper signed before its text was withdrawn would be a row that counts for nothing; unless it says, by the very
    letters of the paper, that the withdrawal was a slip."""
    taken = None if withdraws(row.note) else taken_back(row, approvals)
    if taken is None:
        return row
    is_slip = by_letters and fold(row.note).startswith(f"{fold(MISTAKEN)}:")
    why = row.note[len(MISTAKEN) + 1:].strip()
    again = replace(row, note=f"{MISTAKEN} {withdrawal_name(taken)} {why}") if is_slip else row
    if not is_slip or taken_back(again, [*approvals, again]):
        old = _paper_taken(row, taken, approvals)
        instead = f' --instead "{paper}"' if (paper := noted_paper(old.note)) else ""
        raise UsageError(*said("approve/taken-back", slug=row.slug, text=row.text, day=f"{taken.day:%d/%m/%Y}",
                               unit=old.unit, signed=f"{old.day:%d/%m/%Y}", instead=instead))
    return again


def _paper_taken(row: Approval, taken: Approval, approvals: Sequence[Approval]) -> Approval:
    """The paper that was taken back, whatever unit and day are typed now; that row itself where it stands there."""
    old = [one for one in approvals if (one.slug, one.text) == (taken.slug, taken.text) and not withdraws(one.note)
           and one.day <= taken.day]
    return next((one for one in old if one == row), old[-1] if old else row)
