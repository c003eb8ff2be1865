"""What tells that work runs away tells it, and is not misled by a slow machine."""

from __future__ import annotations

import time

import pytest

from tests.haste import assert_no_runaway


@pytest.mark.parametrize(
    ("power", "slow", "told"),
    [(1, 0.1, False), (1, 50, False), (1.2, 50, False), (2, 0.0005, False), (2, 1, True), (3, 1, True)],
)
def test_what_runs_away_is_told_on_any_machine(
    monkeypatch: pytest.MonkeyPatch, power: float, slow: float, told: bool
) -> None:
    now = 0.0

    def work(size: int) -> None:
        nonlocal now
        now += slow * (size / 10) ** power

    monkeypatch.setattr(time, "process_time", lambda: now)
    if told:
        with pytest.raises(AssertionError, match="a quarter of it"):
            assert_no_runaway(work, 100)
    else:
        assert_no_runaway(work, 100)


def test_one_slow_moment_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0, 30, 30, 32, 32, 36, 36, 37])
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    assert_no_runaway(lambda _: None, 100)
