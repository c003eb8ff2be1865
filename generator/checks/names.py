"""Names that must be known: audiences, topics in parts, paths and prerequisites; and slugs used twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.matter import Matter
from generator.findings import Finding, Place, error
from generator.handbook.model import Phrase
from generator.handbook.values import nearest


def check(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    audiences = [audience.name for audience in book.audiences]
    written = written_slugs(matter)
    for lesson in book.lessons:
        for phrase in lesson.office.audiences:
            yield from _known(phrase, audiences, "name.audience", ("đối tượng", "audience"))
        for phrase in lesson.office.prerequisites:
            yield from _known(phrase, written, "name.topic", ("bài", "topic"))
    for path in book.paths:
        yield from _known(path.audience, audiences, "name.audience", ("đối tượng", "audience"))
    for phrases in (*(part.topics for part in book.parts), *(path.topics for path in book.paths)):
        for phrase in phrases:
            yield from _known(phrase, written, "name.topic", ("bài", "topic"))
    ids = [path.id for path in book.paths]
    for signpost in book.signposts:
        for target in (signpost.path, signpost.otherwise):
            if target:
                yield from _known(target, ids, "name.path", ("lộ trình", "path"))
    for alert in book.alerts:
        for phrase in alert.topics:
            yield from _known(phrase, written, "name.topic", ("bài", "topic"))
    yield from _twice(matter)


def written_slugs(matter: Matter) -> list[str]:
    """Folders of topics and cards, also those whose file has errors of its own."""
    found = {file.split("/")[2] for file in matter.files
             if file.startswith(("content/topics/", "content/cards/")) and file.endswith("/index.md")}
    return sorted(found)


def _known(phrase: Phrase, known: Iterable[str], rule: str, what: tuple[str, str]) -> Iterator[Finding]:
    known = list(known)
    if phrase.text in known:
        return
    likely = nearest(phrase.text, known)
    yield error(
        rule, phrase.place,
        (f"Không có {what[0]} `{phrase.text}`.", f"There is no {what[1]} `{phrase.text}`."),
        (f"Viết `{likely}`." if likely else "Có: " + ", ".join(known[:12]) + ".",
         f"Write `{likely}`." if likely else "Known: " + ", ".join(known[:12]) + "."),
    )


def _twice(matter: Matter) -> Iterator[Finding]:
    book = matter.handbook
    seen: dict[str, Place] = {}
    named = [(lesson.slug, lesson.place) for lesson in book.lessons]
    named += [(path.id, path.place) for path in book.paths]
    for slug, place in named:
        if slug in seen:
            yield error(
                "name.twice", place,
                (f"Tên `{slug}` đã dùng ở {seen[slug].file}.", f"`{slug}` is already used in {seen[slug].file}."),
                ("Đổi một trong hai tên.", "Change one of the two."),
            )
        seen.setdefault(slug, place)
