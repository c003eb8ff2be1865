"""What every reader meets around lessons, whatever their place: it is signed with the words of the root edition."""

from __future__ import annotations

from collections.abc import Iterator

from generator.handbook.config import FILE as SETTINGS
from generator.handbook.lesson.acts import ACTS, BACKS
from generator.handbook.model import (
    DEMANDS,
    HOME,
    OUTLINE,
    PLATFORMS,
    Drawing,
    Handbook,
    Phrase,
    Signpost,
    written_in,
)
from generator.handbook.recorded.scenes import OF_BOOK, OF_CARDS

FILES = (HOME, OUTLINE, SETTINGS, PLATFORMS, DEMANDS)
NO_ADDRESS = "không xưng hô"
ACTED = frozenset((*(piece for verbs in ACTS.values() for piece, _ in verbs.values()), *BACKS.values()))
"""Pieces that play in films of any lesson."""


def words_around(book: Handbook) -> Iterator[tuple[str, ...]]:
    """What kind of words, which of them, what they say. Rows of one kind stand together."""
    yield "tên sách", book.name
    yield "tên trang", book.site.name
    for part in book.parts:
        yield "phần", str(part.number), " / ".join(filter(None, (part.title, part.booklet_title)))
    yield from _addresses(book)
    for post in book.signposts:
        yield "phiếu chọn bài", _line(post.question), _ways(book, post)
    for phrase in written_in((book.home.title, book.home.blocks)):
        if isinstance(phrase, Phrase):
            yield "trang đầu", _line(phrase)
    for wish in book.wishes:
        yield "bác muốn làm gì", _line(wish.words), f"bài {wish.lesson.text}"
    for platform in book.platforms:
        yield "tên gọi của địa chỉ", platform.name, platform.address
    for drawing in _covers(book):
        yield "hình ở bìa, phần, lộ trình", drawing.name, drawing.alt
    for demand in book.demands:
        yield f"kế hoạch cần, {demand.group}", demand.id, *filter(None, (demand.text, demand.reason))


def _addresses(book: Handbook) -> Iterator[tuple[str, ...]]:
    """A book for other readers says another word wherever lessons say *bà con*; which one, and for whose paths."""
    for audience in book.audiences:
        yield "gọi người đọc", audience.name, audience.address or NO_ADDRESS
    for path in book.paths:
        yield "lộ trình", path.title, f"cho {path.audience.text}"


def _ways(book: Handbook, post: Signpost) -> str:
    """By the titles of paths, as readers are told where they go."""
    titles = {path.id: path.title for path in book.paths}
    yes, no = (titles.get(way.text, way.text) if way else "" for way in (post.path, post.otherwise))
    return f"có thì theo {yes}" + (f", không thì theo {no}" if no else "")


def _line(phrase: Phrase) -> str:
    return " ".join(phrase.text.split())


def drawn_around(book: Handbook) -> tuple[Drawing, ...]:
    """Pictures that belong to no lesson: those of covers, parts and paths, and whoever acts in films."""
    return (*_covers(book), *(piece for piece in book.pieces if piece.name in ACTED))


def _covers(book: Handbook) -> Iterator[Drawing]:
    names = {OF_BOOK, OF_CARDS, *(part.id for part in book.parts), *(path.id for path in book.paths)}
    return (drawing for drawing in book.drawings if drawing.name in names)
