"""Không có gì riêng của ai: số di động, số căn cước 12 chữ số, số tài khoản, tên người sau ông, bà, đồng chí.
Chỗ ghi đơn vị không ghi họ tên. Ghi đơn vị, số trực của đơn vị."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import MANY
from generator.checks.looking.wordlists import word_list
from generator.ground.files import Source
from generator.ground.findings import Finding, Text, error

_MOBILE = re.compile(r"(?<![\w./_=&?%+-])(?:0|(?:\+|00)84[ .-]?)[35789](?:[ .-]?\d){8}(?!\w)")
_IDENTITY = re.compile(r"(?<![\w./_=&?%+-])0\d{2}(?:[ .-]?\d{3}){3}(?!\w)")
_ACCOUNT = re.compile(
    r"(?:số tài khoản|tài khoản số|stk|số thẻ|thẻ số)[^\d\n]{0,12}(\d(?:[ .-]?\d){5,})", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"[0-9](?:[ .-]?[0-9]){5}")
"""What all three have; most files have none."""
_TITLES = ("ông ", "Ông ", "ÔNG ", "bà ", "Bà ", "BÀ ", "đồng chí ", "Đồng chí ", "ĐỒNG CHÍ ")
PERSON = Text("tên người", "a person's name")
_NAME = re.compile(r"\w+")
_RANK = re.compile("(?:úy|uý|tá)$")
"""Of soldiers and police; generals have schools and squares."""
UPPER = "".join(sign for sign in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if sign.isupper())
_UNIT = re.compile(r"(?:đơn vị|điện thoại|giờ|duyệt|ngân hàng)[ \t]*:[ \t]*(?P<value>[^\n]+)")
"""Where contacts stand: only a unit is to be named there."""


def check(matter: Matter) -> Iterator[Finding]:
    for source in matter.reading.texts.values():
        yield from _contacts(source)
        yield from private_in(source)
    for row in matter.handbook.approvals:
        if name := person_in(row.unit):
            yield error("privacy.person", row.place, what=PERSON, words=name)


def private_in(source: Source) -> Iterator[Finding]:
    """Numbers and persons, wherever they stand."""
    if _LONG_NUMBER.search(source.text):
        yield from _numbers(source)
    told: set[str] = set()
    for start, words in _people(source.text):
        if words not in told and not _is_no_person(source.text, start, _places()):
            told.add(words)
            yield _found(source, start, words, PERSON)


@cache
def _places() -> tuple[str, ...]:
    """Offices and streets that bear a person's name."""
    return tuple(entry.words.lower() for entry in word_list("names").entries)


@cache
def _person() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A whole name at the beginning, behind a mark or a title; and a first name alone behind a title that needs no
    more: with a capital only where something begins, for `phường Cô Giang` is a ward."""
    titles = word_list("titles").entries
    whole, first, ranks = (
        "|".join(re.escape(title) for title in sorted(found, key=len, reverse=True)) for found in (
            [title.words for title in titles], [title.words for title in titles if title.instead],
            [title.words for title in titles if _RANK.search(title.words)]))
    names = word_list("surnames").names
    surname = "|".join(sorted({*names, *map(str.upper, names)}))
    begin, name = r"(?:^|[,;:(–-])[\s\"']*", rf"[{UPPER}]\w*"
    return (
        re.compile(rf"(?:{begin}|(?P<title>(?<!\w)(?i:{whole}))[\s.]+)(?P<name>(?:{surname})(?: {name}){{1,3}})(?!\w)"
                   rf"|(?P<rank>(?<!\w)(?i:{ranks}))[\s.]+(?P<all>(?i:{surname})(?: \w+){{1,3}})"),
        re.compile(rf"(?:{begin}(?i:{first})|(?P<title>(?<!\w)(?<!tiếng )(?:{first}|(?i:{ranks}|bs|ths|đ/c))))[\s.]+"
                   rf"(?P<name>{name}(?: {name}){{0,2}})(?=[\s\"']*(?:$|[,;:()0-9#–-]))"))


def _named(value: str) -> Iterator[tuple[int, str]]:
    """Each name once, where it begins."""
    told: set[int] = set()
    for pattern in _person():
        for found in pattern.finditer(value):
            sort = "all" if found.groupdict().get("all") else "name"
            spots = {found.start(sort), found.end(sort)}
            title = found.start("title") if found["title"] else -1
            if not (spots & told or _is_known(value, found.start(), found.start(sort))
                    or (title >= 0 and _is_of_a_place(value, title))):
                told |= spots
                yield found.start(sort), found[sort]


def _is_known(value: str, begin: int, name: int) -> bool:
    """Offices and streets, with what stands before them: `Bác sĩ Gia đình`, `Đoàn Thanh niên`."""
    return any(value[at : at + 40].lstrip(" \"',;:(–-").lower().startswith(_places()) for at in (begin, name))


def _is_of_a_place(text: str, start: int) -> bool:
    """`xã Ông Đình`: what stands before a title with a capital says that it names a place or a school."""
    before = text[max(0, start - 24) : start].lower()
    return text[start : start + 1].isupper() and bool(named_so().search(before))


@cache
def named_so() -> re.Pattern[str]:
    """Streets, schools, places: what bears the name behind it."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(entry.words for entry in word_list('titles').right)})\s+$")


def person_in(unit: str) -> str:
    """A person's name where a unit is to be named, or nothing."""
    titled = next((words for at, words in _people(unit) if not _is_no_person(unit, at, _places())), "")
    return titled or next((name for _, name in _named(unit)), "")


def has_mobile(text: str) -> bool:
    """Whether a number of somebody's own is told there by this rule."""
    return bool(_MOBILE.search(text))


def _contacts(source: Source) -> Iterator[Finding]:
    for unit in islice(_UNIT.finditer(source.text), MANY):
        for at, name in _named(unit["value"]):
            yield _found(source, unit.start("value") + at, name, PERSON)


def _people(text: str) -> Iterator[tuple[int, str]]:
    """Plain searches: a pattern over every file would take most of the time of all rules together."""
    for title in _TITLES:
        at = text.find(title)
        while at >= 0:
            end = at + len(title)
            if text[end : end + 1].isupper() and not text[at - 1 : at].isalnum() and (name := _NAME.match(text, end)):
                yield at, text[at : name.end()]
            at = text.find(title, end)


def _numbers(source: Source) -> Iterator[Finding]:
    taken: set[int] = set()
    for pattern, what in (
        (_MOBILE, Text("số di động", "a mobile number")),
        (_IDENTITY, Text("số căn cước", "an identity number")),
        (_ACCOUNT, Text("số tài khoản, số thẻ", "an account or card number")),
    ):
        for match in islice(pattern.finditer(source.text), MANY):
            start = match.start(match.lastindex or 0)
            if start not in taken:
                taken.add(start)
                yield _found(source, start, match.group(match.lastindex or 0), what)


def _is_no_person(text: str, start: int, places: tuple[str, ...]) -> bool:
    """Offices, streets and tales; `bà Tư` of a joke is a person all the same."""
    before = text[max(0, start - 6) : start].lower()
    return (text[start : start + 40].lower().startswith(places) or before.endswith(("hai ", "phố ", "đường "))
            or _is_of_a_place(text, start))


def _found(source: Source, start: int, words: str, what: Text) -> Finding:
    return error("privacy.person", source.place(start), what=what, words=words)
