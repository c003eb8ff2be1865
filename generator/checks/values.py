"""`{{ … }}`: only names of the closed list, well formed, no expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.matter import Matter, Parts, place_in
from generator.findings import Finding, Place, error
from generator.handbook.editions import value_names
from generator.handbook.model import Phrase
from generator.handbook.select import VALUE, split_value
from generator.handbook.values import nearest

_BRACES = re.compile(r"\{\{|\}\}|\{%")


def check(matter: Matter) -> Iterator[Finding]:
    names = value_names()
    for parts in matter.lessons:
        for text, place in _texts(parts):
            if "{" in text or "}}" in text:
                yield from _text(Phrase(text, place), names)


def _texts(parts: Parts) -> Iterator[tuple[str, Place]]:
    for phrase in parts.phrases:
        yield phrase.text, phrase.place
    for row in parts.rows:
        yield row.text, row.place
        if row.value:
            yield row.value, row.place


def _text(phrase: Phrase, names: frozenset[str]) -> Iterator[Finding]:
    for match in VALUE.finditer(phrase.text):
        name, _ = split_value(match["name"])
        if name not in names:
            likely = nearest(name, names)
            yield error(
                "value.unknown", place_in(phrase, match.start()),
                (f"Không có giá trị `{name}`.", f"There is no value `{name}`."),
                (f"Viết `{{{{ {likely} }}}}`." if likely else "Xem danh sách giá trị trong README.vi.md.",
                 f"Write `{{{{ {likely} }}}}`." if likely else "See the list in README.vi.md."),
            )
    rest = VALUE.sub(lambda match: " " * len(match.group()), phrase.text)
    for brace in _BRACES.finditer(rest):
        yield error(
            "value.broken", place_in(phrase, brace.start()),
            ("Dấu ngoặc nhọn không khép.", "These braces do not pair."),
            ("Viết `{{ tên giá trị }}` trên một dòng.", "Write `{{ name }}` on one line."),
        )
