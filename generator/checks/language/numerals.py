"""Số viết cho dễ đọc: 10.000 đồng, ngày 10/10/2026, số gọi chia nhóm (1900 1234). Số nhỏ viết chữ hay số đều được."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD, MANY
from generator.ground.findings import Finding, warning

_ANY = re.compile(r"[0-9](?:[0-9]{3}|[kK]\b| ?(?:đ|VNĐ|VND|vnđ)\b|[-.,][0-9])")
_MONEY = re.compile(r"\b(\d{1,12}(?:[.,]\d{3}){0,5}) ?(đ|VNĐ|VND|vnđ|k|K)(?!\w)")
_NO_DOTS = re.compile(r"(?<![\d./])(\d{4,15}|\d{1,3}(?:,\d{3}){1,5})(?= (?:đồng|tệ)\b)")
_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([-.])(\d{1,2})\2(\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_PHONE = re.compile(r"(?<![\d.,/])(?:0\d{9,10}|1[89]00\d{4,6})(?![\d.,/]\d|\d)")

Slip = tuple[re.Match[str], str]


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        if not _ANY.search(wording.text):
            continue
        for told in wording.of(HEARD | {"trainer"}):
            for match, mend in islice(_slips(told.plain), MANY) if _ANY.search(told.plain) else ():
                start, words = match.start(), match.group()
                if not wording.is_quoted(told, start, words):
                    yield warning("number.form", wording.place(told, start, words), words=words, mend=mend)


def _slips(plain: str) -> Iterator[Slip]:
    for match in _MONEY.finditer(plain):
        number = match.group(1).replace(",", "").replace(".", "") + ("000" if match.group(2) in "kK" else "")
        yield match, f"{_dotted(number)} đồng"
    for match in _NO_DOTS.finditer(plain):
        yield match, _dotted(match.group(1).replace(",", ""))
    for match in _DATE.finditer(plain):
        day, month, year = (match[1], match[3], match[4]) if match[1] else (match[7], match[6], match[5])
        yield match, f"{int(day):02}/{int(month):02}/{year}"
    for match in _PHONE.finditer(plain):
        yield match, _grouped(match.group())


def _dotted(number: str) -> str:
    return f"{int(number):,}".replace(",", ".")


def _grouped(number: str) -> str:
    """`1900 1234`, `0221 3 …`: from the left in fours, threes for the rest."""
    head, rest = number[:4], number[4:]
    parts = [rest[i : i + 3] for i in range(0, len(rest), 3)] if len(rest) != 4 else [rest]
    return " ".join((head, *parts))
