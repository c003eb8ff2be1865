"""Voices: the command first, then espeak-ng at our pace, then silence; a bad command never stops a build."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from generator.ground.findings import Place
from generator.ground.whole import Stock
from generator.handbook.spoken import count
from generator.press import voice
from generator.press.voice import PACE, REGIONS, Speaker, VoiceError, find_espeak, speak_command, speak_espeak

WORDS = "Bà con ơi! Ô vuông đen trắng này gọi là mã QR. Quét một cái là xem được bài, khỏi phải gõ chữ."
TONE = """
import math, struct, sys, wave
text = sys.stdin.buffer.read().decode("utf-8")
assert "mười nghìn" in text or "QR" in text, text
with wave.open(sys.argv[1] if len(sys.argv) > 1 else sys.stdout.buffer, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(16000)
    file.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(n / 12))) for n in range(16000)))
"""
NO_VOICE = os.environ.get("HOCSO_NO_VOICE") == "1"


def command(folder: Path, program: str, rest: str = "") -> str:
    file = folder / "đọc lời.py"
    file.write_text(program, "utf-8")
    return f'"{sys.executable}" "{file}" {rest}'


def need_espeak() -> None:
    """Like the browser: a machine without it fails, unless it is said to have none."""
    if NO_VOICE:
        pytest.skip("HOCSO_NO_VOICE=1")
    assert find_espeak(), voice.voice_hint().en


@pytest.mark.parametrize("rest", ["{wav}", ""])
def test_a_command_speaks(tmp_path: Path, rest: str) -> None:
    sound = speak_command(command(tmp_path, TONE, rest), "Nộp 10.000 đồng", tmp_path)
    assert 0.9 < sound.seconds < 1.1


LEFT_BEHIND = ("import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
               " start_new_session=True)")
"""Holds open whatever its parent wrote to."""
BAD = [
    ("import sys; sys.exit('model is missing')", "model is missing"),
    ("print('hello')", "không cho ra tệp wav"),
    ("", "không cho ra tệp wav"),
    ("import time; time.sleep(60)", "Quá 1 giây"),
    ("import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])", "Quá 1 giây"),
    (f"{LEFT_BEHIND}", "không cho ra tệp wav"),
    (f"{LEFT_BEHIND}; time.sleep(60)", "Quá 1 giây"),
    ("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 100_000)", "hơn 3000000 byte"),
    ("import sys\nwhile True: sys.stderr.buffer.write(b'x' * 100_000)", "hơn 3000000 byte"),
    ("import sys\nfile = open(sys.argv[1], 'wb')\nwhile True: file.write(b'x' * 100_000)", "hơn 3000000 byte"),
    ("import os, sys; os.mkfifo(sys.argv[1])", "không cho ra tệp wav"),
]


@pytest.mark.parametrize(("program", "said"), BAD)
def test_a_bad_command_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    monkeypatch.setattr(voice, "MOST_BYTES", 3_000_000)
    start = time.monotonic()
    with pytest.raises(VoiceError) as caught:
        speak_command(command(tmp_path, program, "{wav}"), WORDS, tmp_path, limit=1 if "Quá" in said else 30)
    assert said in caught.value.text.vi
    assert time.monotonic() - start < 45


@pytest.mark.parametrize("named", ["there-is-no-such-program", '"open quote', "/"])
def test_a_command_that_cannot_start_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setattr(voice, "find_espeak", lambda: "")
    speaker = Speaker(named, Place("mkdocs.yml", 57, 8), root=tmp_path)
    sounds, kind = speaker.speak([WORDS])
    assert kind == "silence"
    assert abs(sounds[0].seconds - 60 * count(WORDS) / PACE) < 0.1
    assert speaker.problem and speaker.problem.place == Place("mkdocs.yml", 57, 8)


def test_a_command_that_failed_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "find_espeak", lambda: "")
    notes = tmp_path / "asked"
    speaker = Speaker(command(tmp_path, f"open({str(notes)!r}, 'a').write('x'); raise SystemExit(3)"), root=tmp_path)
    for _ in range(3):
        speaker.speak([WORDS, WORDS])
    assert notes.read_text() == "x"


def test_a_command_says_each_sentence_once(tmp_path: Path) -> None:
    """Also in another cut, another edition and the next build."""
    asked = tmp_path / "asked"
    program = TONE.replace("text = sys", f"open({str(asked)!r}, 'a').write('x')\ntext = sys")
    named = command(tmp_path, program)
    for stock in (None, Stock(tmp_path / "voices"), Stock(tmp_path / "voices")):
        sounds, kind = Speaker(named, root=tmp_path, stock=stock).speak([WORDS, WORDS])
        assert kind == "command" and sounds[0] == sounds[1] and sounds[0].seconds > 0.5
    assert asked.read_text() == "xxx"
    named = command(tmp_path, program + "# another voice")
    Speaker(named, root=tmp_path, stock=Stock(tmp_path / "voices")).speak([WORDS])
    assert asked.read_text() == "xxxx"


def test_an_installed_program_is_another_voice(tmp_path: Path) -> None:
    speaker = Speaker("piper --model giong.onnx", root=tmp_path)
    before = speaker.identity
    (tmp_path / "giong.onnx").write_bytes(b"model")
    first = speaker.identity
    (tmp_path / "giong.onnx").write_bytes(b"other")
    assert before != first != speaker.identity != before
    assert Speaker('piper "open', root=tmp_path).identity


@pytest.mark.parametrize("region", REGIONS)
def test_espeak_keeps_the_pace(region: str) -> None:
    need_espeak()
    sound = speak_espeak(WORDS, REGIONS[region])
    assert abs(count(WORDS) * 60 / sound.seconds - PACE) < 0.04 * PACE
    assert sound == speak_espeak(WORDS, REGIONS[region])


def test_regions_sound_different() -> None:
    need_espeak()
    assert len({speak_espeak(WORDS, name).samples for name in REGIONS.values()}) == 3
