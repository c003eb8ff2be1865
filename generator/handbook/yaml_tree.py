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
from yaml.scanner import Scanner

from generator.ground.files import Source
from generator.ground.findings import Edit, Finding, Place, error
from generator.ground.unseen import MOST_TOLD, UNSEEN, code_of, find_unseen

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
    text: str
    first_line: int
    events: Iterator[yaml.Event]
    findings: list[Finding] = field(default_factory=list)
    unseen: int = 0

    def place(self, mark: Any) -> Place:
        return Place(self.source_file, self.first_line + mark.line, mark.column + 1)

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse("yaml.two-documents", event)
                root = self.node(next(self.events), 0)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.inspect(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(self.words(event), self.place(event.start_mark), not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(event, depth)
        return self.pairs(event, depth)

    def words(self, event: Any) -> str:
        """Without the signs nobody sees that an escape puts in, which its source does not show."""
        value: str = event.value
        if event.style != '"' or next(find_unseen(value), None) is None:
            return value
        for escape in _ESCAPE.finditer(self.text, event.start_mark.index, event.end_mark.index):
            code = escape[1] or escape[2] or escape[3]
            sign = chr(int(code, 16)) if code else Scanner.ESCAPE_REPLACEMENTS.get(escape[4], "")
            if UNSEEN.match(sign) and self.unseen < MOST_TOLD:
                self.unseen += 1
                self.findings.append(_letter("letters.unseen", self.source_file, self.text, self.first_line,
                                             escape.start(), sign))
        return UNSEEN.sub("", value)

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
                self.refuse("yaml.odd-key", event)
                continue
            if key.text in found:
                self.findings.append(error("yaml.key-twice", key.place, key=key.text))
                continue
            found[key.text] = (key, value)
        return Pairs(tuple(found.values()), self.place(start.start_mark))

    def inspect(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse("yaml.anchor", event)
        if getattr(event, "tag", None) not in (None, "!") :
            self.refuse("yaml.tag", event)
        if depth > MAX_DEPTH:
            self.refuse("yaml.too-deep", event)

    def refuse(self, rule: str, event: yaml.Event) -> None:
        raise _RefusedError(error(rule, self.place(event.start_mark)))


def read_yaml(source: Source, text: str | None = None, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    """The tree of a whole file, or of `text` that begins at `first_line` of it."""
    text = _LINE_SIGNS.sub(" ", source.text if text is None else text)
    odd = _ODD_LETTER.search(text)
    if odd:
        return None, [_letter("yaml.odd-letter", source.file, text, first_line, odd.start(), odd.group())]
    builder = _Builder(source.file, text, first_line, iter(()))
    try:
        builder.events = iter(yaml.parse(text, Loader=_LOADER))
        return builder.document(), builder.findings
    except _RefusedError as refused:
        return None, [*builder.findings, refused.finding]
    except yaml.MarkedYAMLError as problem:
        return None, [*builder.findings, _syntax_finding(source.file, text, first_line, problem)]


_ESCAPE = re.compile(r"\\(?:x(..)|u(....)|U(.{8})|(.))", re.DOTALL)
_LINE_SIGNS = re.compile("[\x85\u2028\u2029]")
"""Line ends for YAML but for nobody else: with them its line numbers would not be the editor's."""
_ODD_LETTER = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 (section 5.1) does not take."""


def _letter(rule: str, file: str, text: str, first_line: int, start: int, sign: str) -> Finding:
    at = Source(file, text).place(start)
    return error(rule, Place(file, first_line + at.line - 1, at.column), code=code_of(sign))


_SYNTAX = {
    "while parsing a quoted": "yaml.escape",
    "while scanning a quoted": "yaml.quote",
    "while parsing a flow": "yaml.bracket",
    "while scanning a simple key": "yaml.no-colon",
    "while scanning an a": "yaml.anchor",
    "while scanning a tag": "yaml.tag",
}
"""How libyaml's and PyYAML's contexts begin, and what each means."""


def _syntax_finding(file: str, text: str, first_line: int, problem: yaml.MarkedYAMLError) -> Finding:
    """Said in our own words: those of the library are English and differ from machine to machine."""
    context = str(problem.context or "").replace("scanning a double-quoted", "parsing a quoted")
    known = next((rule for begin, rule in _SYNTAX.items() if context.startswith(begin)), None)
    mark = problem.context_mark if known and problem.context_mark else problem.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    place = Place(file, first_line + line, min(column, len(lines[line])) + 1)
    if known:
        return error(known, place)
    quoted = _quoted_line(lines, line)
    if quoted:
        edit = Edit(Place(file, place.line), lines[line], quoted)
        return error("yaml.colon", place, edits=(edit,), quoted=quoted.strip())
    return _likely_finding(lines, line, place, context)


def _likely_finding(lines: list[str], line: int, place: Place, context: str) -> Finding:
    """The library says where it gave up; what is wrong often stands before."""
    first = place.line - line
    for index, text in enumerate(lines[: line + 1]):
        opened = re.match(r'^[^"#]*?(?::|-) +(?=")', text)
        if opened and text.count('"') == 1:
            return error("yaml.quote", Place(place.file, first + index, opened.end() + 1))
    above = lines[line - 1] if line else ""
    if re.fullmatch(r"\s*[^\s#-][^:]*", above):
        return error("yaml.no-colon", Place(place.file, first + line - 1, _indent(above) + 1))
    if "\t" in lines[line][: _indent(lines[line])]:
        return error("yaml.tab", place)
    if context.startswith("while scanning for the next token"):
        return error("yaml.sign", place)
    return error("yaml.broken", place)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_KEY_VALUE = re.compile(r"^(\s*(?:- )?[^\s:\"'#\[{][^:\"]*: +|\s*- )(.*?)(\s*)$")


def _quoted_line(lines: list[str], index: int) -> str | None:
    """The same line with its value in quotes, when the value holds `: ` and is not quoted."""
    match = _KEY_VALUE.match(lines[index])
    if not match:
        return None
    head, value, tail = match.groups()
    if not re.search(r":(\s|$)", value) or value[:1] in "\"'[{|>":
        return None
    dash = re.match(r"\s*- +", head)
    if dash and _stands_alone(lines, index):  # a list of texts: all of it is one
        head, value = dash.group(), head[dash.end() :] + value
    return f"{head}{quote(value)}{tail}"


def _stands_alone(lines: list[str], index: int) -> bool:
    """Whether nothing below belongs to the same row of a list, as keys of a row do."""
    below = next((line for line in lines[index + 1 :] if line.strip()), "")
    return _indent(below) <= _indent(lines[index])


def quote(value: str) -> str:
    return f'"{escape(value)}"'


def escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
