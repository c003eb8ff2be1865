"""The film cutter: still pictures and spoken sound → one film, the same byte for byte. Only caller of ffmpeg."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.ground.errors import HocsoError, MissingProgramError
from generator.press.sound import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator

FPS = 12
LOUDNESS = -18.0
"""Of every voice, in LUFS: as loud as people speak in other films on a phone."""
PEAK = 0.84
SOUND_RATE = "32k"
MP3_RATE, MP3_HERTZ = "48k", "44100"
"""What every player of the last twenty years takes."""
QUALITY = "21"
SECONDS = 120
"""No single call takes a tenth of that."""
MOST_SECONDS = 300
"""What is longer is no recording of one minute; the rest is not even read."""
SAME = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1")
"""Without the moment, the machine and the library in the file."""
EVENLY = ("-max_interleave_delta", "0")
"""Picture and sound strictly by their time: else the quicker of two threads decides which comes first."""


class FilmError(HocsoError):
    """What was given is no picture or no sound."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Still:
    """A picture, and for how many frames it stands."""

    png: bytes
    frames: int


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture that moves over the others; where its top left corner is in each frame."""

    png: bytes
    path: tuple[tuple[int, int], ...]
    """One place a frame, the first from `start` on; after the last it is gone."""
    start: int


@cache
def find_ffmpeg() -> str:
    try:
        from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError) as problem:
        raise MissingProgramError(
            "Thiếu ffmpeg để làm phim. Cài lại: pip install --force-reinstall imageio-ffmpeg",
            "ffmpeg is missing, no films can be made. Install it: pip install --force-reinstall imageio-ffmpeg",
        ) from problem


@cache
def film_version() -> str:
    """Empty without ffmpeg: another one may encode differently."""
    try:
        told = subprocess.run([find_ffmpeg(), "-hide_banner", "-version"], capture_output=True, timeout=SECONDS)
    except (MissingProgramError, OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.decode("utf-8", "replace").partition("\n")[0].strip()


# Picture.


def encode_scene(stills: Sequence[Still], sprites: Sequence[Sprite] = ()) -> bytes:
    """One scene as bare H.264 that begins with a whole picture, so scenes can be strung together as they are."""
    with _desk() as folder:
        inputs: list[str] = []
        for index, picture in enumerate([*(s.png for s in stills), *(s.png for s in sprites)]):
            (folder / f"{index}.png").write_bytes(picture)
            inputs += ["-i", f"{index}.png"]
        total = sum(still.frames for still in stills)
        _run(folder, *inputs, "-filter_complex", _graph(stills, sprites), "-map", "[film]",
             "-frames:v", str(total), "-an", *_encoder(), "-f", "h264", "scene.h264")
        return (folder / "scene.h264").read_bytes()


def _encoder() -> tuple[str, ...]:
    """No B-frames, so that pictures come in their own order; one thread, so that two scenes go side by side."""
    return (
        "-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", QUALITY, "-bf", "0", "-threads", "1",
        "-g", "600", "-profile:v", "high", "-level", "3.1", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough", *SAME,
    )


def _graph(stills: Sequence[Still], sprites: Sequence[Sprite]) -> str:
    """Each picture is turned into film colours once and then repeated."""
    colours = ("scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+bitexact,"
               "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv")
    steps = [
        f"[{index}:v]{colours},format=yuv420p,loop=loop={still.frames - 1}:size=1:start=0,setpts=N/{FPS}/TB,"
        f"fps={FPS}[s{index}]"
        for index, still in enumerate(stills)
    ]
    names = "".join(f"[s{index}]" for index in range(len(stills)))
    steps.append(f"{names}concat=n={len(stills)}:v=1,setpts=N/{FPS}/TB[f0]")
    for index, sprite in enumerate(sprites):
        last = sprite.start + len(sprite.path) - 1
        steps.append(f"[{len(stills) + index}:v]{colours},format=yuva420p[p{index}]")
        steps.append(
            f"[f{index}][p{index}]overlay=x='{_places(sprite, 0)}':y='{_places(sprite, 1)}':format=yuv420:"
            f"enable='between(n,{sprite.start},{last})':eof_action=repeat[f{index + 1}]"
        )
    steps.append(f"[f{len(sprites)}]null[film]")
    return ";".join(steps)


def _places(sprite: Sprite, axis: int) -> str:
    """An expression of the frame's number, which overlay counts from 1; where nothing moves is no term."""
    told, last = "", None
    for index, place in enumerate(sprite.path):
        if place[axis] != last:
            step = place[axis] - (last or 0)
            told += f"{step:+d}*gte(n,{sprite.start + index + 1})"
            last = place[axis]
    return told or "0"


