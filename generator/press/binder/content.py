"""The drawing of a page or form, cut where marks begin and end: which pieces have a tag, which are decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pikepdf

_MARK = re.compile(
    rb"EMC(?=\s|\Z)\s?|/([^\s/<>()\[\]]+)\s*(?:<<([^<>]*)>>\s*|/\S+\s+)?B(?:DC|MC)(?=\s|\Z)\s?")
_NUMBER = re.compile(rb"/MCID\s+(\d+)")
_WORDS = re.compile(rb"\((?:\\.|[^()\\])*\)")
"""Words between brackets, as other printers write them, may look like anything."""
SHOWS_TEXT = re.compile(rb"(?<=[\s>\])])(?:T[jJ]|['\"])(?=\s|\Z)")


class Mark(NamedTuple):
    """Of a tag by its number, or of decoration."""

    tag: bytes
    number: int
    """-1 for none."""
    about: bytes

    @property
    def is_margin(self) -> bool:
        """A page number or running head, which repeats on every page."""
        return self.tag == b"Artifact" and b"/Pagination" in self.about


FREE = Mark(b"", -1, b"")
"""Drawn under no mark."""


class Stretch(NamedTuple):
    mark: Mark
    """The one that says most: a tag's number before decoration before others."""
    start: int
    end: int
    begins: bool
    """Right after the mark, not after one inside it."""


def stretches(data: bytes) -> Iterator[Stretch]:
    """From one mark to the next; a mark that never begins or never ends is a broken file."""
    open_marks: list[Mark] = []
    at, begins = 0, False
    for match in _MARK.finditer(_WORDS.sub(_blank, data) if b"(" in data else data):
        yield Stretch(_strongest(open_marks), at, match.start(), begins)
        at, begins = match.end(), match[1] is not None
        if match[1] is None:
            if not open_marks:
                raise pikepdf.PdfError("a mark ends that never began")
            open_marks.pop()
        else:
            number = _NUMBER.search(match[2] or b"")
            open_marks.append(Mark(match[1], int(number[1]) if number else -1, match[2] or b""))
    yield Stretch(_strongest(open_marks), at, len(data), begins)


def _blank(match: re.Match[bytes]) -> bytes:
    return b"(" + b"_" * (len(match[0]) - 2) + b")"


def _strongest(marks: list[Mark]) -> Mark:
    return max(marks, key=lambda mark: (mark.number >= 0, mark.tag == b"Artifact"), default=FREE)


def drawing(holder: Any) -> bytes:
    """Of a page or a form."""
    content = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents", ())
    streams = [content] if isinstance(content, pikepdf.Stream) else list(content)
    return b"\n".join(stream.read_bytes() for stream in streams)


def drawn_by(holder: Any) -> Iterator[Any]:
    """A page or form, and the forms in it, each once."""
    waiting, seen = [holder], set()
    while waiting:
        one = waiting.pop()
        if one.objgen not in seen:
            seen.add(one.objgen)
            yield one
            things = one.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
            waiting += [thing for thing in things.values() if thing.get("/Subtype") == "/Form"]


def move_notes(page: pikepdf.Page, move: Sequence[float], times: float = 1) -> None:
    """Where links can be touched, when what they stand on is enlarged and moved."""
    for note in page.obj.get("/Annots", ()):
        for key in {"/Rect", "/QuadPoints"} & note.keys():
            points = [round(float(at) * times + move[index % 2], 3) for index, at in enumerate(note[key])]
            note[key] = pikepdf.Array(points)
