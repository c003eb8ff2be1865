"""A real film of a few seconds, as an item of a lesson's clip hands it over."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from generator.engine.items import Handed
from generator.press.film import find_ffmpeg

SECONDS = 6
CAPTIONS = f"WEBVTT\n\n00:00:00.000 --> 00:00:0{SECONDS}.000\nBà con mở máy.\n".encode()


@cache
def _encoded(name: str) -> bytes:
    sources = {
        "film.mp4": ("-f", "lavfi", "-i", f"testsrc=size=320x180:rate=10:duration={SECONDS}", "-f", "lavfi", "-i",
                     f"sine=duration={SECONDS}", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
        "still.jpg": ("-f", "lavfi", "-i", "testsrc=size=640x360:duration=1", "-frames:v", "1"),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        subprocess.run([find_ffmpeg(), "-loglevel", "error", *sources[name], str(file)], check=True)
        return file.read_bytes()


def handed_film(slug: str) -> dict[str, Handed]:
    files = {f"site/clips/{slug}.mp4": _encoded("film.mp4"), f"site/clips/{slug}.vtt": CAPTIONS,
             f"site/clips/{slug}.jpg": _encoded("still.jpg")}
    sizes = {path: len(data) for path, data in files.items()}
    return {f"clip:{slug}": Handed(sizes, {"voice": "giọng máy đọc", "seconds": SECONDS}, files.__getitem__)}
