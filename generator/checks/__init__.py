"""Step 2, check: one rule, one file. Each takes the whole matter and yields findings.

Here reading and checking are joined, for whoever needs both: `read_and_check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from generator.checks.language import PLAIN_RULES
from generator.checks.looking.matter import Matter
from generator.checks.media import films, images, scenes, voices
from generator.checks.records import demands, editions, history, ledger, registries, visits
from generator.checks.records import release as release_rule
from generator.checks.structure import alerts, links, markup, names, outline, strays, unwritten, values
from generator.ground.files import Project
from generator.ground.findings import Finding, in_order
from generator.handbook.read import Reading, read_handbook

Rule = Callable[[Matter], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    markup.check,
    links.check,
    films.check,
    images.check,
    names.check,
    outline.check,
    values.check,
    scenes.check,
    voices.check,
    registries.check,
    visits.check,
    alerts.check,
    demands.check,
    strays.check,
    unwritten.check,
    ledger.check,
    history.check,
    editions.check,
    *PLAIN_RULES,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A handbook as read, and what the rules say of it."""

    reading: Reading
    found: tuple[Finding, ...]

    @property
    def findings(self) -> list[Finding]:
        """Of reader and rules together, in the order of the files."""
        return in_order([*self.reading.findings, *self.found])

    def of(self, file: str) -> list[Finding]:
        """As they were found, of one file."""
        return [finding for finding in (*self.reading.findings, *self.found) if finding.place.file == file]


def read_and_check(
    project: Project, *, release: bool = False, step: Callable[[str], AbstractContextManager[object]] = nullcontext
) -> Checked:
    """Steps 1 and 2; `step` tells whoever watches which of them runs."""
    with step("read"):
        reading = read_handbook(project)
    with step("check"):
        return Checked(reading, tuple(run_checks(project, reading, release=release)))


def run_checks(project: Project, reading: Reading, *, release: bool = False) -> list[Finding]:
    matter = Matter(project, reading, release)
    rules = (*RULES, release_rule.check) if release else RULES
    return [finding for rule in rules for finding in rule(matter)]
