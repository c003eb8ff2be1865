"""A book on sheets to fold in the middle, after a sheet to try the copier with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from generator.engine.items import Desk
from generator.press.binder.facts import about, page_count, page_sizes_mm
from generator.press.binder.sheets import place_pages
from generator.press.imposer import fold_booklet, sections, whole_sheet
from generator.products.papers.parts.pairing import to_read
from generator.products.papers.parts.volumes import Volume


class Bound(NamedTuple):
    """A finished book: the file to read, and where in it parts and lessons begin."""

    file: str
    data: bytes
    facts: Mapping[str, Any]


def fold_book(desk: Desk, volume: Volume, book: Bound, test: bytes, said: str = "") -> Bound:
    """The same words stand on it as in the file to read."""
    title = f"{volume.full_title}{said}, để gấp"
    booklets = sections(page_count(book.data), book.facts["parts"], book.facts["lessons"])
    size, paper_mm = page_sizes_mm(book.data)[0], desk.handbook.site.paper_mm
    sides = [*whole_sheet(page_count(test)), *(
        side for section, booklet in enumerate(booklets)
        for side in fold_booklet(booklet, size, paper_mm=paper_mm, source=1, section=section))]
    told = to_read(desk, title, book.file, volume.lessons(desk.handbook))
    folded = place_pages((test, book.data), sides, replace(told, place=about(book.data).get("Place", "")))
    return Bound("", folded, {"pages": len(sides), "title": title, "sections": [len(one) for one in booklets]})
