"""`CẦN VIẾT` stands where `hocso new` left room, `Chưa xếp chỗ` holds what it found no room for: a reminder while
writing, an error in what goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text
from generator.handbook import keys
from generator.handbook.keys import UNPLACED

MARK = keys.UNWRITTEN
_LESSON = re.compile(r"content/(?:(?:topics|cards)/[^/]+/index|alerts/[^/]+|index)\.md")


def check(matter: Matter) -> Iterator[Finding]:
    for file, source in matter.reading.texts.items():
        if MARK in source.text and file.startswith("content/"):
            yield from _file(matter, source) if file.endswith(".md") else _rows(matter, source)
        if f"## {UNPLACED}" in source.text and _LESSON.fullmatch(file):
            yield from _unplaced(matter, source)


def _rows(matter: Matter, source: Source) -> Iterator[Finding]:
    """In what is printed besides lessons: names, words, parts."""
    for number, line in enumerate(source.lines, start=1):
        if MARK in line.partition("#")[0]:
            yield matter.remind("text.unwritten", Place(source.file, number, line.index(MARK) + 1), mark=MARK)


def _unplaced(matter: Matter, source: Source) -> Iterator[Finding]:
    lines = source.lines
    at = next((index for index, line in enumerate(lines) if line.rstrip() == f"## {UNPLACED}"), len(lines))
    if count := sum(bool(line.strip()) for line in lines[at + 1 :]):
        yield matter.remind("topic.unplaced", Place(source.file, at + 1), count=count, name=UNPLACED)


def _file(matter: Matter, source: Source) -> Iterator[Finding]:
    """One finding a section: a fresh topic would bury all else under thirty."""
    places: dict[str, list[Place]] = {}
    name = ""
    for number, line in enumerate(source.lines, start=1):
        if line.startswith("## "):
            name = line[3:].strip()
        if MARK in line:
            places.setdefault(name, []).append(Place(source.file, number, line.index(MARK) + 1))
    for section, found in places.items():
        where = Text(f"Mục `{section}`", f"The section `{section}`") if section else Text("Phần đầu", "The beginning")
        yield matter.remind("topic.unwritten", found[0], where=where, count=len(found), mark=MARK)