def encode_poster(png: bytes) -> bytes:
    """Half as wide: it is loaded with the page, before anybody asked for the film."""
    with _desk() as folder:
        (folder / "poster.png").write_bytes(png)
        smaller = "scale=640:-2:flags=area+accurate_rnd+bitexact"
        _run(folder, "-i", "poster.png", "-frames:v", "1", "-vf", smaller, "-q:v", "7", *SAME, "poster.jpg")
        return (folder / "poster.jpg").read_bytes()


# Sound.


def decode_sound(data: bytes) -> Sound:
    """Any recording as plain samples."""
    with _desk() as folder:
        (folder / "recording").write_bytes(data)
        try:
            _run(folder, "-i", "recording", "-map", "0:a:0", "-t", str(MOST_SECONDS + 1), "-ac", "1", "-ar", str(RATE),
                 "-f", "s16le", "sound")
            samples = (folder / "sound").read_bytes()
        except (FilmError, OSError):
            samples = b""
    if not samples:
        raise FilmError("Tệp này không phải tiếng nói, không mở được.", "This is no sound; it cannot be opened.")
    return Sound(samples[: len(samples) // 2 * 2])


def level_sound(sound: Sound) -> Sound:
    """As loud as all others, never distorted."""
    with _desk() as folder:
        raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "sound")
        (folder / "sound").write_bytes(sound.samples)
        told = _run(folder, *raw, "-af", "ebur128=framelog=quiet", "-f", "null", "-", loglevel="info")
        found = re.findall(r"\bI:\s+(-?[\d.]+) LUFS", told)
        gain = LOUDNESS - float(found[-1]) if found and float(found[-1]) > -69 else 0.0
        _run(folder, *raw, "-af", f"volume={gain:.1f}dB,alimiter=limit={PEAK}:level=0", "-f", "s16le", "level")
        samples = (folder / "level").read_bytes()
    return Sound(samples[: len(sound.samples)].ljust(len(sound.samples), b"\0"))


def encode_sound(sound: Sound) -> bytes:
    """As it is joined to a film."""
    return _encode(sound, "sound.m4a", "-c:a", "aac", "-aac_coder", "fast", "-b:a", SOUND_RATE)


def encode_mp3(sound: Sound, title: str) -> bytes:
    """For loudspeakers and phones with keys, which know nothing newer; they show the title."""
    return _encode(sound, "sound.mp3", "-c:a", "libmp3lame", "-b:a", MP3_RATE, "-ar", MP3_HERTZ, "-write_xing", "0",
                   "-id3v2_version", "3", "-metadata", f"title={title}")


def _encode(sound: Sound, name: str, *coder: str) -> bytes:
    with _desk() as folder:
        (folder / "sound").write_bytes(sound.samples)
        _run(folder, "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "sound", "-threads", "1", *SAME, *coder, name)
        return (folder / name).read_bytes()


def join_film(scenes: Sequence[bytes], sound: bytes) -> bytes:
    """Picture and sound as they are, into one file that plays while it loads."""
    with _desk() as folder:
        (folder / "film.h264").write_bytes(b"".join(scenes))
        (folder / "sound.m4a").write_bytes(sound)
        _run(folder, "-framerate", str(FPS), "-f", "h264", "-i", "film.h264", "-i", "sound.m4a", "-map", "0:v",
             "-map", "1:a", "-c", "copy", *SAME, *EVENLY, "-movflags", "+faststart", "film.mp4")
        return (folder / "film.mp4").read_bytes()


def join_silent(scenes: Sequence[bytes]) -> bytes:
    with _desk() as folder:
        (folder / "film.h264").write_bytes(b"".join(scenes))
        _run(folder, "-framerate", str(FPS), "-f", "h264", "-i", "film.h264", "-c", "copy", *SAME,
             "-movflags", "+faststart", "film.mp4")
        return (folder / "film.mp4").read_bytes()


# Looking at what came out.


def last_frame(film: bytes) -> bytes:
    """The final picture, decoded, as a picture file."""
    with _desk() as folder:
        (folder / "film.mp4").write_bytes(film)
        _run(folder, "-sseof", "-0.5", "-i", "film.mp4", "-an", "-update", "1", "-f", "image2", "last.bmp")
        return (folder / "last.bmp").read_bytes()


@contextmanager
def _desk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hocso-film-") as folder:
        yield Path(folder)


def _run(folder: Path, *arguments: str, loglevel: str = "error") -> str:
    """At low priority: printing and the editor's own work come first."""
    polite = ["nice", "-n", "5"] if shutil.which("nice") else []
    command = [*polite, find_ffmpeg(), "-hide_banner", "-nostdin", "-nostats", "-loglevel", loglevel, "-y", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise MissingProgramError(f"ffmpeg không chạy: {problem}", f"ffmpeg does not run: {problem}") from problem
    told = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        why = told.splitlines()[-1] if told else str(done.returncode)
        raise FilmError(f"ffmpeg không làm được: {why}", f"ffmpeg failed: {why}")
    return told
