"""Whether work on something long runs away: told by how it grows, since others use the same processors."""

from __future__ import annotations

import time
from collections.abc import Callable

SOON = 1.0
MOST_GROWTH = 10
"""Four times as much takes four to seven times as long; what runs away takes sixteen times, or never ends."""
TRIES = 3


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def assert_no_runaway(work: Callable[[int], object], size: int) -> None:
    """Work on so much of something is soon done, or takes not much more than its share."""
    told = []
    for _ in range(TRIES):
        whole = seconds(lambda: work(size))
        if whole < SOON:
            return
        part = seconds(lambda: work(size // 4))
        if whole < MOST_GROWTH * part:
            return
        told.append(f"{whole:.1f} s, a quarter of it {part:.1f} s")
    raise AssertionError("; ".join(told))
