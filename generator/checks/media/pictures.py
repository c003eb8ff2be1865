"""Whatever is called a picture is one: decoded, still, of bounded size; drawings draw and do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.checks.looking.matter import Matter
from generator.ground.files import MAX_TEXT_BYTES
from generator.ground.findings import Finding, Place, error
from generator.handbook.keys import PICTURE_SUFFIXES
from generator.handbook.recorded.drawings import find_stray
from generator.handbook.recorded.pictures import MOST_POINTS, picture_fault


def check(matter: Matter) -> Iterator[Finding]:
    for file in sorted(matter.files):
        path = matter.project.path(file)
        if file.lower().endswith(PICTURE_SUFFIXES) and path.is_file():  # a name written otherwise is told elsewhere
            yield from _drawing(file, path) if file.lower().endswith(".svg") else _photo(file, path)


def _photo(file: str, path: Path) -> Iterator[Finding]:
    if rule := picture_fault(path, path.stat().st_mtime_ns):
        yield error(rule, Place(file), most=MOST_POINTS // 1_000_000)


def _drawing(file: str, path: Path) -> Iterator[Finding]:
    size = path.stat().st_size
    if size > MAX_TEXT_BYTES:
        yield error("file.too-large", Place(file), size=size, most=MAX_TEXT_BYTES)
    elif stray := find_stray(path.read_bytes()):
        rule = "image.data/stray" if stray.what else "image.data/drawing"
        yield error(rule, Place(file, stray.line, stray.column), what=stray.what)
