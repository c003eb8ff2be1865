"""Words that a drawing program has turned into outlines: nobody can hear, find or mend them, and a cheap printer fills
their eyes. Known by what letters have in common: filled shapes of many turns, side by side on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

LEAST_LETTERS = 3
"""Fewer are a sign, not a word: a plus, a currency's letter, a question mark."""
MOST_SHAPES = 200
"""That are looked at: each is held against each."""
_TOKENS = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TURNS = 6
"""Corners and bows of a letter: fewer have bars, circles and plain boxes."""
_ON_LINE, _BELOW_LINE, _AS_HIGH, _WIDE = 0.14, 0.4, 0.45, 1.6
"""Of the height of the tallest: how far feet and tails stray, how low a letter is at least, and how wide at most."""
_NEAREST, _FURTHEST = -0.3, 1.0
"""Between two letters; what overlaps more is one thing before another."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed line of a path."""

    left: float
    top: float
    right: float
    bottom: float
    turns: int
    relative: str
    """What it looks like wherever it stands."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


def shapes_of(d: str) -> Iterator[Shape]:
    """Of a path's data; what cannot be read ends it."""
    points: list[tuple[float, float]] = []
    steps: list[str] = []
    here = start = (0.0, 0.0)
    for command, numbers in _commands(d):
        if command in "Mm" and points:
            yield from _shape(points, steps)
            points, steps = [], []
        base = here if command.islower() else (0.0, 0.0)
        if command in "Zz":
            here = start
            continue
        places = _places(command.upper(), numbers, base, here)
        if command in "Mm":
            start = places[-1]
            points.append(start)
        else:
            points += places
            steps.append(command.upper() + "".join(f"{x - here[0]:.0f},{y - here[1]:.0f};" for x, y in places))
        here = places[-1]
    yield from _shape(points, steps)


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    """Each with the numbers of one turn: a letter stands for all that follow it."""
    command, numbers = "", list[float]()
    for letter, number in _TOKENS.findall(d):
        if letter:
            command, numbers = letter, []
            if letter in "Zz":
                yield letter, []
        elif command:
            numbers.append(float(number))
            if len(numbers) == _TAKES.get(command.upper(), 0):
                yield command, numbers
                numbers = []
                command = {"M": "L", "m": "l"}.get(command, command)


def _places(command: str, numbers: Sequence[float], base: tuple[float, float],
            here: tuple[float, float]) -> list[tuple[float, float]]:
    if command == "H":
        return [(numbers[0] + base[0], here[1])]
    if command == "V":
        return [(here[0], numbers[0] + base[1])]
    pairs = numbers[5:] if command == "A" else numbers
    return [(x + base[0], y + base[1]) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]


def _shape(points: Sequence[tuple[float, float]], steps: Sequence[str]) -> Iterator[Shape]:
    if len(points) > 2:
        across, down = zip(*points, strict=True)
        yield Shape(min(across), min(down), max(across), max(down), len(steps), "".join(steps))


def holds_words(shapes: Iterable[Shape]) -> bool:
    """Of filled paths of one group."""
    some = islice((shape for shape in shapes if shape.height > 0), MOST_SHAPES)
    letters = sorted(some, key=lambda one: one.left)
    lines = {(one.bottom, one.height): one for one in letters}
    return any(_is_word(run) for tallest in lines.values() for run in _runs(letters, tallest))


def _runs(letters: Sequence[Shape], tallest: Shape) -> Iterator[list[Shape]]:
    """Side by side on the line that this one stands on; marks above and eyes within letters are none."""
    high = tallest.height
    standing = [one for one in letters
                if -_ON_LINE * high <= one.bottom - tallest.bottom <= _BELOW_LINE * high
                and _AS_HIGH * high <= one.height <= (1 + _BELOW_LINE) * high
                and one.right - one.left <= _WIDE * high]
    outer = [one for one in standing
             if not any(two is not one and two.left <= one.left and one.right <= two.right
                        and two.height > one.height for two in standing)]
    parted = [False, *(not _NEAREST * high <= one.left - before.right <= _FURTHEST * high
                       for before, one in pairwise(outer))]
    count = 0
    numbered = [(count := count + int(part), one) for part, one in zip(parted, outer, strict=False)]
    for _, run in groupby(numbered, key=lambda pair: pair[0]):
        yield [one for _, one in run]


def _is_word(run: Sequence[Shape]) -> bool:
    """Some letter has many turns, and not all are the same as in a row of windows or keys."""
    turned = [one for one in run if one.turns >= _TURNS]
    return len(run) >= LEAST_LETTERS and len(turned) * 2 >= len(run) and len({one.relative for one in run}) > 1
