"""What is heard: recordings lead, scenes follow their pauses, a bad one is told and replaced."""

from __future__ import annotations

import pytest

from generator.ground.findings import Place
from generator.press import voice
from generator.press.film import FPS
from generator.press.sound import Sound, pauses, silence
from generator.press.voice import Speaker
from generator.products.films.parts.narration import FILM_SECONDS, HOLD, LEAD, narrate
from tests.films import speech, tone, wav

FOLDER = "content/topics/quet-ma-qr"
TEXTS = ["Một hai ba bốn năm sáu bảy tám chín mười."] * 3 + ["Một hai ba bốn năm sáu."]
LEAST = [24, 40, 24, 24]
LENGTHS = (4.0, 4.4, 3.8, 2.4)


@pytest.fixture(autouse=True)
def without_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence as the other voice: what a recording is replaced by is not asked here."""
    monkeypatch.setattr(voice, "find_espeak", lambda: "")


def whole(lengths: tuple[float, ...] = LENGTHS, pause: float = 0.7) -> dict[str, bytes]:
    return {f"{FOLDER}/giong.wav": wav(speech(lengths, pause))}


def test_scenes_change_in_the_recorded_pauses() -> None:
    told = narrate(TEXTS, LEAST, whole(), Speaker())
    assert told.voice == "recording" and told.findings == ()
    rests = [pause for pause in pauses(told.sound) if pause.length > 0.4]
    at = 0.0
    for cut in told.cuts[:-1]:
        at += cut.frames / FPS
        assert min(max(pause.start - at, at - pause.end, 0.0) for pause in rests) <= 0.3
        assert abs(at - min((pause.middle for pause in rests), key=lambda m: abs(m - at))) <= 0.45
    assert abs(told.seconds - told.sound.seconds) < 0.01
    assert told.cuts[0].start == LEAD and told.cuts[1].start == 0.0


def test_a_recording_by_scene_is_taken_scene_by_scene() -> None:
    files = {f"{FOLDER}/giong-{n}.wav": wav([silence(1), tone(length), silence(1)])
             for n, length in enumerate(LENGTHS, start=1)}
    told = narrate(TEXTS, LEAST, files, Speaker())
    assert told.voice == "recording"
    assert all(abs(cut.spoken - length) < 0.2 for cut, length in zip(told.cuts, LENGTHS, strict=True))
    files.pop(f"{FOLDER}/giong-3.wav")
    without = narrate(TEXTS, LEAST, files, Speaker())
    assert without.voice == "silence" and "thiếu cảnh 3" in without.findings[0].message.vi


def test_too_fast_is_told_with_its_characters() -> None:
    told = narrate(TEXTS, LEAST, whole((1.7, 1.8, 1.9, 1.6), 0.9), Speaker())
    assert told.voice == "recording"
    (fast,) = told.findings
    assert "Đọc nhanh quá" in fast.message.vi and "ký tự một giây" in fast.message.vi
    assert fast.place == Place(f"{FOLDER}/giong.wav") and fast.fix.vi == "Thu lại chậm hơn."


def test_a_recording_without_pauses_is_used_and_told() -> None:
    told = narrate(TEXTS, LEAST, {f"{FOLDER}/giong.wav": wav([tone(16.0)])}, Speaker())
    assert told.voice == "recording" and "quãng nghỉ" in told.findings[0].message.vi


BAD: list[tuple[str, bytes | list[Sound], str]] = [
    ("empty", b"", "Tệp trống"),
    ("a text", b"xin chao " * 400, "không phải tiếng nói"),
    ("silent", [silence(20)], "Không nghe thấy gì"),
    ("too short", [tone(2)], "không đủ lời"),
    ("ten minutes", [tone(20), *[silence(20)] * 29], "Dài hơn"),
]


@pytest.mark.parametrize(("data", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_recording_is_told_and_replaced(data: bytes | list[Sound], said: str) -> None:
    file = f"{FOLDER}/giong.wav"
    told = narrate(TEXTS, LEAST, {file: data if isinstance(data, bytes) else wav(data)}, Speaker())
    assert told.voice == "silence"
    assert said in told.findings[0].message.vi and told.findings[0].place == Place(file)
    assert [cut.frames >= least for cut, least in zip(told.cuts, LEAST, strict=True)] == [True] * 4


def test_the_last_picture_stays_within_the_minute() -> None:
    short = narrate(TEXTS, LEAST, {}, Speaker())
    last = short.cuts[-1]
    assert last.frames / FPS - last.start - last.spoken >= HOLD[1]
    long = narrate(["chữ " * 36] * 4, LEAST, {}, Speaker())
    assert long.seconds <= FILM_SECONDS + HOLD[0]
