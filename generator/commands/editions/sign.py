"""`hocso approve ID`, `hocso approve tu-kho`: a place's own words, and the glossary, are read line by line and signed;
as a lesson's text, they have a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from generator.checks import Checked, run_checks
from generator.checks.looking.signed import changes_since, signed_words
from generator.commands.signing.standing import approved_by
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, Source, read_source
from generator.ground.findings import Finding, format_text
from generator.ground.history import calendar_day
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.handbook.approvals import last_said, standing
from generator.handbook.editions import FOLDER
from generator.handbook.keys import UNWRITTEN
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.read import Reading
from generator.handbook.withdrawals import withdraws
from generator.handbook.words import WORDS, Words

_PHONE = re.compile(r"(?<![\d/.])(?:0\d{2,3}[ .]?\d{3}|1[89]00[ .]?\d{2})")
"""As places write what somebody can call."""


def state(words: Words, approvals: Sequence[Approval], kept: Kept, doubts: Sequence[Finding]) -> Iterator[str]:
    """Every word to be read, and how it stands with them: before two hundred lines, and how to go on after them."""
    if words.text and not any(row.slug == words.id for row in approvals):
        yield str(said("sign/nobody-first", name=words.name, text=words.text))
    yield str(said("sign/words", name=words.name, files=", ".join(words.files)))
    yield from (f"  {line}" for line in words.lines)
    if row := standing(approvals, words.id, words.text):
        yield from approved_by(words.id, row, doubts)
        return
    if doubts:
        yield format_text(doubts)
    if not words.text:
        yield str(said("sign/nothing", name=words.name))
    elif rows := [row for row in approvals if row.slug == words.id]:
        yield from _signed_before(words, rows, kept)
    elif words.id == WORDS:
        yield str(said("sign/nobody-glossary", id=words.id, text=words.text))
    elif any(_PHONE.search(line) for line in words.lines):
        yield str(said("sign/nobody", id=words.id, text=words.text))
    else:
        yield str(said("sign/nobody-words", id=words.id, text=words.text))


def _signed_before(words: Words, rows: Sequence[Approval], kept: Kept) -> Iterator[str]:
    """Who signed once wants to know what is another since: every word, before and now."""
    last = last_said(rows)
    day = f"{last.day:%d/%m/%Y}"
    if withdraws(last.note):
        yield str(said("sign/state-withdrawn", id=words.id, text=words.text, old=last.text, day=day))
        return
    yield str(said("sign/state-changed", id=words.id, text=words.text, old=last.text, unit=last.unit, day=day))
    if old := signed_words(kept, words, last.text):
        yield from (str(said("approve/change", before=one.was, after=one.now)) for one in changes_since(old, words))
    else:
        yield str(said("sign/not-kept", text=last.text))
    yield str(said("sign/again", id=words.id))


def refuse_wrong(project: Project, reading: Reading, places: Sequence[Words]) -> None:
    """Nobody signs a number that nobody can call, or a person's name: what a check calls an error is mended first."""
    files = {f"{FOLDER}{words.id}.yml" for words in places}
    checked = Checked(reading, tuple(run_checks(project, reading))).findings if places else ()
    if wrong := [one for one in checked if one.severity == "error" and one.place.file in files]:
        raise ContentError(*said("sign/wrong", findings=format_text(wrong)))


def signed(words: Words, row: Approval, reading: Reading, kept: Kept) -> tuple[Approval, list[str]]:
    """`row` for these words; its text, where the paper names one, must be theirs."""
    if not words.text:
        raise UsageError(*said("sign/nothing", name=words.name))
    if broken := next((file for file in words.files if file in reading.damaged), ""):
        raise ContentError(*said("sign/broken", name=words.name, file=broken))
    if row.text not in ("", words.text):
        raise UsageError(*said("sign/other", name=words.name, text=row.text, now=words.text))
    done = Approval(words.id, words.text, row.unit, row.day, row.sheet, row.note)
    if withdraws(row.note):
        if not words.signed:
            raise UsageError(*said("approve/not-approved", slug=words.id))
        last = standing(reading.handbook.approvals, words.id, words.text)
        if last and row.day < last.day:
            raise UsageError(*said("approve/withdrawn-before", slug=words.id, day=f"{last.day:%d/%m/%Y}"))
        return done, [str(said("sign/withdrawn", name=words.name, text=words.text, file=APPROVALS))]
    if waiting := next((cell for cells in words.rows for cell in cells if UNWRITTEN in cell), ""):
        raise UsageError(*said("sign/unwritten", name=words.name, mark=UNWRITTEN, words=waiting))
    changed = None if row.text else _last_change(words, reading, kept)
    if changed and changed > row.day:  # the letters are the only proof of what was read on that day
        raise UsageError(*said("sign/before", name=words.name, day=f"{changed:%d/%m/%Y}", text=words.text))
    return done, [str(said("approve/done", slug=words.id, unit=row.unit, text=words.text,
                           day=f"{row.day:%d/%m/%Y}", file=APPROVALS))]


def _last_change(words: Words, reading: Reading, kept: Kept) -> date | None:
    """The newest day on which a file of theirs came to say what it says."""
    sources = [reading.texts.get(file) or read_source(kept.root, file) for file in words.files]
    today = calendar_day(kept.root)
    days = [_changed(kept, source, today) for source in sources if isinstance(source, Source)]
    return max(filter(None, days), default=None)


def _changed(kept: Kept, source: Source, today: date) -> date | None:
    """The day since which git holds this text of the file, where it held another one before; what it does not hold yet
    is of today."""
    versions = kept.versions(source.file)
    since = today if versions is not None else None
    for version in reversed(versions or []):
        if version.files.get(source.file) != source.text:
            return since
        since = datetime.fromtimestamp(version.moment, UTC).date()
    return None if versions else since
