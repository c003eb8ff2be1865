"""Editions name topics that exist, and every edition still has whole topics after its empty values are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, Place, warning
from generator.handbook.mistakes import not_known
from generator.handbook.select import lessons_left_out


def check(matter: Matter) -> Iterator[Finding]:
    written = written_slugs(matter)
    for edition in matter.handbook.editions:
        file = f"content/editions/{edition.id}.yml"
        for phrase in edition.extra_topics:
            if phrase.place.file == file and phrase.text not in written:
                yield not_known("name.topic/edition", phrase.place, phrase.text, known=written, spell=True)
    for edition, slug in lessons_left_out(matter.handbook):
        file = f"content/editions/{edition.id}.yml"
        yield warning("edition.left-out", Place(matter.handbook.by_slug[slug].place.file), name=edition.name, slug=slug,
                      id=edition.id, file=file)
