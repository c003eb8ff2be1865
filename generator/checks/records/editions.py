"""Editions name topics that exist, and every edition still has whole topics after its empty values are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.mistakes import nearest, spelled
from generator.handbook.select import lessons_left_out


def check(matter: Matter) -> Iterator[Finding]:
    written = written_slugs(matter)
    for edition in matter.handbook.editions:
        file = f"content/editions/{edition.id}.yml"
        for phrase in edition.extra_topics:
            if phrase.place.file == file and phrase.text not in written:
                likely = nearest(phrase.text, written)
                yield error(
                    "name.topic", phrase.place,
                    (f"Không có bài `{phrase.text}`.", f"There is no topic `{phrase.text}`."),
                    (f"Viết `{likely}`." if likely else "Ghi tên một bài đang có.",
                     f"Write `{likely}`." if likely else "Name a topic that exists."),
                    spelled(phrase.place, phrase.text, likely) if likely else (),
                )
    for edition, slug in lessons_left_out(matter.handbook):
        file = f"content/editions/{edition.id}.yml"
        yield warning(
            "edition.left-out", Place(matter.handbook.by_slug[slug].place.file),
            (f"Bản {edition.name} bỏ bài `{slug}`: thiếu giá trị nên bài không còn trọn.",
             f"The edition {edition.id} leaves `{slug}` out: its empty values take too much away."),
            (f"Điền giá trị trong {file}, hoặc viết thêm `hoặc …` trong bài.",
             f"Fill the values in {file}, or write `hoặc …` in the topic."),
        )
