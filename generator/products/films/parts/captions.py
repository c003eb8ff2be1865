"""Captions: the words spoken, cut so that two short lines are read while they are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from generator.press.compounds import words_of

LINE = 37
"""Characters a line."""
MARK, MARKED = "nhap", 4.0
"""The name of the cue that says a film is a draft, and how many seconds it is shown."""
SENTENCE, BREATH = 7, 3
"""How long the silence after a full stop and after a comma is, in characters spoken."""


@dataclass(frozen=True, slots=True)
class Caption:
    start: float
    end: float
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def caption_words(text: str, start: float, spoken: float, end: float, line: int = LINE) -> list[Caption]:
    """The captions of one scene whose words are spoken from `start` for so many seconds; the last stays
    until the scene ends."""
    parts = cut_words(words_of(text, line), line)
    weights = [weigh(part) for part in parts]
    total = sum(weights) - _rest(parts[-1][-1]) if parts else 1
    captions, before = [], 0
    for part, weight in zip(parts, weights, strict=True):
        first = start + spoken * before / total
        before += weight
        captions.append(Caption(first, min(end, start + spoken * before / total), two_lines(part, line)))
    return [*captions[:-1], *(replace(last, end=end) for last in captions[-1:])]


def weigh(words: Sequence[str]) -> int:
    """How long words take to say, in characters; also what a recording is divided by."""
    return sum(len(word) + 1 + _rest(word) for word in words)


def _rest(word: str) -> int:
    if re.search(r"[.!?…]\W*$", word):
        return SENTENCE
    return BREATH if re.search(r"[,;:]\W*$", word) else 0


def cut_words(words: Sequence[str], line: int = LINE) -> list[tuple[str, ...]]:
    """Parts of at most two lines, rather ending with a sentence, then with a comma, and none very short."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(float("inf"), ())] * len(words)]
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            part = words[start:end]
            if not two_lines(part, line):
                break
            cost = best[start][0] + _price(part)
            if cost < best[end][0]:
                best[end] = (cost, (*best[start][1], end))
    ends = best[-1][1]
    return [tuple(words[start:end]) for start, end in zip((0, *ends), ends, strict=False)]


def _price(part: Sequence[str]) -> float:
    rest = _rest(part[-1])
    torn = 0 if rest == SENTENCE else 3 if rest else 12
    inside = sum(_rest(word) == SENTENCE for word in part[:-1])
    short = max(0, 18 - len(" ".join(part))) / 2
    return 6 + torn + inside * 2 + short


def two_lines(words: Sequence[str], line: int = LINE) -> tuple[str, ...]:
    """One line, or two about as long, better broken after a comma; empty when two do not hold them."""
    text = " ".join(words)
    if len(text) <= line or len(words) == 1:
        return (text,)
    splits = [(" ".join(words[:at]), " ".join(words[at:]), _rest(words[at - 1])) for at in range(1, len(words))]
    fitting = [(abs(len(one) - len(two)) - 4 * rest, one, two) for one, two, rest in splits
               if len(one) <= line and len(two) <= line]
    return min(fitting)[1:] if fitting else ()


def write_vtt(captions: Iterable[Caption], mark: str = "") -> str:
    """The lower edge stays free in our pictures, so captions hide nothing. What nobody approved says so to who opens
    the file, and to who plays another film with it: a first cue at the upper edge, beside the first words."""
    first = [f"NOTE {mark}\n", f"{MARK}\n{clock(0)} --> {clock(MARKED)} line:0\n{mark}\n"] if mark else []
    blocks = [f"{index}\n{clock(one.start)} --> {clock(one.end)}\n" + escape("\n".join(one.lines), quote=False) + "\n"
              for index, one in enumerate(captions, start=1)]
    return "\n".join(["WEBVTT\n", *first, *blocks])


def clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
