"""Small real films for tests: a few seconds of a test picture with a tone."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from generator.press.film import find_ffmpeg

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.500\nBà con ơi, đây là phim quay thật.\n"


@cache
def small_film(size: str = "320x180", seconds: int = 2, codec: str = "libx264", turned: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "film.mp4"
        picture = ("-f", "lavfi", "-i", f"testsrc=size={size}:rate=5")
        tone = ("-f", "lavfi", "-i", "sine=440")
        _run(*picture, *tone, "-t", str(seconds), "-c:v", codec, "-pix_fmt", "yuv420p", "-c:a", "aac",
             "-fflags", "+bitexact", str(made))
        if turned:
            upright = made.with_name("turned.mp4")
            _run("-display_rotation", "90", "-i", str(made), "-c", "copy", str(upright))
            made = upright
        return made.read_bytes()


@cache
def small_sound() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "sound.mp4"
        _run("-f", "lavfi", "-i", "sine=440", "-t", "1", "-c:a", "aac", "-movflags", "+faststart", str(made))
        return made.read_bytes()


def _run(*arguments: str) -> None:
    subprocess.run([find_ffmpeg(), "-loglevel", "error", "-y", *arguments], check=True)
