"""content/approvals.csv: which unit approved which text of which lesson; rows are only ever added."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text, error
from generator.handbook.around import FILES, drawn_around, words_around
from generator.handbook.config import FILE as SETTINGS
from generator.handbook.doing import doing_in
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.filled import edition_values
from generator.handbook.keys import UNWRITTEN
from generator.handbook.ledger import RUNS, csv_rows, is_conflict
from generator.handbook.lesson.texts import LETTERS, SHAPE, Pictured, name_of, text_name
from generator.handbook.model import (
    APPROVALS,
    Approval,
    Card,
    Edition,
    Handbook,
    Office,
    Topic,
)
from generator.handbook.unsigned import unsure_words
from generator.handbook.values import parse_date
from generator.handbook.withdrawals import CONFIRMS, MISTAKEN, WITHDRAWN, is_unknown, withdraws
from generator.handbook.words import WORDS, Words, hard_words

COLUMNS = ("slug", "text", "unit", "date", "sheet", "note")
HEAD = ",".join(COLUMNS) + "\n"
SCREEN = "màn hình"
"""Before its number, counted through the lesson."""
UNCLEAR = frozenset(("approvals.unclear", "approvals.note"))
"""Approved or taken back: read as the latter, and told."""
_LEVEL = "(?:tỉnh|thành phố|huyện|xã|phường|thị trấn|đặc khu|thôn|tổ dân phố)"
_MANY = re.compile(rf"(?i)(?<!\w){_LEVEL}\s*(?:[,/]|hay|hoặc|và)\s*{_LEVEL}(?!\w)")
AnyLesson = TypeVar("AnyLesson", Topic, Card)


def names_many(unit: str) -> bool:
    """`Công an tỉnh, thành phố` says whose work a lesson is, wherever it is read; nobody can sign as that."""
    return _MANY.search(unit) is not None


def read_approvals(source: Source) -> tuple[tuple[Approval, ...], list[Finding]]:
    written = csv_rows(source.text)
    rows = [row for row in written if not is_conflict(row[1])]
    marks = [error("approvals.unmerged", Place(source.file, line)) for line, cells in written if is_conflict(cells)]
    if HEAD.strip().replace(",", ";") in source.text[: 2 * len(HEAD)]:  # as a Vietnamese Excel saves it
        return (), [error("approvals.semicolons", Place(source.file))]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        return (), [error("approvals.header", Place(source.file), columns=HEAD.strip())]
    found: list[Approval] = []
    findings: list[Finding] = []
    for line, cells in rows[1:]:
        place = Place(source.file, line)
        problem = _problem(cells, place) or _names_no_slip(cells[-1], found, place)
        findings += [problem] if problem else []
        day = parse_date(cells[3]) if len(cells) == len(COLUMNS) else None
        if day and (problem is None or problem.rule in UNCLEAR):
            slug, text, unit, _, sheet, note = cells
            row = Approval(slug, text, unit, day, sheet, note, place)
            found.append(replace(row, note=f"{WITHDRAWN}: {note}", unclear=True) if problem else row)
    return tuple(found), marks[:1] or findings  # both branches' rows are wanted: told once, and alone


@lru_cache
def rows_in(text: str) -> tuple[Approval, ...]:
    """Of the book as some version held it: many hold the same. What takes back in words of its own takes back."""
    return read_approvals(Source(APPROVALS, text))[0] if text else ()


def _problem(cells: Sequence[str], place: Place) -> Finding | None:
    if len(cells) != len(COLUMNS):
        return error("approvals.columns", place, cells=len(cells), wanted=len(COLUMNS))
    _, text, unit, day, _, note = cells
    if not SHAPE.fullmatch(text):
        return error("approvals.text", place, text=text, letters=LETTERS)
    if not unit:
        return error("approvals.unit", place)
    if parse_date(day) is None:
        return error("approvals.date", place, day=day)
    if any(map(RUNS.search, cells)):
        return error("approvals.runs", place)
    if (words := doing_in(unit)) and not withdraws(note):
        return error("approvals.unclear/unit", place, words=words)
    if words := unsure_words(cells[4], note):
        return error("approvals.unclear", place, begin=WITHDRAWN, words=words)
    if is_unknown(note):
        return error("approvals.note", place, words=note)
    return None


def _names_no_slip(note: str, above: Sequence[Approval], place: Place) -> Finding | None:
    """It would be an approval like any other, and its words are not looked at."""
    if not note.startswith(MISTAKEN) or any(withdraws(one.note) and withdrawal_name(one) in note.split()
                                            for one in above):
        return None
    return error("approvals.note", place, words=note)


def with_approvals(
    lessons: Iterable[AnyLesson], approvals: Iterable[Approval], pictured: Pictured
) -> tuple[AnyLesson, ...]:
    """Each lesson with the newest approval of the text it has now, if there is one."""
    rows: dict[str, list[Approval]] = {}
    for row in approvals:
        rows.setdefault(row.slug, []).append(row)
    return tuple(_approved(lesson, rows[lesson.slug], pictured) if lesson.slug in rows else lesson
                 for lesson in lessons)


def _approved(lesson: AnyLesson, rows: Sequence[Approval], pictured: Pictured) -> AnyLesson:
    if UNWRITTEN in f"{lesson.body}{lesson.office.unit}":  # nobody can have signed it
        return lesson
    name = _name(lesson, pictured)
    row = standing(rows, lesson.slug, name)
    return replace(lesson, office=_signed(lesson.office, row)) if row else lesson


def _signed(office: Office, row: Approval) -> Office:
    """A day of review later than the signature is a word of the editor's alone: readers are told the signed one, and
    from that a text grows old. Who reviewed it again without changing a word signs again."""
    late = office.reviewed if office.reviewed > row.day else None
    return replace(office, approval=row, reviewed=min(office.reviewed, row.day), unsigned_review=late)


def standing(rows: Sequence[Approval], slug: str, text: str) -> Approval | None:
    """The row of the youngest day, of one day the lower one, that no withdrawal takes back: one below it, or of its day
    or later wherever it stands, for a merge puts the rows of one branch below those of the other."""
    return _youngest([row for row in _left(rows, slug) if row.text == text])


def _youngest(rows: Sequence[Approval]) -> Approval | None:
    return max(reversed(rows), key=lambda row: row.day, default=None)


def _left(rows: Sequence[Approval], slug: str) -> list[Approval]:
    """What was signed of it and nobody took back."""
    own = [row for row in rows if row.slug == slug]
    return [row for row in own if not withdraws(row.note) and taken_back(row, own) is None]


def taken_back(row: Approval, rows: Iterable[Approval]) -> Approval | None:
    """By which withdrawal, below it or of its day or later: which of two rows of one day came first no file tells, and
    an approval too few is mended with a new sheet. What was signed of the same thing before goes with it, whatever it
    said: a word put back must not bring back what somebody complained of. A text mended and signed on that day stands
    below."""
    below, before = False, list[Approval]()
    for one in rows:
        before.append(one)
        if one is row:
            below = True
        elif one.slug == row.slug and withdraws(one.note) and (below or not _was_a_slip(one, row, before)):
            own = one.text == row.text
            if one.day > row.day or (one.day == row.day and (own or below)) or (own and below):
                return one
    return None


def _was_a_slip(taken: Approval, row: Approval, before: Sequence[Approval]) -> bool:
    """Whether this row says so of that withdrawal above it, and the very paper that it took back stood above that."""
    return (row.note.startswith(MISTAKEN) and taken.text == row.text and withdrawal_name(taken) in row.note.split()
            and any((one.slug, one.text, one.unit, one.day) == (row.slug, row.text, row.unit, row.day)
                    and not withdraws(one.note) for one in before))


def withdrawal_name(row: Approval) -> str:
    """In one word, its reason too: another one of the same unit and day, merged in later, was no slip."""
    return f"@{name_of((row.slug, row.text, row.unit, f'{row.day:%Y-%m-%d}', ' '.join(row.note.split())))}"


def signer(row: Approval) -> str:
    """Of an approval by whom and when, in one word."""
    return row.signer


def stands_by(rows: Sequence[Approval], slug: str, who: str) -> bool:
    """Whether that unit's row of that day is there, and nobody took it back."""
    return any(signer(row) == who for row in _left(rows, slug))


