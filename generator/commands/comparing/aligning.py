"""Which page of a paper is which page of the other: one put in at the front makes no other page a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

ALIKE = 0.35
"""Of their words in common: less, and they are two pages."""
SAME = 1.01
"""As likeness goes: all words, and the same look."""
MOST_CELLS = 90_000
"""Three hundred pages against three hundred; more at once are paired in their order."""


class Sheet(NamedTuple):
    """A page as it is compared."""

    look: str
    """Digest of its picture."""
    words: tuple[str, ...]


Pair = tuple[int | None, int | None]
"""Pages before and after, from 1; None: there was or is none."""


def paired(before: Sequence[Sheet], after: Sequence[Sheet]) -> list[Pair]:
    """All pages but those that look the same, in their order."""
    same = _same(before, after)
    old, new = before[same:], after[same:]
    last = _same(old[::-1], new[::-1])
    pairs = _likest(old[: len(old) - last], new[: len(new) - last])
    return [(a and a + same, b and b + same) for a, b in pairs if not (a and b and old[a - 1].look == new[b - 1].look)]


def _same(before: Sequence[Sheet], after: Sequence[Sheet]) -> int:
    """How many look the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0].look == pair[1].look, zip(before, after, strict=False)))


def _likest(before: Sequence[Sheet], after: Sequence[Sheet]) -> list[Pair]:
    """The way through both on which most words meet."""
    if len(before) * len(after) > MOST_CELLS:
        pairs = max(len(before), len(after))
        return [(n if n <= len(before) else None, n if n <= len(after) else None) for n in range(1, pairs + 1)]
    old, new = ([(page.look, Counter(page.words)) for page in pages] for pages in (before, after))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = [[SAME if one[0] == other[0] else _likeness(one[1], other[1]) for other in new] for one in old]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], like[a][b] + best[a + 1][b + 1])
    return list(_way(best, like))


def _way(best: Sequence[Sequence[float]], like: Sequence[Sequence[float]]) -> Iterator[Pair]:
    a = b = 0
    while a < len(best) - 1 or b < len(best[0]) - 1:
        both = a < len(best) - 1 and b < len(best[0]) - 1
        if both and like[a][b] and best[a][b] == like[a][b] + best[a + 1][b + 1]:
            a, b = a + 1, b + 1
            yield a, b
        elif a < len(best) - 1 and best[a][b] == best[a + 1][b]:
            a += 1
            yield a, None
        else:
            b += 1
            yield None, b


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 for two pages that are not each other; pages without words may be."""
    if not one and not other:
        return ALIKE
    part = 2 * (one & other).total() / (one.total() + other.total())
    return part if part >= ALIKE else 0.0


def in_place(pairs: Sequence[Pair]) -> list[Pair]:
    """A page that went and one that came at the same place stand side by side."""
    found: list[Pair] = []
    for whole, run in groupby(pairs, key=lambda pair: None not in pair):
        if whole:
            found += run
            continue
        rows = list(run)
        gone, come = [old for old, _ in rows if old], [new for _, new in rows if new]
        longer = max(len(gone), len(come))
        found += zip([*gone, *[None] * (longer - len(gone))], [*come, *[None] * (longer - len(come))], strict=True)
    return found
