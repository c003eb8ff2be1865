"""Step 2, check: one rule, one file. Each takes the whole matter and yields findings.

Here reading and checking are joined, for whoever needs both: `read_and_check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from generator.checks import release as release_rule
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from generator.ground.findings import Finding, in_order
from generator.handbook.read import NOTHING, Reading, read_handbook

Rule = Callable[[Matter], Iterator[Finding]]
ROOMS = ("structure", "media", "records", "language")
"""Their files are the list of rules."""


def _rule(path: Path) -> Rule:
    check: Rule | None = getattr(import_module(f"{__name__}.{path.parent.name}.{path.stem}"), "check", None)
    if check is None:
        raise TypeError(f"generator/checks/{path.parent.name}/{path.name} needs check(matter)")
    return check


RULES = tuple(_rule(path) for room in ROOMS for path in sorted((Path(__file__).parent / room).glob("[!_]*.py")))


@dataclass(frozen=True, slots=True)
class Checked:
    """A handbook as read, and what the rules say of it."""

    reading: Reading
    found: tuple[Finding, ...]

    @property
    def findings(self) -> list[Finding]:
        """Of reader and rules together, in the order of the files."""
        return in_order(mended_first([*self.reading.findings, *self.found]))

    def of(self, file: str) -> list[Finding]:
        """As they were found, of one file."""
        return mended_first(finding for finding in (*self.reading.findings, *self.found) if finding.place.file == file)


UNMERGED = ("text.merged", "approvals.unmerged", "ledger.conflict")
"""Errors all: a build stops at them."""


def mended_first(findings: Iterable[Finding]) -> list[Finding]:
    """Where git left both branches' words nothing else is told of that file: it would be noise, and its mends wrong."""
    found = [*findings]
    merged = {finding.place.file for finding in found if finding.rule in UNMERGED}
    return [finding for finding in found if finding.place.file not in merged or finding.rule in UNMERGED]


def read_and_check(
    project: Project, *, release: bool = False, history_unknown: bool = False, drafts: Mapping[str, str] = NOTHING,
    step: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> Checked:
    """Steps 1 and 2; `step` tells whoever watches which of them runs."""
    with step("read"):
        reading = read_handbook(project, drafts)
    with step("check"):
        return Checked(reading, tuple(run_checks(project, reading, release=release, history_unknown=history_unknown)))


def run_checks(
    project: Project, reading: Reading, *, release: bool = False, history_unknown: bool = False
) -> list[Finding]:
    matter = Matter(project, reading, release, history_unknown)
    rules = (*RULES, release_rule.check) if release else RULES
    return [finding for rule in rules for finding in rule(matter)]
