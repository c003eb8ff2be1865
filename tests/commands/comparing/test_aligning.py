"""Pages are paired by what stands on them, not by their numbers."""

from __future__ import annotations

import pytest

from generator.commands.comparing.aligning import Sheet, in_place, paired

A, B, C, D, E = ("một hai ba bốn năm", "sáu bảy tám chín mười", "đỏ cam vàng lục", "gà vịt lợn trâu", "xã huyện tỉnh")


def sheets(*pages: str) -> list[Sheet]:
    return [Sheet(page, tuple(page.split())) for page in pages]


TABLE = {
    "nothing": ((A, B, C), (A, B, C), []),
    "a word": ((A, B, C), (A, B + " nữa", C), [(2, 2)]),
    "one in front": ((A, B), (C, A, B), [(None, 1)]),
    "one in front, and its number on each": ((A + " 1", B + " 2"), (C + " 1", A + " 2", B + " 3"),
                                             [(None, 1), (1, 2), (2, 3)]),
    "one gone": ((A, B, C), (A, C), [(2, None)]),
    "one for another": ((A, B, C), (A, D, C), [(2, 2)]),
    "two for one": ((A, B, C), (A, D, E, C), [(2, 2), (None, 3)]),
    "one changed and one put in": ((A, B, C), (A, D, B + " nữa", C), [(None, 2), (2, 3)]),
    "all of it": ((A, B), (D, E), [(1, 1), (2, 2)]),
    "two like the next in front": ((A, B + " 2", C), (A + " khác", B, A, B + " 2 4", C + " 5", D),
                                   [(None, 1), (None, 2), (2, 4), (3, 5), (None, 6)]),
    "a page without words": (("",), ("",), []),
    "a new paper": ((), (A, B), [(None, 1), (None, 2)]),
}


@pytest.mark.parametrize("case", TABLE)
def test_pages_are_paired_by_likeness(case: str) -> None:
    before, after, pairs = TABLE[case]
    assert in_place(paired(sheets(*before), sheets(*after))) == pairs


def test_pictures_without_words_may_be_each_other() -> None:
    assert paired([Sheet("x", ())], [Sheet("y", ())]) == [(1, 1)]


def test_very_many_pages_are_paired_in_their_order() -> None:
    before, after = sheets(*map(str, range(400))), sheets(*(f"{page} mới" for page in range(401)))
    assert paired(before, after) == [*((page, page) for page in range(1, 401)), (None, 401)]
