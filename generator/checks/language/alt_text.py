"""Lời tả hình: 5 đến 30 chữ, nói ngay điều thấy, không mở đầu bằng "Hình ảnh…"."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, warning
from generator.handbook.spoken import count

SHORTEST, LONGEST = 5, 30
_IDLE = ("hình ảnh", "ảnh chụp", "bức ảnh", "hình minh họa", "ảnh minh họa", "hình vẽ", "ảnh:", "hình:")


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        for picture in parts.pictures:
            length = count(picture.alt)
            if picture.alt and not SHORTEST <= length <= LONGEST:
                yield warning("alt.length", picture.place, length=length, shortest=SHORTEST, longest=LONGEST)
            if picture.alt.lower().startswith(_IDLE):
                yield warning("alt.idle", picture.place)
