"""Recordings of a lesson's words: what their files are called, how long they may be, how long they say they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from generator.handbook.model import Card, Topic
from generator.handbook.recorded.boxes import played_seconds, read_table

RECORDED = (".wav", ".mp3", ".m4a")
RECORDING = re.compile(rf"giong(?:-(?P<scene>[0-9]{{1,2}}))?(?:{'|'.join(map(re.escape, RECORDED))})")
SOUND_SUFFIXES = (".wav", ".mp3", ".m4a", ".aac", ".ogg", ".opus", ".amr", ".3gp", ".flac", ".wma", ".caf")
"""What phones and computers save speech as."""
LONGEST = 90.0
"""Seconds of a recording; a film of one minute never needs more."""
SHORTEST = 10.0
FASTEST = 190
"""Chữ a minute that old people still follow."""

AnyLesson = TypeVar("AnyLesson", bound=Topic | Card)

_OTHERS = (b"OggS", b"fLaC", b"#!AMR", b"caff", b"\x1aE\xdf\xa3", b"\x30\x26\xb2\x75", b"\xff\xf1", b"\xff\xf9")
"""How other kinds of sound begin, which do not say their length."""
_KBITS = {1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
          2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}
_RATES = (44_100, 48_000, 32_000)
_MOST_BYTES = 32_000_000
"""Of an mp3 that is walked through: ten minutes at its best."""


def with_voices(lessons: Iterable[AnyLesson], files: Iterable[str]) -> tuple[AnyLesson, ...]:
    """Each with whatever is called like a recording in its folder: no other list is spoken, and none is signed."""
    beside: dict[str, list[str]] = {}
    for file in sorted(files):
        folder, _, name = file.rpartition("/")
        if RECORDING.fullmatch(name):
            beside.setdefault(folder, []).append(file)
    return tuple(replace(lesson, voices=tuple(beside.get(lesson.place.file.rpartition("/")[0], ())))
                 for lesson in lessons)


def told_seconds(path: Path) -> float | None:
    """By what the file itself says, whatever its name; nan where it does not say, None where it is no sound."""
    with path.open("rb") as file:
        head = file.read(16)
        if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
            return _wav_seconds(file)
        if head[4:8] == b"ftyp":
            table = read_table(file)
            return None if table is None else played_seconds(table) or math.nan
        if head.startswith(_OTHERS):
            return math.nan
        file.seek(_tag_bytes(head))
        return _mp3_seconds(file.read(_MOST_BYTES))


def _wav_seconds(file: BinaryIO) -> float | None:
    end = file.seek(0, 2)
    at, rate = 12, 0
    while at + 8 <= end:
        file.seek(at)
        name, size = file.read(4), int.from_bytes(file.read(4), "little")
        if name == b"fmt ":
            rate = int.from_bytes(file.read(12)[8:12], "little")
        elif name == b"data":
            return min(size or end, end - at - 8) / rate if rate else None
        at += 8 + size + size % 2
    return None


def _tag_bytes(head: bytes) -> int:
    """How long the names and pictures before an mp3's sound are."""
    if head[:3] != b"ID3":
        return 0
    return 10 + sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def _mp3_seconds(data: bytes) -> float | None:
    """Counts the frames; some programs put a little rubbish before the first."""
    for start in range(min(len(data), 8192)):
        lengths = list(_frames(data, start))
        if len(lengths) > 1:
            return sum(lengths)
    return None


def _frames(data: bytes, at: int) -> Iterator[float]:
    while frame := _frame(data, at):
        yield frame[1]
        at += frame[0]


def _frame(data: bytes, at: int) -> tuple[int, float] | None:
    """Bytes and seconds of the mp3 frame at this place."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return None
    first = version == 3
    hertz = _RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    samples = 1152 if first else 576
    size = samples // 8 * _KBITS[1 if first else 2][bits] * 1000 // hertz + (data[at + 2] >> 1 & 1)
    return size, samples / hertz
