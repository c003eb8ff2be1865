"""The text of a lesson as a reader gets it: its short name, which an approval belongs to, and its lines to compare."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

from generator.handbook.lesson.rows import HOLD
from generator.handbook.model import Card, Drawing, Phrase, Picture, Question, Row, Scene, Topic, Trainer
from generator.handbook.recorded.films import captions_file, film_file

LETTERS = "ACDEFHKLMNPRTVWXY"
"""None that is read for another, or for a digit."""
LENGTH = 8
SHAPE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
UNSAID = frozenset({"body", "body_line", "place", "places", "slug", "seen", "voices"})
"""Of no reader's text; whether a screen was held against a phone is confirmed with the approval, not part of it. Of
voices what is heard counts."""
LATER = frozenset({(Trainer, "offline"), (Question, "screen"), (Topic, "drawing"), (Card, "drawing"),
                   (Scene, "acts"), (Scene, "uncounted"), (Scene, "drawing")})
"""Fields that came when texts had names already: where there is nothing in them, the name is what it was."""
OF_OFFICE = ("minutes", "audiences", "unit", "prerequisites", "changes", "film")
"""What readers are told of the front matter."""

Pictured = Callable[[str], bytes]


def text_name(lesson: Topic | Card, pictured: Pictured) -> str:
    """Changes with every word, its place, screen, picture, film, voice and value; not with spacing or what only editors
    read."""
    return name_of(_all_parts(lesson, pictured))


def files_of(lesson: Topic | Card) -> tuple[str, ...]:
    """All files whose bytes its name is made of."""
    asked: list[str] = []

    def pictured(file: str) -> bytes:
        asked.append(file)
        return b""

    text_name(lesson, pictured)
    return tuple(dict.fromkeys(asked))


def name_of(parts: Iterable[str]) -> str:
    number = int.from_bytes(sha256("\n".join(parts).encode()).digest(), "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def as_name(typed: str) -> tuple[str, int]:
    """As people copy it from paper: small letters, with gaps. Behind it stands, on a sheet printed after some of its
    things were confirmed, how many those were."""
    name = re.sub(r"[\s.-]", "", typed).upper()
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :][:6] or 0)


def lines_of(lesson: Topic | Card) -> list[str]:
    """Its words, a line each, to show what changed."""
    found: list[str] = []
    for part in _walked([replace(lesson, drawing=None), *(getattr(lesson.office, name) for name in OF_OFFICE)]):
        found += [part] if isinstance(part, str) and " " in part else []
    return [*found, *([_drawn(lesson.drawing)] if lesson.drawing else ())]


def _drawn(scene: Drawing) -> str:
    """What can be said of a drawing: what it shows, and a name that is another when a stroke is."""
    return f"{scene.alt} ({scene.name}.svg, {name_of((scene.svg, scene.view))})"


def _all_parts(lesson: Topic | Card, pictured: Pictured) -> Iterator[str]:
    for part in _walked([lesson, *(getattr(lesson.office, name) for name in OF_OFFICE)]):
        yield sha256(pictured(part.file)).hexdigest() if isinstance(part, Picture) else part
    for scene in lesson.clip if isinstance(lesson, Topic) else ():
        if scene.kind == "file":
            yield sha256(pictured(f"{lesson.place.file.rpartition('/')[0]}/{scene.file}")).hexdigest()
    film = film_file(lesson)
    for file in (film, captions_file(film)) if film else ():
        with suppress(OSError):  # a film may have no captions yet
            yield _played(file, pictured)
    yield from (_played(file, pictured) for file in lesson.voices)


def _played(file: str, pictured: Pictured) -> str:
    return f"{posixpath.basename(file)} {sha256(pictured(file)).hexdigest()}"


def _walked(thing: object) -> Iterator[str | Picture]:
    """Every word in reading order between the names of what holds it; a picture as itself, then its words."""
    if isinstance(thing, Picture):
        yield thing
        yield f"({' '.join(thing.alt.split())})"
    elif isinstance(thing, Phrase):
        yield " ".join(thing.text.split())
    elif isinstance(thing, Row):
        tap = f"=> {HOLD} " if thing.hold else "=> " if thing.tap else ""
        yield f"{tap}{thing.kind}: {thing.text}{f' = {thing.value}' if thing.value else ''}"
    elif isinstance(thing, tuple | list):
        yield f"[{len(thing)}]"
        for part in thing:
            yield from _walked(part)
    elif is_dataclass(thing):
        yield type(thing).__name__
        for name, part in _parts(thing):
            yield f".{name}"
            yield from _walked(part)
    elif thing is not None:
        yield str(thing)


def _parts(thing: Any) -> Iterator[tuple[str, object]]:
    """By their names. A question's answers in the order they were written in: where they stand on the page follows from
    the lesson's number."""
    for name in (each.name for each in fields(thing) if each.name not in UNSAID and each.name != "office"):
        part = getattr(thing, name)
        if isinstance(thing, Question) and name == "answers":
            part = tuple(sorted(part, key=lambda answer: answer.phrase.place.line))
        if part or (type(thing), name) not in LATER:
            yield name, part
