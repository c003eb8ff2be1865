"""The film cutter: still pictures and spoken sound → one film, the same byte for byte. Only caller of ffmpeg."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.ground.errors import MissingProgramError
from generator.press.sound import RATE, Sound

FPS = 12
LOUDNESS = -18.0
"""Of every voice, in LUFS: as loud as people speak in other films on a phone."""
PEAK = 0.84
SOUND_RATE = "32k"
MP3_RATE, MP3_HERTZ = "48k", "44100"
"""What every player of the last twenty years takes."""
QUALITY = "26"
ASK_SECONDS = 20
SECONDS = 120
"""No single call takes a tenth of that."""
MOST_SECONDS = 300
"""What is longer is no recording of one minute; the rest is not even read."""
BEGINNINGS = {".h264": b"\0\0\0\1", ".mp4": b"\0\0\0", ".m4a": b"\0\0\0", ".jpg": b"\xff\xd8", ".bmp": b"BM",
              ".mp3": b"ID3"}
"""Of files it gives; what begins otherwise would be kept for ever as what it is not."""
SAME = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1")
"""Without the moment, the machine and the library in the file."""
EVENLY = ("-max_interleave_delta", "0")
"""Picture and sound strictly by their time: else the quicker of two threads decides which comes first."""


class FilmError(MissingProgramError):
    """ffmpeg does not do what it was asked, or what it was given is no picture or no sound."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture, and for how many frames it stands."""

    png: bytes
    frames: int


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture that moves over the others; where its top left corner is in each frame."""

    png: bytes
    path: tuple[tuple[int, int] | None, ...]
    """One place a frame, the first from `start` on; nothing where it is not seen, and after the last it is gone."""
    start: int


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the picture in which figures move, cut off at its edges: even numbers, as film colours want them."""

    left: int
    top: int
    width: int
    height: int
    sprites: tuple[Sprite, ...]


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
        told = subprocess.run([find_ffmpeg(), "-hide_banner", "-version"], capture_output=True, timeout=ASK_SECONDS)
    except (MissingProgramError, OSError, subprocess.TimeoutExpired):
        return ""
    return "" if told.returncode else told.stdout.decode("utf-8", "replace").partition("\n")[0].strip()


# Picture.


def encode_scene(stills: Sequence[Still], sprites: Sequence[Sprite] = (), window: Window | None = None) -> bytes:
    """One scene as bare H.264 that begins with a whole picture, so scenes can be strung together as they are."""
    moving = [*(window.sprites if window else ()), *sprites]
    shown = [*(still.png for still in stills), *(sprite.png for sprite in moving)]
    pictures = {f"{index}.png": png for index, png in enumerate(shown)}
    inputs = [word for name in pictures for word in ("-i", name)]
    return _made(pictures, *inputs, "-filter_complex", _graph(stills, sprites, window), "-map", "[film]", "-frames:v",
                 str(sum(still.frames for still in stills)), "-an", *_ENCODER, "-f", "h264", "scene.h264")


_ENCODER = (
    "-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", QUALITY, "-bf", "0", "-refs", "3",
    "-threads", "1", "-g", "600", "-profile:v", "high", "-level", "3.1", "-pix_fmt", "yuv420p",
    "-fps_mode", "passthrough", *SAME,
)
"""No B-frames, so that pictures come in their own order; one thread, so that two scenes go side by side."""


_COLOURS = ("scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+bitexact,"
            "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv")


def _graph(stills: Sequence[Still], sprites: Sequence[Sprite], window: Window | None) -> str:
    """Each picture is turned into film colours once and then repeated."""
    steps = [
        f"[{index}:v]{_COLOURS},format=yuv420p,loop=loop={still.frames - 1}:size=1:start=0,setpts=N/{FPS}/TB,"
        f"fps={FPS}[s{index}]"
        for index, still in enumerate(stills)
    ]
    names = "".join(f"[s{index}]" for index in range(len(stills)))
    steps.append(f"{names}concat=n={len(stills)}:v=1,setpts=N/{FPS}/TB[{'whole' if window else 'f0'}]")
    if window:
        cut = f"crop={window.width}:{window.height}:{window.left}:{window.top}"
        steps.append(f"[whole]split[around][inside];[inside]{cut}[w0]")
        steps += _overlays(window.sprites, len(stills), "w")
        steps.append(f"[around][w{len(window.sprites)}]overlay={window.left}:{window.top}:format=yuv420[f0]")
    steps += _overlays(sprites, len(stills) + (len(window.sprites) if window else 0), "f")
    steps.append(f"[f{len(sprites)}]null[film]")
    return ";".join(steps)


def _overlays(sprites: Sequence[Sprite], first: int, name: str) -> Iterator[str]:
    """One over the other: from [name0] to [nameN]; their pictures are inputs from `first` on."""
    for index, sprite in enumerate(sprites):
        seen = "+".join(f"between(n,{begin},{end})" for begin, end in _runs(sprite))
        yield f"[{first + index}:v]{_COLOURS},format=yuva420p[{name}p{index}]"
        yield (f"[{name}{index}][{name}p{index}]overlay=x='{_places(sprite, 0)}':y='{_places(sprite, 1)}':"
               f"format=yuv420:enable='{seen}':eof_action=repeat[{name}{index + 1}]")


def _runs(sprite: Sprite) -> Iterator[tuple[int, int]]:
    """First and last frame of each time it is seen."""
    begin = None
    for frame, place in enumerate((*sprite.path, None), start=sprite.start):
        if place is not None and begin is None:
            begin = frame
        elif place is None and begin is not None:
            yield begin, frame - 1
            begin = None


