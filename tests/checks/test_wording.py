from __future__ import annotations

import pytest

from generator.checks.looking.wording import plain_words, sentences
from generator.checks.looking.wordlists import FOLDER, word_list

SENTENCES = [
    ("Một câu.", ["Một câu."]),
    ("Câu một. Câu hai! Câu ba?", ["Câu một.", "Câu hai!", "Câu ba?"]),
    ("Trả 10.000 đồng. Xong.", ["Trả 10.000 đồng.", "Xong."]),
    ("Gõ vneid.gov.vn vào ô tìm", ["Gõ vneid.gov.vn vào ô tìm"]),
    ('Nói: "Không." Rồi tắt máy.', ['Nói: "Không."', "Rồi tắt máy."]),
    ("", []),
]


@pytest.mark.parametrize(("plain", "parts"), SENTENCES)
def test_sentences(plain: str, parts: list[str]) -> None:
    assert sentences(plain) == parts


PLAIN = [
    ("Bấm **CH Play**.", "Bấm CH Play."),
    ("Ra {{ đơn vị công an hoặc công an xã }} hỏi.", "Ra công an xã hỏi."),
    ("Bài số {{ số bài }}", "Bài số số bài"),
    ("hai\ndòng", "hai dòng"),
    ("[Trang](https://vneid.gov.vn)", "Trang"),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_plain_words(text: str, plain: str) -> None:
    assert plain_words(text) == plain


def test_word_lists_say_what_to_use_instead() -> None:
    """A list whose finding says `Nói: …` has something to say for every entry."""
    for name in ("officialese", "press-words", "jargon", "address"):
        assert [entry.words for entry in word_list(name).entries if not entry.instead] == [], name


def test_word_lists_hold_nothing_twice_and_nothing_unreachable() -> None:
    for file in sorted(FOLDER.glob("*.txt")):
        listed = word_list(file.stem)
        words = [entry.words for entry in listed.entries]
        assert sorted(words) == sorted(set(words)), file.name
        loose = file.stem in ("phone-verbs", "titles")  # there also: `trong sổ`, `xã Ông Đình`
        homes = [right.words.lower() for right in listed.right if not loose]
        homeless = [home for home in homes if not any(word.lower() in home for word in words)]
        assert homeless == [], file.name
