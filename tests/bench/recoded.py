"""A change of code that draws the same: what a programmer's every save would cost an office, did nothing remember."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Run, run
from tests.bench.synthetic import ROOT

DRAWING = "generator/press/phone/drawing.py"
"""Nearly every product runs it."""


def recode(folder: Path, env: Mapping[str, str], book: Path = ROOT) -> tuple[Run, Run]:
    """A full build by a copy of the program, and the next one after its code has changed."""
    program, project = folder / "program", folder / "book"
    for name in ("generator", "theme"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("content", "qr"):
        shutil.copytree(book / name, project / name)
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")

    def build() -> Run:
        command = [sys.executable, "-m", "generator", "-C", str(project), "build"]
        return run(command, program, {**env, "PYTHONPATH": str(program)})

    full = build()
    code = program / DRAWING
    code.write_text(code.read_text("utf-8") + "\nUNUSED = 1\n", "utf-8")
    return full, build()
