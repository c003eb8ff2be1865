"""Errors that end a command come back whole from a worker's process."""

from __future__ import annotations

import pickle

import pytest

from generator.ground.errors import DiskError, HocsoError, MissingProgramError, ProofError


@pytest.mark.parametrize("kind", [DiskError, MissingProgramError, ProofError])
def test_both_languages_survive_the_way_between_processes(kind: type[HocsoError]) -> None:
    again = pickle.loads(pickle.dumps(kind("Hỏng rồi.", "It is broken.")))
    assert type(again) is kind and again.text == ("Hỏng rồi.", "It is broken.")
