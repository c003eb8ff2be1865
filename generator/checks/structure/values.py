"""`{{ … }}`: only names of the closed list, well formed, no expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from generator.checks.looking.matter import Matter, Parts
from generator.checks.looking.places import Locator, place_in_row
from generator.ground.findings import Finding, Place, error
from generator.handbook.editions import value_names
from generator.handbook.filled import VALUE, split_value
from generator.handbook.mistakes import listed

_BRACES = re.compile(r"\{\{|\}\}|\{%")


def check(matter: Matter) -> Iterator[Finding]:
    names = value_names()
    for parts in matter.lessons:
        for text, place_at in _texts(parts):
            if "{" in text or "}}" in text:
                yield from _text(text, place_at, names)
    for term in matter.handbook.glossary:
        if "{{" in term.gloss.text:
            yield error("value.misplaced", term.gloss.place)


PlaceAt = Callable[[int], Place]


def _texts(parts: Parts) -> Iterator[tuple[str, PlaceAt]]:
    """Every text with the way from an offset in it to its place."""
    for phrase in parts.phrases:
        yield phrase.text, Locator(phrase, parts.lines).place
    for row in parts.rows:
        for text in (row.text, row.value):
            yield text, partial(place_in_row, row, text, parts.lines)


def _text(text: str, place_at: PlaceAt, names: frozenset[str]) -> Iterator[Finding]:
    for match in VALUE.finditer(text):
        name, _ = split_value(match["name"])
        if name not in names:
            yield error("value.unknown", place_at(match.start()), name=name, listed=listed(name, sorted(names)))
    rest = VALUE.sub(lambda match: " " * len(match.group()), text)
    brace = _BRACES.search(rest)
    if brace:  # one mend usually pairs the others too
        yield error("value.broken", place_at(brace.start()))
