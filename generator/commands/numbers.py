"""The ledger's two commands, `qr add` and `qr retire`. The only writer of `qr/`: every byte not meant stays."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from generator.checks.looking.elders import Elders, rows_of
from generator.checks.looking.matter import Matter
from generator.checks.records.ledger import known_targets
from generator.commands.signing.withdrawing import papers_of
from generator.engine.publish import TURN, build_lock
from generator.ground import history
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, decode_source
from generator.ground.findings import Finding, Text
from generator.ground.kept import Kept
from generator.ground.rest import few
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook.ledger import FILE, is_number, next_number, read_ledger
from generator.handbook.mistakes import nearest
from generator.handbook.model import Entry
from generator.handbook.read import read_handbook

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
NOTES = {"part": "phần", "path": "lộ trình", "channel": "kênh"}


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger's bytes and what they say."""

    data: bytes
    entries: tuple[Entry, ...]

    def alive(self, target: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.target == target and not entry.until]

    def keeper(self, project: Project, entry: Entry) -> Entry:
        """Who keeps this number: another row, where two branches took it and the other's is older."""
        return Elders(project.root).eldest([other for other in self.entries if other.number == entry.number])


def open_book(project: Project) -> Book:
    """The ledger, if it is sound enough to be written in."""
    path = project.path(FILE)
    if project.leads_away(FILE):
        raise ContentError(*said("file/link", file=FILE))
    if not path.is_file():
        raise ContentError(*said("ledger/missing", file=FILE))
    data = path.read_bytes()
    source = decode_source(FILE, data)
    if isinstance(source, Finding):
        raise _broken(source)
    entries, findings = read_ledger(source)
    if findings:
        raise _broken(findings[0])
    return Book(data, entries)


def _broken(finding: Finding) -> ContentError:
    where = f"{finding.place.file}:{finding.place.line}"
    return ContentError(*said("ledger/broken", where=where, message=finding.message, fix=finding.fix))


def in_turn(project: Project) -> AbstractContextManager[None]:
    """Between reading the ledger and writing it nobody else may: two would take one number."""
    return build_lock(project.private, lambda: None, TURN)


def add_number(project: Project, target: str) -> Text:
    """A number for a target; the younger row of a number taken twice gets another one."""
    with in_turn(project):
        return _add(project, target)


def _add(project: Project, target: str) -> Text:
    book = open_book(project)
    known = known_targets(Matter(project, read_handbook(project)))
    if target not in known:
        raise _unknown_target(target, known)
    rows = book.alive(target)
    _refuse_unsure(book, project, rows)
    later = next((entry for entry in rows if book.keeper(project, entry) is not entry), None)
    if later:
        return _renumber(project, book, later)
    if rows:
        return said("number/has-one", target=target, number=rows[0].number)
    number, data = with_row(book, target, history.calendar_day(project.root), former_numbers(project))
    write_whole(project.path(FILE), data, lasting=True)
    return said("number/given", target=target, number=number)


def _refuse_unsure(book: Book, project: Project, rows: Iterable[Entry]) -> None:
    """Whose number it is, is for people where git does not stand behind what the rows say."""
    for entry in rows:
        same = [other for other in book.entries if other.number == entry.number]
        other = next((other for other in same if other.target != entry.target), None)
        if other and not Elders(project.root).are_sure(same):
            raise ContentError(*said("number/unsure", number=entry.number, target=entry.target, other=other.target))


def _unknown_target(target: str, known: Iterable[str], word: str = "") -> UsageError:
    likely = nearest(target, known)
    hint = said("hint/mean", likely=likely) if likely else said("hint/targets")
    return UsageError(*said("number/no-target", word=word, target=target, hint=hint))


def former_numbers(project: Project) -> set[str]:
    """Numbers of every ledger git holds, on whatever branch: one that a mistake erased is still printed somewhere."""
    return {row.number for version in Kept(project.root, FILE).ever(FILE) or () for row in rows_of(version)}


def with_row(book: Book, target: str, day: date, former: set[str]) -> tuple[str, bytes]:
    """The number and the ledger's bytes with one row more."""
    number = next_number({entry.number for entry in book.entries} | former)
    eol = _line_end(book.data)
    out = io.StringIO()
    kind = target.partition(":")[0] if ":" in target else ""
    csv.writer(out, lineterminator=eol).writerow([number, target, day.isoformat(), "", "", NOTES.get(kind, "bài")])
    between = "" if book.data.endswith((b"\n", b"\r")) else eol
    return number, book.data + (between + out.getvalue()).encode()


