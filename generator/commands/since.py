"""What a change brought: the findings that did not stand where it left the others' way."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks import run_checks
from generator.ground.errors import UsageError
from generator.ground.files import Project, Source
from generator.ground.findings import Finding, in_order
from generator.ground.history import fork_of, lay_out
from generator.ground.said import said
from generator.handbook.read import Reading, read_handbook


@dataclass(frozen=True, slots=True)
class News:
    fresh: Sequence[Finding]
    """Those on lines that the change wrote stand first, what stops a build before what reminds."""
    old: Sequence[Finding] = ()


def news_since(
    project: Project, reading: Reading, findings: Sequence[Finding], revision: str, *, release: bool = False,
    history_unknown: bool = False,
) -> News:
    """Told once before is told as often now; what a change only moved is not new."""
    before, stood = _as_it_was(project, reading, revision, release, history_unknown)
    known = Counter(_known(finding, before) for finding in stood)
    fresh: list[Finding] = []
    old: list[Finding] = []
    for finding in findings:
        mark = _known(finding, reading.texts)
        (old if known[mark] else fresh).append(finding)
        known[mark] -= 1
    return News(sorted(fresh, key=lambda one: (not _is_written(one, reading.texts, before), one.severity)), old)


def _as_it_was(
    project: Project, reading: Reading, revision: str, release: bool, history_unknown: bool
) -> tuple[Mapping[str, Source], list[Finding]]:
    """Judged by the same day and code, so that nothing is new for either."""
    commit = "" if revision.startswith("-") else fork_of(project.root, revision, "HEAD")
    with tempfile.TemporaryDirectory(prefix="hocso-", ignore_cleanup_errors=True) as folder:
        root = lay_out(project.root, commit, Path(folder)) if commit else None
        if root is None or not (root / "mkdocs.yml").is_file():
            raise UsageError(*said("check/no-revision", revision=revision))
        then = Project(root, project.theme)
        read = read_handbook(then)
        read = replace(read, handbook=replace(read.handbook, today=reading.handbook.today))
        found = run_checks(then, read, release=release, history_unknown=history_unknown)
        return read.texts, in_order([*read.findings, *found])


def _known(finding: Finding, texts: Mapping[str, Source]) -> tuple[str, ...]:
    """By what is told and of which words, wherever the line stands."""
    return (finding.rule, finding.place.file, finding.message.vi, _line(finding, texts))


def _line(finding: Finding, texts: Mapping[str, Source]) -> str:
    source = texts.get(finding.place.file)
    lines = source.lines if source else []
    return lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else ""


def _is_written(finding: Finding, texts: Mapping[str, Source], before: Mapping[str, Source]) -> bool:
    source = before.get(finding.place.file)
    return source is None or _line(finding, texts) not in map(str.strip, source.lines)
