"""What the tests of films share: frames of a film, sounds made of tones, wav files."""

from __future__ import annotations

import io
import math
import subprocess
import wave
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.press.film import find_ffmpeg
from generator.press.sound import RATE, Sound, silence


def tone(seconds: float, loud: int = 9000, pitch: float = 180) -> Sound:
    """A hum for speech."""
    step = 2 * math.pi * pitch / RATE
    return Sound(array("h", [round(loud * math.sin(step * at)) for at in range(round(seconds * RATE))]).tobytes())


def wav(parts: Iterable[Sound]) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(part.samples for part in parts))
    return data.getvalue()


def speech(lengths: Sequence[float], pause: float, breath: float = 0.2) -> list[Sound]:
    """One hum a scene with a breath in its middle, longer silence between scenes and at both ends."""
    parts = [silence(0.8)]
    for length in lengths:
        parts += [tone(length / 2), silence(breath), tone(length / 2), silence(pause)]
    return [*parts, silence(0.5)]


def grey_frames(film: Path, width: int = 320, height: int = 180) -> list[bytes]:
    """Every frame, small and grey."""
    command = [find_ffmpeg(), "-loglevel", "error", "-i", str(film), "-vf", f"scale={width}:{height}",
               "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return [raw[at : at + width * height] for at in range(0, len(raw), width * height)]


def told(film: Path) -> str:
    """What ffmpeg says about a file."""
    done = subprocess.run([find_ffmpeg(), "-hide_banner", "-i", str(film)], capture_output=True, text=True, check=False)
    return done.stderr


def boxes(film: bytes) -> list[str]:
    """The outer boxes of an mp4, in order."""
    names, at = [], 0
    while at < len(film):
        size = int.from_bytes(film[at : at + 4], "big")
        names.append(film[at + 4 : at + 8].decode("latin-1"))
        at += size
    return names
