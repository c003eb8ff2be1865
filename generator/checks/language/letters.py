"""Chữ viết một kiểu: hóa, hòa, thủy, khỏe (không hoá, hoà, thuỷ, khoẻ), dấu ghép liền chữ, không lẫn chữ nước khác
hay ký tự không nhìn thấy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking import tones
from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import MANY
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.mistakes import unseen_signs

_WORD = re.compile(r"\w+")


def check(matter: Matter) -> Iterator[Finding]:
    for source in matter.reading.texts.values():
        if not source.was_nfc:
            yield warning("letters.nfc", Place(source.file))
        for place, code in unseen_signs(source, matter.reading.findings):
            yield error("letters.unseen", place, code=code)
        yield from _tones(source)
        if tones.has_other_script(source.text):
            yield from _foreign(source)


def _tones(source: Source) -> Iterator[Finding]:
    found = tones.find_misplaced(source.text)
    if not found:
        return
    drawn = tones.fenced_lines(source.text)
    for start, wrong, right in found[:MANY]:
        place = source.place(start)
        if place.line not in drawn:
            yield warning("letters.tone", place, wrong=wrong, right=right)


def _foreign(source: Source) -> Iterator[Finding]:
    """One finding a word; letters that only look like ours have an unambiguous twin."""
    told: set[str] = set()
    for match in _WORD.finditer(source.text):
        word = match.group()
        odd = tones.OTHER_SCRIPT.search(word)
        if odd is None or word in told or len(told) >= MANY:
            continue
        told.add(word)
        rule = "letters.alike/clear" if tones.is_spelled_alike(word) else "letters.alike"
        yield error(rule, source.place(match.start()), word=word, odd=odd.group(), right=tones.plain_letters(word))
