"""The ledger: which number belongs to what, append-only, for ever; and the check digit."""

from __future__ import annotations

import csv
import io
import re

from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error
from generator.handbook.keys import CHANNELS, EDITION_KEYS
from generator.handbook.model import Entry
from generator.handbook.values import parse_date

FILE = "qr/ledger.csv"
CHANNEL_TARGETS = {f"channel:{CHANNELS[key.vi]}": key.en for key in EDITION_KEYS if key.kind == "channel"}
"""What the ledger calls an edition's channels → what the edition does."""
COLUMNS = ("number", "target", "since", "until", "moved_to", "note")

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""Damm's quasigroup: catches every wrong digit and every swap of neighbours."""

RUNS = re.compile(r"(?:^|[;\t\r\n])\s*[=+@＝＋－＠-]")
"""What spreadsheets take for a formula: a cell that begins so, also where `;` parts cells."""
SERVICE_LINES = ("11", "156", "1022", "108", "18", "19")


def check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return str(state)


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]([0-9]{3}|[0-9]{5})", text)) and check_digit(text[:-1]) == text[-1]


def next_number(taken: set[str]) -> str:
    """The lowest free number; six digits when four have run out.

    Numbers that look like a service line (110–119, 156, 1022, 108x, 18xx, 19xx) are left out: somebody would dial them.
    """
    for width in (3, 5):
        for stem in range(10 ** (width - 1), 10**width):
            number = f"{stem}{check_digit(str(stem))}"
            if number not in taken and not number.startswith(SERVICE_LINES):
                return number
    raise AssertionError("more numbers asked for than six digits hold")


def read_ledger(source: Source) -> tuple[tuple[Entry, ...], list[Finding]]:
    findings: list[Finding] = []
    written = csv_rows(source.text)
    marks = [error("ledger.conflict", Place(source.file, line)) for line, cells in written if is_conflict(cells)]
    rows = [row for row in written if not is_conflict(row[1])]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        findings.append(error("ledger.header", Place(source.file, 1, 1), columns=','.join(COLUMNS)))
        return (), findings
    entries = []
    for line, cells in rows[1:]:
        place = Place(source.file, line, 1)
        finding = _row_finding(cells, place)
        findings += [finding] if finding else []
        if len(cells) >= 2:  # a row with a comma too few still has its number
            number, target, since, until, moved_to, note = [*cells, "", "", "", ""][: len(COLUMNS)]
            entries.append(Entry(number, target, since, until, moved_to, note, place))
    return tuple(entries), marks[:1] or findings  # what is wrong besides is told when that is mended


def csv_rows(text: str) -> list[tuple[int, list[str]]]:
    """Each line by itself: a quotation mark that nobody closed would swallow the rows below it, a withdrawal among
    them."""
    rows = []
    for number, line in enumerate(io.StringIO(text), start=1):
        try:
            cells = [cell.strip() for row in csv.reader([line.rstrip("\r\n")], strict=True) for cell in row]
        except csv.Error:
            cells = ["?"]
        if any(cells):
            rows.append((number, cells))
    return rows


def _row_finding(cells: list[str], place: Place) -> Finding | None:
    if len(cells) != len(COLUMNS):
        return error("ledger.columns", place, cells=len(cells), wanted=len(COLUMNS))
    number, target, since, until, moved_to, _ = cells
    if not is_number(number):
        return _wrong_number(number, place)
    if not target:
        return error("ledger.target", place, number=number)
    for day in (since, until):
        if (day or day == since) and parse_date(day) is None:
            return error("ledger.date", place, day=day)
    if moved_to and not until:
        return error("ledger.moved", place)
    return None


def is_conflict(cells: list[str]) -> bool:
    return cells[0].startswith(("<<<<", "====", ">>>>", "||||"))


def _wrong_number(number: str, place: Place) -> Finding:
    if re.fullmatch(r"[1-9]([0-9]{3}|[0-9]{5})", number):
        return error("ledger.check-digit", place, number=number)
    return error("ledger.number", place, number=number)
