"""Tiếng nước ngoài chỉ dùng từ có trong words/foreign.txt và bảng từ khó: người không biết đọc là đứng lại."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import HEARD, MANY, Wording
from generator.checks.looking.wordlists import cover, word_list
from generator.ground.files import fold
from generator.ground.findings import Finding, error

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|oong|ua|uai|uao|uau|uay|ue|ueu|ui|uo|"
    r"uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)(?:ch|ng|nh|[cmnpt])?"
)
"""What Vietnamese words are made of, without accents."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\.(?:vn|com|net|org|gov|info|me|app|example)\b|@|://", re.IGNORECASE)
_SPOKEN_DOT = "chấm"


def check(matter: Matter) -> Iterator[Finding]:
    allowed = _allowed(matter)
    names = {name: frozenset(_LETTERS.findall(name)) for name in allowed if " " in name or "-" in name}
    right = set(allowed)
    for wording in matter.wordings:
        unseen = wording.words - right
        strange = {word for word in unseen if not _is_vietnamese(word)}
        right |= unseen - strange
        if strange:
            yield from _lesson(wording, strange, names)


def _allowed(matter: Matter) -> set[str]:
    listed = {entry.words.lower() for entry in word_list("foreign").entries if not entry.instead}
    listed |= {entry.words.lower() for entry in word_list("abbreviations").entries if not entry.instead}
    for term in matter.handbook.glossary:
        listed |= {name.lower() for name in (term.name, *term.aliases)}
    for platform in matter.handbook.platforms:
        listed |= set(platform.name.lower().split())
    return listed


def _is_vietnamese(word: str) -> bool:
    """Words with digits are numbers, seats and made-up passwords, not a language."""
    return bool(_SYLLABLE.fullmatch(fold(word))) or not word.isalpha() or word in _SINGLE


_SINGLE = frozenset("bcdđghklmnpqrstvxfjwz")
"""Letters spelled out: `chữ x`."""


def _lesson(wording: Wording, strange: set[str], names: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    mends = {entry.words.lower(): entry.instead for entry in word_list("foreign").entries}
    here = [name for name, words in names.items() if not strange.isdisjoint(words)]
    covered = cover(wording, here)
    for word in sorted(strange)[:MANY]:
        for offset in islice(wording.find(word), MANY):
            told, start = wording.at(offset)
            inside = covered[offset] or _in_address(told.plain, start, word)
            if inside or told.role not in HEARD - {"further"} or wording.is_quoted(told, start, word):
                continue
            shown = told.plain[start : start + len(word)]
            mend = mends.get(word, "")
            rule = "word.foreign/known" if mend else "word.foreign"
            yield error(rule, wording.place(told, start, shown), word=shown, mend=mend)
            break


def _in_address(plain: str, start: int, word: str) -> bool:
    """As written, or as read out: `vneid chấm gov chấm vn`."""
    before, after = plain[:start], plain[start + len(word) :]
    whole = before[before.rfind(" ") + 1 :] + word + after.split(" ", 1)[0]
    around = (before.split()[-1:], after.split()[:1])
    return bool(_ADDRESS.search(whole)) or [_SPOKEN_DOT] in around
