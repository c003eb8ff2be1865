"""Papers page by page: which pages look different, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.looking.approved import Change, word_changes
from generator.commands.comparing.aligning import Sheet, in_place, paired
from generator.ground.files import digest_of
from generator.press.proof import Area, Leaf, Paper
from generator.press.proof import differences as see

ALL_WORDS = 3
"""Changes told below one pair of pictures."""
WIDE = 560
"""Pixels across a page of paper."""
SMALL_DPI = 50


@dataclass(frozen=True)
class View:
    """One place of a file, before and after, as pictures (WebP)."""

    pages: tuple[int | None, int | None] = (None, None)
    before: bytes = b""
    after: bytes = b""
    words: tuple[Change, ...] = ()


def own_words(leaf: Leaf, bound: bool) -> tuple[str, ...]:
    """Without what a page has of its place in a book: the same lesson in another book says the same."""
    return tuple(see.body_words(leaf) if bound else leaf.words.split())


def _sheet(leaf: Leaf) -> Sheet:
    return Sheet(digest_of(leaf.grey(SMALL_DPI).tobytes(), leaf.size_mm, leaf.words), tuple(leaf.words.split()))


Both = tuple[Leaf | None, Leaf | None]


def different(before: Paper, after: Paper, bound: bool) -> Iterator[Both]:
    """Pages that look different, and not because they moved."""
    sheets = [[_sheet(leaf) for leaf in paper.leaves()] for paper in (before, after)]
    for old, new in in_place(paired(*sheets)):
        pair = (before.leaf(old) if old else None, after.leaf(new) if new else None)
        if pair[0] is None or pair[1] is None or _differ(pair[0], pair[1], bound):
            yield pair


def _differ(old: Leaf, new: Leaf, bound: bool) -> bool:
    if any(_marks(old, new, bound)):
        return True
    return bound and old.number != new.number and own_words(old, bound) != own_words(new, bound)


def _marks(old: Leaf, new: Leaf, bound: bool) -> tuple[list[Area], list[Area]]:
    """What differs on either. Of a page of a book that moved, head, number and margins do not count."""
    before, after = (see.colours(leaf, WIDE) for leaf in (old, new))
    if not bound or old.number == new.number:
        found = see.stretches(before, after)
        return [mark for one in found for mark in one.marks_before], [mark for one in found for mark in one.marks_after]
    (before, first), (after, second) = see.body(old, before), see.body(new, after)
    found = see.stretches(before, after, loose=True)
    return (see.moved((mark for one in found for mark in one.marks_before), first),
            see.moved((mark for one in found for mark in one.marks_after), second))


def paper_view(old: Leaf | None, new: Leaf | None, bound: bool) -> View:
    marks = _marks(old, new, bound) if old and new else ([], [])
    before, after = (see.marked(see.colours(leaf, WIDE), own) if leaf else b""
                     for leaf, own in zip((old, new), marks, strict=True))
    words = word_changes(own_words(old, bound), own_words(new, bound)) if old and new else []
    return View((old.number if old else None, new.number if new else None), before, after, tuple(words[:ALL_WORDS]))
