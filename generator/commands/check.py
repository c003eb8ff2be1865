"""`hocso check`: what is to be mended, told as whoever asked reads it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.checks import read_and_check
from generator.commands.narrow import asked_of
from generator.commands.since import News, news_since
from generator.ground.aloud import tell
from generator.ground.files import Project
from generator.ground.findings import FORMATS, Finding, Text, for_eyes, format_text, has_errors
from generator.ground.said import said
from generator.handbook.read import read_handbook


def check(
    project: Project, *, files: Sequence[str], edition: str, format: str, since: str, fix: bool, due: bool,
    release: bool, history_unknown: bool,
) -> tuple[str, int]:
    if fix:
        from generator.commands.claims import take_over
        from generator.commands.fix import fix_project

        holds = asked_of(project, read_handbook(project), files, edition).holds
        for line in (*fix_project(project, holds), *take_over(project, holds)):
            print(line, file=sys.stderr)
    checked = read_and_check(project, release=release, history_unknown=history_unknown)
    asked = asked_of(project, checked.reading, files, edition)
    findings = asked.among(checked.findings)
    code = 1 if has_errors(findings) else 0
    if due:
        from generator.commands.due import due_text

        today = replace(checked.reading.handbook, today=date.today())  # not that of the last commit
        return due_text(today, asked.holds, edition), code
    _tell(format, News(findings) if not since else news_since(
        project, checked.reading, findings, since, release=release, history_unknown=history_unknown))
    return "", code


def _tell(format: str, news: News) -> None:
    if output := for_eyes(news.fresh, sys.stdout) if format == "text" else FORMATS[format](news.fresh):
        tell(output)
    if format == "github" and news.old:
        tell(_folded(news.old))
    if format == "text":
        told = _summary(news.fresh)
        print(said("check/old", told=told, old=_summary(news.old)) if news.old else told, file=sys.stderr)


def _folded(old: Sequence[Finding]) -> str:
    """One line of the log that opens. What stands in it begins with our own words; where GitHub would still see the
    older kind of command of its runner, it does not."""
    told = format_text(old).replace("##[", "## [")
    return f"::group::{said('check/folded', old=_summary(old))}\n{told}\n::endgroup::"


def _summary(findings: Sequence[Finding]) -> Text:
    if not findings:
        return Text("Không có chỗ nào phải sửa.", "Nothing to mend.")
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    return Text(f"{errors} lỗi, {warnings} lời nhắc.", f"{errors} errors, {warnings} warnings.")
