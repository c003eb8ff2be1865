"""Hình vẽ chỉ ghi chữ đã biết chắc: tên ứng dụng có trong platforms.yml, chữ còn nằm ở `cần xác nhận` thì vẽ `…`.
Ở `cần xác nhận`, chữ trên máy đặt trong ngoặc kép, in đậm, hay ngay sau "tên nút", "chữ trên nút", "tên mục"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter, Parts
from generator.ground.findings import Finding, error
from generator.handbook.lesson.rows import SEVERAL, UNSURE, icons_of, sure_words
from generator.handbook.model import Card, Row, Topic

_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|\*\*([^*]+)\*\*")
_NAMING = re.compile(r"(?:chữ|tên)(?: (?:trên|ở|của))?(?: (?:các|những))? (?:nút|mục|ô|dòng|phím|thẻ|biểu tượng):? ")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_ENDS = re.compile(r"$|[,;.:()]| (?:của|trong|trên|ở|và|hoặc|hay|có|là|khi|với|trước|sau|thì|còn)(?!\w)")


def check(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    apps = {platform.name.casefold() for platform in (*book.platforms, *book.apps)}
    for parts in matter.lessons:
        yield from _unsure(parts)
        for row in parts.rows:
            if row.kind == "ứng dụng" and not _is_open(row.text) and row.text.casefold() not in apps:
                yield matter.remind("screen.app-name", row.place, name=row.text)


def _is_open(text: str) -> bool:
    return text == UNSURE or "{{" in text


def _unsure(parts: Parts) -> Iterator[Finding]:
    if not isinstance(parts.lesson, Topic | Card):
        return
    facts = [fact.text for fact in parts.lesson.office.open_facts]
    quoted = {_neat(words): fact for fact in facts for words in _quoted(fact)}
    named = [(fact[match.end() :], fact) for fact in facts for match in _NAMING.finditer(fact)]
    if not quoted and not named:
        return
    for row in (row for screen in parts.screens if not screen.seen for row in screen.rows):
        for label in _labels(row):
            fact = quoted.get(_neat(label)) or next((fact for rest, fact in named if _names(rest, label)), "")
            if fact:
                yield error("screen.unsure", row.place, label=label, fact=fact)


def _labels(row: Row) -> Iterator[str]:
    names = icons_of(row) if row.kind in SEVERAL else (row.text,)
    yield from (sure_words(name) for name in names if not _is_open(name))


def _quoted(fact: str) -> Iterator[str]:
    for groups in _QUOTED.findall(fact):
        yield from filter(None, groups)
    if _NAMING.search(fact):
        for inside in _IN_BRACKETS.findall(fact):
            yield from re.split(r", | hoặc | hay ", inside)


def _names(rest: str, label: str) -> bool:
    """Right after “tên nút”, as long as something shows where the label ends."""
    return label[:1].isupper() and rest.startswith(label) and _ENDS.match(rest, len(label)) is not None


def _neat(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:").casefold()
