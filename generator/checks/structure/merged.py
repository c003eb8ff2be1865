"""Git leaves marks where two branches changed one place: a person has to choose which words stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, Text, error
from generator.handbook.model import LINKS

MARKS = ("<<<<<<< ", ">>>>>>> ")
"""Where they begin and end; one may be left by whoever took the other out. `=======` may stand below a heading."""


def marked_lines(lines: Iterable[str]) -> list[int]:
    return [number for number, line in enumerate(lines, start=1) if line.startswith(MARKS)]


def check(matter: Matter) -> Iterator[Finding]:
    """One a file: whoever mends the first place sees the others. Tables have words of their own for it."""
    for file, source in matter.reading.texts.items():
        if file.endswith((".md", ".yml")) and file != LINKS and (marked := marked_lines(source.lines)):
            places = [number for number in marked if source.lines[number - 1].startswith(MARKS[0])][1:]
            more = ", ".join(map(str, places))
            told = Text(f" Còn ở dòng {more}.", f" Also in lines {more}.") if places else Text("", "")
            yield error("text.merged", Place(file, marked[0]), more=told)
