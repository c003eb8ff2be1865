"""Một bước một việc: bắt đầu bằng việc tay làm (mở, bấm, gõ…), nhiều nhất 20 chữ, không nối hai việc bằng "rồi".
Tên nút viết đúng như trên máy và in đậm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Role, Told, Wording
from generator.checks.looking.wordlists import LABEL, begins_with, clauses
from generator.ground.findings import Finding, warning
from generator.handbook.spoken import count

LONGEST = 20
_JOINTS = re.compile(r"\bsau đó\b|\bđồng thời\b|;")
_THEN = re.compile(r"\brồi (?:mới |lại )?(\w+(?: \w+)?)")
_QUOTED_BUTTON = re.compile(r"\b[Bb]ấm (?:vào )?(?:nút |mục |chữ |dòng |ô )?[“\"]([^”\"]{1,30})[”\"]")

_ROLES: frozenset[Role] = frozenset({"step"})


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for told in wording.of(_ROLES):
            yield from _step(wording, told)
        for told, match in wording.matches(_QUOTED_BUTTON, ("step", "variant", "note")):
            yield warning("word.button", wording.place(told, match.start(1), match.group(1)), name=match.group(1))


def _step(wording: Wording, told: Told) -> Iterator[Finding]:
    text = told.plain.lower()
    length = count(text)
    if length > LONGEST:
        yield warning("step.long", told.phrase.place, length=length, longest=LONGEST)
    if not any(begins_with(part, "action-verbs") for part in (text, LABEL.sub("", text))):
        yield warning("step.verb", told.phrase.place, words=' '.join(told.plain.split()[:3]))
    joint = _second_action(LABEL.sub("", text))
    if joint:
        yield warning("step.two-actions", wording.place(told, max(0, text.find(joint)), joint), joint=joint)


def _second_action(text: str) -> str:
    joint = _JOINTS.search(text)
    if joint:
        return joint.group()
    for then in _THEN.finditer(text):
        if begins_with(then.group(1), "hand-verbs"):
            return then.group()
    verbs = [verb for part in clauses(text) if (verb := begins_with(part, "hand-verbs"))]
    return next((verb for verb in verbs[1:] if verb != verbs[0]), "")
