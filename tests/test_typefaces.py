"""The typefaces pages are tried in, and the judge of how words stand in them."""

from __future__ import annotations

import pytest

from generator.press.browser import Browser
from generator.press.fonts import text_width
from tests.typefaces import CROWDED, DEJAVU, Typeface, in_each_typeface, wear
from tests.windows import window

PAGE = "data:text/html;charset=utf-8,<!doctype html><body style='font:20px/1.5 var(--family-screen)'>"
WORDS = "Bác đọc thật chậm từng chữ một, so với dòng in dưới mã."


@pytest.mark.browser
@in_each_typeface
def test_a_page_is_shown_in_letters_as_wide_as_is_said(typeface: Typeface, browser: Browser) -> None:
    with window(browser, (1200, 200)) as visit:
        wear(visit.page, typeface)
        visit.page.goto(f"{PAGE}<nobr><span>{WORDS}</span><br><b>{WORDS}</b></nobr>")
        drawn = visit.page.evaluate("[...document.querySelectorAll('span, b')].map(one => one.offsetWidth / 20)")
    ours = [text_width(WORDS, 1), text_width(WORDS, 1, bold=True)]
    assert [wide / our for wide, our in zip(drawn, ours, strict=True)] == pytest.approx(typeface.wider, rel=0.03)


SEEN = [
    (f"<p>{WORDS}</p>", []),
    ("<button style='width:60px;white-space:nowrap'>Cho phép máy</button>", ["leaves its box: Cho phép máy"]),
    ("<p style='height:28px;overflow:hidden'>Một<br>hai</p>", ["leaves its box: hai"]),
    ("<p style='width:900px;overflow-x:auto'>Một</p>", ["the page scrolls sideways"]),
    ("<p style='width:20px;overflow-wrap:anywhere'>nghiêng</p>", ["broken: nghiêng"]),
    ("<p style='width:20px;overflow-wrap:anywhere'>vneid.gov.vn</p>", []),
    ("<p>Một</p><p style='margin-top:-45px'>Hai</p>", ["over one another: Một, Hai"]),
    ("<svg width=40 height=30><text y=20>Máy ảnh</text></svg>", ["leaves its box: Máy ảnh"]),
    ("<svg width=90 height=30><text y=20 textLength=80 lengthAdjust=spacingAndGlyphs>Máy ảnh của tôi</text></svg>", []),
]


@pytest.mark.browser
@pytest.mark.parametrize(("html", "found"), SEEN)
def test_the_judge_sees_words_that_leave_their_place(html: str, found: list[str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        wear(visit.page, DEJAVU)
        visit.page.goto(f"{PAGE}{html}")
        assert visit.page.evaluate(CROWDED, False) == found
