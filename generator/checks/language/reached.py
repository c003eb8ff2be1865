"""Số máy bài bảo gọi phải gọi được: đủ chữ số, có mã vùng, số ngắn có thật, viết bằng chữ số thường. Chỗ để gặp, để hỏi
là đơn vị, không phải tên một người."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.language.privacy import PERSON, UPPER, has_mobile
from generator.checks.looking.matter import Matter
from generator.checks.looking.units import kind_of
from generator.checks.looking.wording import Told, Wording
from generator.checks.looking.wordlists import provinces, word_list
from generator.ground.findings import Finding, error
from generator.handbook.phones import SPELLED, numbers_in, phone_fault

_CALLED = re.compile(
    r"(?i)(?<!\w)(?:gọi(?: (?:điện|máy|lại|ngay|số|tới|đến|cho|vào|thẳng|về))*|bấm(?: gọi)?(?: số)?|quay số|số máy"
    r"|tổng đài|đường dây nóng|hotline|sđt|điện thoại(?: số)?)[:\s]+(?P<number>[0-9(+]\w*(?:[ .()-]{1,2}[0-9]\w*)*)")
_SPOKEN = re.compile(rf"(?i)(?<!\w)(?:gọi|bấm|số|máy|thoại)[:\s]+(?P<number>{SPELLED.pattern})")
_OTHER_DIGIT = re.compile(r"(?:(?![0-9])\d)+")
_AREA = re.compile(r"\(?(?:0[2-9]|\+84)")
_AMOUNT = re.compile(r"\s*(?:đồng|nghìn|triệu|lần|giờ|phút|giây|ngày|phím|nút|người|số|chữ|mục|bước|%|/|:)|[.,][0-9]")
_NAME = rf"(?P<name>[{UPPER}][\w'’]*(?: [{UPPER}][\w'’]*)*)"
_LEADS = re.compile(
    rf"(?<!\w)(?:[Ee]m|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Tt]hầy|[Bb]ác|[Cc]ậu|[Dd]ì) {_NAME}|(?<!\w)(?<!áy )(?<!dụng )"
    rf"(?:[Gg]ặp|[Hh]ỏi|[Nn]hờ|[Ll]iên hệ) {_NAME.replace('name', 'alone')}"
    r"(?=[.,;:!?)]|$| (?:ở|tại|trực|để|giúp|làm|hay|hoặc|và|là|thì|bên)(?!\w))")
"""`chị Hoa`, `Hỏi Tuấn ở công an`; a machine asks `Cho phép`."""
_GIVEN = re.compile(rf"[{UPPER}]['’]?[^\W\d_A-Z]*(?:['’][{UPPER}]?[^\W\d_]*)?")
"""One word of a name: `Tuấn`, `A`, `H'Hen`; not `AI`, `VNeID`."""

_NOBODY = frozenset({"ơi", "ấy", "google", "facebook", "zalo", "youtube", "android", "iphone", "đồng"})
"""With a capital now and then: `chị Ơi`, words on a button, names of firms."""


def check(matter: Matter) -> Iterator[Finding]:
    known = _known(matter)
    for wording in matter.wordings:
        if re.search(r"\d", wording.text) or SPELLED.search(wording.text):
            yield from _numbers(wording)
        yield from _people(wording, known)


def _numbers(wording: Wording) -> Iterator[Finding]:
    for told in wording.told:
        for words in dict.fromkeys(_wrong_numbers(told.plain)):
            yield error("reach.number", wording.place(told, told.plain.index(words), words), words=words)


def _wrong_numbers(text: str) -> Iterator[str]:
    yield from (found[0] for found in _OTHER_DIGIT.finditer(text))
    yield from (found["number"] for found in _SPOKEN.finditer(text))
    rows = [(row.start(), row[0]) for row in numbers_in(text) if _AREA.match(row[0])]
    rows += [(found.start("number"), found["number"]) for found in _CALLED.finditer(text)]
    for at, row in rows:
        if _AMOUNT.match(text, at + len(row)) or has_mobile(row) or len(re.findall("[0-9]", row)) < 3:
            continue
        fault = phone_fault(row)
        if fault and fault.case != "mobile":
            yield row


def _people(wording: Wording, known: frozenset[str]) -> Iterator[Finding]:
    for told in wording.told:
        for found in _LEADS.finditer(told.plain):
            name = found["name"] or found["alone"]
            start = found.end() - len(name)
            if _is_person(name, told, found.end(), known) and not wording.is_quoted(told, start, name):
                yield error("privacy.person", wording.place(told, start, name), what=PERSON, words=name)


def _is_person(name: str, told: Told, end: int, known: frozenset[str]) -> bool:
    """Neither a unit, an app, a place of our lists nor the beginning of a sentence."""
    rest, first = told.plain[end - len(name) :], name.split()[0].casefold()
    return (all(map(_GIVEN.fullmatch, name.split())) and first not in known and first not in _NOBODY
            and not kind_of(f"{rest.split(',')[0]} 1") and told.plain[end : end + 1] not in ("”", '"')
            and not any(rest.casefold().startswith(f"{one} ") for one in known if " " in one))


def _known(matter: Matter) -> frozenset[str]:
    """What has a name and is nobody: apps, sites, words of the glossary, places."""
    book = matter.handbook
    names = [*(one.name for one in (*book.platforms, *book.apps)), *(one.name for one in book.glossary),
             *(alias for one in book.glossary for alias in one.aliases),
             *(entry.words for entry in word_list("names").entries),
             *(entry.words for entry in word_list("unit-words").entries if " " in entry.words),
             *(one for one in provinces() if " " in one)]
    brands = {word for one in (*book.platforms, *book.apps) for word in one.name.split()}
    return frozenset(name.casefold() for name in (*names, *brands))
