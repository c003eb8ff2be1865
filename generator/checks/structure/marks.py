"""Words that look like our own marks: a proof takes a page that quotes one for a page that wears it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from itertools import accumulate

from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error
from generator.ground.marks import MARKS, letters_of

_UNSEEN = re.compile(r"[*_`\\]|<[^<>]*>|(?m:^\s*(?:>|-|\d+\.)\s)")
"""Of Markdown, what readers do not see."""


def check(matter: Matter) -> Iterator[Finding]:
    for file, source in matter.reading.texts.items():
        if file.endswith((".md", ".yml")):
            yield from quoted(source)


def quoted(source: Source) -> Iterator[Finding]:
    lines = source.lines if source.file.endswith(".md") else [line.partition(" #")[0] for line in source.lines]
    words = [letters_of(_UNSEEN.sub("", unescape(line))) for line in lines]
    whole, ends = "".join(words), [*accumulate(map(len, words))]
    for mark in MARKS:
        if (at := whole.find(letters_of(mark))) >= 0:
            yield error("text.mark", Place(source.file, bisect_right(ends, at) + 1), mark=mark)
