"""How large the words of a poster are: as large as the paper allows. Numbers only, nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.ground.files import beside

PAGE_MM, LARGE_MM = (210.0, 297.0), (297.0, 420.0)
"""The one layout; A3 is the same sheet enlarged."""
ROOM_MM = 280.0
"""Height between the margins."""
CODE_MM = 50.5
FAR_PT = 29.0
"""Read from three metres: on A3 a capital letter is 10 mm high."""
TITLES = (100, 92, 84, 78, 72, 66, 61, 56, 52, 48, 44, 40, 37, 34, 31)
TITLE_MM = 66.0
"""The most height of a title: two large lines, three smaller ones."""
ITEMS = (44, 42, 40, 38, 36, 34, 32, 30, FAR_PT)
LEAST, MOST = 1.25, 2.4
"""A title is so many times as large as the lines."""
WHATS = (84, 76, 68, 60, 52, 45, 38, 32)
"""Of what a number calls."""
STAGES_MM = (88, 76, 66, 58, 0)
"""How high the scene stands at least; where nothing fits below it, it stands beside the title."""
GAP_MM, CLOSE_MM = 4.0, 2.0
"""Above the code; the same below numbers to call."""
TRIALS = {"titles": TITLES, "items": ITEMS, "whats": WHATS}
"""What `MEASURE` tries of a lesson's words."""
MEASURE = beside(__file__, ".js")
MEASURE_OWN = """paper => Object.fromEntries([...paper.querySelectorAll('.way, .ask, .foot')].map(piece => [
  piece.className, [piece, ...piece.querySelectorAll('p')].some(p => p.scrollWidth > p.clientWidth + 1) ? 1e6
  : piece.getBoundingClientRect().height * 25.4 / 96]))"""


@dataclass(frozen=True)
class Fit:
    """Points of type, and the least height of the scene in millimetres; 0 where it stands beside the title."""

    title: float
    line: float
    stage: float


def choose(words: Mapping[str, Any], own: Mapping[str, float], urgent: bool) -> Fit | None:
    """The scene as high as can be, then the title, then the lines. None where nothing fits."""
    return next((fit for fit, high in _tries(words, own, urgent) if high <= ROOM_MM), None)


def _tries(words: Mapping[str, Any], own: Mapping[str, float], urgent: bool) -> Iterator[tuple[Fit, float]]:
    """With the height of the whole. What to call has its contact beside the code, other posters below both."""
    for stage in (0,) if urgent else STAGES_MM:
        for title, (band, alone) in zip(TITLES, words["plain" if stage else "aside"], strict=True):
            for line, lines in zip(WHATS if urgent else ITEMS, words["lines"], strict=True):
                body = lines + CLOSE_MM + own["way"] if urgent else GAP_MM + max(lines, own["way"]) + own["ask"]
                if alone <= TITLE_MM and (urgent or line * LEAST <= title <= line * MOST):
                    yield Fit(title, line, stage), band + stage + body + own["foot"]
