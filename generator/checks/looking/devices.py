"""Which phone a screen was held against, as whoever held it writes it: `Android 14`, `Samsung A15, mượn ở xã`."""

from __future__ import annotations

import re
from functools import cache

from generator.checks.looking.wordlists import word_list

_MODEL = re.compile(r"(?<!\w)[A-Z][A-Za-z]+[ -]?(?:[A-Z]{0,2}[0-9]{1,4}[A-Za-z]{0,2})(?![\w/.:-])")
"""Of a make that we do not know: `Nova 3`, `Meitu M8`; no day, no hour, no version."""


def names_phone(words: str) -> bool:
    return bool(_makes().search(words.casefold()) or _MODEL.search(words))


@cache
def _makes() -> re.Pattern[str]:
    known = sorted(word_list("devices").names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?:(?=[0-9])|(?!\w))")
