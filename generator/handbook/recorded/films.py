"""The real film of a lesson: where `phim:` points, and what an .mp4 says about itself."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from generator.handbook.model import Card, Topic
from generator.handbook.recorded.boxes import boxes, find, played_seconds, read_table

SUFFIX = ".mp4"
"""The one kind every phone plays."""
PLAYERS = frozenset({b"vide", b"soun", b"hint", b"text", b"sbtl", b"subt", b"clcp"})
"""What tracks are for (ISO/IEC 14496-12, 8.4.3): pictures, sound and words."""
PLAYED = frozenset({"avc1", "avc3"})
"""H.264: what cheap and old phones decode too."""


def film_address(lesson: Topic | Card) -> str:
    """The address of a film elsewhere; empty for a file or none."""
    film = lesson.office.film
    return film.text if film and "://" in film.text else ""


def is_same_film(one: str, two: str) -> bool:
    """Two addresses of one film, from whatever second it plays and whoever shared it."""
    return bool(one and two) and _played(one) == _played(two)


def _played(address: str) -> tuple[str, str]:
    """Where a platform keeps it, and its name there: one platform has a short address of its own."""
    parts = urlsplit(address)
    host = re.sub(r"^(?:www|m)\.", "", parts.netloc.lower())
    name = next((text for key, text in parse_qsl(parts.query) if key == "v"), parts.path.strip("/"))
    short = host in ("youtu.be", "youtube.com")
    return ("youtube" if short else host), name.rpartition("/")[2] if short else name


def film_file(lesson: Topic | Card) -> str:
    """Project path of a film of the lesson's own folder; empty for an address or none."""
    film = lesson.office.film
    if not film or film_address(lesson):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(lesson.place.file), film.text))


def captions_file(film: str) -> str:
    """Captions stand beside their film under its name."""
    return posixpath.splitext(film)[0] + ".vtt"


@dataclass(frozen=True, slots=True)
class FilmFile:
    seconds: float
    width: int
    height: int
    codec: str
    """Four letters; empty when there is no picture."""
    noted: bool = False
    """With a track that is neither seen, heard nor read: where the camera was at each moment, as some write."""


def read_film(film: Path | bytes) -> FilmFile | None:
    """None when it is no mp4, or only a piece of one."""
    try:
        with BytesIO(film) if isinstance(film, bytes) else film.open("rb") as file:
            table = read_table(file)
    except OSError:
        return None
    if table is None:
        return None
    seconds = played_seconds(table)
    tracks = [track for name, track in boxes(table) if name == b"trak"]
    noted = any(find(track, b"mdia", b"hdlr")[8:12] not in PLAYERS for track in tracks)
    shown = next(filter(None, map(_picture, tracks)), (0, 0, ""))
    return FilmFile(seconds, *shown, noted)


def _picture(track: bytes) -> tuple[int, int, str] | None:
    """Width and height as shown, and how it is encoded; None for a track of sound."""
    if find(track, b"mdia", b"hdlr")[8:12] != b"vide":
        return None
    head = find(track, b"tkhd")
    matrix = head[52:88] if head[:1] == b"\x01" else head[40:76]
    width, height = (int.from_bytes(cell, "big") >> 16 for cell in (head[-8:-4], head[-4:]))
    if matrix[:4] == bytes(4):  # filmed upright: the picture lies on its side and is turned when shown
        width, height = height, width
    return width, height, find(track, b"mdia", b"minf", b"stbl", b"stsd")[12:16].decode("latin-1")
