"""Spoken sound as plain samples: its length, its pauses, cutting and joining."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RATE = 22_050
"""Samples a second, one channel: enough for speech, and what speech programs give."""
WINDOW = RATE // 50
QUIET = 0.06
"""Softer than this part of the loud places counts as silence."""
SHORTEST_PAUSE = 0.16
LOUDEST = 32_767
BREATH = 0.06
"""Kept before the first and after the last sound, so that no soft letter is cut off."""


@dataclass(frozen=True, slots=True)
class Sound:
    samples: bytes
    """16 bits a sample, little end first."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / 2 / RATE


@dataclass(frozen=True, slots=True)
class Pause:
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def length(self) -> float:
        return self.end - self.start


def silence(seconds: float) -> Sound:
    return Sound(bytes(2 * round(seconds * RATE)))


def join(parts: Iterable[Sound]) -> Sound:
    return Sound(b"".join(part.samples for part in parts))


def cut(sound: Sound, start: float, end: float) -> Sound:
    return Sound(sound.samples[2 * round(max(0.0, start) * RATE) : 2 * round(end * RATE)])


def pad(sound: Sound, seconds: float) -> Sound:
    """With silence after it, so that it lasts exactly so long."""
    size = 2 * round(seconds * RATE)
    return Sound(sound.samples[:size].ljust(size, b"\0"))


def peaks(sound: Sound) -> list[int]:
    """The loudest sample of each fiftieth of a second."""
    samples = array("h", sound.samples)
    return [
        max(max(window), -min(window))
        for window in (samples[at : at + WINDOW] for at in range(0, len(samples), WINDOW))
    ]


def quiet_runs(levels: Sequence[int]) -> list[Pause]:
    """Every stretch of silence, the ends included."""
    loud = sorted(levels)[int(len(levels) * 0.95)] if levels else 0
    limit = loud * QUIET
    runs: list[Pause] = []
    start: int | None = None
    for index, level in enumerate([*levels, LOUDEST + 1]):
        if level <= limit:
            start = index if start is None else start
        elif start is not None:
            runs.append(Pause(start * WINDOW / RATE, index * WINDOW / RATE))
            start = None
    return runs


def pauses(sound: Sound) -> list[Pause]:
    """Silences between words, long enough to be meant."""
    end = sound.seconds - 1 / 50
    return [run for run in quiet_runs(peaks(sound)) if run.start > 0 and run.end < end and run.length >= SHORTEST_PAUSE]


def is_silent(sound: Sound) -> bool:
    return max(peaks(sound), default=0) < LOUDEST // 200


def trim(sound: Sound) -> Sound:
    """Without the silence at both ends."""
    runs = quiet_runs(peaks(sound))
    start = runs[0].end if runs and runs[0].start == 0 else 0.0
    end = runs[-1].start if runs and runs[-1].end >= sound.seconds - 1 / 50 else sound.seconds
    return cut(sound, start - BREATH, min(sound.seconds, end + BREATH)) if end > start else sound


def cut_at_pauses(sound: Sound, shares: Sequence[float]) -> tuple[list[float], bool]:
    """Where to part a recording into pieces of about these shares: one moment between two pieces, each in a
    pause of the speaker. False when it has too few pauses; then the shares alone decide."""
    total = sum(shares)
    expected = [sound.seconds * sum(shares[: index + 1]) / total for index in range(len(shares) - 1)]
    found = pauses(sound)
    if len(found) < len(expected):
        return expected, False
    return _choose(found, expected), True


def _choose(found: Sequence[Pause], expected: Sequence[float]) -> list[float]:
    """The pauses in order that lie near where they are expected and are long: those between scenes are."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(float("inf"), ())] * len(expected)]
    for index, pause in enumerate(found):
        for place in range(min(index, len(expected) - 1), -1, -1):
            cost, chosen = best[place]
            price = cost + abs(pause.middle - expected[place]) - 4 * min(pause.length, 1.5)
            if price < best[place + 1][0]:
                best[place + 1] = (price, (*chosen, index))
    return [found[index].middle for index in best[-1][1]]
