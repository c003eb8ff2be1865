"""No line of a title ends within a word of several syllables, nor between a number and what it calls."""

from __future__ import annotations

import unicodedata

import pytest

from generator.press.compounds import COMPOUNDS, HELD, HYPHEN, hold, hold_calls, hold_html
from generator.press.fonts import missing_glyphs
from generator.press.pages import on_screen, plain
from generator.products.papers.parts.words import say
from tests.desks import handbook

LONGEST = 18
"""Signs that may hang together: they stand on a line of a title in any of its sizes."""


@pytest.mark.parametrize(("text", "held"), [
    ("Làm giấy tờ: khai sinh", "Làm giấy~tờ: khai~sinh"), ("Cài và kích hoạt VNeID", "Cài và kích~hoạt VNeID"),
    ("Bán nông sản, hàng hóa", "Bán nông~sản, hàng~hóa"), ("Nhận biết tin giả", "Nhận~biết tin~giả"),
    ("Học trên trang Bình dân học vụ số", "Học trên trang Bình~dân học~vụ~số"), ("Thư điện tử", "Thư~điện~tử"),
    ("cấp cứu 115.", "cấp~cứu~115."), ("115 cấp cứu", "115~cấp~cứu"),
    ("Gọi 113 công an, 114 cháy", "Gọi~113~công~an, 114~cháy"),
    ("Nhớ 3 điều", "Nhớ~3 điều"), ("Nguy cấp gọi 115, đừng chờ", "Nguy cấp gọi~115, đừng chờ"), ("15 phút", "15~phút"),
    ("Vào mạng bằng Wi-Fi", f"Vào mạng bằng Wi{HYPHEN}Fi"), ("Dịch vụ công quốc gia", "Dịch~vụ~công quốc~gia"),
    ("Gõ s sắc, r hỏi", "Gõ s~sắc, r~hỏi"), ("Nơi làm ra, một cái", "Nơi làm~ra, một~cái"),
    ("Bác đi làm công ty", "Bác đi làm công~ty"), ("Làm Đại sứ số", "Làm Đại~sứ~số"),
    ("tờ giấy tờ mờ", "tờ giấy~tờ mờ"), ("phi y tế", "phi y~tế"), ("ly tế bào", "ly tế bào"),
])
def test_what_belongs_together_is_held(text: str, held: str) -> None:
    assert hold(text) == held.replace("~", HELD)


def test_tags_stay_as_they_are() -> None:
    html = '<a href="giấy tờ 115 a"><strong>giấy tờ</strong> a</a>'
    assert hold_html(html) == f'<a href="giấy tờ 115 a"><strong>giấy{HELD}tờ</strong> a</a>'


@pytest.mark.parametrize(("html", "held"), [
    ("Gọi <strong>113</strong> công an, <strong>114</strong> cháy, 115 cấp cứu.",
     "Gọi <strong>113</strong>~công~an, <strong>114</strong>~cháy, 115~cấp~cứu."),
    ("Công an 113, cháy <strong>114</strong>, cứu nạn 112", "Công~an~113, cháy~<strong>114</strong>, cứu~nạn~112"),
    ("Mẫu 113a cháy, số 1131 công an, gọi 111", "Mẫu 113a cháy, số 1131 công an, gọi 111"),
])
def test_in_running_text_a_number_stays_with_whom_it_calls(html: str, held: str) -> None:
    """And nothing else of it is held."""
    assert hold_calls(html) == held.replace("~", HELD)
    for drawn in (on_screen, say):
        assert f"cháy{HELD}114" in drawn("Công an 113, cháy 114.")
        assert f"<strong>115</strong>{HELD}cấp" in drawn("Gọi **115** cấp cứu.")


def test_the_list_is_in_order_and_short_enough_for_a_line() -> None:
    assert sorted(set(COMPOUNDS)) == [*COMPOUNDS] and len(COMPOUNDS) > 90
    for words in COMPOUNDS:
        assert " " in words and unicodedata.normalize("NFC", words) == words and words == words.strip()
    assert missing_glyphs(HELD + HYPHEN) == []


def test_no_title_of_the_book_is_one_piece() -> None:
    """It still breaks: the longest run held together is short."""
    for lesson in handbook().lessons:
        assert max(map(len, hold(plain(lesson.title)).split(" "))) <= LONGEST, lesson.slug
