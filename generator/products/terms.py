"""Hard words: explained where a page first uses them, and once more at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from generator.files import fold
from generator.handbook.model import Term

PLACE = "<!-- terms -->"
"""Where a template wants the list of the words its page uses."""
SILENT = frozenset(
    {"a", "button", "code", "figcaption", "h1", "h2", "h3", "label", "script", "strong", "summary", "svg"}
)
"""Inside these nothing is explained: bold words are names of buttons, and a link leads elsewhere already."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")


@dataclass(frozen=True)
class Explained:
    """A word of the glossary on the page that uses it."""

    term: Term
    place: int
    """Counted from 1 in the order of use."""

    @property
    def anchor(self) -> str:
        return f"tu-kho-{self.place}"

    @property
    def origin(self) -> str:
        """Where the reader came from and goes back to."""
        return f"cho-doc-{self.place}"


def explain(html: str, glossary: Sequence[Term]) -> tuple[str, tuple[Explained, ...]]:
    """The page with each hard word's first use leading to its meaning, and those words."""
    if not glossary:
        return html, ()
    pattern, by_name = _pattern(tuple(glossary))
    met: dict[str, Explained] = {}

    def lead(match: re.Match[str]) -> str:
        term = by_name[match[0].casefold()]
        if term.name in met:
            return match[0]
        word = met[term.name] = Explained(term, len(met) + 1)
        return f'<a class="term" id="{word.origin}" href="#{word.anchor}">{match[0]}</a>'

    parts = []
    for text, silent in _texts(html):
        parts.append(text if silent else pattern.sub(lead, text))
    return "".join(parts), tuple(met.values())


@lru_cache(maxsize=4)
def _pattern(glossary: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """The longest name wins: `mã QR` before `QR`."""
    by_name: dict[str, Term] = {}
    for term in glossary:
        for name in (term.name, *term.aliases):
            by_name.setdefault(escape(name).casefold(), term)
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    return re.compile(rf"(?<![\w&;.])(?:{names})(?!\w|\.\w)", re.IGNORECASE), by_name


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
        name = tag[2].lower()
        if silent and tag[1] and name == silent[-1]:
            silent.pop()
        elif name in SILENT and not tag[1] and not tag[3]:
            silent.append(name)
    pieces.append((html[start:], True))
    return pieces


def in_order(glossary: Sequence[Term]) -> tuple[Term, ...]:
    """As a dictionary has them."""
    return tuple(sorted(glossary, key=lambda term: (fold(term.name), term.name)))
