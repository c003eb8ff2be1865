"""Film: the same bytes each time, as many frames as asked, sound as it was."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.press.film import (
    FPS,
    LOUDNESS,
    FilmError,
    Sprite,
    Still,
    decode_sound,
    encode_poster,
    encode_scene,
    encode_sound,
    join_film,
    last_frame,
    level_sound,
)
from generator.press.sound import RATE, Sound, cut_at_pauses, join, pad, pauses, silence, trim
from tests.films import boxes, grey_frames, speech, told, tone, wav


def picture(shade: int, width: int = 320, height: int = 180) -> bytes:
    return bytes(cv2.imencode(".png", np.full((height, width, 3), shade, np.uint8))[1])


def scenes() -> list[bytes]:
    dot = Sprite(picture(0, 40, 40), tuple((10 * n, 5 * n) for n in range(14)), 3)
    moving = encode_scene([Still(picture(255), 6), Still(picture(200), 24)], [dot])
    return [moving, encode_scene([Still(picture(90), 12)])]


def test_a_film_has_its_frames_its_sound_and_starts_at_once(tmp_path: Path) -> None:
    film = join_film(scenes(), encode_sound(tone(42 / FPS)))
    path = tmp_path / "film.mp4"
    path.write_bytes(film)
    frames = grey_frames(path)
    assert len(frames) == 42
    assert all(one != two for one, two in pairwise(frames[3:17])), "the dot moves"
    assert frames[20:29].count(frames[20]) >= 8
    assert 80 <= frames[-1][0] <= 100
    words = told(path)
    assert "h264" in words and "yuv420p" in words and "aac (LC)" in words and f"{FPS} fps" in words
    order = boxes(film)
    assert order.index("moov") < order.index("mdat"), "fast start"


def test_a_voice_takes_little_of_a_film() -> None:
    """Hums with breath in them, and pauses: a quick coder gave them twice as much as it was asked."""
    moment = np.arange(10 * RATE) / RATE
    hums = sum(np.sin(2 * np.pi * 140 * tone * moment) / tone for tone in range(1, 30)) * 3000
    breath = np.random.default_rng(1).normal(size=moment.size) * 400
    spoken = (hums + breath) * (np.sin(4 * np.pi * moment) > -0.3)
    data = encode_sound(Sound(spoken.clip(-32000, 32000).astype("<i2").tobytes()))
    assert len(data) * 8 / 10 <= 40_000


def test_two_films_are_the_same_bytes() -> None:
    one, two = (join_film(scenes(), encode_sound(tone(3.5))) for _ in range(2))
    assert one == two
    long, sound = scenes() * 16, encode_sound(tone(56.0))
    assert len({join_film(long, sound) for _ in range(25)}) == 1, "no thread decides what comes first"
    assert encode_poster(picture(120)) == encode_poster(picture(120))


def test_the_last_frame_is_the_last(tmp_path: Path) -> None:
    film = join_film(scenes(), encode_sound(tone(42 / FPS)))
    shown = cv2.imdecode(np.frombuffer(last_frame(film), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert shown is not None and abs(int(shown[90, 160]) - 90) <= 3


@pytest.mark.parametrize("data", [b"", b"not a sound at all" * 99, picture(10)])
def test_what_is_no_sound_is_told(data: bytes) -> None:
    with pytest.raises(FilmError, match="không phải tiếng nói"):
        decode_sound(data)


def test_sound_comes_through_and_is_levelled() -> None:
    faint = decode_sound(wav([tone(2.0, loud=900)]))
    assert abs(faint.seconds - 2.0) < 0.02
    loud = level_sound(faint)
    assert loud.seconds == faint.seconds
    again = level_sound(tone(2.0, loud=20000))
    peak = [max(map(abs, memoryview(sound.samples).cast("h"))) for sound in (loud, again)]
    assert abs(peak[0] - peak[1]) / peak[1] < 0.1, f"both at {LOUDNESS} LUFS"


# Pauses.


def test_silence_at_the_ends_goes() -> None:
    sound = trim(join([silence(1.0), tone(1.0), silence(0.4), tone(0.5), silence(2.0)]))
    assert abs(sound.seconds - 1.9) < 0.2
    assert [round(pause.length, 1) for pause in pauses(sound)] == [0.4]


@pytest.mark.parametrize("lengths", [(4, 6, 5, 7, 3), (3, 9, 3, 9, 4), (6, 6, 6, 6, 6)])
def test_scenes_are_parted_in_the_speakers_pauses(lengths: tuple[float, ...]) -> None:
    """Also when the shares, which come from the words, are a fifth wrong."""
    sound = trim(join(speech(lengths, pause=0.6)))
    shares = [length * (1.2 if index % 2 else 0.85) for index, length in enumerate(lengths)]
    moments, certain = cut_at_pauses(sound, shares)
    assert certain
    expected, at = [], 0.06
    for length in lengths[:-1]:
        at += length + 0.2 + 0.6
        expected.append(at - 0.3)
    assert all(abs(one - two) <= 0.3 for one, two in zip(moments, expected, strict=True)), (moments, expected)


def test_without_pauses_the_words_decide() -> None:
    moments, certain = cut_at_pauses(tone(10.0), [1, 1, 2])
    assert not certain
    assert [round(moment, 1) for moment in moments] == [2.5, 5.0]


def test_padding_is_exact() -> None:
    assert pad(Sound(b"\1\0" * 10), 1.0).seconds == 1.0
    assert len(pad(tone(2.0), 1.0).samples) == 2 * RATE
