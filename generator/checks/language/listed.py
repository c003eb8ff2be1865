"""Nói bằng lời của bà con: không từ công văn (triển khai, thực hiện, thao tác, truy cập…), không từ nghề máy (đồng bộ,
cấu hình, phiên bản…). Một việc một từ: bấm, không nhấn, ấn, chạm, click; một thứ một từ: đường link, cúp máy.
Không dùng từ chỉ một miền quen. Không gọi "người dùng", không chê."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD
from generator.checks.looking.wordlists import hits, word_list
from generator.ground.findings import Finding, warning

_OWN = HEARD - {"further"}  # links bear the titles of other pages
LISTS = {
    # List → the rule that tells its words, and where they are looked for.
    "officialese": ("word.office", _OWN),
    "jargon": ("word.jargon", _OWN),
    "press-words": ("word.press", HEARD),
    "decided": ("word.decided", HEARD),
    "regional": ("word.regional", _OWN),
    "address": ("address.strange", HEARD),
    "blame": ("address.blame", HEARD),
}

LOOKED_AFTER = ("jargon", "officialese")
"""A word of these that the glossary explains is the rule of terms' own."""


def check(matter: Matter) -> Iterator[Finding]:
    explained = {name.lower() for term in matter.handbook.glossary for name in (term.name, *term.aliases)}
    for wording in matter.wordings:
        for listed, (rule, roles) in LISTS.items():
            for place, entry in hits(wording, word_list(listed), roles):
                if listed not in LOOKED_AFTER or entry.words not in explained:
                    yield warning(rule, place, words=entry.words, instead=entry.instead)
