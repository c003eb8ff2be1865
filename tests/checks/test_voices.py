"""Recordings and the reading command at check time: what cannot be used is told, with its mend, and stops nothing."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import pytest

from generator.checks.looking.matter import Matter
from generator.checks.media import voices
from generator.ground.files import Project
from generator.ground.findings import Finding, has_errors, in_order
from generator.handbook.lesson.markup import to_plain
from generator.handbook.recorded.recordings import told_seconds
from generator.handbook.spoken import count
from generator.press.film import encode_mp3, encode_sound
from generator.press.sound import Sound, join, silence
from tests.broken import MKDOCS, WIFI, Append, Swap, break_file, copy_base, read
from tests.films import tone, wav
from tests.real_films import small_sound

FOLDER = WIFI.rpartition("/")[0]
WORDS = "Bà con ơi, vào mạng Wi-Fi ở nơi học thì không mất tiền."
LONGER = " ".join([WORDS] * 6)
"""So that the four scenes are about a hundred chữ."""
LISTED = b"RIFF\0\0\0\0WAVELIST\3\0\0\0abc\0"
"""Other programs put their own name before the sound."""


@cache
def hum(seconds: float) -> Sound:
    return join([tone(seconds / 2), silence(seconds / 2)])


def wav_of(seconds: float) -> bytes:
    return wav([hum(seconds)])


def endless(data: bytes) -> bytes:
    """As a program writes that streams and never comes back to its head."""
    at = data.index(b"data") + 4
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def torn(data: bytes) -> bytes:
    return data[: len(data) // 2]


LENGTHS = [
    ("wav", wav_of(40), 40.0),
    ("wav with a list before its sound", LISTED + wav_of(40)[12:], 40.0),
    ("wav without end", endless(wav_of(40)), 40.0),
    ("wav cut off", torn(wav_of(40)), 20.0),
    ("mp3", encode_mp3(hum(40), "Bài số 1041"), 40.0),
    ("mp3 without a title", encode_mp3(hum(40), "")[10:].lstrip(b"\0"), 40.0),
    ("m4a", encode_sound(hum(40)), 40.0),
    ("ogg", b"OggS" + b"\0" * 200, math.nan),
    ("words", "Bà con ơi!".encode() * 900, None),
    ("picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, None),
    ("m4a cut off", torn(small_sound()), None),
    ("m4a without its table", encode_sound(hum(40))[:200], None),
    ("wav without sound", wav_of(40)[:40], None),
    ("a few bytes", b"RI", None),
]


@pytest.mark.parametrize(("data", "seconds"), [row[1:] for row in LENGTHS], ids=[row[0] for row in LENGTHS])
def test_how_long_a_recording_says_it_is(data: bytes, seconds: float | None, tmp_path: Path) -> None:
    (tmp_path / "giong").write_bytes(data)
    told = told_seconds(tmp_path / "giong")
    assert told is None if seconds is None else told == pytest.approx(seconds, abs=0.1, nan_ok=True)


def copy(folder: Path) -> Path:
    root = copy_base(folder)
    break_file(root, WIFI, Swap(WORDS, LONGER))
    return root


def told_of(root: Path) -> list[Finding]:
    return in_order(voices.check(Matter(Project(root), read(root))))


RECORDINGS: list[tuple[str, dict[str, bytes], list[tuple[str, str]]]] = [
    ("good", {"giong.wav": wav_of(60)}, []),
    ("empty", {"giong.wav": b""}, [("giong.wav", "Tệp tiếng này trống.")]),
    ("no audio", {"giong.mp3": b"Xin chao " * 400}, [("giong.mp3", "Tệp này không phải tiếng nói, không mở được.")]),
    ("ten minutes", {"giong.m4a": encode_sound(hum(600))}, [("giong.m4a", "Dài 10 phút 0 giây, phim chỉ một phút.")]),
    ("too short", {"giong.wav": wav_of(4)}, [("giong.wav", "Chỉ dài 4.0 giây, không đủ lời.")]),
    ("too fast", {"giong.wav": wav_of(20)}, [("giong.wav", "Đọc nhanh quá: ")]),
    ("another name", {"Giọng đọc.m4a": wav_of(60)}, [("Giọng đọc.m4a", "Không dùng đến tệp tiếng `Giọng đọc.m4a`.")]),
    ("another kind", {"giong.amr": b"#!AMR\n"}, [("giong.amr", "Không dùng đến tệp tiếng `giong.amr`.")]),
    ("the whole goes before scenes", {"giong.wav": wav_of(60), "giong-1.wav": b""}, []),
    ("gaps", {"giong-1.wav": wav_of(30), "giong-77.wav": wav_of(9)}, [
        ("giong-1.wav", "Có giọng thu từng cảnh nhưng thiếu cảnh 2, 3, 4."),
        ("giong-77.wav", "Phim không có cảnh 77, chỉ có 4 cảnh.")]),
]


@pytest.mark.parametrize(("files", "told"), [row[1:] for row in RECORDINGS], ids=[row[0] for row in RECORDINGS])
def test_recordings(files: dict[str, bytes], told: list[tuple[str, str]], tmp_path: Path) -> None:
    root = copy(tmp_path)
    for name, data in files.items():
        (root / FOLDER / name).write_bytes(data)
    found = told_of(root)
    assert not has_errors(found), "the other films are made"
    assert [(finding.rule, finding.place.file) for finding in found] == [
        ("clip.recording", f"{FOLDER}/{name}") for name, _ in told]
    assert all(finding.message.vi.startswith(said) for finding, (_, said) in zip(found, told, strict=True))
    assert all(finding.fix.vi and finding.place.line == 1 for finding in found)


def test_too_fast_says_its_pace_and_its_characters(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / FOLDER / "giong.wav").write_bytes(wav_of(20))
    topic = next(topic for topic in read(root).handbook.topics if topic.place.file == WIFI)
    words = to_plain(" ".join(scene.words.text for scene in topic.clip))
    told, = told_of(root)
    assert f"{count(words) * 3} chữ một phút, {len(words) / 20:.1f} ký tự một giây" in told.message.vi


COMMANDS = [
    ("khong-co-chuong-trinh --model a.onnx", "khong-co-chuong-trinh"),
    ("./doc.sh {wav}", "./doc.sh"),
    ('"open quote', '"open quote'),
    ("sh -c 'cat'", ""),
]


@pytest.mark.parametrize(("command", "program"), COMMANDS)
def test_a_command_that_is_not_here(command: str, program: str, tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    line = (root / MKDOCS).read_text("utf-8").count("\n") + 1
    break_file(root, MKDOCS, Append(f"  tts: {json.dumps(command)}\n"))
    found = [(finding.rule, finding.severity, finding.place.line) for finding in told_of(root)]
    assert found == ([("clip.voice", "warning", line)] if program else [])
    assert all(f"`{program}`" in finding.message.vi for finding in told_of(root))
