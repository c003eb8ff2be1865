"""The rules of plain language: one rule, one file, its docstring in the editor's words. The files are the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding

Rule = Callable[[Matter], Iterator[Finding]]
NAMES = tuple(path.stem for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem != "__init__")


def _rule(name: str) -> Rule:
    check: Rule | None = getattr(import_module(f"{__name__}.{name}"), "check", None)
    if check is None:
        raise TypeError(f"generator/checks/language/{name}.py needs check(matter)")
    return check


PLAIN_RULES = tuple(map(_rule, NAMES))
