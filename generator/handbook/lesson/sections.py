"""A file's front matter, title and sections, each line with its number; nothing is interpreted here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.ground.files import Source, fold
from generator.ground.findings import Edit, Finding, Place, error, warning
from generator.handbook.keys import UNPLACED
from generator.handbook.mistakes import nearest, spelled

FENCE = re.compile(r"^\s*(```+|~~~+)\s*(\S*)")
_SECTION = re.compile(r"^ {0,3}##(?!#)(.*)$")

_MASKED = re.compile(r"^ {0,3}(?:#{3,}|\*\*|__) *([^#*_:]+?) *:? *(?:#*|\*\*|__) *:? *$")
"""`**An toàn**`, `### An toàn`."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    number: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True)
class Section:
    name: str
    place: Place
    lines: list[Line] = field(default_factory=list)

    @property
    def written(self) -> bool:
        return any(not line.blank for line in self.lines)


@dataclass(slots=True)
class Sheet:
    """One Markdown file, cut up."""

    source: Source
    front: str | None
    """Front matter without its `---` lines; None when there is none."""
    body: str
    body_line: int
    front_line: int = 1
    """Where the front matter's first line stands."""
    title: Line | None = None
    intro: list[Line] = field(default_factory=list)
    """Between title and first section."""
    sections: list[Section] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def place(self, line: Line, column: int | None = None) -> Place:
        indent = len(line.text) - len(line.text.lstrip())
        return Place(self.source.file, line.number, indent + 1 if column is None else column)

    def report(self, rule: str, place: Place, edits: tuple[Edit, ...] = (), **words: Any) -> None:
        self.findings.append(error(rule, place, edits=edits, **words))

    def remind(self, rule: str, place: Place, **words: Any) -> None:
        """Of what costs no more than itself: a film without one picture is a film."""
        self.findings.append(warning(rule, place, **words))

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)


def cut_sheet(source: Source) -> Sheet:
    sheet = _cut_front(source)
    body = _without_comments(sheet.body)
    fence = False
    for number, text in enumerate(body.split("\n"), start=sheet.body_line):
        line = Line(text, number)
        mark = FENCE.match(text)
        if mark:
            fence = not fence or bool(mark.group(2))
        elif _take_section(sheet, line):
            fence = False  # no row of a screen looks like a heading: that fence was never closed
            continue
        elif not fence and _take_title(sheet, line):
            continue
        (sheet.sections[-1].lines if sheet.sections else sheet.intro).append(line)
    return sheet


def _without_comments(body: str) -> str:
    """Every comment turned into spaces, so that all else keeps its place."""
    parts = []
    start = 0
    while (opening := body.find("<!--", start)) >= 0 and (closing := body.find("-->", opening + 4)) >= 0:
        parts += [body[start:opening], re.sub(r"[^\n]", " ", body[opening : closing + 3])]
        start = closing + 3
    return "".join((*parts, body[start:]))


def _cut_front(source: Source) -> Sheet:
    lines = source.lines
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != "---":
        return Sheet(source, None, source.text, 1)
    for index in range(first + 1, len(lines)):
        if lines[index].rstrip() == "---":
            front, body = "\n".join(lines[first + 1 : index]), "\n".join(lines[index + 1 :])
            return Sheet(source, front, body, index + 2, first + 2)
    return _open_front(source, lines, first)


def _open_front(source: Source, lines: Sequence[str], first: int) -> Sheet:
    """Front matter that never closes most likely ends above the title."""
    titles = (index for index in range(first + 2, len(lines))
              if lines[index].startswith("# ") and not lines[index - 1].strip())
    end = next(titles, None)
    sheet = Sheet(source, None, source.text, 1)
    if end is not None:
        sheet = Sheet(source, "\n".join(lines[first + 1 : end]), "\n".join(lines[end:]), end + 1, first + 2)
    sheet.report("front.open", Place(source.file, first + 1, 1))
    return sheet


def _take_title(sheet: Sheet, line: Line) -> bool:
    if not line.text.startswith("# "):
        return False
    if sheet.title is not None:
        sheet.report("title.twice", sheet.place(line))
    else:
        sheet.title = Line(line.text[2:].strip(), line.number)
    return True


def _take_section(sheet: Sheet, line: Line) -> bool:
    """`## name`, also when the space is forgotten."""
    match = _SECTION.match(line.text)
    if match:
        sheet.sections.append(Section(" ".join(match.group(1).strip(" #").split()), sheet.place(line)))
    return bool(match)


def check_sections(sheet: Sheet, expected: Sequence[tuple[str, bool]]) -> None:
    """Unknown, repeated, missing and misplaced sections."""
    names = [name for name, _ in expected]
    seen: list[str] = []
    for section in (section for section in sheet.sections if section.name != UNPLACED):
        if section.name not in names:
            _unknown_section(sheet, section, names)
        if section.name not in names:
            continue
        if section.name in seen:
            sheet.report("section.twice", section.place, name=section.name)
        else:
            seen.append(section.name)
    _missing_sections(sheet, expected)
    _misplaced_section(sheet, seen, names)


def _unknown_section(sheet: Sheet, section: Section, names: Sequence[str]) -> None:
    """One that is nearly right is read as what it was meant to be."""
    likely = nearest(section.name, names)
    rule = "section.unknown/likely" if likely else "section.unknown" if names else "section.unknown/none"
    edits = spelled(section.place, section.name, likely, slips=True) if likely else ()
    sheet.report(rule, section.place, edits, name=section.name, likely=likely, names=", ".join(names))
    if likely and sheet.section(likely) is None:
        section.name = likely


def _missing_sections(sheet: Sheet, expected: Sequence[tuple[str, bool]]) -> None:
    names = [name for name, _ in expected]
    for name, required in expected:
        section = sheet.section(name)
        if section is None and required and not _unmask(sheet, name):
            sheet.report("section.missing", _where_it_belongs(sheet, names[names.index(name) + 1 :]), name=name)
        elif section is not None and required and not section.written:
            sheet.report("section.empty", section.place, name=name)


def _unmask(sheet: Sheet, name: str) -> bool:
    """A heading in bold, or of another level, is told and read as what it was meant to be."""
    for index, section in enumerate(sheet.sections):
        for at, line in enumerate(section.lines):
            match = _MASKED.match(line.text)
            if match and fold(match[1]) == fold(name):
                sheet.sections.insert(index + 1, Section(name, sheet.place(line), section.lines[at + 1 :]))
                del section.lines[at:]
                sheet.report("section.masked", sheet.place(line), name=name)
                return True
    return False


def _where_it_belongs(sheet: Sheet, later: Sequence[str]) -> Place:
    """Above the section that comes next, else at the end."""
    end = Place(sheet.source.file, max(1, sheet.source.text.rstrip("\n").count("\n") + 1), 1)
    return next((section.place for section in sheet.sections if section.name in later), end)


def _misplaced_section(sheet: Sheet, seen: Sequence[str], names: Sequence[str]) -> None:
    order = [names.index(name) for name in seen]
    for index in range(1, len(order)):
        if order[index] < max(order[:index]):
            section = sheet.section(seen[index])
            assert section is not None
            before = next(name for name in seen[:index] if names.index(name) > order[index])
            sheet.report("section.order", section.place, name=section.name, before=before)
            return
