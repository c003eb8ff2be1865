"""What the browser draws under no tag: lines, grounds and page numbers are decoration; words must not be.

The browser writes one operator a line and letters as numbers; what is written otherwise stays as it is, and the judge
of PDF/UA tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

import pikepdf

from generator.ground.errors import ProofError
from generator.press.binder.content import FREE, Stretch, drawing, drawn_by, stretches
from generator.press.binder.lettering import Words

_PAINTED = re.compile(
    rb"^(?:(?:(?:-?[\d.]+ )*(?:re|m|l|c|v|y|h)\n)+(?:[Ss]|f\*?|F|[Bb]\*?)\n|/\S+ sh\n)+", re.MULTILINE)
_THING = re.compile(rb"/(\S+) Do\n")
_TEXT = re.compile(rb"(?:BT\n(?:.*\n)*?ET\n)+")
_DRAWS = re.compile(rb"^(?:.*[ >])?(?:[Ss]|f\*?|F|[Bb]\*?|Do|sh|T[jJ])$", re.MULTILINE)
_SHOWN = re.compile(rb"^.*T[jJ]\n", re.MULTILINE)
_PLACE = re.compile(rb"([-\d.]+) ([-\d.]+) Tm\n")
_SCALE = re.compile(rb"([\d.]+) 0 0 \1 0 0 cm\n")
_BODY = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\nW\*? n\n")
"""All that is no margin box is clipped to what the margins leave."""
MOST_SHOWN = 60

Hollow: TypeAlias = tuple[Any, int]
"""A page or form, and the number of a mark in it."""


class _Margin(NamedTuple):
    """Where a page's body begins in its drawing, and where it lies."""

    until: int = 0
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def holds(self, text: bytes, at: int) -> bool:
        """Whether this is text of margin boxes: drawn before the body, and none of it where the body lies."""
        places = [(float(x) * self.scale, float(y) * self.scale) for x, y in _PLACE.findall(text)]
        return at < self.until and not any(
            self.left < x < self.right and self.top < y < self.bottom for x, y in places)


def mark_decoration(pdf: pikepdf.Pdf, title: str) -> list[Hollow]:
    """Marks what is drawn under no tag; words of the body among it stop the paper. Gives back what has a tag and draws
    nothing: what begins a page leaves that at the foot of the page before."""
    hollow: list[Hollow] = []
    for number, page in enumerate(pdf.pages, 1):
        for holder in drawn_by(page.obj):
            data = drawing(holder)
            try:
                marked = b"".join(_marked(holder, data, hollow))
            except _UntaggedError as problem:
                raise _untagged(title, number, str(problem)) from problem
            if isinstance(holder, pikepdf.Stream):
                holder.write(marked)
            elif marked != data:
                holder.Contents = pdf.make_stream(marked)
    return hollow


class _UntaggedError(ValueError):
    """The words that no tag holds."""


def _untagged(title: str, number: int, words: str) -> ProofError:
    shown = words if len(words) <= MOST_SHOWN else words[:MOST_SHOWN] + "…"
    return ProofError(
        f"“{title}”, trang {number}: chữ “{shown}” nằm ngoài các thẻ, người nghe đọc sẽ không biết. Đưa chữ ấy vào "
        "nội dung trang; CSS (content:) và aria-hidden không có thẻ.",
        f'"{title}", page {number}: the words "{shown}" lie outside all tags and would not be read out. Put them into '
        "the page itself; what CSS (content:) or aria-hidden shows has no tag.",
    )


def _marked(holder: Any, data: bytes, hollow: list[Hollow]) -> Iterator[bytes]:
    margin, at, before = _margin_of(data), 0, 0
    for stretch, after in zip_longest(spans := list(stretches(data)), spans[1:]):
        if stretch.mark is FREE:
            yield data[at : stretch.start]
            yield _decorated(holder, data, stretch, margin)
            at = stretch.end
        elif stretch.begins and not after.begins and not _DRAWS.search(data, stretch.start, stretch.end):
            yield data[at:before] + b"/Artifact BMC\n"
            at = stretch.start
            hollow.append((holder, stretch.mark.number))
        before = stretch.end
    yield data[at:]


def _margin_of(data: bytes) -> _Margin:
    body, scale = _BODY.search(data), _SCALE.search(data)
    if body is None or scale is None or scale.start() > body.start():
        return _Margin()
    left, top, width, height = (float(body[group]) for group in range(1, 5))
    return _Margin(body.start(), float(scale[1]), left, top, left + width, top + height)


def _decorated(holder: Any, data: bytes, stretch: Stretch, margin: _Margin) -> bytes:
    things = holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())

    def text(match: re.Match[bytes]) -> bytes:
        at = stretch.start + match.start()
        if margin.holds(match[0], at):
            return b"/Artifact <</Type/Pagination>>BDC\n" + match[0] + b"EMC\n"
        if said := Words(holder, {}).read(data, at, stretch.start + match.end()).strip():
            raise _UntaggedError(said)
        return _SHOWN.sub(b"", match[0])  # spaces

    def picture(match: re.Match[bytes]) -> bytes:
        is_picture = things[f"/{match[1].decode()}"].get("/Subtype") == "/Image"
        return b"/Artifact BMC\n" + match[0] + b"EMC\n" if is_picture else match[0]

    free = _TEXT.sub(text, data[stretch.start : stretch.end])
    return _THING.sub(picture, _PAINTED.sub(rb"/Artifact BMC\n\g<0>EMC\n", free))
