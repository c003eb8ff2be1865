"""Which words are others since somebody signed a lesson: whoever signs again reads those first."""

from __future__ import annotations

from collections.abc import Mapping

from generator.checks.looking.approved import changes
from generator.checks.looking.held import text_of
from generator.ground.files import Project
from generator.ground.kept import Kept
from generator.handbook import ledger
from generator.handbook.approvals import last_read
from generator.handbook.model import Handbook

Rewritten = Mapping[str, tuple[tuple[str, str], ...]]
"""By lesson, words before and now; empty where there were or are none."""


def rewritten(project: Project, book: Handbook) -> Rewritten:
    """Of what was signed once and is another text now, where git holds what was signed."""
    kept = Kept(project.root, ledger.FILE)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for lesson in book.lessons:
        row = None if lesson.approved else last_read(book.approvals, lesson.slug)
        old = text_of(kept, lesson.slug, row.text) if row else None
        if old:
            found[lesson.slug] = tuple((one.before, one.after) for one in changes(old, lesson))
    return found
