"""Voices: a command the owner names, `espeak-ng`, or silence. Text in, plain sound out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from generator.ground.code import our_code
from generator.ground.errors import HocsoError, MissingProgramError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Place, Text, warning
from generator.ground.said import said
from generator.ground.whole import Stock
from generator.handbook.recorded.speech import split_command
from generator.handbook.spoken import count, read_aloud
from generator.press.film import FilmError, decode_sound, level_sound
from generator.press.sound import Sound, is_silent, silence, trim

VoiceKind = Literal["recording", "command", "espeak", "silence"]
VOICE_NAMES: dict[VoiceKind, str] = {
    "recording": "giọng người đọc", "command": "giọng máy đọc", "espeak": "giọng máy đọc (espeak-ng)",
    "silence": "phim không tiếng",
}
PACE = 150
"""Chữ a minute: old people follow it."""
FIRST_SPEED = 122
"""What espeak-ng calls words a minute; about right, so one correction is enough."""
ALMOST = 0.02
ESPEAK_SECONDS = 20
SMALL_PROGRAM = 1_000_000
"""Bytes of what is rather read than weighed."""
COMMAND_SECONDS = 60.0
"""The longest a command may take for one scene; a slow machine needs about ten."""
MOST_BYTES = 64_000_000
"""Of what it says; a minute of the best wav takes a quarter."""
WRITTEN = ("voice.wav", "spoken", "told")
LOOK_SECONDS, LAST_SECONDS = 0.05, 5
GET_ESPEAK = {"apt-get": "sudo apt-get install espeak-ng", "brew": "brew install espeak-ng",
              "winget": "winget install eSpeak-NG.eSpeak-NG"}
REGIONS = {"north": "vi", "central": "vi-vn-x-central", "south": "vi-vn-x-south"}
SAID = {"AI": "ây ai", "OTP": "ô tê pê", "QR": "quy e rờ", "VNeID": "vê en y đê", "PIN": "pin", "Wi-Fi": "oai phai",
        "Zalo": "da lô", "Google": "gu gồ", "SMS": "ét em ét", "iPhone": "ai phôn", "Facebook": "phây búc"}
"""How espeak-ng has to see what it would spell or read as Vietnamese."""


class VoiceError(HocsoError):
    """A voice did not speak."""

    exit_code = 1


@dataclass
class Speaker:
    """The best machine voice of this machine for one edition. A command that failed once is not asked again."""

    command: str = ""
    where: Place = Place("mkdocs.yml")
    """Of the command, for who has to mend it."""
    region: str = "north"
    root: Path = field(default_factory=Path)
    limit: float = COMMAND_SECONDS
    stock: Stock | None = None
    """Sentences spoken before: a good voice takes ten times as long as the film is cut in."""
    problem: Finding | None = None

    def speak(self, texts: Sequence[str]) -> tuple[list[Sound], VoiceKind]:
        """All with one voice: half a film by another speaker would confuse."""
        if self.command and self.problem is None:
            try:
                return [self._once(text, self._by_command) for text in texts], "command"
            except VoiceError as problem:
                self.problem = self._told(problem.text)
        if find_espeak():
            try:
                return [self._once(text, self._by_espeak) for text in texts], "espeak"
            except VoiceError as problem:  # a silent film would be kept, and stay silent once it speaks again
                raise MissingProgramError(*said("voice/espeak", why=problem.text)) from problem
        return [silence(60 * count(text) / PACE) for text in texts], "silence"

    def _once(self, text: str, speak: Callable[[str], Sound]) -> Sound:
        """A sentence is spoken once, for all cuts, editions and builds."""
        if self.stock is None:
            return speak(text)
        key = digest_of("voice", our_code().digest(__name__), speak.__name__, self.identity, text)
        return Sound(self.stock.again(key, lambda: speak(text).samples))

    def _by_command(self, text: str) -> Sound:
        return speak_command(self.command, text, self.root, self.limit)

    def _by_espeak(self, text: str) -> Sound:
        return speak_espeak(text, REGIONS[self.region])

    def _told(self, why: Text) -> Finding:
        return warning(
            "clip.voice", self.where,
            (f"Lệnh đọc `tts` không dùng được, phim dùng giọng khác. {why.vi}",
             f"The command `tts` does not work, clips use another voice. {why.en}"),
            ("Sửa lệnh rồi dựng lại.", "Mend it and build again."),
        )

    @property
    def identity(self) -> tuple[object, ...]:
        """What must be made anew when another voice is there."""
        parts = [(word, _weight(self.root, word)) for word in split_command(self.command)]
        return (parts, espeak_version(), self.region if not self.command else "")


def _weight(root: Path, word: str) -> int | str:
    """Of a program or a model: one that was just installed is another voice, and so is a script that was mended."""
    found = Path(shutil.which(word) or root / word)
    try:
        size = found.stat().st_size if found.is_file() else 0
        return digest_of(found.read_bytes()) if 0 < size < SMALL_PROGRAM else size
    except OSError:
        return 0


# A command named by the owner.


def speak_command(command: str, text: str, root: Path, limit: float = COMMAND_SECONDS) -> Sound:
    """Text on its standard input; a wav at `{wav}`, or on its standard output where the command has no `{wav}`."""
    with tempfile.TemporaryDirectory(prefix="hocso-voice-", ignore_cleanup_errors=True) as folder:
        wav, spoken = Path(folder) / "voice.wav", Path(folder) / "spoken"
        words = [word.replace("{wav}", str(wav)) for word in split_command(command)]
        (Path(folder) / "text").write_text(f"{read_aloud(text)}\n", "utf-8")
        _run(words, Path(folder), root, limit)
        data = (wav if wav.is_file() else spoken).read_bytes()
    try:
        sound = decode_sound(data)
    except FilmError as problem:
        raise VoiceError("Lệnh không cho ra tệp wav.", "It gave no wav.") from problem
    if is_silent(sound):
        raise VoiceError("Lệnh cho ra tệp im lặng.", "It gave silence.")
    return level_sound(trim(sound))


def _run(words: Sequence[str], folder: Path, root: Path, limit: float) -> None:
    """What it says goes to files: pipes stay open as long as whatever it left behind, and hold all it ever says."""
    with ((folder / "text").open("rb") as text, (folder / "spoken").open("wb") as out,
          (folder / "told").open("wb") as told):
        try:
            started = subprocess.Popen(words, cwd=root, stdin=text, stdout=out, stderr=told,
                                       start_new_session=os.name != "nt")
        except (OSError, IndexError, ValueError) as problem:
            raise VoiceError(f"Không chạy được: {problem}.", f"It does not start: {problem}.") from problem
    try:
        code = _code_of(started, folder, limit)
    finally:
        _end(started)
    if code:
        said_last = (folder / "told").read_text("utf-8", "replace").strip().splitlines() or [str(code)]
        raise VoiceError(f"Lệnh báo lỗi: {said_last[-1][:200]}", f"It failed: {said_last[-1][:200]}")


def _code_of(started: subprocess.Popen[bytes], folder: Path, limit: float) -> int:
    """Once it has ended, in time and without more to say than a scene takes."""
    until = time.monotonic() + limit
    while True:
        with suppress(subprocess.TimeoutExpired):
            started.wait(LOOK_SECONDS)
        if any(path.is_file() and path.stat().st_size > MOST_BYTES for path in map(folder.joinpath, WRITTEN)):
            raise VoiceError(f"Lệnh cho ra hơn {MOST_BYTES} byte.", f"It gave more than {MOST_BYTES} bytes.")
        if started.returncode is not None:
            return started.returncode
        if time.monotonic() > until:
            raise VoiceError(f"Quá {limit:g} giây chưa xong.", f"Not done after {limit:g} seconds.")


def _end(started: subprocess.Popen[bytes]) -> None:
    """And whatever of its group is left."""
    with suppress(OSError):
        if os.name == "nt":
            started.kill()
        else:
            os.killpg(started.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        started.wait(LAST_SECONDS)


# espeak-ng.


@cache
def find_espeak() -> str:
    """Empty when there is none, or when `HOCSO_NO_VOICE=1` says to do without."""
    if os.environ.get("HOCSO_NO_VOICE") == "1":
        return ""
    windows = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) / "eSpeak NG" / "espeak-ng.exe"
    return shutil.which("espeak-ng") or (str(windows) if windows.is_file() else "")


@cache
def espeak_version() -> str:
    if not find_espeak():
        return ""
    try:
        told = subprocess.run([find_espeak(), "--version"], capture_output=True, timeout=ESPEAK_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.decode("utf-8", "replace").partition("Data at")[0].strip()


def voice_hint() -> Text:
    """The one command that gets a voice on this machine."""
    for program, command in GET_ESPEAK.items():
        if shutil.which(program):
            return Text(command, command)
    return Text("Cài chương trình espeak-ng.", "Install espeak-ng.")


def speak_espeak(text: str, voice: str) -> Sound:
    """At our pace: it speaks once to be measured, then again at the speed that fits."""
    speed, words = FIRST_SPEED, count(text)
    for _ in range(3):
        sound = trim(_espeak(text, voice, speed))
        pace = words * 60 / max(sound.seconds, 0.1)
        better = max(80, min(260, round(speed * PACE / pace)))
        if abs(pace / PACE - 1) <= ALMOST or better == speed:
            break
        speed = better
    return sound


@lru_cache(maxsize=64)
def _espeak(text: str, voice: str, speed: int) -> Sound:
    written = read_aloud(text)
    for word, read in SAID.items():
        written = written.replace(word, read)
    command = [find_espeak(), "-v", voice, "-s", str(speed), "-a", "90", "-b", "1", "-z", "--stdin", "--stdout"]
    try:
        done = subprocess.run(command, input=written.encode(), capture_output=True, timeout=ESPEAK_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise VoiceError(f"espeak-ng không chạy: {problem}.", f"espeak-ng does not run: {problem}.") from problem
    head, _, samples = done.stdout.partition(b"data")
    samples = samples[4:]  # the lengths in its head are those of an endless stream
    sound = Sound(samples[: len(samples) // 2 * 2])
    if done.returncode or not head.startswith(b"RIFF") or is_silent(sound):
        raise VoiceError("espeak-ng không đọc được.", "espeak-ng did not speak.")
    return sound
