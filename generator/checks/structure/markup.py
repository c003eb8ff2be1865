"""Raw HTML beyond the small allowed list or never closed, tables, and pictures squeezed into a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter, tokens_of
from generator.checks.looking.places import Locator
from generator.ground.findings import Finding, error
from generator.handbook.lesson.markup import ALLOWED_TAGS, Token, parse_inline, unpaired

_RULED = re.compile(r"\|\s*:?-{3,}:?\s*\|")
"""The line below a table's head."""


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        opened: set[str] = set()
        for token, place in tokens_of(parts, "tag", "image"):
            if token.kind == "tag" and not _allowed(token):
                name = token.text.strip("</> ").split(" ", 1)[0]
                if not (token.text.startswith("</") and name in opened):  # told with its opening tag
                    shown = token.text if len(token.text) <= 40 else token.text[:39] + "…"
                    yield error("html.comment" if token.text.startswith("<!--") else "html.raw", place, shown=shown)
                opened.add(name)
            elif token.kind == "image":
                yield error("image.inline", place)
        for phrase in parts.phrases:
            if _RULED.search(phrase.text):
                yield error("table.misplaced", phrase.place)
            if "<" in phrase.text and (stray := unpaired(parse_inline(phrase.text))):
                yield error("html.unpaired", Locator(phrase, parts.lines).place(stray.start), shown=stray.text)


def _allowed(token: Token) -> bool:
    match = re.fullmatch(r"</?([a-zA-Z]+)\s*/?>", token.text)
    return bool(match and match.group(1).lower() in ALLOWED_TAGS)
