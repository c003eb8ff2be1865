"""What a picture says of itself, unseen, as papers do: of which approved text it was made, of which place, and which
mark it wears. A PNG holds it as international text, a JPEG as its comment. No time stands in it, so the same picture is
the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
KEYS = ("Keywords", "Place", "Mark")
_HEAD = len(PNG) + 25
"""Up to the end of IHDR, which comes first and is always as long."""
_PLAIN = b"\0\0\0\0\0"
"""Between a key and its words: not compressed, of no named language."""
_APP0, _COMMENT, _SCAN = 0xE0, 0xFE, 0xDA


def is_picture(data: bytes) -> bool:
    return data.startswith((PNG, JPEG))


def captioned(picture: bytes, told: Mapping[str, str]) -> bytes:
    """With this said in it; what is empty is left out."""
    said = {key: told[key] for key in KEYS if told.get(key)}
    if picture.startswith(PNG):
        chunks = b"".join(_chunk(key.encode() + _PLAIN + words.encode()) for key, words in said.items())
        return picture[:_HEAD] + chunks + picture[_HEAD:]
    at = next((end for kind, _, end in _segments(picture) if kind == _APP0), len(JPEG))  # JFIF wants to be first
    comments = b"".join(_segment(f"{key}: {words}".encode()) for key, words in said.items())
    return picture[:at] + comments + picture[at:]


def captions(picture: bytes) -> dict[str, str]:
    """By key; empty when it says nothing of itself, or is broken."""
    bodies = _texts(picture) if picture.startswith(PNG) else _comments(picture)
    return {key: words for body in bodies for key, _, words in [body.partition(": ")] if key in KEYS}


def _chunk(body: bytes) -> bytes:
    named = b"iTXt" + body
    return len(body).to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")


def _texts(png: bytes) -> Iterator[str]:
    at = len(PNG)
    while at + 8 <= len(png):
        end = at + 8 + int.from_bytes(png[at:at + 4], "big")
        if png[at + 4:at + 8] == b"iTXt":
            yield png[at + 8:end].replace(_PLAIN, b": ", 1).decode("utf-8", "replace")
        at = end + 4


def _segment(body: bytes) -> bytes:
    return bytes((0xFF, _COMMENT)) + (len(body) + 2).to_bytes(2, "big") + body


def _comments(jpeg: bytes) -> Iterator[str]:
    for kind, start, end in _segments(jpeg):
        if kind == _COMMENT:
            yield jpeg[start:end].decode("utf-8", "replace")


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Of the head: kind, where its body begins and ends."""
    at = len(JPEG)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
        yield jpeg[at + 1], at + 4, end
        at = end
