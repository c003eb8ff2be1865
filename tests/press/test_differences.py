"""What differs between two pictures, also where the rest has moved."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from generator.press.proof.differences import gathered, marked, stretches
from generator.press.proof.document import Picture, open_picture

WIDTH, LINE = 300, 40


def page(*lines: str, stroke: int = 1) -> Picture:
    picture = np.full((LINE * len(lines) + 20, WIDTH, 3), 255, np.uint8)
    for count, line in enumerate(lines):
        cv2.putText(picture, line, (20, LINE * count + 35), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0), stroke)
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


def test_a_frame_beside_a_line_put_in_is_none_of_it() -> None:
    before, after = (cv2.rectangle(page(*lines), (5, 2), (WIDTH - 6, LINE * len(lines) + 15), (0, 0, 0), 2)
                     for lines in (TEN, (TEN[0], "moi tinh", *TEN[1:])))
    (one,) = stretches(np.asarray(before, np.uint8), np.asarray(after, np.uint8))
    assert one.marks_before == () and [mark.x > 10 for mark in one.marks_after] == [True]


def printed(further: int, *lines: str) -> Picture:
    """As if letters stood so many quarters of a pixel further right."""
    large = cv2.resize(page(*lines, stroke=2), None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.resize(np.roll(large, further, axis=1), None, fx=0.25, fy=0.25,
                                 interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("further", [1, 2, 3])
def test_letters_a_part_of_a_pixel_further_are_the_same_letters(further: int) -> None:
    before, after = printed(0, *TEN), printed(further, *TEN)
    assert stretches(before, after) and not stretches(before, after, loose=True)
    (one,) = stretches(before, printed(further, *TEN[:4], "chin muon"), loose=True)
    assert one.marks_after and all(mark.y > 4 * LINE for mark in one.marks_after)


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
