"""What is heard in a film and how long each scene lasts: a recording of the topic's folder, else a machine's voice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.ground.findings import Finding, Place, warning
from generator.handbook.recorded.recordings import FASTEST, LONGEST, RECORDING, SHORTEST
from generator.handbook.spoken import count
from generator.press.film import FPS, FilmError, decode_sound, level_sound
from generator.press.sound import Sound, cut, cut_at_pauses, is_silent, join, pad, silence, trim
from generator.press.voice import Speaker, VoiceKind
from generator.products.films.parts.captions import weigh

LEAD, TAIL = 0.3, 0.35
"""Silence around the words of a scene."""
HOLD = (1.2, 3.0)
"""How long the last picture stays, so that number and code can be read."""
FILM_SECONDS = 64.5
WHOLE = 0
"""Among recordings by scene: the one of all scenes."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A scene's share of the sound, as long as its picture."""

    sound: Sound
    frames: int
    start: float
    """When its words begin, from the scene's beginning."""
    spoken: float


@dataclass(frozen=True, slots=True)
class Narration:
    cuts: tuple[Cut, ...]
    voice: VoiceKind
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> Sound:
        return join(cut.sound for cut in self.cuts)

    @property
    def seconds(self) -> float:
        return sum(cut.frames for cut in self.cuts) / FPS


class RecordingError(Exception):
    """A recording that cannot be used, said to the editor."""

    def __init__(self, file: str, vi: str, en: str, fix: tuple[str, str] = ("Thu lại.", "Record again.")) -> None:
        told = (f"{vi} Phim dùng giọng máy.", f"{en} The clip uses a machine's voice.")
        self.finding = warning("clip.recording", Place(file), told, fix)
        super().__init__(en)


def narrate(
    texts: Sequence[str], least: Sequence[int], recordings: Mapping[str, bytes], speaker: Speaker
) -> Narration:
    """`least`: the fewest frames of each scene; `recordings` by path, in the order of their names."""
    found: tuple[Finding, ...] = ()
    if recordings:
        try:
            return _recorded(texts, least, recordings)
        except RecordingError as problem:
            found = (problem.finding,)
    sounds, kind = speaker.speak(texts)
    if speaker.problem:
        found = (*found, speaker.problem)
    cuts = [_cut(sound, least[index], LEAD, TAIL) for index, sound in enumerate(sounds)]
    return Narration(_held(cuts), kind, found)


def _cut(sound: Sound, least: int, lead: float, tail: float) -> Cut:
    frames = max(least, math.ceil((lead + sound.seconds + tail) * FPS))
    return Cut(pad(join((silence(lead), sound)), frames / FPS), frames, lead, sound.seconds)


def _held(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """The last picture stays a little longer, as far as the minute allows."""
    free = FILM_SECONDS - sum(cut.frames for cut in cuts) / FPS
    more = round(min(max(free, HOLD[0]), HOLD[1]) * FPS)
    last = cuts[-1]
    frames = last.frames + more
    return (*cuts[:-1], replace(last, frames=frames, sound=pad(last.sound, frames / FPS)))


# Recordings.


def _recorded(texts: Sequence[str], least: Sequence[int], recordings: Mapping[str, bytes]) -> Narration:
    by_scene: dict[int, str] = {}
    for file in recordings:
        if match := RECORDING.fullmatch(file.rsplit("/", 1)[-1]):
            by_scene.setdefault(int(match["scene"] or WHOLE), file)
    if whole := by_scene.get(WHOLE):
        return _whole(texts, least, whole, recordings[whole])
    missing = [str(number) for number in range(1, len(texts) + 1) if number not in by_scene]
    if missing:
        file = next(iter(by_scene.values()))
        raise RecordingError(file, f"Có giọng thu từng cảnh nhưng thiếu cảnh {', '.join(missing)}.",
                             f"Recordings by scene, but scene {', '.join(missing)} is missing.")
    files = [by_scene[number] for number in range(1, len(texts) + 1)]
    sounds = [level_sound(_opened(file, recordings[file], 0.3)) for file in files]
    if sum(sound.seconds for sound in sounds) > LONGEST:
        raise _too_long(files[0], sum(sound.seconds for sound in sounds))
    found = [told for file, text, sound in zip(files, texts, sounds, strict=True) for told in _pace(file, text, sound)]
    cuts = [_cut(sound, least[index], LEAD, TAIL) for index, sound in enumerate(sounds)]
    return Narration(_held(cuts), "recording", tuple(found))


def _whole(texts: Sequence[str], least: Sequence[int], file: str, data: bytes) -> Narration:
    """The picture changes in the speaker's own pauses."""
    sound = level_sound(_opened(file, data, SHORTEST))
    moments, certain = cut_at_pauses(sound, [weigh(text.split()) for text in texts])
    edges = [0.0, *moments, sound.seconds]
    cuts = [
        _cut(cut(sound, start, end), least[index], LEAD if index == 0 else 0.0, 0.0)
        for index, (start, end) in enumerate(pairwise(edges))
    ]
    found = [*_pace(file, " ".join(texts), sound)]
    if not certain:
        found.append(warning(
            "clip.recording", Place(file),
            (f"Không thấy đủ {len(texts) - 1} quãng nghỉ giữa {len(texts)} cảnh; cảnh đổi theo số chữ.",
             f"Fewer than {len(texts) - 1} pauses for {len(texts)} scenes; they change by length."),
            ("Đọc xong mỗi cảnh thì nghỉ nửa giây.", "Pause between scenes."),
        ))
    return Narration(_held(cuts), "recording", tuple(found))


def _opened(file: str, data: bytes, shortest: float) -> Sound:
    if not data:
        raise RecordingError(file, "Tệp trống.", "The file is empty.",
                             ("Thu lại, hoặc xóa tệp.", "Record again, or delete the file."))
    try:
        sound = decode_sound(data)
    except FilmError as problem:
        raise RecordingError(file, "Tệp này không phải tiếng nói.", "This is no sound.",
                             ("Thu lại dạng wav, mp3 hoặc m4a.", "Record it as wav, mp3 or m4a.")) from problem
    if sound.seconds > LONGEST:
        raise _too_long(file, sound.seconds)
    if is_silent(sound):
        raise RecordingError(file, "Không nghe thấy gì.", "It is silent.",
                             ("Thu lại, để máy gần miệng.", "Record again, close to the mouth."))
    trimmed = trim(sound)
    if trimmed.seconds < shortest:
        raise RecordingError(file, f"Chỉ dài {trimmed.seconds:.1f} giây, không đủ lời.",
                             f"Only {trimmed.seconds:.1f} seconds, not all the words.")
    return trimmed


def _too_long(file: str, seconds: float) -> RecordingError:
    return RecordingError(file, f"Dài hơn {min(seconds, 300):.0f} giây, phim chỉ một phút.",
                          f"Longer than {min(seconds, 300):.0f} seconds; a clip has one minute.",
                          ("Thu lại cho gọn.", "Record only the words of the table."))


def _pace(file: str, text: str, sound: Sound) -> Iterator[Finding]:
    pace = count(text) * 60 / sound.seconds
    letters = len(text) / sound.seconds
    if pace > FASTEST:
        yield warning(
            "clip.recording", Place(file),
            (f"Đọc nhanh quá: {pace:.0f} chữ một phút, {letters:.1f} ký tự một giây; người già theo được {FASTEST}.",
             f"Too fast: {pace:.0f} chữ a minute, {letters:.1f} characters a second; at most {FASTEST}."),
            ("Thu lại chậm hơn.", "Record it slower."),
        )
