"""`hocso approve ID`: a place's own words, read line by line and signed; as a lesson's text, they have a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.handbook.approvals import WITHDRAWN, local_name, local_words, standing
from generator.handbook.model import APPROVALS, Approval, Edition


def state(edition: Edition, approvals: Sequence[Approval]) -> Iterator[str]:
    """Every word to be read, and how it stands with them."""
    yield str(said("sign/words", name=edition.name))
    yield from (f"  {line}" for line in local_words(edition))
    if row := standing(approvals, edition.id, local_name(edition)):
        yield str(said("approve/state-approved", slug=edition.id, text=row.text, unit=row.unit,
                       day=f"{row.day:%d/%m/%Y}"))
    else:
        yield str(said("sign/nobody", id=edition.id) if edition.unsigned else said("sign/nothing", name=edition.name))


def signed(edition: Edition, row: Approval) -> tuple[Approval, list[str]]:
    """`row` for these words; its text, where the paper names one, must be theirs."""
    name = local_name(edition)
    if not name:
        raise UsageError(*said("sign/nothing", name=edition.name))
    if row.text not in ("", name):
        raise UsageError(*said("sign/other", name=edition.name, text=row.text, now=name))
    taken_back = row.note.startswith(WITHDRAWN)
    if taken_back and edition.unsigned:
        raise UsageError(*said("approve/not-approved", slug=edition.id))
    told = said("approve/withdrawn", slug=edition.id, text=name, file=APPROVALS) if taken_back else said(
        "approve/done", slug=edition.id, unit=row.unit, text=name, day=f"{row.day:%d/%m/%Y}", file=APPROVALS)
    return Approval(edition.id, name, row.unit, row.day, row.sheet, row.note), [str(told)]
