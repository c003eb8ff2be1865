"""One handset, two meanings: to answer and to hang up are told apart by shape, for paper has no red and green."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from generator.press.browser import Browser
from generator.press.phone.drawing import draw_phone
from tests.press.test_phone import screen_of

WIDTH_PX = 300
"""Of a phone 34 mm wide as a cheap printer gives it: some 220 dots an inch."""
APART = 0.4
"""Of the dots that either handset covers, so many are not covered by the other."""


def drawn(text: str, browser: Browser) -> np.ndarray:
    """A screen in grey, black 0 and white 255."""
    svg = draw_phone(screen_of(text))
    sheet = browser.warm_sheet(f"body {{ margin: 0 }} svg {{ display: block; width: {WIDTH_PX}px; height: auto }}")
    sheet.fill(svg, "Ống nghe")
    picture = cv2.imdecode(np.frombuffer(sheet.png(WIDTH_PX, 200), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return np.asarray(picture)


def disc(picture: np.ndarray) -> np.ndarray:
    """The only round thing on the screen, cut out: what has the shape of a disc as high as it is wide."""
    inner = (picture[24:, 20 : WIDTH_PX - 20] < 128).astype(np.uint8)
    parts, _, boxes, _ = cv2.connectedComponentsWithStats(inner)
    x, y, wide, high, _ = max((boxes[part] for part in range(1, parts)), key=lambda box: box[2] * box[3])
    assert abs(int(wide) - int(high)) <= 2
    return np.asarray(inner[y : y + high, x : x + wide])


def handset(cut: np.ndarray) -> np.ndarray:
    """What lies within the disc, whether it is black on white or white on black."""
    middle = np.zeros(cut.shape, np.uint8)
    cv2.circle(middle, (cut.shape[1] // 2, cut.shape[0] // 2), round(cut.shape[0] * 0.36), 1, -1)
    ground = round(float(np.median(cut[middle > 0])))
    return np.asarray(cv2.resize(((cut != ground) & (middle > 0)).astype(np.uint8), (64, 64)))


@pytest.mark.browser
@pytest.mark.parametrize("answer", ["nghe máy", "gọi", "ống nghe"])
def test_hanging_up_is_another_shape_than_calling_in_grey(answer: str, browser: Browser) -> None:
    up, down = (disc(drawn(f"hình: {name}", browser)) for name in (answer, "cúp máy"))
    assert down.mean() > 0.5 and up.mean() < 0.4, "one disc is black, the other white"
    one, other = handset(up), handset(down)
    assert min(one.mean(), other.mean()) > 0.05
    assert (one != other).sum() / np.maximum(one, other).sum() > APART, "and the handset lies, or stands"
    assert np.ptp(np.argwhere(other), axis=0)[1] > 1.5 * np.ptp(np.argwhere(other), axis=0)[0], "hung up, it lies"
