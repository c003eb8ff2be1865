"""A file's front matter, title and sections, each line with its number; nothing is interpreted here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.files import Source
from generator.findings import Finding, Place, error
from generator.handbook.values import nearest

FENCE = re.compile(r"^\s*(```+|~~~+)\s*(\S*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


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


@dataclass(slots=True)
class Sheet:
    """One Markdown file, cut up."""

    source: Source
    front: str | None
    """Front matter without its `---` lines; None when there is none."""
    body: str
    body_line: int
    title: Line | None = None
    intro: list[Line] = field(default_factory=list)
    """Between title and first section."""
    sections: list[Section] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def place(self, line: Line, column: int | None = None) -> Place:
        indent = len(line.text) - len(line.text.lstrip())
        return Place(self.source.file, line.number, indent + 1 if column is None else column)

    def report(self, rule: str, place: Place, message: tuple[str, str], fix: tuple[str, str]) -> None:
        self.findings.append(error(rule, place, message, fix))

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)


def cut_sheet(source: Source) -> Sheet:
    sheet = _cut_front(source)
    body = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), sheet.body)
    lines = [Line(text, sheet.body_line + index) for index, text in enumerate(body.split("\n"))]
    fence = ""
    for line in lines:
        mark = FENCE.match(line.text)
        if mark:
            fence = "" if fence and mark.group(1).startswith(fence) else fence or mark.group(1)
        elif not fence and _take_heading(sheet, line):
            continue
        (sheet.sections[-1].lines if sheet.sections else sheet.intro).append(line)
    return sheet


def _cut_front(source: Source) -> Sheet:
    lines = source.lines
    if lines[0].rstrip() != "---":
        return Sheet(source, None, source.text, 1)
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return Sheet(source, "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 2)
    sheet = Sheet(source, None, source.text, 1)
    sheet.report(
        "front.open", Place(source.file, 1, 1),
        ("Phần đầu trang mở bằng `---` mà không đóng.", "The front matter opens with `---` and never closes."),
        ("Thêm một dòng `---` sau dòng cuối của phần đầu trang.", "Add a line `---` after its last line."),
    )
    return sheet


def _take_heading(sheet: Sheet, line: Line) -> bool:
    """True when the line is a title or section heading."""
    if line.text.startswith("# "):
        if sheet.title is not None:
            sheet.report(
                "title.twice", sheet.place(line),
                ("Có hai tên bài (dòng bắt đầu bằng một dấu #).", "There are two titles."),
                ("Giữ một; đầu mục viết hai dấu ##.", "Keep one; section headings begin with `##`."),
            )
        else:
            sheet.title = Line(line.text[2:].strip(), line.number)
        return True
    if line.text.startswith("## "):
        sheet.sections.append(Section(line.text[3:].strip().rstrip("#").strip(), sheet.place(line, 1)))
        return True
    return False


def check_sections(sheet: Sheet, expected: Sequence[tuple[str, bool]]) -> None:
    """Unknown, repeated, missing and misplaced sections."""
    names = [name for name, _ in expected]
    seen: list[str] = []
    for section in sheet.sections:
        if section.name not in names:
            _unknown_section(sheet, section, names)
        elif section.name in seen:
            sheet.report(
                "section.twice", section.place,
                (f"Mục `{section.name}` viết hai lần.", f"The section `{section.name}` stands twice."),
                ("Gộp hai mục làm một.", "Join the two into one."),
            )
        else:
            seen.append(section.name)
    _missing_sections(sheet, expected)
    _misplaced_section(sheet, seen, names)


def _unknown_section(sheet: Sheet, section: Section, names: Sequence[str]) -> None:
    likely = nearest(section.name, names)
    sheet.report(
        "section.unknown", section.place,
        (f"Không có mục `{section.name}`.", f"There is no section `{section.name}`."),
        (f"Viết `## {likely}`." if likely else "Các mục có thể dùng: " + ", ".join(names) + ".",
         f"Write `## {likely}`." if likely else "Sections: " + ", ".join(names) + "."),
    )


def _missing_sections(sheet: Sheet, expected: Sequence[tuple[str, bool]]) -> None:
    end = Place(sheet.source.file, max(1, sheet.source.text.rstrip("\n").count("\n") + 1), 1)
    for name, required in expected:
        section = sheet.section(name)
        if section is None and required:
            sheet.report(
                "section.missing", end,
                (f"Thiếu mục `{name}`.", f"The section `{name}` is missing."),
                (f"Thêm `## {name}` và nội dung.", f"Add `## {name}` and its text."),
            )
        elif section is not None and required and all(line.blank for line in section.lines):
            sheet.report(
                "section.empty", section.place,
                (f"Mục `{name}` chưa có gì.", f"The section `{name}` is empty."),
                ("Viết nội dung dưới đầu mục này.", "Write its text below the heading."),
            )


def _misplaced_section(sheet: Sheet, seen: Sequence[str], names: Sequence[str]) -> None:
    order = [names.index(name) for name in seen]
    for index in range(1, len(order)):
        if order[index] < max(order[:index]):
            section = sheet.section(seen[index])
            assert section is not None
            before = next(name for name in seen[:index] if names.index(name) > order[index])
            sheet.report(
                "section.order", section.place,
                (f"Mục `{section.name}` đứng sai chỗ.", f"The section `{section.name}` is out of order."),
                (f"Chuyển lên trước mục `{before}`.", f"Move it before `{before}`."),
            )
            return
