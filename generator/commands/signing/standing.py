"""`hocso approve SLUG`: how it stands with a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.approved import changes
from generator.checks.looking.held import text_of
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.handbook.approvals import last_said, withdraws
from generator.handbook.lesson.shown import unseen_screens
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import Card, Topic
from generator.handbook.read import Reading

Lesson = Topic | Card


def name_now(project: Project, lesson: Lesson) -> str:
    return text_name(lesson, lambda file: project.path(file).read_bytes())


def state(project: Project, kept: Kept, reading: Reading, lesson: Lesson) -> list[str]:
    now, rows = name_now(project, lesson), [row for row in reading.handbook.approvals if row.slug == lesson.slug]
    if lesson.office.approval:
        row = lesson.office.approval
        lines = [said("approve/state-approved", slug=lesson.slug, text=now, unit=row.unit, day=f"{row.day:%d/%m/%Y}")]
    elif rows and withdraws((last := last_said(rows)).note):
        lines = [said("approve/state-withdrawn", slug=lesson.slug, text=now, old=last.text, day=f"{last.day:%d/%m/%Y}")]
    elif rows:
        lines = [said("approve/state-changed", slug=lesson.slug, text=now, unit=rows[-1].unit, old=rows[-1].text,
                      day=f"{rows[-1].day:%d/%m/%Y}"), *changes_of(kept, lesson, rows[-1].text)]
    else:
        lines = [said("approve/state-none", slug=lesson.slug, text=now)]
    return [*map(str, lines), *still_open(lesson)]


def still_open(lesson: Lesson) -> Iterator[str]:
    """What nobody has confirmed yet."""
    facts, screens = len(lesson.office.open_facts), len(unseen_screens(lesson))
    if facts or screens:
        yield str(said("approve/left", facts=facts, screens=screens))


def changes_of(kept: Kept, lesson: Lesson, name: str) -> list[Text]:
    old = text_of(kept, lesson.slug, name)
    return [said("approve/change", before=one.was, after=one.now) for one in (changes(old, lesson) if old else ())]
