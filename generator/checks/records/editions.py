"""Editions name topics that exist, and every edition still has whole topics after its empty values are hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.files import Source
from generator.ground.findings import Edit, Finding, Place, error, warning
from generator.handbook.editions import FOLDER
from generator.handbook.mistakes import not_known
from generator.handbook.select import lessons_left_out

_CURLY = re.compile(r"(?m)^[^#\n]*?[:-] +([“”„][^\"“”\n]*[“”]) *$")
"""What phones and Word make of the marks around a value."""


def check(matter: Matter) -> Iterator[Finding]:
    written = written_slugs(matter)
    for edition in matter.handbook.editions:
        file = f"content/editions/{edition.id}.yml"
        for phrase in edition.extra_topics:
            if phrase.place.file == file and phrase.text not in written:
                yield not_known("name.topic/edition", phrase.place, phrase.text, known=written, spell=True)
    for source in matter.reading.texts.values():
        if source.file.startswith(FOLDER):
            yield from _printed_quotes(source)
    for edition, slug in lessons_left_out(matter.handbook):
        file = f"content/editions/{edition.id}.yml"
        yield warning("edition.left-out", Place(matter.handbook.by_slug[slug].place.file), name=edition.name, slug=slug,
                      id=edition.id, file=file)


def _printed_quotes(source: Source) -> Iterator[Finding]:
    """They would be printed as part of the name."""
    for match in _CURLY.finditer(source.text):
        place, right = source.place(match.start(1)), f'"{match[1][1:-1]}"'
        yield error("edition.quotes", place, edits=(Edit(place, match[1], right),), right=right)
