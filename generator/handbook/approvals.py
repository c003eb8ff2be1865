"""content/approvals.csv: which unit approved which text of which lesson; rows are only ever added."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text, error, warning
from generator.handbook.editions import FOLDER, ROOT, edition_values
from generator.handbook.keys import UNWRITTEN
from generator.handbook.ledger import RUNS, csv_rows, is_conflict
from generator.handbook.lesson.texts import LETTERS, SHAPE, Pictured, name_of, text_name
from generator.handbook.model import GLOSSARY, Approval, Card, Edition, Handbook, Topic
from generator.handbook.values import parse_date

COLUMNS = ("slug", "text", "unit", "date", "sheet", "note")
HEAD = ",".join(COLUMNS) + "\n"
WITHDRAWN = "rút lại"
"""A note that begins so takes the approval of that text back: rows are only ever added."""
GENERAL = ("tên", "đơn vị ")
"""Names of values that hold for the whole country where the root gives them."""
AnyLesson = TypeVar("AnyLesson", Topic, Card)


def read_approvals(source: Source) -> tuple[tuple[Approval, ...], list[Finding]]:
    rows = csv_rows(source.text)
    if HEAD.strip().replace(",", ";") in source.text[: 2 * len(HEAD)]:  # as a Vietnamese Excel saves it
        return (), [error("approvals.semicolons", Place(source.file))]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        return (), [error("approvals.header", Place(source.file), columns=HEAD.strip())]
    found: list[Approval] = []
    findings: list[Finding] = []
    for line, cells in rows[1:]:
        place = Place(source.file, line)
        if is_conflict(cells):  # both branches' rows are wanted
            findings.append(warning("approvals.unmerged", place))
            continue
        problem = _problem(cells, place)
        findings += [problem] if problem else []
        day = parse_date(cells[3]) if len(cells) == len(COLUMNS) else None
        if day and problem is None:
            slug, text, unit, _, sheet, note = cells
            found.append(Approval(slug, text, unit, day, sheet, note, place))
    return tuple(found), findings


def _problem(cells: Sequence[str], place: Place) -> Finding | None:
    if len(cells) != len(COLUMNS):
        return error("approvals.columns", place, cells=len(cells), wanted=len(COLUMNS))
    _, text, unit, day, *_ = cells
    if not SHAPE.fullmatch(text):
        return error("approvals.text", place, text=text, letters=LETTERS)
    if not unit:
        return error("approvals.unit", place)
    if parse_date(day) is None:
        return error("approvals.date", place, day=day)
    if any(map(RUNS.search, cells)):
        return error("approvals.runs", place)
    return None


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
    return replace(lesson, office=replace(lesson.office, approval=row)) if row else lesson


def standing(rows: Sequence[Approval], slug: str, text: str) -> Approval | None:
    """The newest row of this text, unless it takes the approval back."""
    row = next((row for row in reversed(rows) if (row.slug, row.text) == (slug, text)), None)
    return None if row is None or row.note.startswith(WITHDRAWN) else row


def _name(lesson: Topic | Card, pictured: Pictured) -> str:
    try:
        return text_name(lesson, pictured)
    except OSError:  # a picture is missing, which is told elsewhere
        return ""


WORDS = "tu-kho"
"""In place of a slug: the glossary, which stands beside every lesson and is signed as a whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """What readers get beside lessons: read line by line, and signed as one text."""

    id: str
    name: Text
    lines: tuple[str, ...]
    file: str
    signed: bool = False

    @property
    def text(self) -> str:
        """Empty where there is nothing to sign."""
        return name_of(self.lines) if self.lines else ""


def hard_words(handbook: Handbook) -> Words:
    lines = tuple(f"{', '.join((term.name, *term.aliases))}: {' '.join(term.gloss.text.split())}"
                  for term in handbook.glossary)
    return Words(WORDS, Text("bảng từ khó", "the glossary"), lines, GLOSSARY, not handbook.unsigned_words)


def words_of_place(edition: Edition) -> Words:
    name = Text(f"bản {edition.name}", f"the edition {edition.name}")
    return Words(edition.id, name, local_words(edition), f"{FOLDER}{edition.id}.yml", not edition.unsigned)


def local_words(edition: Edition) -> tuple[str, ...]:
    """What stands on its papers and pages and in no lesson: whom to ask, numbers, hours, channels. What the root says
    in general is everybody's."""
    return tuple(f"{name}: {value}" for name, value in edition_values(edition).items()
                 if value and (edition.id != ROOT or not name.startswith(GENERAL)))


def with_signatures(handbook: Handbook) -> Handbook:
    """Each edition, and the glossary, says what of it nobody has signed."""
    def unsigned(words: Words) -> str:
        return "" if standing(handbook.approvals, words.id, words.text) else words.text

    editions = tuple(replace(edition, unsigned=unsigned(words_of_place(edition))) for edition in handbook.editions)
    root = next((edition for edition in editions if edition.id == handbook.edition.id), handbook.edition)
    return replace(handbook, editions=editions, edition=root, unsigned_words=unsigned(hard_words(handbook)))


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
    """The book of approvals with more rows; one that stands there already is not written twice."""
    whole = text or HEAD
    whole += "" if whole.endswith("\n") else "\n"
    lines = {*whole.splitlines(keepends=True)}
    return whole + "".join(row for row in dict.fromkeys(map(row_of, approvals)) if row not in lines)
