"""One row of each kind of screen, as an editor writes it."""

from __future__ import annotations

from generator.ground.files import beside
from generator.ground.findings import Place
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Screen

EXAMPLES = {line.removeprefix("=> ").partition(":")[0]: line for line in beside(__file__, ".txt").splitlines()}


def example(kind: str) -> Screen:
    screen, _ = read_screen([EXAMPLES[kind]], Place("", 1, 1))
    assert screen
    return screen
