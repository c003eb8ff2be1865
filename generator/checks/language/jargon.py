"""Không dùng từ nghề máy (đồng bộ, cấu hình, phiên bản…): thay bằng lời thường."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD
from generator.checks.looking.wordlists import hits, word_list
from generator.ground.findings import Finding, warning

_ROLES = HEARD - {"further"}


def check(matter: Matter) -> Iterator[Finding]:
    known = {name.lower() for term in matter.handbook.glossary for name in (term.name, *term.aliases)}
    for wording in matter.wordings:
        for hit in hits(wording, word_list("jargon"), _ROLES):
            if hit.entry.words in known:
                continue  # the glossary explains it, and the rule of terms looks after it
            yield warning("word.jargon", wording.place(hit.told, hit.start, hit.entry.words), words=hit.entry.words,
                          instead=hit.entry.instead)
