"""Đoạn ngắn: nhiều nhất 3 câu và 50 chữ. Đoạn dài thì người đọc chậm bỏ qua. Bốn câu rất ngắn (30 chữ) vẫn được."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import LEARNER, sentences
from generator.ground.findings import Finding, warning
from generator.handbook.spoken import count

SENTENCES, SYLLABLES, SHORT = 3, 50, 30
_ROLES = LEARNER - {"title", "goal"}


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for told in wording.of(_ROLES):
            if not told.paragraph or len(told.plain) <= SHORT * 2:
                continue
            length, parts = count(told.plain), len(sentences(told.plain))
            if length > SYLLABLES or (parts > SENTENCES and length > SHORT):
                yield warning("paragraph.long", told.phrase.place, parts=parts, length=length, sentences=SENTENCES,
                              syllables=SYLLABLES)
