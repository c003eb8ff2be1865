"""How much of a table runs: in `make prove` all of it, in `make test` a sample, the same at every run."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable
from typing import TypeVar

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
