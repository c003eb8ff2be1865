"""Words that look like our own marks: a proof takes a page that quotes one for a page that wears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error
from generator.ground.marks import DRAFT, TRIAL, UNSIGNED

_UNSEEN = re.compile(r"[*_`\\]|<[^<>]*>|(?m:^\s*(?:>|-|\d+\.)\s)")
"""Of Markdown, what readers do not see."""


def check(matter: Matter) -> Iterator[Finding]:
    for file, source in matter.reading.texts.items():
        if file.endswith((".md", ".yml")):
            yield from _quoted(source)


def _quoted(source: Source) -> Iterator[Finding]:
    lines = source.lines if source.file.endswith(".md") else [line.partition(" #")[0] for line in source.lines]
    words = [_seen(line) for line in lines]
    whole = " ".join(filter(None, words))
    for mark in (DRAFT, TRIAL, UNSIGNED):
        if mark in whole:
            yield error("text.mark", Place(source.file, _line_of(mark, words)), mark=mark)


def _seen(line: str) -> str:
    return " ".join(normalize("NFC", _UNSEEN.sub("", unescape(line))).split())


def _line_of(mark: str, words: list[str]) -> int:
    """Where it begins, if it goes on in the next line."""
    whole = (number for number, line in enumerate(words, 1) if mark in line)
    begun = (number for number, line in enumerate(words, 1) if line.endswith(tuple(
        mark[:end] for end in range(mark.index(" "), len(mark)) if mark[end] == " ")))
    return next(whole, next(begun, 1))
