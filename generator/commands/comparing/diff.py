"""`hocso diff`: makes both sides, compares them, and writes what people look at and programs read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.commands.comparing.compare import Comparer, Look, changed_files
from generator.commands.comparing.report import Lesson, Report, open_folder, write_list, write_page
from generator.commands.comparing.revision import Revision, find_revision, laid_out
from generator.commands.comparing.sides import Asked, Sides
from generator.engine.only import Only
from generator.engine.output import refuse_within
from generator.engine.progress import Progress
from generator.engine.publish import build_lock
from generator.engine.store import Store
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.said import said
from generator.press.pages import Theme
from generator.press.which_browser import find_browser
from generator.products import NAMES

PAGE = "khac-nhau.html"
"""In the cache's folder, of which git is not told."""
MOST_LESSONS = 12
"""Named at the end."""


def diff(
    project: Project, *, words: Sequence[str], edition: str, lesson: Sequence[str], out: Path | None,
    pieces: Path | None,
) -> Text:
    typed, products = ("", words) if not words or words[0].partition(":")[0] in NAMES else (words[0], words[1:])
    asked, page = Asked(edition, Only(tuple(products), tuple(lesson))), out or project.private / PAGE
    for place in filter(None, (out, pieces)):
        refuse_within(place, Path(os.path.realpath(place)))
    revision, progress = find_revision(project, typed), Progress()
    with build_lock(project.private, lambda: progress.say(said("build/waiting"))):
        report = _compared(project, asked, revision, progress)
    write_page(page, Theme(project.theme), "diff/page.html", report)
    if pieces:
        open_folder(pieces, report)
        write_list(pieces, report)
    return _told(report, page)


def _compared(project: Project, asked: Asked, revision: Revision, progress: Progress) -> Report:
    store = Store(project.private)
    sides = Sides(project, asked, store, progress)
    with laid_out(project, revision) as old:  # says what is not there before anything is made
        after, before = sides.now(), sides.before(old, revision)
    with looking() as look:
        comparer = Comparer(store, before, after, look, progress)
        files = tuple(comparer.drawn(changed_files(before, after)))
    return Report(revision, asked.edition, before, after, files)


@contextmanager
def looking() -> Iterator[Look | None]:
    """A browser, once a page is to be looked at."""
    with ExitStack() as stack:
        opened: list[Look] = []

        def look(read: Callable[[str], bytes | None], path: str) -> bytes:
            if not opened:
                from generator.press.browser import Browser
                from generator.press.browser.looking import looking

                opened.append(stack.enter_context(looking(stack.enter_context(Browser()))))
            return opened[0](read, path)

        yield look if find_browser() else None


def _told(report: Report, page: Path) -> Text:
    lines = [*(row.line for row in report.rows[:MOST_LESSONS])]
    if more := len(report.rows[MOST_LESSONS:]):
        lines.append(said("diff/more-rows", more=more))
    lines += [*report.told, *map(_lesson, report.lessons[:MOST_LESSONS])]
    if more := len(report.lessons[MOST_LESSONS:]):
        lines.append(said("diff/more", more=more))
    if report.files:
        lines.append(said("diff/done", name=report.revision.name, files=len(report.seen), place=page))
    elif report.lessons or report.rows:
        lines.append(said("diff/same-files", name=report.revision.name, place=page))
    else:
        lines.append(said("diff/same", name=report.revision.name))
    return Text(*("\n".join(texts) for texts in zip(*lines, strict=True)))


def _lesson(one: Lesson) -> Text:
    state = {"added": Text(" (mới)", " (new)"), "removed": Text(" (bỏ)", " (gone)")}.get(one.state, Text("", ""))
    return said("diff/lesson", slug=one.slug, title=one.title, state=state)
