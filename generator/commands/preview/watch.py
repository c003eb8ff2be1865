"""What editors have saved since we last looked: times and sizes, no extra program."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.ground.errors import DiskError
from generator.ground.files import Project, walk_files

WAIT = 0.3
"""Seconds between two looks."""
SETTLE = 0.05
"""Programs save one file in several writes; a second look this much later must agree."""

Snapshot = Mapping[Path, tuple[int, int]]


def snapshot(project: Project) -> Snapshot:
    """Changed time and size of everything pages are made from."""
    found = {}
    for path in _watched(project):
        try:
            state = path.stat()
        except OSError:  # gone between listing and looking: the next look tells
            continue
        found[path] = (state.st_mtime_ns, state.st_size)
    return found


def settled_snapshot(project: Project) -> Snapshot:
    """A snapshot that holds still."""
    before = snapshot(project)
    while True:
        time.sleep(SETTLE)
        now = snapshot(project)
        if now == before:
            return now
        before = now


def _watched(project: Project) -> Iterator[Path]:
    yield project.path("mkdocs.yml")
    for folder in (project.path("content"), project.path("qr"), project.theme):
        try:
            yield from walk_files(folder)
        except DiskError:  # a folder being renamed; reading says so if it stays away
            continue
