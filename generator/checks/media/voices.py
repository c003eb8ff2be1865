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

NAMES = ("Đặt tên `giong.wav`, `giong.mp3` hoặc `giong.m4a`; thu từng cảnh thì `giong-1.wav`, `giong-2.wav`…",
         "Call it `giong.wav`, `giong.mp3` or `giong.m4a`; scene by scene `giong-1.wav`, `giong-2.wav` …")

AGAIN = ("Thu lại dạng wav, mp3 hoặc m4a, hoặc xóa tệp; chưa có thì phim dùng giọng máy.",
         "Record it again as wav, mp3 or m4a, or delete it; until then the clip has a machine's voice.")


def check(matter: Matter) -> Iterator[Finding]:
    yield from _command(matter)
    sounds: dict[str, list[str]] = {}
    for file in sorted(matter.files):
        if file.lower().endswith(SOUND_SUFFIXES):
            sounds.setdefault(file.rpartition("/")[0], []).append(file)
    lessons: tuple[Topic | Card, ...] = (*matter.handbook.topics, *matter.handbook.cards)
    for lesson in lessons:
        if files := sounds.get(lesson.place.file.rpartition("/")[0]):
            yield from _lesson(matter, lesson, files)


def _command(matter: Matter) -> Iterator[Finding]:
    site = matter.handbook.site
    program = missing_program(site.speech, matter.project.root)
    if program:
        yield warning(
            "clip.voice", site.speech_place,
            (f"Máy này không có chương trình đọc `{program}`; phim dùng giọng khác.",
             f"There is no program `{program}` here; clips use another voice."),
            ("Cài chương trình ấy, sửa lệnh sau `tts:`, hoặc xóa dòng này.",
             "Install it, mend the command, or delete the line."),
        )


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
                yield _not_used(file)
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


def _not_used(file: str) -> Finding:
    name = file.rpartition("/")[2]
    told = (f"Không dùng đến tệp tiếng `{name}`.", f"Nothing uses the sound `{name}`.")
    return warning("clip.recording", Place(file), told, NAMES)


def _gaps(by_scene: dict[int, str], scenes: int) -> Iterator[Finding]:
    missing = [str(number) for number in range(1, scenes + 1) if number not in by_scene]
    if missing:
        yield warning(
            "clip.recording", Place(by_scene[min(by_scene)]),
            (f"Có giọng thu từng cảnh nhưng thiếu cảnh {', '.join(missing)}.",
             f"Recordings by scene, but scene {', '.join(missing)} is missing."),
            (f"Thu đủ {scenes} cảnh, từ `giong-1` đến `giong-{scenes}`.", f"Record all {scenes} scenes."),
        )
    for number, file in sorted(by_scene.items()):
        if not 1 <= number <= scenes:
            yield warning(
                "clip.recording", Place(file),
                (f"Phim không có cảnh {number}, chỉ có {scenes} cảnh.", f"There is no scene {number}, only {scenes}."),
                (f"Đổi tên, hoặc xóa tệp. Cảnh cuối là `giong-{scenes}`.", "Rename or delete the file."),
            )


def _recording(matter: Matter, file: str, shortest: float, words: str) -> Iterator[Finding]:
    path = matter.project.path(file)
    trouble = _trouble(told_seconds(path) if path.stat().st_size else 0.0, shortest, words)
    if trouble:
        yield warning("clip.recording", Place(file), *trouble)


def _trouble(seconds: float | None, shortest: float, words: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """What is wrong and the mend."""
    if seconds is None:
        return ("Tệp này không phải tiếng nói, không mở được.", "This is no sound; it cannot be opened."), AGAIN
    if seconds == 0:
        return ("Tệp tiếng này trống.", "This recording is empty."), AGAIN
    if seconds < shortest:
        return (f"Chỉ dài {seconds:.1f} giây, không đủ lời.", f"Only {seconds:.1f} seconds, not all words."), AGAIN
    if seconds > LONGEST:
        return ((f"Dài {_long(seconds)}, phim chỉ một phút.", f"{seconds:.0f} seconds; a clip has one minute."),
                ("Thu lại cho gọn, chỉ đọc lời trong bảng.", "Record only the words of the table."))
    if math.isnan(seconds) or count(words) * 60 / seconds <= FASTEST:
        return None
    pace, letters = count(words) * 60 / seconds, len(words) / seconds
    return (
        (f"Đọc nhanh quá: {pace:.0f} chữ một phút, {letters:.1f} ký tự một giây; người già theo được {FASTEST} chữ.",
         f"Too fast: {pace:.0f} chữ a minute, {letters:.1f} characters a second; at most {FASTEST} chữ."),
        ("Thu lại chậm hơn, nghỉ nửa giây sau mỗi cảnh.", "Record it slower, pause between scenes."),
    )


def _long(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"
