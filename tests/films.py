"""What the tests of films share: frames of a film, sounds made of tones, wav files."""

from __future__ import annotations

import io
import math
import subprocess
import wave
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from generator.press.browser import Browser, Sheet
from generator.press.film import FPS, find_ffmpeg
from generator.press.sound import RATE, Sound, silence
from generator.products.films.parts import studio
from generator.products.films.parts.frames import WIDE, Shape
from generator.products.films.parts.narration import Cut, Narration
from generator.products.films.parts.reel import Draft
from generator.products.films.parts.scenes import shots_of
from generator.products.lesson import Lesson
from tests.desks import desk
from tests.lines import lines_on, torn

TYPE = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || ['STYLE', 'SCRIPT'].includes(parent.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const svg = parent.closest('svg');
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    found.push([node.data.trim(), !!parent.closest('.phone'), parseFloat(getComputedStyle(parent).fontSize) * scale,
                box.left, box.top, box.right, box.bottom]);
  }
  return found;
}"""
"""Every text of a drawn scene: its words, whether they stand on a phone, its size in pixels and its box."""
READ = """() => {
  const main = [...document.querySelectorAll('h1, .main, .lines span, .warn p, p.call, .number b')];
  const words = [...document.querySelectorAll('.words > *')].map(one => one.getBoundingClientRect().bottom);
  const tops = [...document.querySelectorAll('.phone, .shown, .code, .staged:not(.beside) .floor')]
    .map(one => one.getBoundingClientRect().top);
  return [main.map(one => [one.innerText, parseFloat(getComputedStyle(one).fontSize)]), Math.max(...words), tops];
}"""
"""What must be read, with its size; where the words end; where what stands below them begins."""


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


def colour_frames(film: Path, numbers: Sequence[int]) -> list[bytes]:
    """Some frames as they are, blue, green and red."""
    return sized_frames(film, numbers, 1280, 720)


def sized_frames(film: Path, numbers: Sequence[int], width: int, height: int) -> list[bytes]:
    chosen = "+".join(f"eq(n,{number})" for number in numbers)
    small = f",scale={width}:{height}:flags=area" if width != 1280 else ""
    command = [find_ffmpeg(), "-loglevel", "error", "-i", str(film), "-vf", f"select='{chosen}'{small}", "-fps_mode",
               "passthrough", "-pix_fmt", "bgr24", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    size = width * height * 3
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def apart(one: bytes, two: bytes) -> float:
    """How many of a hundred dots differ clearly."""
    a, b = (np.frombuffer(frame, np.uint8).astype(int) for frame in (one, two))
    return float((np.abs(a - b) > 24).mean() * 100)


# Scenes as drawn.


def quiet(lesson: Lesson) -> Narration:
    """A film of silence: enough to draw it."""
    cuts = [Cut(silence(5), 5 * FPS, 0, 4) for _ in shots_of(lesson)]
    return Narration(tuple(cuts), "silence")


@contextmanager
def film_sheet(browser: Browser, shape: Shape = WIDE) -> Iterator[Sheet]:
    """The sheet frames are drawn on, its window as large as they are."""
    opened = browser.open_sheet(studio.open_studio(desk()).style)
    opened.png(shape.width, shape.height)
    yield opened
    opened.close()


def tearing(drafts: Iterable[Draft], sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Frames that part what belongs on one line, with what they part."""
    for draft in drafts:
        for html in (*draft.before, *draft.pages.values(), *(title.html for title in draft.titles)):
            sheet.fill(html, "Phim")
            if found := torn(lines_on(sheet)):
                yield draft.frame.index, found


def drafts_of(lesson: Lesson, shape: Shape = WIDE) -> list[Draft]:
    return studio.draft_film(studio.open_studio(desk()), lesson, shots_of(lesson), quiet(lesson), shape)
