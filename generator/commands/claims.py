"""`check --fix`: approvals once written into lessons move to the book of approvals, where git proves which text was
meant."""

from __future__ import annotations

from collections.abc import Callable

from generator.checks.looking.held import held, last_change, read_lesson
from generator.commands.approve import Sheet, write_sheet
from generator.commands.numbers import in_turn
from generator.commands.signing.standing import Lesson, name_now
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, Source
from generator.ground.kept import Kept
from generator.handbook import ledger
from generator.handbook.model import APPROVALS
from generator.handbook.read import read_handbook


def take_over(project: Project, asked: Callable[[str], bool]) -> list[str]:
    """Those whose text has stayed as it was when the claim was written; a changed text is nobody's to approve."""
    with in_turn(project):
        reading, told = read_handbook(project), list[str]()
        claiming = [lesson for lesson in reading.handbook.lessons if lesson.office.claim and asked(lesson.place.file)]
        kept = Kept(project.root, ledger.FILE)
        for lesson in claiming:
            if (claim := lesson.office.claim) and _is_old(kept, lesson) and (
                    name := _name_then(kept, lesson)) == name_now(project, lesson):
                try:
                    told += write_sheet(project, reading, [lesson], Sheet(claim.unit, claim.day, name))
                except (ContentError, UsageError):  # what stands there is told by the check that follows
                    continue
        return told


def _is_old(kept: Kept, lesson: Lesson) -> bool:
    """Written while there was no book of approvals yet: since there is one, nobody approves by typing in a lesson."""
    versions = kept.versions(APPROVALS, lesson.place.file) or []
    first = next((at for at, version in enumerate(versions) if APPROVALS in version.files), len(versions))
    texts = (version.files[lesson.place.file] for version in versions[:first] if lesson.place.file in version.files)
    old = (read_lesson(lesson.slug, Source(lesson.place.file, text)) for text in dict.fromkeys(texts))
    return any(one and one.office.claim == lesson.office.claim for one in old)


def _name_then(kept: Kept, lesson: Lesson) -> str:
    """Of the text that stood beside the claim when git first saw it; empty where it was written after that day."""
    versions = list(held(kept, lesson.slug))
    claiming = [index for index, one in enumerate(versions)
                if one.lesson and one.lesson.office.claim == lesson.office.claim]
    if not (claiming and lesson.office.claim):
        return ""
    since = versions[claiming[-1] :]
    name = since[0].name(kept)
    changed = last_change(kept, since, name)
    return "" if changed and changed > lesson.office.claim.day else name
