"""The boxes of an mp4 or m4a file (ISO/IEC 14496-12), read where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def boxes(file: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
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


def played_seconds(head: bytes) -> float:
    """What an `mvhd` box says; 0 where it does not say."""
    start, width = (20, 8) if head[:1] == b"\x01" else (12, 4)
    scale = int.from_bytes(head[start : start + 4], "big")
    return int.from_bytes(head[start + 4 : start + 4 + width], "big") / scale if scale else 0.0
