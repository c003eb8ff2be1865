"""Long lists are told in short. What was cut stands in one file, whole, until another command cuts something: nobody
finds fifty papers again that a console has counted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from generator.ground.findings import Text
from generator.ground.said import said
from generator.ground.unseen import shown
from generator.ground.whole import write_whole

MOST_NAMED = 3
"""Things named one by one."""
FOLDER, NAME = ".hocso", "ke-het.txt"
_cut: dict[tuple[str, ...], str] = {}
"""Whole lists, each with the words that stood for it."""


def few(names: Sequence[str], most: int = MOST_NAMED, *, apart: str = ", ") -> Text:
    """The first of them, how many more there are, and where these stand."""
    first, more = apart.join(names[:most]), len(names) - most
    if more <= 0:
        return Text(first, first)
    told = said("rest/more", names=first, more=more, file=f"{FOLDER}/{NAME}")
    _cut[tuple(names)] = str(told)
    return told


def keep_rest(private: Path, command: Sequence[str]) -> None:
    """What was cut since it was asked last. A disk that takes nothing makes no command fail that has done its work."""
    lists = "".join(f"\n{shown(told)}\n" + "".join(f"- {shown(name)}\n" for name in names)
                    for names, told in _cut.items())
    _cut.clear()
    if lists:
        head = said("rest/head", command=" ".join(["hocso", *command]))
        with suppress(OSError):
            private.mkdir(exist_ok=True)
            write_whole(private / NAME, f"{head}\n{lists}".encode())
