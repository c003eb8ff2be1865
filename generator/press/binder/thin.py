"""A copy of a finished file for the judge of PDF/UA, in which drawings it has judged before show their letters alone.

Twenty books hold the same lessons. What the judge says of a drawing hangs on its marks, on what it draws with, and on
whether the fonts hold its letters. Fonts are the file's own, so every letter stays; so do tags, links and all else.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf

from generator.ground.files import digest_of
from generator.press.binder.content import SHOWS_TEXT
from generator.press.binder.file import opened
from generator.press.binder.repeats import drawn_by_form, things_of

LEAST = 1_000
"""Bytes, packed: less is judged sooner than looked up."""
_GLYPHS = re.compile(rb"^/(F\d) [\d.]+ Tf$|<((?:[0-9A-F]{4})+)> Tj$", re.MULTILINE)
_FONT = re.compile(rb"(?<=\s)Tf(?=\s|\Z)")
_THING = re.compile(rb"(?<=/)(\S+)\s+Do(?=\s|\Z)")
_NAMED = re.compile(rb"/\S+\s+/\S+\s+(?:BDC|DP)(?=\s|\Z)")
"""A mark told of elsewhere in the file."""


class Thin(NamedTuple):
    data: bytes
    fresh: frozenset[str]
    """Names of the drawings that stayed whole, and would not another time."""


class _Shape(NamedTuple):
    """What is to be known of a drawing."""

    letters: bytes
    """All that is left of it: each letter once, as decoration."""
    things: tuple[str, ...]
    """What it draws with."""


_SHAPES: dict[bytes, _Shape | None] = {}
"""By digest; None for a drawing that says something in a way not known here."""


def thinned(data: bytes, is_judged: Callable[[str], bool]) -> Thin:
    fresh, emptied = set[str](), False
    with opened(data) as pdf:
        known: dict[tuple[int, int], str] = {}
        for page in pdf.pages:
            for stream in _streams(page.obj):
                shape, name = _named(stream, things_of(page.obj), known)
                if shape is None:
                    continue
                if is_judged(name):
                    stream.write(shape.letters)
                    emptied = True
                else:
                    fresh.add(name)
        return Thin(_rewritten(pdf) if emptied else data, frozenset(fresh))


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _streams(page: Any) -> Iterator[Any]:
    content = page.get("/Contents", ())
    yield from [content] if isinstance(content, pikepdf.Stream) else content


def _named(stream: Any, things: Any, known: dict[tuple[int, int], str]) -> tuple[_Shape | None, str]:
    raw = stream.read_raw_bytes()
    digest = hashlib.sha256(raw + str(stream.get("/Filter", "")).encode()).digest()
    if digest not in _SHAPES:
        _SHAPES[digest] = _shape(stream.read_bytes()) if len(raw) >= LEAST else None
    shape = _SHAPES[digest]
    if shape is None or not all(name in things for name in shape.things):
        return None, ""
    return shape, digest_of("judged", digest, [_drawn(things[name], known) for name in shape.things])


def _drawn(thing: Any, known: dict[tuple[int, int], str]) -> str:
    if thing.objgen not in known:
        known[thing.objgen] = digest_of(drawn_by_form(thing))
    return known[thing.objgen]


def _shape(content: bytes) -> _Shape | None:
    shown: dict[bytes, set[bytes]] = {}
    now, fonts, runs = set[bytes](), 0, 0
    for font, letters in _GLYPHS.findall(content):
        if font:
            now, fonts = shown.setdefault(font, set()), fonts + 1
        else:
            runs += 1
            now.update(letters[at : at + 4] for at in range(0, len(letters), 4))
    if (fonts, runs) != (len(_FONT.findall(content)), len(SHOWS_TEXT.findall(content))) or _NAMED.search(content):
        return None
    return _Shape(_letters(shown), tuple(sorted({f"/{name.decode()}" for name in _THING.findall(content)})))


def _letters(shown: Mapping[bytes, set[bytes]]) -> bytes:
    rows = (b"/%s 1 Tf\n<%s> Tj\n" % (font, b"".join(sorted(glyphs)))
            for font, glyphs in sorted(shown.items()) if glyphs)
    return b"/Artifact BMC\nBT\n%sET\nEMC\n" % b"".join(rows)
