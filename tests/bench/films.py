"""The films of the shipped handbook, made as if for the first time, and a whole first `make`."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.handbook.recorded.recordings import told_seconds
from tests.bench.measure import Run
from tests.bench.synthetic import ROOT

Build = Callable[..., Run]


@dataclass(frozen=True, slots=True)
class Films:
    making: float
    """Seconds."""
    playing: float
    shortest: float
    longest: float
    heaviest: int
    middle: float
    """Bytes."""
    whole_make: float


def measure_films(folder: Path, build: Build, fresh: Callable[[Path], None]) -> Films:
    project = folder / "shipped"
    for name in ("content", "qr"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    making = build(project, "build", "clip").seconds
    films = sorted((project / "dist/clips").glob("*.mp4"))
    lengths = [told_seconds(film) or 0.0 for film in films]
    weights = [film.stat().st_size for film in films]
    fresh(project)
    whole = build(project, "build").seconds
    return Films(making, sum(lengths), min(lengths), max(lengths), max(weights), statistics.median(weights), whole)
