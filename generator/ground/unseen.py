"""Signs nobody sees: they turn lines around, hide words, steer a console, or say that letters were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
"""Controls, direction marks, zero-width, halved, lost and private-use ones; `\u200d` may join two little pictures."""

MOST_TOLD = 20
"""Signs told of one file: what was pasted holds thousands."""
_CALLED_PRINTABLE = (*"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\ufffc\ufffd",
                     *map(chr, range(0xFE00, 0xFE0E)))


def find_unseen(text: str) -> Iterator[re.Match[str]]:
    """A quick look first, for nearly every text has none."""
    plain = text.replace("\n", "").replace("\t", "").isprintable()
    small = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
    if not (plain and small) or any(sign in text for sign in _CALLED_PRINTABLE):
        yield from UNSEEN.finditer(text)


def code_of(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def shown_lines(text: str) -> str:
    """Of our own words, with what others wrote in them."""
    return "\n".join(map(shown, text.split("\n")))


def shown(text: str) -> str:
    """Such signs by their codes, line ends as spaces: what is told of a text must not do what the text does."""
    return UNSEEN.sub(lambda sign: f"<{code_of(sign[0])}>", " ".join(text.split("\n")))