def _line_end(data: bytes) -> str:
    return "\r\n" if data.rstrip(b" ").endswith(b"\r\n") or data.count(b"\r\n") * 2 > data.count(b"\n") else "\n"


def _renumber(project: Project, book: Book, entry: Entry) -> Text:
    first = book.keeper(project, entry)
    if first.target == entry.target:
        raise ContentError(*said("number/doubled", file=FILE, first=first.place.line, line=entry.place.line,
                                 number=entry.number, target=entry.target))
    number = next_number({other.number for other in book.entries} | former_numbers(project))
    write_whole(project.path(FILE), _with_cells(book, entry, {0: number}), lasting=True)
    return said("number/changed", number=entry.number, owner=first.target, target=entry.target, new=number)


def _with_cells(book: Book, entry: Entry, cells: dict[int, str]) -> bytes:
    """One row with other cells; the rest of it, quotes and spaces included, stays as written."""
    lines = _LINE.findall(book.data.decode())
    line = lines[entry.place.line - 1]
    body = line.rstrip("\r\n")
    written = _cells(body)
    if [cell.strip() for cell in next(csv.reader([body]), [])][:2] != [entry.number, entry.target] or len(written) != 6:
        raise ContentError(*said("ledger/odd-row", file=FILE, line=entry.place.line))
    for index, text in cells.items():
        written[index] = text
    lines[entry.place.line - 1] = ",".join(written) + line[len(body) :]
    return "".join(lines).encode()


def _cells(body: str) -> list[str]:
    """A row's cells as written, quotes included."""
    found, start = [], 0
    while start <= len(body):
        match = _CELL.match(body, start)
        assert match is not None  # the second half of the pattern matches anything
        found.append(match.group())
        start = match.end() + 1
    return found


def retire_number(project: Project, number: str, to: str) -> Text:
    """Fills `until`, and `moved_to` when the readers should be led on. The number's page stays for ever."""
    with in_turn(project):
        return _retire(project, number, to)


def _retire(project: Project, number: str, to: str) -> Text:
    book = open_book(project)
    rows = [entry for entry in book.entries if entry.number == number]
    if not rows:
        raise _unknown_number(number)
    if len(rows) > 1:
        raise ContentError(*said("number/taken-twice", number=number, target=rows[-1].target))
    entry = rows[0]
    _refuse_second_time(entry, to)
    known = known_targets(Matter(project, read_handbook(project)))
    _refuse_bad_way(book, entry, to, known)
    day = entry.until or history.calendar_day(project.root).isoformat()
    write_whole(project.path(FILE), _with_cells(book, entry, {3: day, 4: to}), lasting=True)
    told = _told(book, entry, to, known)
    if papers := papers_of(project, entry.target) if entry.target in known and ":" not in entry.target else []:
        more = said("number/still-printed", number=entry.number, count=len(papers), files=few(papers))
        return Text(f"{told.vi}\n{more.vi}", f"{told.en}\n{more.en}")
    return told


def _unknown_number(number: str) -> UsageError:
    wrong = "" if is_number(number) else said("hint/check-digit")
    return UsageError(*said("number/unknown", number=number, wrong=wrong, file=FILE))


def _refuse_second_time(entry: Entry, to: str) -> None:
    """`until` and `moved_to` are filled once each; a place to go may still be added later."""
    if entry.moved_to or (entry.until and not to):
        led = said("number/led", to=entry.moved_to) if entry.moved_to else ""
        raise UsageError(*said("number/retired-before", number=entry.number, until=entry.until, led=led))


def _refuse_bad_way(book: Book, entry: Entry, to: str, known: set[str]) -> None:
    if not to:
        return
    if to not in known:
        raise _unknown_target(to, known, "--to: ")
    others = [row for row in book.alive(entry.target) if row.number != entry.number]
    if to == entry.target and not others:
        raise UsageError(*said("number/to-itself", number=entry.number, to=to))
    if to != entry.target and others and entry.target in known:
        raise UsageError(*said("number/lives-on", number=entry.number, own=entry.target))


def _told(book: Book, entry: Entry, to: str, known: set[str]) -> Text:
    leads = said("number/leads", to=to) if to else said("number/asks")
    others = [row for row in book.alive(entry.target) if row.number != entry.number]
    if entry.target not in known or others or ":" in entry.target:
        return said("number/retired", number=entry.number, leads=leads)
    return said("number/retired-still-there", number=entry.number, leads=leads, target=entry.target)