def _places(sprite: Sprite, axis: int) -> str:
    """An expression of the frame's number, which overlay counts from 1; where nothing moves is no term."""
    told, last = "", None
    for index, place in enumerate(sprite.path):
        if place is not None and place[axis] != last:
            step = place[axis] - (last or 0)
            told += f"{step:+d}*gte(n,{sprite.start + index + 1})"
            last = place[axis]
    return told or "0"


def encode_poster(png: bytes) -> bytes:
    """Half as wide: it is loaded with the page, before anybody asked for the film."""
    smaller = "scale=640:-2:flags=area+accurate_rnd+bitexact"
    return _made({"poster.png": png}, "-i", "poster.png", "-frames:v", "1", "-vf", smaller, "-q:v", "7", *SAME,
                 "poster.jpg")


# Sound.


RAW = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "sound")


def decode_sound(data: bytes) -> Sound:
    """Any recording as plain samples."""
    try:
        samples = _made({"recording": data}, "-i", "recording", "-map", "0:a:0", "-t", str(MOST_SECONDS + 1),
                        "-ac", "1", "-ar", str(RATE), "-f", "s16le", "sound")
    except (FilmError, OSError):
        samples = b""
    if not samples:
        raise FilmError("Tệp này không phải tiếng nói, không mở được.", "This is no sound; it cannot be opened.")
    return Sound(samples[: len(samples) // 2 * 2])


def level_sound(sound: Sound) -> Sound:
    """As loud as all others, never distorted."""
    given = {"sound": sound.samples}
    with _ran(given, *RAW, "-af", "ebur128=framelog=quiet", "-f", "null", "-", loglevel="info") as (_, told):
        found = re.findall(r"\bI:\s+(-?[\d.]+) LUFS", told)
    gain = LOUDNESS - float(found[-1]) if found and float(found[-1]) > -69 else 0.0
    samples = _made(given, *RAW, "-af", f"volume={gain:.1f}dB,alimiter=limit={PEAK}:level=0", "-f", "s16le", "level")
    return Sound(samples[: len(sound.samples)].ljust(len(sound.samples), b"\0"))


def encode_sound(sound: Sound) -> bytes:
    """As it is joined to a film."""
    return _made({"sound": sound.samples}, *RAW, "-threads", "1", *SAME, "-c:a", "aac", "-aac_coder", "twoloop",
                 "-b:a", SOUND_RATE, "sound.m4a")


def encode_mp3(sound: Sound, title: str) -> bytes:
    """For loudspeakers and phones with keys, which know nothing newer; they show the title."""
    return _made({"sound": sound.samples}, *RAW, "-threads", "1", *SAME, "-c:a", "libmp3lame", "-b:a", MP3_RATE,
                 "-ar", MP3_HERTZ, "-write_xing", "0", "-id3v2_version", "3", "-metadata", f"title={title}",
                 "sound.mp3")


def join_film(scenes: Sequence[bytes], sound: bytes = b"") -> bytes:
    """Picture and sound, if any, as they are, into one file that plays while it loads."""
    given = {"film.h264": b"".join(scenes)} | ({"sound.m4a": sound} if sound else {})
    both = ("-i", "sound.m4a", "-map", "0:v", "-map", "1:a") if sound else ()
    return _made(given, "-framerate", str(FPS), "-f", "h264", "-i", "film.h264", *both, "-c", "copy", *SAME,
                 *(EVENLY if sound else ()), "-movflags", "+faststart", "film.mp4")


# Looking at what came out.


def last_frame(film: bytes) -> bytes:
    """The final picture, decoded, as a picture file."""
    return _made({"film.mp4": film}, "-sseof", "-0.5", "-i", "film.mp4", "-an", "-update", "1", "-f", "image2",
                 "last.bmp")


def film_moments(film: bytes, seconds: int, width: int) -> list[bytes]:
    """What is seen every so many seconds, from the beginning on, as picture files so wide."""
    often = f"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{seconds})',scale={width}:-2"
    with _ran({"film.mp4": film}, "-i", "film.mp4", "-an", "-vf", often, "-fps_mode", "passthrough", "-f", "image2",
              "%04d.bmp") as (folder, _):
        return [path.read_bytes() for path in sorted(folder.glob("*.bmp"))]


def _made(given: Mapping[str, bytes], *arguments: str) -> bytes:
    """The file that is named last, of those given."""
    with _ran(given, *arguments) as (folder, _):
        made = folder / arguments[-1]
        data = made.read_bytes() if made.is_file() else b""
        if not data.startswith(BEGINNINGS.get(made.suffix, b"")) or (made.suffix and not data):
            raise FilmError(f"ffmpeg không cho ra {made.name}.", f"ffmpeg gave no {made.name}.")
        return data


@contextmanager
def _ran(given: Mapping[str, bytes], *arguments: str, loglevel: str = "error") -> Iterator[tuple[Path, str]]:
    """The folder in which ffmpeg was run on these files, and what it told. At low priority: printing and the editor's
    own work come first."""
    polite = ["nice", "-n", "5"] if shutil.which("nice") else []
    command = [*polite, find_ffmpeg(), "-hide_banner", "-nostdin", "-nostats", "-loglevel", loglevel, "-y", *arguments]
    with tempfile.TemporaryDirectory(prefix="hocso-film-") as folder:
        for name, data in given.items():
            (Path(folder) / name).write_bytes(data)
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise MissingProgramError(f"ffmpeg không chạy: {problem}", f"ffmpeg does not run: {problem}") from problem
        told = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode:
            why = told.splitlines()[-1] if told else str(done.returncode)
            raise FilmError(f"ffmpeg không làm được: {why}", f"ffmpeg failed: {why}")
        yield Path(folder), told
