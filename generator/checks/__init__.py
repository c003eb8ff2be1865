"""Step 2, check: one rule, one file. Each takes the whole matter and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks import (
    alerts,
    demands,
    editions,
    films,
    history,
    images,
    ledger,
    links,
    markup,
    names,
    outline,
    registries,
    scenes,
    strays,
    unwritten,
    values,
    visits,
    voices,
)
from generator.checks import release as release_rule
from generator.checks.matter import Matter
from generator.checks.rules import PLAIN_RULES
from generator.files import Project
from generator.findings import Finding
from generator.handbook.read import Reading

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


def run_checks(project: Project, reading: Reading, *, release: bool = False) -> list[Finding]:
    matter = Matter(project, reading, release)
    rules = (*RULES, release_rule.check) if release else RULES
    return [finding for rule in rules for finding in rule(matter)]
