"""What a film is spoken with: recordings that can be used, and a command that is there.

Never an error: the film is made with another voice, and so are all the others. What only shows when a recording
is opened or the command runs is told by the build.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, warning
from generator.handbook.lesson.markup import to_plain
from generator.handbook.model import Card, Topic
from generator.handbook.recorded.recordings import FASTEST, LONGEST, RECORDING, SHORTEST, SOUND_SUFFIXES, told_seconds
from generator.handbook.recorded.speech import missing_program
from generator.handbook.spoken import count


def check(matter: Matter) -> Iterator[Finding]:
    site = matter.handbook.site
    if program := missing_program(site.speech, matter.project.root):
        yield warning("clip.voice", site.speech_place, program=program)
    sounds: dict[str, list[str]] = {}
    for file in sorted(matter.files):
        if file.lower().endswith(SOUND_SUFFIXES):
            sounds.setdefault(file.rpartition("/")[0], []).append(file)
    for lesson in matter.handbook.lessons:
        if files := sounds.get(lesson.place.file.rpartition("/")[0]):
            yield from _lesson(matter, lesson, files)


def _lesson(matter: Matter, lesson: Topic | Card, files: Sequence[str]) -> Iterator[Finding]:
    scenes = [to_plain(scene.words.text) for scene in lesson.clip] if isinstance(lesson, Topic) else []
    texts = [text for text in scenes if text.strip()]
    own = lesson.office.film.text if lesson.office.film else ""
    by_scene: dict[int, str] = {}
    whole = ""
    for file in files:
        name = file.rpartition("/")[2]
        match = RECORDING.fullmatch(name)
        if match is None:
            if name != own:
                yield warning("clip.recording/unused", Place(file), name=name)
        elif match["scene"]:
            by_scene.setdefault(int(match["scene"]), file)
        else:
            whole = whole or file
    if whole:
        yield from _recording(matter, whole, SHORTEST, " ".join(texts))
        return
    if by_scene and texts:
        yield from _gaps(by_scene, len(texts))
    for number, file in sorted(by_scene.items()):
        yield from _recording(matter, file, 0.3, texts[number - 1] if 0 < number <= len(texts) else "")


def _gaps(by_scene: dict[int, str], scenes: int) -> Iterator[Finding]:
    missing = [str(number) for number in range(1, scenes + 1) if number not in by_scene]
    if missing:
        yield warning("clip.recording/gaps", Place(by_scene[min(by_scene)]), missing=", ".join(missing), scenes=scenes)
    for number, file in sorted(by_scene.items()):
        if not 1 <= number <= scenes:
            yield warning("clip.recording/no-scene", Place(file), number=number, scenes=scenes)


def _recording(matter: Matter, file: str, shortest: float, words: str) -> Iterator[Finding]:
    path, place = matter.project.path(file), Place(file)
    seconds = told_seconds(path) if path.stat().st_size else 0.0
    if seconds is None:
        yield warning("clip.recording/unreadable", place)
    elif seconds == 0:
        yield warning("clip.recording/empty", place)
    elif seconds < shortest:
        yield warning("clip.recording/short", place, seconds=seconds)
    elif seconds > LONGEST:
        yield warning("clip.recording/long", place, seconds=seconds, long=_long(seconds))
    elif not math.isnan(seconds) and (pace := count(words) * 60 / seconds) > FASTEST:
        yield warning("clip.recording/fast", place, pace=pace, letters=len(words) / seconds, fastest=FASTEST)


def _long(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"
