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


def _boxes(file: BinaryIO, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of what is in each box; an end may lie beyond the file when a piece of it is missing."""
    at = 0
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
