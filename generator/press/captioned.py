"""What a picture, a film or a sound says of itself, unseen, as papers do: of which approved text it was made, of which
place, and which mark it wears. A PNG holds it as international text, a JPEG as its comment, a film as free space at its
end, a sound in a private frame of its tag. No time stands in it, so the same picture is the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from generator.handbook.recorded.boxes import boxes

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
SOUND, FILM = b"ID3\x03", b"ftyp"
"""How an MP3 begins, with the tag of the version we write; what comes after the first size of an MP4."""
KEYS = ("Keywords", "Place", "Mark")
_HEAD = len(PNG) + 25
"""Up to the end of IHDR, which comes first and is always as long."""
_PLAIN = b"\0\0\0\0\0"
"""Between a key and its words: not compressed, of no named language."""
_APP0, _COMMENT, _SCAN = 0xE0, 0xFE, 0xDA
_OURS = b"hocso\0"
"""Before our words, where others may have left theirs."""
_TAG = 10
"""Bytes that begin a sound's tag, and each frame in it."""


def is_picture(data: bytes) -> bool:
    return data.startswith((PNG, JPEG))


def tells(data: bytes) -> bool:
    """Whether it is of a kind that can hold such words."""
    return is_picture(data) or data.startswith(SOUND) or data[4:8] == FILM


def captioned(picture: bytes, told: Mapping[str, str]) -> bytes:
    """With this said in it; what is empty is left out."""
    said = {key: told[key] for key in KEYS if told.get(key)}
    if picture.startswith(PNG):
        chunks = b"".join(_chunk(key.encode() + _PLAIN + words.encode()) for key, words in said.items())
        return picture[:_HEAD] + chunks + picture[_HEAD:]
    if picture[4:8] == FILM:
        return picture + b"".join(_box(f"{key}: {words}".encode()) for key, words in said.items())
    if picture.startswith(SOUND):
        frames = b"".join(_frame(f"{key}: {words}".encode()) for key, words in said.items())
        size = _tag_size(picture) + len(frames)
        return picture[:6] + bytes(size >> by & 0x7F for by in (21, 14, 7, 0)) + frames + picture[_TAG:]
    at = next((end for kind, _, end in _segments(picture) if kind == _APP0), len(JPEG))  # JFIF wants to be first
    comments = b"".join(_segment(f"{key}: {words}".encode()) for key, words in said.items())
    return picture[:at] + comments + picture[at:]


def captions(picture: bytes) -> dict[str, str]:
    """By key; empty when it says nothing of itself, or is broken."""
    bodies = (_texts(picture) if picture.startswith(PNG) else _left_free(picture) if picture[4:8] == FILM else
              _kept_private(picture) if picture.startswith(SOUND) else _comments(picture))
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


def _box(words: bytes) -> bytes:
    body = _OURS + words
    return (len(body) + 8).to_bytes(4, "big") + b"free" + body


def _left_free(film: bytes) -> Iterator[str]:
    yield from (body.removeprefix(_OURS).decode("utf-8", "replace") for name, body in boxes(film)
                if name == b"free" and body.startswith(_OURS))


def _frame(words: bytes) -> bytes:
    body = _OURS + words
    return b"PRIV" + len(body).to_bytes(4, "big") + b"\0\0" + body


def _tag_size(sound: bytes) -> int:
    return sum(byte << by for byte, by in zip(sound[6:_TAG], (21, 14, 7, 0), strict=False))


def _kept_private(sound: bytes) -> Iterator[str]:
    at, last = _TAG, min(_TAG + _tag_size(sound), len(sound))
    while at + _TAG <= last and sound[at]:
        end = at + _TAG + int.from_bytes(sound[at + 4:at + 8], "big")
        if sound.startswith(b"PRIV", at) and sound.startswith(_OURS, at + _TAG):
            yield sound[at + _TAG + len(_OURS):end].decode("utf-8", "replace")
        at = end