def texts_taken_back(rows: Iterable[Approval], slug: str) -> tuple[str, ...]:
    """Of which nothing signed is left: on papers of it that lie somewhere stands such a name."""
    own = [row for row in rows if row.slug == slug]
    left = {row.text for row in _left(own, slug)}
    return tuple(dict.fromkeys(row.text for row in own if row.text not in left))


def still_signed(rows: Sequence[Approval]) -> frozenset[str]:
    """All that was signed and nobody took back: of each thing its texts, and who signed them."""
    left = [row for slug in {row.slug for row in rows} for row in _left(rows, slug)]
    return frozenset(f"{row.slug} {what}" for row in left for what in (row.text, signer(row)))


def last_said(rows: Sequence[Approval]) -> Approval:
    """Of the rows of one thing: that of the youngest day, or what takes it back."""
    last = _youngest(_left(rows, rows[-1].slug)) or _youngest(rows) or rows[-1]
    return taken_back(last, rows) or last


def last_signed(approvals: Iterable[Approval], name: str) -> Approval | None:
    """Who signed it last, whatever it says now; None where nobody did, or that was taken back."""
    rows = [row for row in approvals if row.slug == name]
    last = last_said(rows) if rows else None
    return None if last is None or withdraws(last.note) else last


def last_read(approvals: Iterable[Approval], name: str) -> Approval | None:
    """Which text of it somebody signed last, also where that was taken back since."""
    return _youngest([row for row in approvals if row.slug == name and not withdraws(row.note)])


