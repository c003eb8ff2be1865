"""Hard words: explained where a page first uses them, and once more at its end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from generator.ground.files import fold
from generator.handbook.model import Term

PLACE = "<!-- terms -->"
"""Where a template wants the list of the words its page uses."""
SILENT = frozenset(
    {"a", "button", "code", "details", "figcaption", "h1", "h2", "h3", "label", "script", "strong", "summary",
     "template"}
)
"""Inside these nothing is explained: bold words name buttons, links lead elsewhere, and a fold may stay shut."""
_TAG = re.compile(r"<svg\b.*?</svg>|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>", re.DOTALL)
"""A drawing is one piece."""
_CAPITAL = re.compile(r" [A-ZĐ]")


@dataclass(frozen=True)
class Explained:
    """A word of the glossary on the page that uses it."""

    term: Term
    name: str
    """The term, or the other name of it that the page uses."""
    place: int
    """Counted from 1 in the order of use."""


def explain(html: str, glossary: Sequence[Term]) -> tuple[str, tuple[Explained, ...]]:
    """The page with each hard word's first use leading to its meaning, and those words."""
    if not glossary:
        return html, ()
    pattern, names = _pattern(tuple(glossary))
    met: dict[str, Explained] = {}

    def lead(match: re.Match[str]) -> str:
        name, term = names[match[0]]
        if term.name in met or (match[0][0].isupper() and _CAPITAL.match(match.string, match.end())):
            return match[0]  # explained already, or part of a proper name: App Store
        place = len(met) + 1
        met[term.name] = Explained(term, name, place)
        return f'<a class="term" id="cho-doc-{place}" href="#tu-kho-{place}">{match[0]}</a>'

    parts = [text if silent else pattern.sub(lead, text) for text, silent in _texts(html)]
    return "".join(parts), tuple(met.values())


@lru_cache(maxsize=4)
def _pattern(glossary: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, Term]]]:
    """As written or beginning a sentence: `AI` is no `ai`. The longest name wins: `mã QR` before `QR`."""
    names: dict[str, tuple[str, Term]] = {}
    for term in glossary:
        for name in (term.name, *term.aliases):
            for shown in (name, name[:1].upper() + name[1:]):
                names.setdefault(escape(shown), (name, term))
    written = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w&;./])(?:{written})(?![\w/]|\.\w)"), names


def _texts(html: str) -> list[tuple[str, bool]]:
    """Pieces of a page in order, each with whether it must stay as it is."""
    pieces: list[tuple[str, bool]] = []
    silent: list[str] = []
    start = 0
    for tag in _TAG.finditer(html):
        if tag.start() > start:
            pieces.append((html[start : tag.start()], bool(silent)))
        pieces.append((tag[0], True))
        start = tag.end()
        if tag[2] not in SILENT:
            continue
        if not tag[1]:
            silent.append(tag[2])
        elif silent and tag[2] == silent[-1]:
            silent.pop()
    pieces.append((html[start:], True))
    return pieces


# The glossary as a whole.

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_order(glossary: Sequence[Term]) -> tuple[Term, ...]:
    """As a Vietnamese dictionary has them: đ after d, tones last of all."""
    return tuple(sorted(glossary, key=lambda term: (_without_tones(term.name), term.name)))


def _without_tones(name: str) -> list[int]:
    apart = unicodedata.normalize("NFD", name.casefold())
    letters = unicodedata.normalize("NFC", re.sub(f"[{TONES}]", "", apart))
    return [ALPHABET.find(letter) for letter in letters]


def other_names(term: Term) -> list[str]:
    """Those that are more than another spelling: not `Wifi` beside `Wi-Fi`, nor `OTP` beside `mã OTP`."""
    known = _bare(term.name)
    return [name for name in term.aliases if _bare(name) not in known]


def _bare(name: str) -> str:
    return re.sub(r"\W", "", fold(name))
