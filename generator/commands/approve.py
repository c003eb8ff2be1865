"""`hocso approve`: what a signed review sheet says goes into the book of approvals, and back into the lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.checks.looking.held import as_printed, held, last_change, read_lesson, text_of
from generator.checks.structure.merged import marked_lines
from generator.commands.confirming import Confirmed, confirmed_between, confirmed_things, taken_out, written_back
from generator.commands.editions import sign
from generator.commands.numbers import in_turn
from generator.commands.signing import level
from generator.commands.signing.slips import standing_again
from generator.commands.signing.standing import Lesson, changes_of, doubts_about, name_now, state, still_open
from generator.commands.signing.typed import (
    NUMBERED,
    Typed,
    cell_of,
    day_of,
    refuse_beside_undo,
    refuse_private,
    refuse_together,
    text_asked,
    unit_of,
)
from generator.commands.signing.undoing import before_writing, book_of, undo_last, way_back
from generator.commands.signing.withdrawing import to_do
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, Source, read_source
from generator.ground.findings import format_text
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.ground.whole import write_all
from generator.handbook import ledger
from generator.handbook.approvals import (
    UNCLEAR,
    added,
    confirming,
    last_signed,
    row_of,
    standing,
    taken_back,
    words_of_place,
)
from generator.handbook.keys import UNWRITTEN
from generator.handbook.lesson.shown import settled, unseen_screens
from generator.handbook.mistakes import listed
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.read import Reading, read_handbook
from generator.handbook.unsigned import unsure_words
from generator.handbook.withdrawals import WITHDRAWN, is_unknown, withdraws
from generator.handbook.words import Words, hard_words

LONG_BEFORE = 90
"""Days between a signature and the words it is said to be of: a wrong year, rather than a file committed late."""


@dataclass(frozen=True)
class Sheet:
    """What the signed paper says."""

    unit: str
    day: date
    text: str = ""
    """Empty: the text as it stands now."""
    settled: int = 0
    """So many of its things were confirmed when it was printed."""
    kept: str = ""
    note: str = ""
    confirm: str = ""
    seen: str = ""
    device: str = ""


def approve(
    project: Project, *, slugs: Sequence[str], unit: str, date: str, from_sheet: str, sheet: str, note: str,
    confirm: str, seen: str, on: str, withdraw: str | None, undo: bool, instead: str = "",
) -> tuple[str, int]:
    """Without unit and day: how it stands with these lessons."""
    typed = Typed(unit, date, from_sheet, sheet, note, confirm, seen, on, withdraw, undo, instead)
    with in_turn(project):
        reading = _read_book(project, unclear=undo)
        asked = list(dict.fromkeys(_asked(reading, name) for name in slugs))
        lessons = [one for one in asked if not isinstance(one, Words)]
        places = [one for one in asked if isinstance(one, Words)]
        if undo:
            refuse_beside_undo(typed)
            names = [one.id if isinstance(one, Words) else one.slug for one in asked]
            return "\n".join(undo_last(project, names, reading.handbook)), 0
        if not (unit or date):
            if from_sheet or confirm or seen or withdraw is not None:
                raise UsageError(*said("approve/both"))
            return "\n".join(_standing(project, reading, lessons, places)), 0
        refuse_together(typed, lessons, places, reading.handbook.approvals)
        sign.refuse_wrong(project, reading, () if withdraw else places)
        day, note = day_of(date), _note(typed, lessons, places, reading)
        paper = Sheet(unit_of(unit, reading.handbook), day, *text_asked(from_sheet), cell_of(sheet), cell_of(note),
                      confirm, seen, cell_of(on))
        told = write_sheet(project, reading, lessons, paper, places)
        return "\n".join((*told, *level.waiting(places, read_handbook(project).handbook))), 0


def _read_book(project: Project, *, unclear: bool) -> Reading:
    """A row that is merely unclear can be undone."""
    reading = read_handbook(project)
    wrong = [finding for finding in reading.findings if finding.place.file == APPROVALS]
    rules = {one.rule for one in wrong}
    if APPROVALS in reading.damaged and not (unclear and rules and rules <= UNCLEAR):
        raise ContentError(*said("approve/book-broken", findings=format_text(wrong)))
    return reading


def _standing(project: Project, reading: Reading, lessons: Sequence[Lesson], places: Sequence[Words]) -> Iterator[str]:
    kept, rows = Kept(project.root, ledger.FILE), reading.handbook.approvals
    doubts = doubts_about(project, reading, [*(one.slug for one in lessons), *(one.id for one in places)])
    for lesson in lessons:
        yield from state(project, kept, reading, lesson, doubts[lesson.slug])
    for place in level.without_countrys(places, reading.handbook):
        yield from sign.state(place, rows, kept, doubts[place.id])
    yield from level.waiting(places, reading.handbook)


def _note(typed: Typed, lessons: Sequence[Lesson], places: Sequence[Words], reading: Reading) -> str:
    if typed.withdraw:
        return f"{WITHDRAWN}: {cell_of(typed.withdraw)}"
    book = reading.handbook
    level.refuse_above(places, lessons, unit_of(typed.unit, book), day_of(typed.date), typed.instead.strip(), book)
    return level.noted(_not_withdrawn(typed.instead), _not_withdrawn(typed.note))


def _not_withdrawn(note: str) -> str:
    if withdraws(cell_of(note)):
        raise UsageError(*said("approve/withdraw-alone"))
    return note


def _refuse_unclear(row: Approval) -> None:
    """What its own reader finds unclear is never written, whichever cell says it."""
    if words := unsure_words(row.sheet, row.note):
        raise UsageError(*said("approve/unclear", words=words))
    if is_unknown(row.note):
        raise UsageError(*said("approve/no-slip", slug=row.slug, text=row.text))


def _asked(reading: Reading, name: str) -> Lesson | Words:
    book = reading.handbook
    target = next((entry.target for entry in book.ledger if entry.number == name and not entry.until), name)
    if target in book.by_slug:
        return book.by_slug[target]
    beside = (*(words_of_place(book, edition) for edition in book.editions), hard_words(book))
    if words := next((words for words in beside if words.id == target), None):
        return words
    if any(f"/{target}/" in scraps.place.file for scraps in reading.scraps):
        raise ContentError(*said("approve/broken", slug=target))
    known = [*book.by_slug, *(words.id for words in beside)]
    raise UsageError(*said("approve/nobody", name=name, listed=listed(name, known)))


# Writing.


def write_sheet(
    project: Project, reading: Reading, lessons: Sequence[Lesson], sheet: Sheet, places: Sequence[Words] = ()
) -> list[str]:
    """Everything is found out first; only then files change, the book of approvals last."""
    files, kept = dict[str, bytes](), Kept(project.root, ledger.FILE)
    rows, told = [], []
    for lesson in lessons:
        row, text, lines = _write_lesson(project, reading, kept, lesson, sheet)
        rows.append(row)
        told += lines
        if text != reading.texts[lesson.place.file].text:
            files[lesson.place.file] = text.encode()
    for place in places:
        row, lines = sign.signed(
            place, Approval(place.id, sheet.text, sheet.unit, sheet.day, sheet.kept, sheet.note), reading, kept)
        rows.append(row)
        told += lines
    rows = [level.for_its_own(standing_again(row, bool(sheet.text), reading.handbook.approvals), reading.handbook)
            for row in rows]
    for row in rows:
        _refuse_unclear(row)
        refuse_private(f"{row_of(row)} {sheet.device}")
    for file, source in reading.texts.items():
        if file in files and read_source(project.root, file) != source:  # an editor saved it meanwhile
            raise ContentError(*said("approve/saved", file=file))
    told += [str(said("approve/beside", files=", ".join(files)))] if files else []
    files[APPROVALS] = added(book_of(project), rows).encode()
    with way_back(project, before_writing(project, files, rows)):
        write_all(project, files)
    taken = [row for row in rows if withdraws(row.note)]
    told += _signed_by_others(reading.handbook.approvals, rows)
    return [*told, *(to_do(project, reading.handbook, taken) if taken else ())]


def _write_lesson(
    project: Project, reading: Reading, kept: Kept, lesson: Lesson, sheet: Sheet
) -> tuple[Approval, str, list[str]]:
    """Its row, its file as it will be, and what to tell; nothing is written."""
    source, approvals = reading.texts.get(lesson.place.file), reading.handbook.approvals
    if source is None or lesson.place.file in reading.damaged or marked_lines(source.lines):
        raise ContentError(*said("approve/broken", slug=lesson.slug))
    if UNWRITTEN in source.text:
        raise UsageError(*said("approve/unwritten", slug=lesson.slug, mark=UNWRITTEN))
    now = name_now(project, lesson)
    row, lines = _row(kept, lesson, sheet, now, last_signed(approvals, lesson.slug))
    if NUMBERED.search(sheet.confirm + sheet.seen) and _numbers_moved(reading, lesson, row, now, sheet):
        raise UsageError(*said("approve/numbers-again", slug=lesson.slug))
    if fact := _fact_on_no_sheet(kept, lesson, row) if sheet.confirm else "":
        raise UsageError(*said("approve/fact-newer", slug=lesson.slug, fact=fact, day=f"{row.day:%d/%m/%Y}"))
    asked = Confirmed(sheet.confirm, sheet.seen, sheet.unit, sheet.day, sheet.device)
    text = (_taken_out(kept, source, lesson, approvals, row) if withdraws(row.note)
            else written_back(source, lesson, asked))
    told = [*lines, *_to_look_at(kept, lesson, row, sheet, now), *_left(lesson, Source(source.file, text))]
    return confirming(row, confirmed_things(lesson, asked)), text, told


def _signed_by_others(approvals: Sequence[Approval], rows: Iterable[Approval]) -> Iterator[str]:
    """The same words, by another unit before."""
    for row in rows:
        other = None if withdraws(row.note) else standing(approvals, row.slug, row.text)
        if other and other.unit != row.unit and row.day >= other.day:
            yield str(said("approve/signed-twice", slug=row.slug, text=row.text, other=other.unit, unit=row.unit,
                           day=f"{other.day:%d/%m/%Y}"))


def _taken_out(
    kept: Kept, source: Source, lesson: Lesson, approvals: Sequence[Approval], taken: Approval,
) -> str:
    """Without what the rows confirmed that count no more with this withdrawal."""
    rows = [*approvals, taken]
    gone = [row for row in approvals if row.slug == taken.slug and not withdraws(row.note) and taken_back(row, rows)]
    sheets = (one for row in gone for one in as_printed(kept, row.slug, row.text, row.day))
    printed = max(([fact.text for fact in one.office.open_facts] for one in sheets), key=len, default=[])
    return taken_out(source, lesson, gone, printed)


def _to_look_at(kept: Kept, lesson: Lesson, row: Approval, sheet: Sheet, now: str) -> Iterator[str]:
    """What may be right, and is worth a second look at the paper."""
    if row.unit != lesson.office.unit and not withdraws(row.note):
        yield str(said("approve/other-unit", own=lesson.office.unit, unit=row.unit))
    of_now = row.text == now and not withdraws(row.note)
    changed = last_change(kept, held(kept, lesson.slug), now) if of_now else None
    if changed is None or changed < row.day:
        return
    day = f"{changed:%d/%m/%Y}"
    if not sheet.text:  # only the letters on the paper prove what it showed
        raise UsageError(*(said("approve/before", slug=lesson.slug, day=day) if changed > row.day else
                           said("approve/before/same-day", slug=lesson.slug, day=day)))
    if (changed - row.day).days > LONG_BEFORE:
        raise UsageError(*said("approve/long-before", day=day, signed=f"{row.day:%d/%m/%Y}", slug=lesson.slug))
    if changed > row.day:
        yield str(said("approve/older", day=day, text=row.text, slug=lesson.slug))


def _left(before: Lesson, written: Source) -> Iterator[str]:
    """What was confirmed, in its words, and what is still open."""
    after = read_lesson(before.slug, written) or before
    yield from map(str, confirmed_between(before, after))
    yield from still_open(after)


def _numbers_moved(reading: Reading, lesson: Lesson, row: Approval, now: str, sheet: Sheet) -> bool:
    """A sheet counts what was open when it was printed. Since then something of this text was confirmed, or the lesson
    was rewritten: its numbers mean something else now."""
    if row.text != now or sheet.settled:
        return row.text != now or sheet.settled != settled(lesson)
    known = any(one.slug == row.slug and one.text == row.text for one in reading.handbook.approvals)
    return known and bool(lesson.office.confirmed or len(unseen_screens(lesson)) < len(lesson.screens))


def _fact_on_no_sheet(kept: Kept, lesson: Lesson, row: Approval) -> str:
    """What is still open, and git did not hold when the paper was signed: nobody confirmed it there. Facts are no part
    of a text's letters."""
    then = as_printed(kept, lesson.slug, row.text, row.day)
    shown = {fact.text for one in then for fact in one.office.open_facts}
    return next((fact.text for fact in lesson.office.open_facts if then and fact.text not in shown), "")


def _row(
    kept: Kept, lesson: Lesson, sheet: Sheet, now: str, signed: Approval | None
) -> tuple[Approval, list[str]]:
    """A withdrawal names what was signed last, also where a word was mended since."""
    name = signed.text if signed and withdraws(sheet.note) else sheet.text or now
    row = Approval(lesson.slug, name, sheet.unit, sheet.day, sheet.kept, sheet.note)
    if withdraws(row.note):
        if signed and row.day < signed.day:  # it would take nothing back, and the old sheet would count again
            raise UsageError(*said("approve/withdrawn-before", slug=lesson.slug, day=f"{signed.day:%d/%m/%Y}"))
        return row, [str(said("approve/withdrawn", slug=lesson.slug, text=name, file=APPROVALS))]
    if name == now:
        return row, [str(said("approve/done", slug=lesson.slug, unit=sheet.unit, text=name, day=f"{sheet.day:%d/%m/%Y}",
                              file=APPROVALS))]
    if text_of(kept, lesson.slug, name) is None:
        raise UsageError(*said("approve/no-text", slug=lesson.slug, text=name))
    return row, [str(said("approve/changed", slug=lesson.slug, text=name, now=now)),
                 *map(str, changes_of(kept, lesson, name))]
