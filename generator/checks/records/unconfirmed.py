"""What was open when a text was approved stays open until a signed sheet says otherwise: facts, and screens that nobody
held against a phone, are no part of the text's name. The row of that sheet names what it confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from generator.checks.looking.held import read_lesson
from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding
from generator.ground.kept import Version
from generator.handbook.approvals import SCREEN, confirms, rows_in, taken_back
from generator.handbook.lesson.shown import screens_of
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import APPROVALS, Approval, Card, Topic
from generator.handbook.withdrawals import withdraws


def check(matter: Matter) -> Iterator[Finding]:
    approved = [lesson for lesson in matter.handbook.lessons if lesson.office.approval]
    files = [lesson.place.file for lesson in approved]
    versions = (matter.kept.versions(APPROVALS, *files) if files else None) or []
    for lesson in approved:
        rows = _rows_of(lesson, matter.handbook.approvals)
        then = list(_since(lesson, versions, _morning(min(row.day for row in rows))))
        yield from _facts(matter, lesson, then, rows)
        yield from _screens(matter, lesson, then, rows)


def _rows_of(lesson: Topic | Card, rows: Sequence[Approval]) -> list[Approval]:
    """That approve the text it has now. What was taken back confirms nothing."""
    text = lesson.office.approval.text if lesson.office.approval else ""
    return [row for row in rows if (row.slug, row.text) == (lesson.slug, text) and not withdraws(row.note)
            and taken_back(row, rows) is None]


def _morning(day: date) -> float:
    """Where papers are signed; git's clock is another."""
    return datetime.combine(day, time(), timezone(timedelta(hours=7))).timestamp()


def _since(lesson: Topic | Card, versions: Sequence[Version], morning: float) -> Iterator[Topic | Card]:
    """The lesson as it was while its words were these and git's book of approvals held them; and as it was last before
    that, and ever since the morning of the day it was signed: what a hand took out in between, or in one commit with
    the row, was open on the sheet."""
    file, words = lesson.place.file, _words(lesson)
    held = [version for version in versions if file in version.files]
    signed = [version for version in held if _rows_of(lesson, rows_in(version.files.get(APPROVALS, "")))]
    before = held[: held.index(signed[0])] if signed else held
    by_then = [index for index, version in enumerate(before) if version.moment < morning]
    since = by_then[-1] if by_then else 0
    for text in dict.fromkeys(version.files[file] for version in (*before[since:], *signed)):
        old = read_lesson(lesson.slug, Source(file, text))
        if old and _words(old) == words:
            yield old


def _words(lesson: Topic | Card) -> str:
    """Of the file alone: pictures, drawings and voices say nothing of what was open."""
    return text_name(replace(lesson, drawing=None, voices=()), lambda _: b"")


def _signed(rows: Sequence[Approval], thing: str) -> tuple[str, ...]:
    """By whom this was confirmed, and when, as the lesson's file says it."""
    return tuple(f"{row.day:%d/%m/%Y}, {row.unit}" for row in rows if confirms(row, thing))


def _facts(
    matter: Matter, lesson: Topic | Card, then: Sequence[Topic | Card], rows: Sequence[Approval]
) -> Iterator[Finding]:
    office = lesson.office
    there = {fact.text for fact in office.open_facts}
    for fact in dict.fromkeys(fact.text for old in then for fact in old.office.open_facts):
        if fact not in there and not {f"{by}: {fact}" for by in _signed(rows, fact)} & {*office.confirmed}:
            yield matter.remind("approval.unconfirmed", office.place_of("cần xác nhận", lesson.place),
                                fact=fact, slug=lesson.slug)


def _screens(
    matter: Matter, lesson: Topic | Card, then: Sequence[Topic | Card], rows: Sequence[Approval]
) -> Iterator[Finding]:
    """The words are the same, so are their screens."""
    unseen = {index for old in then for index, (_, screen) in enumerate(screens_of(old)) if not screen.seen}
    for index, (_, screen) in enumerate(screens_of(lesson)):
        signed = tuple(f"{by}, " for by in _signed(rows, f"{SCREEN} {index + 1}"))
        if index in unseen and screen.seen and not f"{screen.seen}, ".startswith(signed):
            yield matter.remind("approval.unconfirmed/screen", screen.place, seen=screen.seen, slug=lesson.slug)
