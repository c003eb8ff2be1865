"""How letters are to be spelled: where tone marks stand, and what only looks like a letter of ours."""

from __future__ import annotations

import re

from generator.checks.wordlists import word_list
from generator.handbook.sections import FENCE

_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԚԜαοινρκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwABEKMHOPCTYXIJSQWaoivpkABEZHIKMNOPTYX",
)
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]")


def _table() -> dict[str, str]:
    return {entry.words: entry.instead for entry in word_list("tones").entries}


_TONES = _table()
_TONES |= {wrong.upper(): right.upper() for wrong, right in _TONES.items()}
_TONES |= {wrong[0].upper() + wrong[1:]: right[0].upper() + right[1:] for wrong, right in _table().items()}
_MISPLACED = re.compile(rf"(?<![qQ])(?:{'|'.join(_TONES)})(?!\w)")
_ADDRESS = re.compile(r"\S*(?:://|\.(?:vn|com|net|org|md|png|jpg|svg)\b)\S*")

Misplaced = tuple[int, str, str]
"""Offset of a word, the word, and how it is spelled here."""


def find_misplaced(text: str) -> list[Misplaced]:
    """Words whose mark stands on the second vowel at the word's end: `hoà`; not `quý`, not `hoàn`, not addresses."""
    if not any(pair in text for pair in _TONES):
        return []
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    found = []
    for match in _MISPLACED.finditer(text):
        start = match.start()
        while start and text[start - 1].isalpha():
            start -= 1
        if not any(first <= start < last for first, last in addresses):
            right = text[start : match.start()] + _TONES[match.group()]
            found.append((start, text[start : match.end()], right))
    return found


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
    ours = any(letter.isalpha() and not _OTHER.match(letter) for letter in word)
    return ours and not _OTHER.search(plain_letters(word))
