"""Every rule that a finding may name, as the code has them: what documents and tables are held against."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SHAPE = re.compile(r"[a-z]+\.[a-z]+(-[a-z0-9]+)*")
MENDED = "`--fix` sửa"
_MAKERS = {"error", "warning", "report", "remind", "tell"}
_NO_RULE = re.compile(
    r".*\.(css|html|js|json|jpg|png|pdf|wav|bmp|xml|yml|md|lock|conf|be|com|org|vn|exe)")
"""Names of files and hosts look the same."""


def _trees() -> Iterator[ast.Module]:
    for file in sorted((ROOT / "generator").rglob("*.py")):
        yield ast.parse(file.read_text("utf-8"))


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


@cache
def all_rules() -> frozenset[str]:
    return frozenset(text for tree in _trees() for text in _texts(tree)
                     if _SHAPE.fullmatch(text) and not _NO_RULE.fullmatch(text))


def told_rules(only: str = "") -> set[str]:
    """Rules in the tables of README.vi.md, or those whose row holds a word."""
    rows = re.findall(r"^\| (.*) \|$", (ROOT / "README.vi.md").read_text("utf-8"), re.MULTILINE)
    named = ((re.findall(r"`([a-z]+\.[a-z0-9-]+)`", row.split(" | ")[0]), row) for row in rows)
    return {rule for rules, row in named if only in row for rule in rules if not _NO_RULE.fullmatch(rule)}


@cache
def rules_with_edits() -> frozenset[str]:
    """Those that say their name and hand over an edit in one call; a name handed on is not seen here."""
    return frozenset(
        call.args[0].value for tree in _trees() for call in ast.walk(tree)
        if isinstance(call, ast.Call) and len(call.args) > 4 and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and (call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")) in _MAKERS
    )
