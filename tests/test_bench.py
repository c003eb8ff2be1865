"""`make bench` measures handbooks that can be built."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.ground.files import Project
from tests.bench.editions import make_province
from tests.bench.synthetic import ROOT, make_handbook


@pytest.mark.parametrize("count", [30, 60])
def test_a_handbook_of_any_size_has_no_error(tmp_path: Path, count: int) -> None:
    """With more topics in the book than in the small one, links led to topics that were not there."""
    project = Project(make_handbook(tmp_path / "book", count), ROOT / "theme")
    assert [str(one) for one in read_and_check(project).findings if one.severity == "error"] == []


def test_a_province_has_no_error(tmp_path: Path) -> None:
    """A rule may have come since, as about phones."""
    project = Project(make_province(tmp_path / "book", 12), ROOT / "theme")
    assert [str(one) for one in read_and_check(project).findings if one.severity == "error"] == []