def confirming(row: Approval, things: Sequence[str]) -> Approval:
    """With the names of what its sheet confirmed in its note: a row alone, or a copy of one, confirms nothing."""
    names = (confirmed_name(row, thing) for thing in things)
    return replace(row, note=" ".join(filter(None, (row.note, CONFIRMS, *names)))) if things else row


def confirms(row: Approval, thing: str) -> bool:
    return confirmed_name(row, thing) in SHAPE.findall(row.note.rpartition(CONFIRMS)[2])


def confirmed_name(row: Approval, thing: str) -> str:
    """Of this fact or screen, by this unit, on this day: no other row may lend it."""
    return name_of((row.slug, row.text, row.unit, f"{row.day:%Y-%m-%d}", thing))


def _name(lesson: Topic | Card, pictured: Pictured) -> str:
    try:
        return text_name(lesson, pictured)
    except OSError:  # a picture is missing, which is told elsewhere
        return ""


def words_of_place(handbook: Handbook, edition: Edition) -> Words:
    """Whom to ask, numbers, hours, channels, the address in its codes; of the root also what every reader sees around
    lessons."""
    values = (*edition_values(edition).items(), ("địa chỉ in trên giấy", edition.address))
    rows: list[tuple[str, ...]] = [(name, " ".join(value.split())) for name, value in values if value]
    files = [f"{FOLDER}{layer}.yml" for layer in dict.fromkeys((edition.id, *edition.layers))]
    drawn = drawn_around(handbook) if edition.id == ROOT else ()
    if edition.id == ROOT:
        rows += words_around(handbook)
    files += FILES if edition.id == ROOT else [SETTINGS]
    name = Text(f"bản {edition.name}", f"the edition {edition.name}")
    return Words(edition.id, name, tuple(rows), tuple(files), drawn, not edition.unsigned)


def with_signatures(handbook: Handbook) -> Handbook:
    """Each edition, and the glossary, says what of it nobody has signed."""
    texts = {edition.id: words_of_place(handbook, edition).text for edition in handbook.editions}
    texts[WORDS] = hard_words(handbook).text
    left = {name: "" if standing(handbook.approvals, name, text) else text for name, text in texts.items()}
    editions = tuple(replace(edition, words=texts[edition.id], unsigned=left[edition.id],
                             around_unsigned=edition.id != ROOT and bool(left.get(ROOT)))
                     for edition in handbook.editions)
    root = next((edition for edition in editions if edition.id == handbook.edition.id), handbook.edition)
    return replace(handbook, editions=editions, edition=root, unsigned_words=left[WORDS])


def texts_today(handbook: Handbook, pictured: Pictured) -> dict[str, str]:
    """The name of each lesson's text; empty where a picture is missing."""
    return {lesson.slug: _name(lesson, pictured) for lesson in handbook.lessons}


def changed_meanwhile(lessons: Iterable[Topic | Card], pictured: Pictured) -> list[str]:
    """Of the approved ones those whose picture, film or voice is another on the disk by now."""
    return [lesson.slug for lesson in lessons
            if lesson.office.approval and lesson.office.approval.text != _name(lesson, pictured)]


def row_of(approval: Approval) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow((
        approval.slug, approval.text, approval.unit, f"{approval.day:%Y-%m-%d}", approval.sheet, approval.note))
    return line.getvalue()


def added(text: str, approvals: Iterable[Approval]) -> str:
    """The book of approvals with more rows. What is the last said of its text already is not written twice; after a
    withdrawal it is."""
    whole = text or HEAD
    whole += "" if whole.endswith("\n") else "\n"
    last = {tuple(row.split(",")[:2]): row for row in whole.splitlines(keepends=True)}
    for approval in approvals:
        row = row_of(approval)
        whole += "" if last.get((approval.slug, approval.text)) == row else row
        last[approval.slug, approval.text] = row
    return whole
