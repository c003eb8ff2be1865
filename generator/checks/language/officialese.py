"""Không dùng từ công văn (triển khai, thực hiện, tiến hành, thao tác, truy cập…): bà con không nói như thế."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD
from generator.checks.looking.wordlists import hits, word_list
from generator.ground.findings import Finding, warning

_ROLES = HEARD - {"further"}  # links bear the titles of other pages


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for hit in hits(wording, word_list("officialese"), _ROLES):
            yield warning("word.office", wording.place(hit.told, hit.start, hit.entry.words), words=hit.entry.words,
                          instead=hit.entry.instead)
