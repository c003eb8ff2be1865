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
_NO_ANSWER = re.compile(
    r"""(?im)^[^#\n]*?[:-] +["']?(?P<words>(?:chưa|không)(?: có| rõ| biết)?|đang cập nhật|\?+|\.{2,}|…+)["']? *$""")


def check(matter: Matter) -> Iterator[Finding]:
    written = written_slugs(matter)
    for edition in matter.handbook.editions:
        file = f"content/editions/{edition.id}.yml"
        own = (phrase for phrase in edition.extra_topics if phrase.place.file == file and phrase.text not in written)
        for told, phrase in enumerate(own):
            yield not_known("name.topic/edition", phrase.place, phrase.text, known=written, spell=True, told=told)
    for source in matter.reading.texts.values():
        if source.file.startswith(FOLDER):
            yield from _printed_quotes(source)
            yield from _printed_gaps(source)
    torn = {finding.place.file for finding in matter.reading.findings if finding.severity == "error"}
    for edition, slug in lessons_left_out(matter.handbook):
        file, lesson = f"content/editions/{edition.id}.yml", matter.handbook.by_slug[slug].place.file
        if lesson not in torn:  # else it is no edition's fault
            yield warning("edition.left-out", Place(lesson), name=edition.name, slug=slug, id=edition.id, file=file)


def _printed_quotes(source: Source) -> Iterator[Finding]:
    """They would be printed as part of the name."""
    for match in _CURLY.finditer(source.text):
        place, right = source.place(match.start(1)), f'"{match[1][1:-1]}"'
        yield error("edition.quotes", place, edits=(Edit(place, match[1], right),), right=right)


def _printed_gaps(source: Source) -> Iterator[Finding]:
    """Who does not know writes nothing: a ruled box is filled by hand, `chưa có` stands on paper for years."""
    for place, words in no_answers(source).items():
        yield error("edition.no-answer", place, words=words)


def no_answers(source: Source) -> dict[Place, str]:
    return {source.place(match.start("words")): match["words"] for match in _NO_ANSWER.finditer(source.text)}
