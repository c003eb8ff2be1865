"""A copy of a finished file for the judge of PDF/UA, in which drawings it has judged before show their letters alone.

Twenty books hold the same lessons. What the judge says of a drawing hangs on its marks, on what it draws with, and on
whether the fonts hold its letters. Fonts are the file's own, so every letter stays; so do tags, links and all else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf

from generator.ground.files import digest_of
from generator.press.binder.content import SHOWS_TEXT
from generator.press.binder.repeats import EDGE, drawn_by_form, things_of

LEAST = 1_000
"""Bytes, packed: less is judged sooner than looked up."""
LEAST_PAGES = 5
_GLYPHS = re.compile(rb"^/(F\d) [\d.]+ Tf$|<((?:[0-9A-F]{4})+)> Tj$", re.MULTILINE)
_FONT = re.compile(rb"(?<=\s)Tf(?=\s|\Z)")
_NAMED = re.compile(rb"/\S+\s+/\S+\s+(?:BDC|DP)(?=\s|\Z)")
"""A mark told of elsewhere in the file."""


class Thin(NamedTuple):
    data: bytes
    fresh: frozenset[str]
    """Names of the drawings that were not known: sound ones need not be judged another time."""


_LETTERS: dict[str, bytes | None] = {}
"""What is left of a drawing: each letter once, as decoration; None of one that shows them in a way not known here."""


def thinned(pdf: pikepdf.Pdf, data: bytes, is_judged: Callable[[str], bool]) -> Thin:
    """Of an open file; what was emptied in it stays so. A file of few pages stays whole: a copy takes as long."""
    fresh, emptied, few = set[str](), False, len(pdf.pages) < LEAST_PAGES
    known: dict[tuple[int, int], str] = {}
    for page in pdf.pages:
        things = {name: thing for name, thing in things_of(page.obj).items() if not EDGE.fullmatch(name)}
        for stream in _streams(page.obj):
            if len(raw := stream.read_raw_bytes()) < LEAST:
                continue
            name = _name(raw, stream, things, known)
            if few or not is_judged(name):
                fresh.add(name)
            elif (letters := _letters_left(name, stream)) is not None:
                stream.write(letters)
                emptied = True
    return Thin(_rewritten(pdf) if emptied else data, frozenset(fresh))


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _streams(page: Any) -> Iterator[Any]:
    content = page.get("/Contents", ())
    yield from [content] if isinstance(content, pikepdf.Stream) else content


def _name(raw: bytes, stream: Any, things: Mapping[str, Any], known: dict[tuple[int, int], str]) -> str:
    """Of all that is drawn: also of what the page has to draw with."""
    drawn = [(name, _drawn(thing, known)) for name, thing in sorted(things.items())]
    return digest_of("judged", raw, str(stream.get("/Filter", "")), drawn)


def _drawn(thing: Any, known: dict[tuple[int, int], str]) -> str:
    if thing.objgen not in known:
        known[thing.objgen] = digest_of(drawn_by_form(thing))
    return known[thing.objgen]


def _letters_left(name: str, stream: Any) -> bytes | None:
    if name not in _LETTERS:
        _LETTERS[name] = _letters(stream.read_bytes())
    return _LETTERS[name]


def _letters(content: bytes) -> bytes | None:
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
    rows = (b"/%s 1 Tf\n<%s> Tj\n" % (font, b"".join(sorted(glyphs)))
            for font, glyphs in sorted(shown.items()) if glyphs)
    return b"/Artifact BMC\nBT\n%sET\nEMC\n" % b"".join(rows)
