"""Whatever is called a picture is one: decoded, still, of bounded size; drawings draw and do nothing else. At what came
from a camera a person looks: none of our checks knows a face or a card."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.checks.looking.matter import Matter
from generator.ground.files import MAX_TEXT_BYTES
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.keys import PHONE_SUFFIXES, PICTURE_SUFFIXES
from generator.handbook.model import Phrase
from generator.handbook.recorded.composing import FOLDER, PIECES
from generator.handbook.recorded.drawings import find_stray
from generator.handbook.recorded.films import film_file
from generator.handbook.recorded.pictures import MOST_POINTS, look_at
from generator.handbook.recorded.scenes import is_scene


def check(matter: Matter) -> Iterator[Finding]:
    seen = {_named(name): name for lesson in matter.handbook.lessons for name in lesson.office.seen_pictures}
    yield from (warning("image.seen", name.place, name=name.text)
                for file, name in seen.items() if file not in matter.files)
    used = {picture.file for parts in matter.lessons for picture in parts.pictures}
    used |= {film_file(lesson) for lesson in matter.handbook.lessons}
    for file in sorted(matter.files):
        path, suffix = matter.project.path(file), PurePosixPath(file).suffix.lower()
        if suffix in PHONE_SUFFIXES and file not in used:
            yield warning(PHONE_SUFFIXES[suffix], Place(file), file=file)
        elif suffix in PICTURE_SUFFIXES and path.is_file():  # a name written otherwise is told elsewhere
            vector = suffix == ".svg"
            yield from _drawing(file, path, shown=file in used) if vector else _photo(file, path, seen=file in seen)


def _named(name: Phrase) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name.place.file), name.text))


def _photo(file: str, path: Path, *, seen: bool) -> Iterator[Finding]:
    look = look_at(path, path.stat().st_mtime_ns)
    if look.fault:
        yield error(look.fault, Place(file), most=MOST_POINTS // 1_000_000)
    elif look.telling and not seen:
        yield warning("image.look", Place(file), name=posixpath.basename(file))


def _drawing(file: str, path: Path, *, shown: bool) -> Iterator[Finding]:
    """Of scenes and pieces the reading says what is wrong: nothing comes of them that it did not let through."""
    head = path.read_bytes()[:400].decode("utf-8", "replace")
    scene = file.startswith(FOLDER) and not shown
    if file.startswith(PIECES) or (scene and is_scene(head)):
        return
    tell = warning if scene else error
    size = path.stat().st_size
    if size > MAX_TEXT_BYTES:
        yield tell("file.too-large", Place(file), size=size, most=MAX_TEXT_BYTES)
    elif stray := find_stray(path.read_bytes()):
        yield tell(stray.rule, Place(file, stray.line, stray.column), what=stray.what, code=stray.what)
