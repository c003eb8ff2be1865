"""`hocso approve SLUG`: how it stands with a lesson."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.checks.looking.approved import changes
from generator.checks.looking.held import text_of
from generator.checks.looking.matter import Matter
from generator.checks.records import approvals, unconfirmed
from generator.commands.signing.concerning import concerning
from generator.ground.files import Project
from generator.ground.findings import Finding, Text, format_text, in_order
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.handbook.approvals import last_said
from generator.handbook.lesson.shown import unseen_screens
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import Approval, Card, Topic
from generator.handbook.read import Reading
from generator.handbook.withdrawals import withdraws

Lesson = Topic | Card


def name_now(project: Project, lesson: Lesson) -> str:
    return text_name(lesson, lambda file: project.path(file).read_bytes())


DOUBTS = ("approval.claim", "approval.elsewhere", "approval.future", "approval.level", "approval.nothing",
          "approval.review", "approval.row-gone", "approval.same-day", "approval.unconfirmed", "approval.withdrawn")
"""What a check has to say beside what is told here of changes."""


def doubts_about(project: Project, reading: Reading, names: Collection[str]) -> dict[str, list[Finding]]:
    """Whatever a check says of the book's rows about each of these: a row is no answer while it is told wrong."""
    matter = Matter(project, reading)
    found = [finding for finding in in_order([*approvals.check(matter), *unconfirmed.check(matter)])
             if finding.rule in DOUBTS]
    files = {lesson.place.file: lesson.slug for lesson in reading.handbook.lessons}
    return {name: [finding for finding in found if files.get(finding.place.file) == name
                   or finding in concerning(reading, [finding], [name])] for name in names}


def approved_by(name: str, row: Approval, doubts: Sequence[Finding]) -> Iterator[str]:
    grave = [finding for finding in doubts if finding.severity == "error" or finding.rule in KEEPS_BACK]
    day = f"{row.day:%d/%m/%Y}"
    yield str(said("approve/state-doubted", slug=name, text=row.text, unit=row.unit, day=day) if grave else
              said("approve/state-approved", slug=name, text=row.text, unit=row.unit, day=day))
    if doubts:
        yield format_text(doubts)


KEEPS_BACK = ("approval.elsewhere", "approval.same-day", "approval.unconfirmed")
"""Reminders of which a release makes errors."""


def state(project: Project, kept: Kept, reading: Reading, lesson: Lesson, doubts: Sequence[Finding]) -> list[str]:
    now, rows = name_now(project, lesson), [row for row in reading.handbook.approvals if row.slug == lesson.slug]
    if lesson.office.approval:
        return [*approved_by(lesson.slug, lesson.office.approval, doubts), *still_open(lesson)]
    if rows and withdraws((last := last_said(rows)).note):
        lines = [said("approve/state-withdrawn", slug=lesson.slug, text=now, old=last.text, day=f"{last.day:%d/%m/%Y}")]
    elif rows:
        lines = [said("approve/state-changed", slug=lesson.slug, text=now, unit=last.unit, old=last.text,
                      day=f"{last.day:%d/%m/%Y}"), *changes_of(kept, lesson, last.text)]
    else:
        lines = [said("approve/state-none", slug=lesson.slug, text=now)]
    return [*map(str, lines), *([format_text(doubts)] if doubts else ()), *still_open(lesson)]


def still_open(lesson: Lesson) -> Iterator[str]:
    """What nobody has confirmed yet."""
    facts, screens = len(lesson.office.open_facts), len(unseen_screens(lesson))
    if facts or screens:
        yield str(said("approve/left", facts=facts, screens=screens))


def changes_of(kept: Kept, lesson: Lesson, name: str) -> list[Text]:
    old = text_of(kept, lesson.slug, name)
    return [said("approve/change", before=one.was, after=one.now) for one in (changes(old, lesson) if old else ())]
