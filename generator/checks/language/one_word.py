"""Một việc một từ: bấm, không nhấn, ấn, chạm, click. Tên nút viết đúng như trên máy và in đậm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD, MANY, Wording
from generator.checks.looking.wordlists import hits, word_list
from generator.ground.findings import Finding, warning

_QUOTED_BUTTON = re.compile(r"\b[Bb]ấm (?:vào )?(?:nút |mục |chữ |dòng |ô )?[“\"]([^”\"]{1,30})[”\"]")


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for hit in hits(wording, word_list("press-words"), HEARD):
            yield warning("word.press", wording.place(hit.told, hit.start, hit.entry.words), words=hit.entry.words,
                          instead=hit.entry.instead)
        yield from _buttons(wording)


def _buttons(wording: Wording) -> Iterator[Finding]:
    for told in wording.of(("step", "variant", "note")):
        for match in islice(_QUOTED_BUTTON.finditer(told.plain), MANY):
            yield warning("word.button", wording.place(told, match.start(1), match.group(1)), name=match.group(1))
