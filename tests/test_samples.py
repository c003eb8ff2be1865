"""Which cases of slow tests `make test` takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from tests.samples import ONE_IN, SLOW, WIDE, sampled


@dataclass
class Fake:
    nodeid: str
    marks: tuple[str, ...] = ()

    def get_closest_marker(self, name: str) -> Any:
        return name in self.marks or None


def chosen(items: list[Fake]) -> list[str]:
    return [item.nodeid for item in sampled(cast("list[pytest.Item]", items))]


@pytest.mark.parametrize("mark", SLOW)
def test_of_a_slow_test_some_cases_are_taken_and_the_same_again(mark: str) -> None:
    many = [Fake(f"a.py::test_x[{case}]", (mark,)) for case in range(5 * ONE_IN + 1)]
    one = Fake("a.py::test_y", (mark,))
    found = chosen([*many, one])
    assert len(found) == 6 + 1 and found[-1] == one.nodeid
    assert found == chosen([*many, one]) and {*found} == {*chosen([*reversed(many), one])}


def test_of_quick_ones_all_and_of_wide_ones_none() -> None:
    quick = [Fake(f"a.py::test_x[{case}]") for case in range(9)]
    assert chosen([*quick, Fake("a.py::test_wide", (WIDE,))]) == [item.nodeid for item in quick]
