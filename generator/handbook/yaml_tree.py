"""YAML as editors write it, with the place of every value. The only importer of yaml.

Values stay text: the model decides what type they have, so `12:30`, `015` and `no` survive.
Anchors, aliases and tags are findings: no editor needs them, and bombs are made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.files import Source
from generator.findings import Finding, Place, error

MAX_DEPTH = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Leaf:
    text: str
    place: Place
    plain: bool = True
    """False when quoted or a block text."""


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Pairs:
    pairs: tuple[tuple[Leaf, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Leaf | Items | Pairs


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


@dataclass
class _Builder:
    """Turns parser events into a tree; stops at what we do not allow."""

    source_file: str
    first_line: int
    events: Iterator[yaml.Event]
    findings: list[Finding] = field(default_factory=list)

    def place(self, mark: Any) -> Place:
        return Place(self.source_file, self.first_line + mark.line, mark.column + 1)

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse(event, "yaml.two-documents", "Có hai khối `---` trong một tệp.",
                                "Two YAML documents in one file.", "Bỏ dòng `---` thừa.", "Take out the extra `---`.")
                root = self.node(next(self.events), 0)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.inspect(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(event.value, self.place(event.start_mark), event.style is None)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(event, depth)
        return self.pairs(event, depth)

    def items(self, start: yaml.Event, depth: int) -> Items:
        found: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.node(event, depth + 1))
        return Items(tuple(found), self.place(start.start_mark))

    def pairs(self, start: yaml.Event, depth: int) -> Pairs:
        found: dict[str, tuple[Leaf, Node]] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Leaf):
                self.refuse(event, "yaml.odd-key", "Tên khóa phải là chữ.", "A key must be text.",
                            "Viết `tên: giá trị`.", "Write `name: value`.")
                continue
            if key.text in found:
                self.findings.append(error(
                    "yaml.key-twice", key.place,
                    (f"Khóa `{key.text}` viết hai lần.", f"The key `{key.text}` stands twice."),
                    ("Giữ một dòng, bỏ dòng kia.", "Keep one of the two lines."),
                ))
                continue
            found[key.text] = (key, value)
        return Pairs(tuple(found.values()), self.place(start.start_mark))

    def inspect(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(event, "yaml.anchor", "Dấu `&` và `*` của YAML không dùng ở đây.",
                        "YAML anchors and aliases are not used here.",
                        "Đặt giá trị trong dấu ngoặc kép.", "Put the value in double quotes.")
        if getattr(event, "tag", None) not in (None, "!") :
            self.refuse(event, "yaml.tag", f"Nhãn `{getattr(event, 'tag', '')}` của YAML không dùng ở đây.",
                        f"The YAML tag `{getattr(event, 'tag', '')}` is not used here.",
                        "Bỏ phần bắt đầu bằng `!`.", "Take out what begins with `!`.")
        if depth > MAX_DEPTH:
            self.refuse(event, "yaml.too-deep", "Lồng quá nhiều tầng.", "Nested too deeply.",
                        "Viết gọn lại.", "Make it flatter.")

    def refuse(self, event: yaml.Event, rule: str, vi: str, en: str, fix_vi: str, fix_en: str) -> None:
        raise _RefusedError(error(rule, self.place(event.start_mark), (vi, en), (fix_vi, fix_en)))


def read_yaml(source: Source, text: str | None = None, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    """The tree of a whole file, or of `text` that begins at `first_line` of it."""
    text = source.text if text is None else text
    builder = _Builder(source.file, first_line, iter(()))
    try:
        builder.events = iter(yaml.parse(text, Loader=_LOADER))
        return builder.document(), builder.findings
    except _RefusedError as refused:
        return None, [*builder.findings, refused.finding]
    except yaml.YAMLError as problem:
        return None, [*builder.findings, _syntax_finding(source.file, text, first_line, problem)]
    except RecursionError:
        return None, [_too_deep(source.file, first_line)]


def _too_deep(file: str, line: int) -> Finding:
    return error("yaml.too-deep", Place(file, line), ("Lồng quá nhiều tầng.", "Nested too deeply."),
                 ("Viết gọn lại.", "Make it flatter."))


def _syntax_finding(file: str, text: str, first_line: int, problem: yaml.YAMLError) -> Finding:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if getattr(problem, "position", None) is not None and mark is None:  # a character YAML refuses
        before = text[: problem.position]  # type: ignore[attr-defined]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    line = min(line, len(lines) - 1)
    place = Place(file, first_line + line, column + 1)
    quoted = quoted_line(lines[line])
    if quoted:
        return error(
            "yaml.colon", place,
            ("Trong giá trị có dấu hai chấm và dấu cách, máy đọc nhầm.", "The value holds a colon and a space."),
            (f"Đặt giá trị trong ngoặc kép: {quoted.strip()}", f"Put it in quotes: {quoted.strip()}"),
        )
    if "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        return error(
            "yaml.tab", place,
            ("Đầu dòng có dấu tab.", "The line begins with a tab."),
            ("Thay dấu tab bằng hai dấu cách.", "Use two spaces instead of the tab."),
        )
    what = getattr(problem, "problem", None) or str(problem)
    return error(
        "yaml.broken", place,
        (f"Dòng này máy không đọc được ({what}).", f"This line cannot be read ({what})."),
        ("Viết `tên: giá trị`, mục con lùi vào hai dấu cách; có dấu lạ thì đặt trong ngoặc kép.",
         "Write `name: value`, indent by two spaces, quote values with special signs."),
    )


_KEY_VALUE = re.compile(r"^(\s*(?:- )?[^\s:\"'#\[{][^:\"]*: +|\s*- )(.*?)(\s*)$")


def quoted_line(line: str) -> str | None:
    """The same line with its value in quotes, when the value holds `: ` and is not quoted."""
    match = _KEY_VALUE.match(line)
    if not match:
        return None
    head, value, tail = match.groups()
    if not re.search(r":(\s|$)", value) or value[:1] in "\"'[{|>":
        return None
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{head}"{escaped}"{tail}'
