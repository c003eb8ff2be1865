"""What differs between two pictures, also where the rest has moved."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from generator.press.proof.differences import gathered, marked, stretches
from generator.press.proof.document import Picture, open_picture

WIDTH, LINE = 300, 40


def page(*lines: str) -> Picture:
    picture = np.full((LINE * len(lines) + 20, WIDTH, 3), 255, np.uint8)
    for count, line in enumerate(lines):
        cv2.putText(picture, line, (20, LINE * count + 35), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0))
    return picture


TEN = ("mot hai", "ba bon", "nam sau", "bay tam", "chin muoi")
TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...], list[tuple[int | None, int | None]]]] = {
    "nothing": (TEN, TEN, []),
    "a word at the end": (TEN, (*TEN[:4], "chin tram"), [(4, 4)]),
    "a line put in moves the rest": (TEN, (TEN[0], "moi tinh", *TEN[1:]), [(None, 1)]),
    "a line taken out": (TEN, TEN[:2] + TEN[3:], [(2, None)]),
    "one put in and one changed": (TEN, ("moi tinh", *TEN[:3], "bay chin", TEN[4]), [(None, 0), (3, 4)]),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_differs_is_framed_and_what_moved_is_not(case: str) -> None:
    before, after, expected = TABLE[case]
    found = [tuple({int(mark.y + mark.height / 2) // LINE for mark in marks} or None
                   for marks in (one.marks_before, one.marks_after)) for one in stretches(page(*before), page(*after))]
    assert found == [tuple(None if line is None else {line} for line in pair) for pair in expected]


def test_a_mark_is_as_narrow_as_what_differs() -> None:
    (one,) = stretches(page("mot hai"), page("mot tai"))
    (mark,) = one.marks_after
    text = cv2.getTextSize("mot ", cv2.FONT_HERSHEY_SIMPLEX, 0.7, 1)[0][0]
    assert 20 + text - 4 <= mark.x <= 20 + text + 4 and mark.width < 35


def test_places_near_each_other_are_one() -> None:
    found = stretches(page(*TEN), page("mot chin", *TEN[1:4], "chin tram"))
    assert len(found) == 2
    assert len(gathered(found, LINE // 4)) == 2 and len(gathered(found, 4 * LINE)) == 1


def test_the_frame_stands_in_the_picture_for_the_report() -> None:
    before, after = page(*TEN), page(*TEN[:4], "chin tram")
    (one,) = stretches(before, after)
    plain, framed = (open_picture(marked(after, marks), cv2.IMREAD_COLOR) for marks in ((), one.marks_after))
    red = [((picture[:, :, 2] > 90) & (picture[:, :, 1] < 60)).sum() for picture in (plain, framed)]
    assert red[0] == 0 and red[1] > 100


def test_a_wider_picture_is_compared_too() -> None:
    assert stretches(page("mot"), np.pad(page("mot"), ((0, 0), (0, 40), (0, 0)), constant_values=255)) == []
