"""Errors cross from a worker to the build whole: kind, both languages, what they carry."""

from __future__ import annotations

import pickle

import pytest

from generator.ground import errors
from generator.ground.findings import Place, error

FINDING = error("paper.refused", Place("content/index.md"), ("chữ", "words"), ("sửa", "mend"))
KINDS = [kind for kind in vars(errors).values()
         if isinstance(kind, type) and issubclass(kind, errors.HocsoError) and kind is not errors.RefusedError]


@pytest.mark.parametrize("problem", [*(kind("vi", "en") for kind in KINDS), errors.RefusedError(FINDING)], ids=repr)
def test_they_travel(problem: errors.HocsoError) -> None:
    there = pickle.loads(pickle.dumps(problem))
    assert type(there) is type(problem) and vars(there) == vars(problem) and str(there) == str(problem)
