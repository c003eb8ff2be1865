"""`hocso approve ID`, `hocso approve tu-kho`: a place's own words, and the glossary, are read line by line and signed;
as a lesson's text, they have a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.handbook.approvals import WITHDRAWN, WORDS, Words, standing
from generator.handbook.model import APPROVALS, Approval


def state(words: Words, approvals: Sequence[Approval]) -> Iterator[str]:
    """Every word to be read, and how it stands with them."""
    yield str(said("sign/words", name=words.name, file=words.file))
    yield from (f"  {line}" for line in words.lines)
    if row := standing(approvals, words.id, words.text):
        yield str(said("approve/state-approved", slug=words.id, text=row.text, unit=row.unit,
                       day=f"{row.day:%d/%m/%Y}"))
    elif words.signed:
        yield str(said("sign/nothing", name=words.name))
    else:
        yield str(said("sign/nobody-glossary", id=WORDS) if words.id == WORDS else said("sign/nobody", id=words.id))


def signed(words: Words, row: Approval) -> tuple[Approval, list[str]]:
    """`row` for these words; its text, where the paper names one, must be theirs."""
    if not words.text:
        raise UsageError(*said("sign/nothing", name=words.name))
    if row.text not in ("", words.text):
        raise UsageError(*said("sign/other", name=words.name, text=row.text, now=words.text))
    taken_back = row.note.startswith(WITHDRAWN)
    if taken_back and not words.signed:
        raise UsageError(*said("approve/not-approved", slug=words.id))
    told = said("approve/withdrawn", slug=words.id, text=words.text, file=APPROVALS) if taken_back else said(
        "approve/done", slug=words.id, unit=row.unit, text=words.text, day=f"{row.day:%d/%m/%Y}", file=APPROVALS)
    return Approval(words.id, words.text, row.unit, row.day, row.sheet, row.note), [str(told)]
