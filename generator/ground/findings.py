"""One problem in what an editor wrote, and the ways to show it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Literal, NamedTuple, TextIO

from generator.ground.unseen import UNSEEN, shown

Severity = Literal["error", "warning"]


class Text(NamedTuple):
    """One message in both languages; `str()` gives the reader's own."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if os.environ.get("HOCSO_LANG", "vi").lower().startswith("en") else self.vi


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: path from the project's root with `/`, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """`new` for `old`, which stands at this place, or behind marks (`## `, `"`), and within its line; an empty `old`
    puts `new` in."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong stands next to how to mend it."""

    rule: str
    severity: Severity
    place: Place
    message: Text
    fix: Text
    edits: tuple[Edit, ...] = ()
    """The mend as `--fix` writes it, all of it or nothing; empty where only a person can know."""

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Finding:
        """From what `astuple` gave, after its way through JSON."""
        rule, severity, place, message, fix, edits = row
        written = tuple(Edit(Place(*at), old, new) for at, old, new in edits)
        return cls(rule, severity, Place(*place), Text(*message), Text(*fix), written)


Words = tuple[str, str]
"""Vietnamese and English."""


def error(
    rule: str, place: Place, message: Words | None = None, fix: Words | None = None, edits: tuple[Edit, ...] = (),
    **words: Any,
) -> Finding:
    """In the words of `findings.toml`, filled with `words`; `rule/case` takes those of that case, then the rule's.

    What is kept with an item comes with a message and fix of its own, for its key knows only code; a refusal is kept
    nowhere."""
    name = rule.partition("/")[0]
    sayings = said_beside(__file__)
    said = {**sayings.get(name, {}), **sayings.get(rule, {})}
    if not said and not (message and fix):
        raise TypeError(f"generator/ground/findings.toml says nothing of {rule}")
    told = Text(*message) if message else filled(said["sai"], said["wrong"], words)
    mend = Text(*fix) if fix else filled(said["sua"], said["mend"], words)
    return Finding(name, "error", place, told, mend, edits)


def warning(
    rule: str, place: Place, message: Words | None = None, fix: Words | None = None, edits: tuple[Edit, ...] = (),
    **words: Any,
) -> Finding:
    return replace(error(rule, place, message, fix, edits, **words), severity="warning")


@cache
def said_beside(module: str) -> dict[str, dict[str, str]]:
    """The sentences of a module, which are in no key: nothing that is kept says them."""
    return tomllib.loads(Path(module).with_suffix(".toml").read_text("utf-8"))


def filled(vi: str, en: str, words: Mapping[str, object]) -> Text:
    both = [(name, word if isinstance(word, Text) else (word, word)) for name, word in words.items()]
    vi_words, en_words = ({name: _told(word[side]) for name, word in both} for side in (0, 1))
    return Text(vi.format_map(vi_words), en.format_map(en_words))


def _told(word: object) -> object:
    return shown(str(word)) if isinstance(word, str | PurePath) else word


COLOURS = {"LỖI": "1;31", "ERROR": "1;31", "nhắc": "33", "warning": "33"}
_GRAVE = re.compile(rf"(?m)^(\S[^\n]*?:\d+:\d+: )({'|'.join(COLOURS)})(?= \[)")


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By place, each said once."""
    return sorted(set(findings), key=lambda f: (f.place, f.severity, f.rule, f.message))


def in_words(finding: Finding) -> Text:
    """As people read it: where, how grave, what is wrong, and how to mend it."""
    place, grave = finding.place, finding.severity == "error"
    at = f"{shown(place.file)}:{place.line}:{place.column}"
    return Text(
        f"{at}: {'LỖI' if grave else 'nhắc'} [{finding.rule}] {finding.message.vi}\n    Cách sửa: {finding.fix.vi}",
        f"{at}: {'ERROR' if grave else 'warning'} [{finding.rule}] {finding.message.en}\n    Mend: {finding.fix.en}",
    )


def format_text(findings: Sequence[Finding]) -> str:
    """What stops a build comes first."""
    return "\n".join(str(in_words(finding)) for finding in sorted(findings, key=lambda finding: finding.severity))


def for_eyes(findings: Sequence[Finding], stream: TextIO) -> str:
    """With colour on a terminal that can; `NO_COLOR` is how people say that they want none."""
    told = format_text(findings)
    old_windows = sys.platform == "win32" and "WT_SESSION" not in os.environ
    if old_windows or os.environ.get("NO_COLOR") or not stream.isatty():
        return told
    return _GRAVE.sub(lambda found: f"{found[1]}\x1b[{COLOURS[found[2]]}m{found[2]}\x1b[0m", told)


def format_json(findings: Sequence[Finding]) -> str:
    rows: list[dict[str, object]] = [
        {"rule": f.rule, "severity": f.severity, **asdict(f.place), "message": str(f.message), "fix": str(f.fix)}
        for f in findings]
    return _as_json(rows)


def _as_json(rows: list[dict[str, object]]) -> str:
    return UNSEEN.sub(lambda sign: json.dumps(sign[0])[1:-1], json.dumps(rows, ensure_ascii=False, indent=1))


def format_github(findings: Sequence[Finding]) -> str:
    """Lines GitHub turns into notes beside the code; its own escapes for data and properties."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{f.severity} file={prop(shown(f.place.file))},line={f.place.line},col={f.place.column},"
        f"title={prop(f.rule)}::{data(f'{f.message} {f.fix}')}"
        for f in findings
    )


def format_gitlab(findings: Sequence[Finding]) -> str:
    """A report of code quality. A finding keeps its mark when lines above it come or go, whatever language tells it."""
    alike: Counter[tuple[str, ...]] = Counter()

    def row(finding: Finding) -> dict[str, object]:
        known = (finding.rule, finding.place.file, finding.message.vi)
        alike[known] += 1
        mark = hashlib.sha256("\0".join((*known, str(alike[known]))).encode("utf-8", "replace")).hexdigest()
        return {"description": f"{finding.message} {finding.fix}", "check_name": finding.rule, "fingerprint": mark,
                "severity": "blocker" if finding.severity == "error" else "minor",
                "location": {"path": finding.place.file, "lines": {"begin": finding.place.line}}}

    return _as_json([row(finding) for finding in findings])


FORMATS = {"text": format_text, "json": format_json, "github": format_github, "gitlab": format_gitlab}
