"""A phone screen as an editor writes it: one row a line, read into a `Screen`. Drawing it is the press's work."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.ground.files import fold
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.lesson.rows import (
    HOLD,
    KINDS,
    SEVERAL,
    SLIDER,
    SWITCH,
    TILES,
    UNHELD,
    UNSURE,
    icons_of,
    tiles_of,
)
from generator.handbook.mistakes import spelled
from generator.handbook.model import Row, Screen

TAP = "=>"
SEEN = "đã xem"
SWITCH_STATES = ("bật", "tắt")
MOST_READ = 50
"""Lines of one screen: what was pasted into a fence is told by the first of them."""
MOST_ROWS = 7
MOST_LETTERS = 72
"""Three lines of 24 letters."""
_FILLED = re.compile(r"\{\{[^{}]*+\}\}")
_BY_FOLD = {fold(name): name for name in (*KINDS, SEEN)}


def read_screen(lines: Sequence[str], first: Place) -> tuple[Screen | None, list[Finding]]:
    """The rows between the fences; `first` is where the first line begins, its indentation included.

    A row that cannot be understood is left out with a finding, so the others can still be drawn."""
    findings: list[Finding] = []
    rows: list[Row] = []
    seen = ""
    seen_at: Place | None = None
    for line, place in _written(lines, first):
        row = _read_row(line, place, findings)
        if seen_at:
            twice = row is not None and row.kind == SEEN
            findings.append(error("screen.seen-not-last/twice" if twice else "screen.seen-not-last", seen_at))
            seen_at = None
        if row and row.kind == SEEN:
            seen, seen_at = row.text, place
        elif row:
            rows.append(row)
    findings += _check_rows(rows, first)
    return (Screen(tuple(rows), seen, first) if rows else None), findings


def _written(lines: Sequence[str], first: Place) -> Iterator[tuple[str, Place]]:
    for index, line in enumerate(lines[:MOST_READ]):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            yield line.strip(), Place(first.file, first.line + index, first.column + indent)


def _read_row(line: str, place: Place, findings: list[Finding]) -> Row | None:
    tap = line.startswith(TAP)
    content = line.removeprefix(TAP).lstrip() if tap else line
    name, colon, text = content.partition(": ")
    if not colon and content.endswith(":"):
        name, colon = content[:-1], ":"
    at = Place(place.file, place.line, place.column + len(line) - len(content))
    if not colon:
        findings.append(_no_colon(content, at))
        return None
    kind = " ".join(name.split())
    hold = fold(kind).startswith(f"{fold(HOLD)} ")
    kind = kind.partition(" ")[2] if hold else kind
    known = next((k for k in (*KINDS, SEEN) if k.casefold() == kind.casefold()), None)
    if not known:
        findings.append(_unknown_kind(kind, at))
        return None
    if not text.strip():
        findings.append(_row_empty(known, at))
        return None
    row = _build_row(known, text.strip(), tap or (hold and TAP not in text), place, findings)
    if hold and known in UNHELD:
        findings.append(error("screen.hold", place, kind=known, word=HOLD))
    return replace(row, hold=hold and row.tap)


def _build_row(kind: str, text: str, tap: bool, place: Place, findings: list[Finding]) -> Row:
    if kind in SEVERAL:
        row = _row_of_several(kind, text, tap, place, findings)
    elif kind in KINDS and KINDS[kind].has_value:
        label, _, value = text.partition(" = ")
        percent = "%" if kind == SLIDER and value.strip().isdigit() else ""
        row = Row(kind, _label(label.removesuffix(" =")), _label(value) + percent, tap, place)
    else:
        row = Row(kind, _label(text), "", tap, place)
    if kind == SWITCH and row.value.casefold() not in SWITCH_STATES:
        findings.append(error("screen.switch-state", row.place, text=row.text, switch=SWITCH))
    findings += _wrong_words(row)
    if letters_in(row) > MOST_LETTERS and kind != SEEN:
        findings.append(warning("screen.row-too-long", row.place, letters=letters_in(row), most_letters=MOST_LETTERS))
    return row


def _label(text: str) -> str:
    return re.sub(r"(?<!\S)\.\.\.(?!\S)", UNSURE, text.strip())


def _wrong_words(row: Row) -> Iterator[Finding]:
    kind = KINDS.get(row.kind)
    if kind and kind.words:
        for text in icons_of(row) if row.kind in SEVERAL else (row.text,):
            bare = _FILLED.sub("", text).strip()
            if bare and bare.casefold() not in kind.words and not re.fullmatch(kind.shape, bare):
                allowed = ", ".join(filter(None, (*kind.words, kind.shape_name)))
                yield error("screen.words", row.place, kind=row.kind, text=text, words=allowed)


def _row_of_several(kind: str, text: str, tap: bool, place: Place, findings: list[Finding]) -> Row:
    """Its value is the one to tap, kept out of the text."""
    names = [name.strip() for name in text.split("|") if name.strip()]
    marked = [name.removeprefix(TAP).strip() for name in names if name.startswith(TAP)]
    names = [name.removeprefix(TAP).strip() for name in names]
    if tap and not marked:
        marked = names[:1]
        if len(names) > 1:
            mend = " | ".join((*names[:-1], f"{TAP} {names[-1]}"))
            findings.append(error("screen.which-icon", place, icons=kind, mend=mend))
    if not names:
        findings.append(_row_empty(kind, place))
    if len(marked) > 1:
        findings.append(error("screen.two-taps", place))
    row = Row(kind, " | ".join(names), marked[0].partition(" = ")[0] if marked else "", bool(marked), place)
    for name, state in tiles_of(row):
        if kind == TILES and state and state.casefold() not in SWITCH_STATES:
            findings.append(error("screen.switch-state", place, text=name, switch=kind))
    return row


def letters_in(row: Row) -> int:
    """The longer of label and value; what stands in `{{ … }}` has no length yet."""
    parts = icons_of(row) if row.kind in SEVERAL else (row.text, row.value)
    return max((len(_FILLED.sub("", part)) for part in parts), default=0)


def _check_rows(rows: Sequence[Row], first: Place) -> Iterator[Finding]:
    if not rows:
        yield error("screen.empty", first)
    if len(rows) > MOST_ROWS:
        yield error("screen.too-many-rows", rows[MOST_ROWS].place, rows=len(rows), most_rows=MOST_ROWS)
    for row in [row for row in rows if row.tap][1:]:
        yield error("screen.two-taps", row.place)


def _no_colon(content: str, place: Place) -> Finding:
    folded = fold(content)
    starts = sorted((k for k in _BY_FOLD if re.match(rf"{re.escape(k)}(?!\w)", folded)), key=len)
    kind = _BY_FOLD[starts[-1]] if starts else "chữ"
    rest = content[len(kind):].lstrip(" :=") if starts else content
    return error("screen.no-colon", place, content=content, kind=kind, rest=rest or UNSURE)


def _unknown_kind(kind: str, place: Place) -> Finding:
    near = difflib.get_close_matches(fold(kind), _BY_FOLD, 1, 0.6)
    if not near:
        return error("screen.unknown-kind", place, kind=kind, kinds=", ".join(KINDS))
    likely = _BY_FOLD[near[0]]
    return error("screen.unknown-kind/likely", place, edits=spelled(place, kind, likely), kind=kind, likely=likely)


def _row_empty(kind: str, place: Place) -> Finding:
    return error("screen.row-empty/seen" if kind == SEEN else "screen.row-empty", place, kind=kind, unsure=UNSURE)
