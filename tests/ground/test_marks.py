"""Words that look like our marks: an eye reads them whatever stands between their letters."""

from __future__ import annotations

import pytest

from generator.checks.structure.marks import quoted
from generator.ground.files import Source
from generator.ground.marks import DRAFT, MARKS

APART = {
    "as it is": DRAFT, "with dots": ".".join(DRAFT), "with spaces": " ".join(DRAFT),
    "of no width": "\u200b".join(DRAFT), "soft hyphens": "\xad".join(DRAFT), "word joiners": "\u2060".join(DRAFT),
    "as the web writes it": "BẢN N&shy;HÁP, CH&#8203;ƯA DUYỆT", "no comma": "BẢN NHÁP - CHƯA DUYỆT",
    "wide": "ＢẢＮ ＮＨÁＰ, ＣＨƯＡ ＤＵＹỆＴ", "small capitals": "ʙᴀ\u0309ɴ ɴʜÁᴘ, ᴄʜƯᴀ ᴅᴜʏỆᴛ",
    "marks apart from letters": "BA\u0309N NHA\u0301P, CHU\u031bA DUYE\u0323\u0302T",
    "in bold": "**BẢN** _NHÁP_, `CHƯA` DUYỆT", "over two lines": "BẢN\nNHÁP, CHƯA\nDUYỆT",
    "in a list": "- BẢN NHÁP,\n- CHƯA DUYỆT", "a part within": "<b>BẢN</b> NHÁP,<br>CHƯA DUYỆT",
}
OTHERS = ("Tờ ghi là bản nháp, chưa duyệt thì đừng phát.", "BẢN NHÁP của bác, chưa duyệt", "BẢN IN THỬ",
          "BẢN CHƯA DUYỆT", "Bản Nháp, Chưa Duyệt")


@pytest.mark.parametrize("way", APART)
def test_a_mark_is_told_however_its_letters_stand(way: str) -> None:
    found = [*quoted(Source("content/topics/a/index.md", f"# Tên\n\nTờ ghi “{APART[way]}” thì thôi.\n"))]
    assert [(one.rule, one.place.line) for one in found] == [("text.mark", 3)]
    assert f"`{DRAFT}`" in found[0].message.vi


@pytest.mark.parametrize("mark", MARKS)
def test_each_of_them(mark: str) -> None:
    assert len([*quoted(Source("content/editions/a.yml", f"tên: xã {'·'.join(mark)}\n"))]) == 1
    assert not [*quoted(Source("content/editions/a.yml", f"tên: xã # {mark}\n"))]


@pytest.mark.parametrize("words", OTHERS)
def test_other_words_are_none(words: str) -> None:
    assert not [*quoted(Source("content/topics/a/index.md", f"{words}\n"))]
