"""Every rule that a finding may name, as the code has them: what documents and tables are held against."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SHAPE = re.compile(r"[a-z]+\.[a-z]+(-[a-z0-9]+)*")
MENDED = "`--fix` sửa"
_MAKERS = {"error", "warning", "report", "remind", "tell", "refuse", "not_known"}
_WITH_OWN_WORDS = 4
_NO_RULE = re.compile(
    r".*\.(css|html|js|json|jpg|png|pdf|wav|bmp|xml|yml|md|lock|conf|be|me|watch|com|org|vn|exe|docx|txt)")
"""Names of files and hosts look the same."""


@cache
def _trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "generator").rglob("*.py")))


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _is_rule(text: str) -> bool:
    return bool(_SHAPE.fullmatch(text) and not _NO_RULE.fullmatch(text))


@cache
def sayings() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "generator/ground/findings.toml").read_text("utf-8"))


@cache
def said_rules() -> frozenset[str]:
    """As the code says them, with their cases."""
    return frozenset(text for tree in _trees() for text in _texts(tree) if _is_rule(text.partition("/")[0]))


@cache
def all_rules() -> frozenset[str]:
    return frozenset(rule.partition("/")[0] for rule in said_rules() if "/" not in rule or rule in sayings())


def told_rules(only: str = "") -> set[str]:
    """Rules in the tables of README.vi.md, or those whose row holds a word."""
    rows = re.findall(r"^\| (.*) \|$", (ROOT / "README.vi.md").read_text("utf-8"), re.MULTILINE)
    named = ((re.findall(r"`([a-z]+\.[a-z0-9-]+)`", row.split(" | ")[0]), row) for row in rows)
    return {rule for rules, row in named if only in row for rule in rules if not _NO_RULE.fullmatch(rule)}


def _maker(call: ast.AST) -> str:
    """What makes a finding here; empty for other calls. `(error if … else warning)(…)` is one too."""
    if not isinstance(call, ast.Call):
        return ""
    named = call.func.body if isinstance(call.func, ast.IfExp) else call.func
    name = named.id if isinstance(named, ast.Name) else getattr(named, "attr", "")
    return name if name in _MAKERS else ""


def fillings() -> Iterator[tuple[str, set[str]]]:
    """Each rule with its cases, wherever it is said, and the words it is given there.

    A call that takes its rule from a name may say whatever rules stand in its function and in no call of their own."""
    for tree in _trees():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            calls = [node for node in ast.walk(function)
                     if _maker(node) and isinstance(node, ast.Call) and 0 < len(node.args) < _WITH_OWN_WORDS]
            plain = [call for call in calls if isinstance(call.args[0], ast.Constant)]
            inside = {id(part) for call in calls for part in ast.walk(call.args[0])}
            loose = {node.value for node in ast.walk(function) if isinstance(node, ast.Constant)
                     and id(node) not in inside and node.value in sayings()}
            for call in calls:
                given = {word.arg for word in call.keywords if word.arg} - {"edits", "known", "spell", "slips"}
                rules = {str(part.value) for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant)}
                said = {rule for rule in rules if _is_rule(rule.partition("/")[0])}
                for rule in sorted(said if call in plain else (said & sayings().keys()) | loose):
                    yield from _with_its_guess(rule, given) if _maker(call) == "not_known" else [(rule, given)]


def _with_its_guess(rule: str, given: set[str]) -> Iterator[tuple[str, set[str]]]:
    for case in (rule, f"{rule.partition('/')[0]}/likely"):
        yield case, given | {"name", "likely"}


@cache
def rules_with_edits() -> frozenset[str]:
    """Those that say their name and hand over an edit in one call; a name handed on is not seen here."""
    calls = [call for tree in _trees() for call in ast.walk(tree) if isinstance(call, ast.Call) and _maker(call)]
    return frozenset(
        call.args[0].value.partition("/")[0] for call in calls
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        and ({"edits", "spell"} & {word.arg for word in call.keywords}
             or (_maker(call) == "report" and len(call.args) > 2))
    )
