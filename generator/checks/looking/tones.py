"""How letters are to be spelled: where tone marks stand, and what only looks like a letter of ours."""

from __future__ import annotations

import re

from generator.checks.looking.wordlists import word_list
from generator.handbook.lesson.sections import FENCE

_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԚԜαοινρκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwABEKMHOPCTYXIJSQWaoivpkABEZHIKMNOPTYX",
)
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]")


_TONES = {entry.words: entry.instead for entry in word_list("tones").entries}
_PAIR = re.compile(rf"[oOuU][{''.join(dict.fromkeys(wrong[-1] + wrong[-1].upper() for wrong in _TONES))}](?!\w)")
"""Begins with a set of letters and nothing else: the quickest search there is, run over every file."""
_LEADS = bytes([*range(0xCD, 0xD5), 0xEF])
"""First bytes of Greek, Cyrillic and wide letters in UTF-8."""
_ADDRESS = re.compile(r"://|\.(?:vn|com|net|org|md|png|jpg|svg)\b")
_LONGEST_ADDRESS = 200

Misplaced = tuple[int, str, str]
"""Offset of a word, the word, and how it is spelled here."""


def find_misplaced(text: str) -> list[Misplaced]:
    """Words whose mark stands on the second vowel at the word's end: `hoà`; not `quý`, not `hoàn`, not addresses."""
    pairs = [match for match in _PAIR.finditer(text) if text[match.start() - 1 : match.start()] not in ("q", "Q")]
    if not pairs:
        return []
    found = []
    for match in pairs:
        pair, start = match.group(), match.start()
        while start and text[start - 1].isalpha() and match.start() - start < _LONGEST_ADDRESS:
            start -= 1
        right = _TONES.get(pair.lower())
        if right and not _in_address(text, start, match.end()):
            right = "".join(new.upper() if old.isupper() else new for old, new in zip(pair, right, strict=True))
            found.append((start, text[start : match.end()], text[start : match.start()] + right))
    return found


def _in_address(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LONGEST_ADDRESS) : start]
    after = text[end : end + _LONGEST_ADDRESS]
    token = re.split(r"\s", before)[-1] + text[start:end] + re.split(r"\s", after, maxsplit=1)[0]
    return bool(_ADDRESS.search(token))


def has_other_script(text: str) -> bool:
    """A quick look that never misses one; `OTHER_SCRIPT` says where."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _LEADS)) != len(data)


def fenced_lines(text: str) -> set[int]:
    """Numbers of the lines inside fences: a screen says what the phone says, however it is spelled."""
    inside, fence = set(), False
    for number, line in enumerate(text.split("\n"), start=1):
        if FENCE.match(line):
            fence = not fence
        elif fence:
            inside.add(number)
    return inside


def plain_letters(word: str) -> str:
    return word.translate(_ALIKE).translate(_WIDE)


def is_spelled_alike(word: str) -> bool:
    """True when nothing of another script is left after the change and some letters were ours from the start."""
    ours = any(letter.isalpha() and not OTHER_SCRIPT.match(letter) for letter in word)
    return ours and not OTHER_SCRIPT.search(plain_letters(word))
