"""Một bước một việc: bắt đầu bằng việc tay làm (mở, bấm, gõ…), nhiều nhất 20 chữ, không nối hai việc bằng "rồi".
Tên nút viết đúng như trên máy và in đậm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Role, Told, Wording
from generator.checks.looking.wordlists import word_list
from generator.ground.findings import Finding, warning
from generator.handbook.spoken import count

LONGEST = 20
_LABEL = re.compile(r"^[^:,.]{1,24}: +")
_CONDITION = re.compile(r"^(?:nếu|khi|muốn|chưa|ai|lúc|máy nào|bác nào|với)\b[^,]*, *(?:thì )?")
_LEAD = re.compile(r"^(?:hãy|lại|cùng|cả nhà|cứ|từ từ|nhẹ nhàng|nhẹ tay|tự|tiếp tục|bác|bà con|mình) +")
_JOINTS = re.compile(r"\bsau đó\b|\bđồng thời\b|;")
_THEN = re.compile(r"\brồi (?:mới |lại )?(\w+(?: \w+)?)")
_QUOTED_BUTTON = re.compile(r"\b[Bb]ấm (?:vào )?(?:nút |mục |chữ |dòng |ô )?[“\"]([^”\"]{1,30})[”\"]")
_CLAUSE = re.compile(r"(?:[,.:;!] +|\b(?:và|rồi) +)")

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
    if not any(_begins(part, "action-verbs") for part in (text, _LABEL.sub("", text))):
        yield warning("step.verb", told.phrase.place, words=' '.join(told.plain.split()[:3]))
    joint = _second_action(_LABEL.sub("", text))
    if joint:
        yield warning("step.two-actions", wording.place(told, max(0, text.find(joint)), joint), joint=joint)


def _begins(text: str, listed: str) -> str:
    """The verb a text begins with; before it a condition or a word of address may stand."""
    text = _LEAD.sub("", _CONDITION.sub("", text.strip())).lstrip("“\"")
    words = re.findall(r"\w+", text)[:2]
    verbs = word_list(listed).names
    return next((verb for verb in (" ".join(words), *words[:1]) if verb in verbs), "")


def _second_action(text: str) -> str:
    joint = _JOINTS.search(text)
    if joint:
        return joint.group()
    for then in _THEN.finditer(text):
        if _begins(then.group(1), "hand-verbs"):
            return then.group()
    verbs = [verb for part in _CLAUSE.split(_CONDITION.sub("", text)) if (verb := _begins(part, "hand-verbs"))]
    return next((verb for verb in verbs[1:] if verb != verbs[0]), "")
