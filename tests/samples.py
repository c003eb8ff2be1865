"""How much of a table runs: in `make prove` all of it, in `make test` a sample, the same at every run; `.ci/run` stands
between them."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

import pytest

PROVE = os.environ.get("HOCSO_PROVE") == "1"
SEED = 20261120
T = TypeVar("T")


def sample(rows: Iterable[T], few: int, *always: T) -> list[T]:
    """Of the rows, in their order: `always`, and some of the others."""
    whole = list(rows)
    if PROVE:
        return whole
    assert all(one in whole for one in always)
    others = [row for row in whole if row not in always]
    chosen = [*always, *random.Random(SEED).sample(others, min(few, len(others)))]
    return [row for row in whole if row in chosen]


def of_each_kind(pages: Iterable[str], few: int, turn: str = "") -> list[str]:
    """Some addresses of each kind: lessons, number pages, paths; of what there is once, that one."""
    whole = list(pages)
    if PROVE:
        return whole
    kinds: dict[str, list[str]] = {}
    for page in whole:
        kinds.setdefault(re.sub(r"^\d{4,}(?=/)|(?<=/)[\w-]+(?=/index)", "*", page), []).append(page)
    chance = random.Random(f"{SEED}{turn}")
    return [page for kind in kinds.values() for page in chance.sample(kind, min(few, len(kind)))]


SLOW = ("browser", "long", "remembers")
ONE_IN = 8
"""Cases of a slow test."""
WIDE = "wide"
"""The mark of a test that takes longest, left to `.ci/run` and `make prove` altogether."""


def sampled(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Of each slow test some cases, the same at every run; of the others all."""
    cases: dict[str, list[str]] = {}
    for item in items:
        if any(item.get_closest_marker(mark) for mark in SLOW):
            cases.setdefault(_function(item), []).append(item.nodeid)
    kept = {node for function, nodes in cases.items()
            for node in random.Random(f"{SEED}{function}").sample(sorted(nodes), -(-len(nodes) // ONE_IN))}
    return [item for item in items if item.get_closest_marker(WIDE) is None
            and (_function(item) not in cases or item.nodeid in kept)]


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]
