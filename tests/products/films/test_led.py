"""Frames for LED boards: ten chữ at most, the number among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine.items import Bench
from generator.handbook.spoken import count
from generator.press.browser import Browser
from generator.press.captioned import captions
from generator.press.compounds import tied
from generator.press.film import FPS
from generator.press.phone.ink import wrap
from generator.products.films import led
from generator.products.films.led import MOST, cut_short, led_frames
from tests.desks import PROJECT, desk, handbook
from tests.films import film_sheet, grey_frames, told
from tests.lines import lines_on, torn
from tests.samples import sample

CUT = [
    ("Đọc địa chỉ trước, bấm sau.", ["Đọc địa chỉ trước, bấm sau"]),
    ("Trang hỏi mật khẩu, hỏi tiền thì đóng lại ngay, đừng gõ gì.",
     ["Trang hỏi mật khẩu,", "hỏi tiền thì đóng lại ngay, đừng gõ gì"]),
    ("Một", ["Một"]),
]


@pytest.mark.parametrize(("text", "parts"), CUT)
def test_where_a_line_is_cut(text: str, parts: list[str]) -> None:
    assert cut_short(text) == parts


def test_every_frame_is_short_and_large() -> None:
    for lesson in handbook().lessons:
        frames = list(led_frames(desk(), lesson))
        assert all(count(frame.text) <= MOST and frame.size >= 80 for frame in frames), lesson.slug
        number = next(frame for frame in frames if frame.text.endswith(handbook().number_of(lesson.slug)))
        assert len(wrap(tied(number.text), led.ROOM[0], True, number.size)) == 1, "`Bài` alone above its number"


@pytest.mark.browser
def test_a_board_gets_pictures_and_a_silent_film(browser: Browser, tmp_path: Path) -> None:
    item = next(item for item in led.plan(desk()) if item.name == "led:quet-ma-qr")
    result = item.make(Bench(PROJECT, lambda: browser, tmp_path / "memory"))
    path = tmp_path / "led.mp4"
    path.write_bytes(result.files["clips/led/quet-ma-qr.mp4"])
    pictures = len(result.files) - 1
    assert pictures == len(list(led_frames(desk(), handbook().by_slug["quet-ma-qr"])))
    assert len(grey_frames(path)) == pictures * led.SECONDS * FPS
    assert "Audio" not in told(path)
    assert captions(path.read_bytes()) == captions(result.files["clips/led/quet-ma-qr-1.png"]) != {}


@pytest.mark.browser
def test_no_board_tears_a_compound(browser: Browser) -> None:
    """Neither on one frame nor across two."""
    with film_sheet(browser) as sheet:
        for lesson in sample(handbook().lessons, 12, handbook().by_slug["khai-sinh"]):
            frames = list(led_frames(desk(), lesson))
            assert torn([[frame.text for frame in frames]]) == [], lesson.slug
            for frame in frames:
                sheet.fill(desk().theme.draw("clip/led.html", frame), "Khung")
                assert torn(lines_on(sheet)) == [], (lesson.slug, frame.text)
