"""Numbers: the check digit, the next free one; and the ledger's rows."""

from __future__ import annotations

import pytest

from generator.ground.files import Source
from generator.handbook.ledger import (
    COLUMNS,
    FILE,
    SERVICE_LINES,
    check_digit,
    is_number,
    next_number,
    read_ledger,
)
from generator.handbook.model import Entry

HEAD = ",".join(COLUMNS) + "\n"


def test_the_table_is_damms() -> None:
    """Wikipedia's example, the number of the first topic, and what the algorithm promises."""
    assert (check_digit("572"), check_digit("104")) == ("4", "1")
    for stem in range(100, 1000, 7):
        number = f"{stem}{check_digit(str(stem))}"
        assert check_digit(number) == "0"
        for index in range(4):
            wrong = [number[:index] + digit + number[index + 1 :] for digit in "0123456789" if digit != number[index]]
            assert not any(check_digit(other) == "0" for other in wrong)
        for index in range(3):
            swapped = number[:index] + number[index + 1] + number[index] + number[index + 2 :]
            assert swapped == number or check_digit(swapped) != "0"


NUMBERS = [("1041", True), ("5724", True), ("1047", False), ("0418", False), ("104", False), ("10415", False),
           ("1041 ", False), ("", False), ("abcd", False), ("１０４１", False), ("1０41", False),
           ("10000" + check_digit("10000"), True), ("010002", False)]


@pytest.mark.parametrize(("text", "valid"), NUMBERS)
def test_is_number(text: str, valid: bool) -> None:
    assert is_number(text) is valid


def test_the_next_number_is_free_valid_and_no_emergency_line() -> None:
    assert {"11", "156"} <= set(SERVICE_LINES)
    four = [str(n) for n in range(1000, 10_000) if is_number(str(n)) and not str(n).startswith(SERVICE_LINES)]
    taken: set[str] = set()
    for number in four:
        assert next_number(taken) == number
        taken.add(number)
    six = next_number(taken)
    assert len(four) > 800 and len(six) == 6 and is_number(six)


def test_a_note_may_hold_commas_and_quotation_marks() -> None:
    rows = '1041,quet-ma,2026-11-20,,,"bài, có phẩy"\n5724,cu,2026-11-20,2027-01-01,quet-ma,"nói ""cũ""\"\n'
    assert read_ledger(Source(FILE, HEAD + rows)) == (
        (Entry("1041", "quet-ma", "2026-11-20", "", "", "bài, có phẩy"),
         Entry("5724", "cu", "2026-11-20", "2027-01-01", "quet-ma", 'nói "cũ"')), [])


ROWS = [
    ("1041,a,2026-11-20,,,", []),
    ("1041,a,20/11/2026,,,", []),
    ("\n\n1041,a,2026-11-20,,,\n", []),
    ("1041,a,2026-11-20,,", ["ledger.columns"]),
    ("1041,a,2026-11-20,,,,", ["ledger.columns"]),
    ("1041", ["ledger.columns"]),
    ("1047,a,2026-11-20,,,", ["ledger.check-digit"]),
    ("0418,a,2026-11-20,,,", ["ledger.number"]),
    ("1041,a,,,,", ["ledger.date"]),
    ("1041,a,2026-11-20,2026-02-30,,", ["ledger.date"]),
    ("1041,a,2026-11-20,,b,", ["ledger.moved"]),
    ("1041,,2026-11-20,,,", ["ledger.target"]),
    ("<<<<<<< HEAD\n1041,a,2026-11-20,,,\n=======\n>>>>>>> x", ["ledger.conflict"]),
    ('"1041,a\n' * 3, ["ledger.columns"] * 3),
    ('1041,a,2026-11-20,,,"mở\n1055,b,2026-11-20,,,\n', ["ledger.columns"]),
    ("x" * 200_000, ["ledger.columns"]),
]


@pytest.mark.parametrize(("rows", "rules"), ROWS, ids=[repr(row[0][:30]) for row in ROWS])
def test_rows(rows: str, rules: list[str]) -> None:
    _, findings = read_ledger(Source(FILE, HEAD + rows))
    assert [finding.rule for finding in findings] == rules


def test_a_row_with_a_comma_too_few_still_holds_its_number() -> None:
    entries, _ = read_ledger(Source(FILE, HEAD + "1041,quet-ma,2026-11-20\n"))
    assert entries == (Entry("1041", "quet-ma", "2026-11-20", "", "", ""),)
