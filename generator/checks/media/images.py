"""Pictures: inside `content/`, there with the same capitals, of a kind browsers know, with words for the blind."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.places import right_case
from generator.ground.findings import Finding, error
from generator.handbook.keys import PHONE_SUFFIXES, PICTURE_SUFFIXES
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.model import Picture, Scene, Topic


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        for picture in parts.pictures:
            yield from _picture(matter, picture)
        if isinstance(parts.lesson, Topic | Scraps):
            for scene in parts.lesson.clip:
                yield from _scene_file(matter, parts.lesson, scene)


def _picture(matter: Matter, picture: Picture) -> Iterator[Finding]:
    if "://" in picture.file or picture.file.startswith(("/", "data:")) or not picture.file.startswith("content/"):
        yield error("image.outside", picture.place, file=picture.file)
        return
    if picture.file in matter.missing:
        return
    if picture.file not in matter.files:
        yield _absent(matter, picture)
    elif not picture.file.lower().endswith(PICTURE_SUFFIXES):
        rule = PHONE_SUFFIXES.get(posixpath.splitext(picture.file)[1].lower(), "image.kind")
        yield error(rule, picture.place, file=picture.file)
    if not picture.alt:
        yield error("image.alt", picture.place)


def _absent(matter: Matter, picture: Picture) -> Finding:
    other = matter.files_folded.get(picture.file.casefold())
    if not other:
        return error("image.missing", picture.place, file=picture.file)
    edits = right_case(matter.lines_of(picture.place.file), picture.place, other)
    return error("image.case", picture.place, edits=edits, file=picture.file, name=posixpath.basename(other))


def _scene_file(matter: Matter, topic: Topic | Scraps, scene: Scene) -> Iterator[Finding]:
    if scene.kind != "file":
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(topic.place.file), scene.file))
    if target not in matter.files:
        yield matter.remind("clip.file", scene.words.place, target=target)
    elif not target.lower().endswith(PICTURE_SUFFIXES):
        yield matter.remind("clip.file/kind", scene.words.place, file=scene.file)
