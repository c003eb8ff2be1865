"""Câu ngắn: nhiều nhất 20 chữ. Quá 30 chữ thì người nghe quên mất đầu câu."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD, Role, Told, Wording, sentences
from generator.ground.findings import Finding, error, warning
from generator.handbook.spoken import count

LONG, TOO_LONG = 20, 30
_DIGIT = re.compile(r"\d")
_ROLES = HEARD - {"title", "further"}
_OWN_RULE: frozenset[Role] = frozenset({"step", "guard", "safety"})
"""Their whole length is counted by the rules of steps and warnings."""


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for told in wording.of(_ROLES):
            plain = told.plain  # a chữ and its space are two letters at least; a number may be read as many
            if len(plain) > LONG * 2 and (plain.count(" ") >= LONG or _DIGIT.search(plain)):
                yield from _phrase(wording, told)


def _phrase(wording: Wording, told: Told) -> Iterator[Finding]:
    at = 0
    for sentence in sentences(told.plain):
        at = told.plain.find(sentence, at)
        start, at = at, at + len(sentence)
        length = count(sentence)
        if length <= LONG or (length <= TOO_LONG and told.role in _OWN_RULE):
            continue
        report = error if length > TOO_LONG else warning
        first = sentence.split()[0]
        yield report("sentence.long", wording.place(told, start, first), length=length, long=LONG, too_long=TOO_LONG)
