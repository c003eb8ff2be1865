"""Chữ viết tắt phải viết đủ, trừ QR, OTP, PIN, AI, VNeID, Wi-Fi và vài chữ trong words/abbreviations.txt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD, MANY, Told, Wording
from generator.checks.looking.wordlists import word_list
from generator.ground.findings import Finding, error

_CAPITALS = re.compile(r"[A-ZĐ]{2}[A-ZĐ]*[0-9]*(?![\w-])")
_VOWELS = frozenset("AEIOUY")
_ROLES = (HEARD | {"trainer"}) - {"further"}


def check(matter: Matter) -> Iterator[Finding]:
    entries = word_list("abbreviations").entries
    known = {entry.words: entry.instead for entry in entries}
    for term in matter.handbook.glossary:
        for name in (term.name, *term.aliases):
            known.setdefault(name, "")
    for wording in matter.wordings:
        if _CAPITALS.search(wording.text):
            yield from _lesson(wording, known)


def _lesson(wording: Wording, known: dict[str, str]) -> Iterator[Finding]:
    times: Counter[str] = Counter()
    for match in _CAPITALS.finditer(wording.text):
        word = match.group()
        times[word] += 1
        if times[word] > MANY:
            continue
        before = wording.text[max(0, match.start() - 1) : match.start()]
        told, start = wording.at(match.start())
        if before.isalnum() or before in (".", "-", "/"):
            continue
        if told.role in _ROLES and _is_short(word, told, start, known):
            if wording.is_quoted(told, start, word) or _in_name(told, start, word):
                continue
            times[word] = MANY  # one finding a word
            full = known.get(word, "")
            rule = "word.abbreviation/known" if full else "word.abbreviation"
            yield error(rule, wording.place(told, start, word), word=word, full=full)


def _is_short(word: str, told: Told, start: int, known: dict[str, str]) -> bool:
    """A word in capitals for emphasis is no abbreviation: it has a vowel and is not in the list."""
    if word in known:
        return bool(known[word]) and not _shouted(told, start, word)
    return not _VOWELS & set(word)


def _shouted(told: Told, start: int, word: str) -> bool:
    around = (told.plain[:start].split()[-1:] + told.plain[start + len(word) :].split()[:1])
    return bool(_VOWELS & set(word)) and any(len(part) > 1 and part.isupper() for part in around)


def _in_name(told: Told, start: int, word: str) -> bool:
    """`CH` is half of `CH Play`."""
    names = (entry.words for entry in word_list("foreign").entries if " " in entry.words)
    return any(told.plain.startswith(name, start - name.find(word)) for name in names if word in name)
