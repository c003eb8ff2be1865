"""What git holds of a lesson: its texts as readers got them then, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

from generator.ground.files import Source
from generator.ground.kept import Kept, Version
from generator.handbook.lesson.lessons import Scraps, read_card, read_topic
from generator.handbook.lesson.texts import files_of, text_name
from generator.handbook.model import OUTLINE, Card, Part, Topic
from generator.handbook.recorded.composing import FOLDER as SCENES
from generator.handbook.recorded.composing import PIECES
from generator.handbook.recorded.recordings import with_voices
from generator.handbook.recorded.scenes import Scenes, with_drawings
from generator.handbook.registries import read_outline

Read = TypeVar("Read")
READERS: dict[str, Callable[[str, Source], tuple[Topic | Card | Scraps, object]]] = {
    "topics": read_topic, "cards": read_card,
}


class Held(NamedTuple):
    """A lesson at one commit, with the scene it had then; `lesson` is None where it could not be read as one."""

    version: Version
    lesson: Topic | Card | None
    whole: tuple[object, ...]
    """All that its name is made of: where this is the same, so is the name."""

    def name(self, kept: Kept) -> str:
        """Of its text; empty where git does not hold its picture, or it was no lesson then."""
        try:
            return text_name(self.lesson, partial(kept.bytes_at, self.version.commit)) if self.lesson else ""
        except OSError:
            return ""


def read_lesson(slug: str, source: Source) -> Topic | Card | None:
    """Without its scene, which other files say."""
    lesson, _ = READERS[PurePosixPath(source.file).parts[1]](slug, source)
    return lesson if isinstance(lesson, Topic | Card) else None


def held(kept: Kept, slug: str) -> Iterator[Held]:
    """All that git holds of a lesson, newest first: wherever its folder, the parts, a drawing or picture changed."""
    for folder in READERS:
        place, read = f"content/{folder}/{slug}/", _Readings()
        file = f"{place}index.md"
        own = [read.lesson(slug, file, version) for version in kept.versions(place) or [] if file in version.files]
        elsewhere = {one for lesson in own if lesson for one in files_of(lesson) if not one.startswith(place)}
        around = kept.versions(place, SCENES, PIECES, OUTLINE, *sorted(elsewhere)) if own else []
        for version in reversed(around or []):
            if file in version.files:
                lesson = read.lesson(slug, file, version)
                beside = frozenset((one, version.blobs.get(one)) for one in files_of(lesson)) if lesson else None
                yield Held(version, lesson, (version.blobs[file], lesson, beside))


class _Readings:
    """What git's files said; the same bytes are read once."""

    def __init__(self) -> None:
        self.known: dict[object, Any] = {}

    def _once(self, key: object, read: Callable[[], Read]) -> Read:
        if key not in self.known:
            self.known[key] = read()
        found: Read = self.known[key]
        return found

    def lesson(self, slug: str, file: str, version: Version) -> Topic | Card | None:
        lesson = self._once(version.blobs[file], lambda: read_lesson(slug, Source(file, version.files[file])))
        drawn = frozenset(item for item in version.blobs.items() if item[0].startswith(SCENES))
        scenes = self._once(drawn, lambda: Scenes(version.files, partial(_source, version)))
        parts = self._once(version.blobs.get(OUTLINE), lambda: _parts(version))
        return with_voices(with_drawings([lesson], parts, scenes), version.files)[0] if lesson else None


def _source(version: Version, file: str) -> Source:
    return Source(file, version.files[file])


def _parts(version: Version) -> Sequence[Part]:
    return read_outline(_source(version, OUTLINE)).parts if OUTLINE in version.files else ()


def named(kept: Kept, versions: Iterable[Held]) -> Iterator[tuple[Held, str]]:
    """Each with the name of its text, found once for what is the same."""
    known: dict[tuple[object, ...], str] = {}
    for one in versions:
        if one.whole not in known:
            known[one.whole] = one.name(kept)
        yield one, known[one.whole]


def text_of(kept: Kept, slug: str, name: str) -> Topic | Card | None:
    """The lesson as git holds it under this name of its text, the newest first."""
    return next((one.lesson for one, its in named(kept, held(kept, slug)) if its == name), None)


def as_printed(kept: Kept, slug: str, name: str, day: date) -> list[Topic | Card]:
    """The lesson as sheets of this text, signed on that day, can have shown it; nothing where git holds none."""
    found = [one for one, its in named(kept, held(kept, slug)) if its == name and one.lesson]
    by_then = [one for one in found if datetime.fromtimestamp(one.version.moment, UTC).date() <= day]
    return [one.lesson for one in by_then or found[-1:] if one.lesson]


def last_change(kept: Kept, versions: Iterable[Held], name: str) -> date | None:
    """The day since which git holds this text, where it held another one before: today while it is not in git."""
    since: date | None = None
    for one, its in named(kept, versions):
        if its != name:
            return since or date.today()
        since = datetime.fromtimestamp(one.version.moment, UTC).date()
    return None
