"""The boxes of an mp4 or m4a file (ISO/IEC 14496-12), read where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

MOST_TABLE_BYTES = 16_000_000
"""Of a file's own table of contents; a longer one belongs to no film and no recording of a lesson."""


def read_table(file: BinaryIO) -> bytes | None:
    """The `moov` box of a file that begins as an mp4 does and holds all its boxes."""
    found, size = None, file.seek(0, 2)
    for index, (name, start, stop) in enumerate(_boxes(file, size)):
        if (index == 0 and name != b"ftyp") or not start <= stop <= size:
            return None
        if name == b"moov" and stop - start <= MOST_TABLE_BYTES:
            file.seek(start)
            found = file.read(stop - start)
    return found


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for name, start, stop in _boxes(BytesIO(data), len(data)):
        if stop >= 0:
            yield name, data[start:stop]


def find(data: bytes, *way: bytes) -> bytes:
    for step in way:
        data = next((body for name, body in boxes(data) if name == step), b"")
    return data


def without_notes(film: bytes) -> bytes:
    """The same film, every part in its place: what a phone noted beside picture and sound (where it was, what it is
    called) becomes empty room."""
    data = bytearray(film)
    for start, stop in _notes(BytesIO(film), 0, len(film), _PLAYED[b""]):
        at = start - 4 if int.from_bytes(data[start - 8 : start - 4], "big") != 1 else start - 12
        data[at : at + 4], data[start:stop] = b"free", bytes(stop - start)
    return bytes(data)


_PLAYED: dict[bytes, set[bytes]] = {
    b"": {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods"},
    b"trak": {b"tkhd", b"tref", b"trgr", b"edts", b"mdia", b"tapt"},
}
"""What each box needs to be played."""


def _notes(file: BinaryIO, at: int, end: int, played: set[bytes]) -> Iterator[tuple[int, int]]:
    for name, start, stop in _boxes(file, end, at):
        if not start <= stop <= end:
            return
        if name not in played:
            yield start, stop
        elif name in _PLAYED:
            yield from _notes(file, start, stop, _PLAYED[name])


def _boxes(file: BinaryIO, end: int, at: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of what is in each box; an end may lie beyond the file when a piece of it is missing."""
    while at + 8 <= end:
        file.seek(at)
        size, name, inside = int.from_bytes(file.read(4), "big"), file.read(4), at + 8
        if size == 1:
            size, inside = int.from_bytes(file.read(8), "big"), at + 16
        stop = at + size if size else end
        if stop < inside:
            yield name, inside, -1
            return
        yield name, inside, stop
        at = stop


def played_seconds(table: bytes) -> float:
    """What the table says; 0 where it does not."""
    head = find(table, b"mvhd")
    start, width = (20, 8) if head[:1] == b"\x01" else (12, 4)
    scale = int.from_bytes(head[start : start + 4], "big")
    return int.from_bytes(head[start + 4 : start + 4 + width], "big") / scale if scale else 0.0
