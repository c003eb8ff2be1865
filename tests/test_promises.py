"""Where each promise is attacked, and how often at least: a table of tests, so that none of them shrinks unseen."""

from __future__ import annotations

import os
from importlib import import_module

import pytest

PROVE = os.environ.get("HOCSO_PROVE") == "1"
PROMISES = (
    ("what is damaged is found, never published", 200, "engine.test_damage", "COUNT", ""),
    ("an input saved and undone does not stand under the clean key", 50, "engine.test_saved", "ROWS", ""),
    ("killed at any disk event, what is served stays whole", 60, "engine.test_killed", "KILLS", ""),
    ("stopped by hand at any moment, what is published is whole", 200, "test_ctrl_c", "MOMENTS", ""),
    ("of a shared store nothing odd, nothing forged is taken", 35, "engine.test_depot", "SHAPES TAKEN", ""),
    ("no accident to outputs loses a tree", 40, "engine.test_outputs", "ACCIDENTS REFUSED", "FINE"),
    ("incremental builds are the clean one", 80, "engine.test_edits", "EDITS", ""),
    ("no number, address or code goes elsewhere untold", 30, "checks.test_accidents", "ACCIDENTS", ""),
    ("what git cannot know is no release; the older keeps its number", 25, "checks.test_pasts",
     "UNKNOWN PASTS MERGES", ""),
    ("what fails is named, what exists stays", 20 * 3, "test_failing_helpers", "CASES", ""),
    ("no file of the builder is read, no odd file is published", 40, "checks.test_file_kinds", "KINDS", ""),
    ("mkdocs.yml is data", 60, "handbook.test_settings", "VALUES", ""),
    ("what nobody sees and what cannot be is told", 60, "checks.test_texts", "FACTS SIGNS ESCAPES", ""),
    ("long inputs are answered at once", 30, "checks.test_long", "PASTES TABLES", ""),
    ("the preview answers its own names only, cleanly", 20, "commands.test_serve_refuses", "ODD HOSTS", ""),
    ("a page from elsewhere reads nothing of the preview", 10, "commands.test_serve_refuses", "FETCHES", ""),
    ("what was typed steers no console", 20, "test_cli", "STRANGE", ""),
    ("links asks nobody inside", 20, "commands.linking.test_reach", "INSIDE WRITTEN", "NAMED"),
    ("nothing written by an editor runs", 250, "test_payloads", "PAYLOADS", "FILE_NAMES"),
    ("a lesson that is nearly right is told, not thrown", 10_000, "test_mutations", "STRUCTURED", ""),
)
"""Promise, how many attacks `make prove` runs at least, the test, its tables; tables that are more of the same."""
SAMPLED = {"engine.test_damage", "engine.test_saved", "engine.test_killed", "test_mutations"}
"""Fewer in `make test`; the others hold their whole table there too."""


@pytest.mark.parametrize(("least", "module", "tables", "more"), [row[1:] for row in PROMISES],
                         ids=[row[0] for row in PROMISES])
def test_a_promise_is_attacked_as_often_as_promised(least: int, module: str, tables: str, more: str) -> None:
    held = import_module(f"tests.{module}")
    counts = [getattr(held, name) for name in (*tables.split(), *more.split())]
    attacks = sum(count if isinstance(count, int) else len(count) for count in counts)
    assert attacks >= (least if PROVE or module not in SAMPLED else 1), f"tests/{module.replace('.', '/')}.py"
