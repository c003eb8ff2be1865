"""Tên tệp mở được ở mọi máy: không có dấu của địa chỉ, không phải tên Windows giữ riêng, không trùng nhau vì chữ hoa.
Sách, trang và bản USB đều đi qua máy Windows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error
from generator.ground.unseen import code_of, find_unseen

_SIGNS = re.compile(r'[\\:*?"<>|#%\x00-\x1f\x7f\uff01-\uff5e]|[. ]$')
"""What Windows refuses, and what means something else in an address; some programs read full-width signs as those."""
_LONGEST = 100
"""Letters: behind the folders above it a path on a stick must stay below the 260 of Windows."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
"""Devices of Windows; `con` is a Vietnamese word."""


def check(matter: Matter) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    told: set[str] = set()
    for file in sorted(matter.files):
        parts = file.split("/")
        paths = ["/".join(parts[:count]) for count in range(2, len(parts) + 1)]
        for path in [path for path in paths if path not in told]:
            told.add(path)
            yield from _name(matter, path, seen.setdefault(path.casefold(), path))
    ids = {row.id: row.place for row in matter.handbook.parts} | {row.id: row.place for row in matter.handbook.paths}
    for name, place in ids.items():
        if RESERVED.fullmatch(name):
            yield error("file.name/reserved", place, name=name)


def _name(matter: Matter, path: str, first: str) -> Iterator[Finding]:
    name = path.rpartition("/")[2]
    if unseen := next(find_unseen(name), None):
        yield error("file.name/unseen", Place(path), name=name, code=code_of(unseen[0]))
    elif sign := _SIGNS.search(name):
        yield error("file.name", Place(path), name=name, sign=sign[0])
    elif len(name) > _LONGEST:
        yield error("file.name/long", Place(path), name=f"{name[:30]}…", letters=len(name), most=_LONGEST)
    elif RESERVED.fullmatch(name):
        yield error("file.name/reserved", Place(path), name=name)
    elif first != path:
        yield error("file.name/twice", Place(path), name=name, first=first)
    elif path not in matter.reading.drafts and not matter.project.path(path).exists():
        # on this disk its letters and accents stand apart
        yield error("file.name/apart", Place(path), name=name)
