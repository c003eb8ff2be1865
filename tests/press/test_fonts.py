from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from generator.press import fonts

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


def test_four_different_files() -> None:
    digests = {hashlib.sha256(fonts.font_file(weight).read_bytes()).digest() for weight in fonts.FACES}
    assert len(digests) == 4


def test_rules_name_every_file_under_the_base() -> None:
    css = fonts.font_face_css("https://x/f/")
    assert css.count("@font-face") == 4
    for weight, name in fonts.FACES.items():
        assert f'font-weight:{weight};font-display:block;src:url("https://x/f/{name}")' in css


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (VIETNAMESE + VIETNAMESE.upper(), []),
        ("e\u0302\u0323", []),  # decomposed, as macOS writes it
        ("“…” – · • × ½ ₫ 0₫\n\t", []),
        ("→ a ☐ → ✓", ["→", "☐", "✓"]),
    ],
)
def test_missing_glyphs(text: str, missing: list[str]) -> None:
    assert fonts.missing_glyphs(text) == missing


def test_titles_have_every_letter_of_vietnamese() -> None:
    """What else a title holds, an arrow or a tick, comes from the face of the text."""
    whole: Any = TTFont(fonts.font_file(fonts.TITLE_WEIGHT))
    known = whole.getBestCmap()
    assert {ord(letter) for letter in VIETNAMESE + VIETNAMESE.upper() + "0123456789“”…–·•×:,?!/&()"} <= {*known}


def test_width_adds_up() -> None:
    one, two = fonts.text_width("Học", 10), fonts.text_width("Học Học", 10)
    assert two == pytest.approx(2 * one + fonts.text_width(" ", 10))
    assert fonts.text_width("Học", 20) == pytest.approx(2 * one)
    assert fonts.text_width("Nhớ", 10, bold=True) > fonts.text_width("Nhớ", 10)
    assert fonts.text_width("", 10) == 0
    assert fonts.text_width("o\u0323", 10) == fonts.text_width("ọ", 10)
    assert fonts.text_width("☐", 10) == 10


@pytest.mark.parametrize("weight", fonts.FACES)
def test_a_subset_draws_each_letter_as_the_whole_font_does(weight: int) -> None:
    """Outlines, the parts they are made of, and where each begins and ends."""
    whole: Any = TTFont(fonts.font_file(weight))
    letters = [letter for letter in VIETNAMESE + "Ệ0;" if ord(letter) in whole.getBestCmap()]
    numbers = {whole.getGlyphID(whole.getBestCmap()[ord(letter)]): letter for letter in letters}
    data = fonts.face(weight).subset(numbers)
    small: Any = TTFont(io.BytesIO(data))
    assert data == fonts.face(weight).subset(reversed(numbers)) and len(data) < 60_000
    for number, letter in numbers.items():
        name, other = whole.getGlyphName(number), small.getGlyphName(number)
        assert fonts.face(weight).letters[number] == letter
        assert small["hmtx"][other] == whole["hmtx"][name]
        drawn, expected = (font["glyf"][key].getCoordinates(font["glyf"])
                           for font, key in ((small, other), (whole, name)))
        assert list(drawn[0]) == list(expected[0]) and list(drawn[1]) == list(expected[1])
