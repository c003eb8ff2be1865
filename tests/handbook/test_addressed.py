"""One text, read to pupils, officials and grandparents: whoever is spoken to is called what they are called."""

from __future__ import annotations

import re

import pytest

from generator.handbook.addressed import LEARNERS, book_for, read_for, read_to
from generator.products.papers.parts.book import ChapterPage, compose
from generator.products.papers.parts.volumes import volumes
from tests.products.pages.test_site import desk
from tests.projects import ROOT

READ = {
    # As written → as read to a pupil.
    "Bác gọi số nào?": "Em gọi số nào?",
    "Học xong, bà con quét được mã.": "Học xong, các em quét được mã.",
    "Bà con ơi, máy bác có thể khác.": "Các em ơi, máy em có thể khác.",
    "Một bác hàng xóm ra trạm y tế gặp bác sĩ.": "Một bác hàng xóm ra trạm y tế gặp bác sĩ.",
    "Lời bác bỏ tin ấy đăng trên trang xã.": "Lời bác bỏ tin ấy đăng trên trang xã.",
    "Các bác ngồi đầu bàn, mỗi bác một máy.": "Các bác ngồi đầu bàn, mỗi bác một máy.",
    "Bấm **Bác**": "Bấm **Em**",
}


@pytest.mark.parametrize(("text", "read"), READ.items())
def test_who_is_spoken_to(text: str, read: str) -> None:
    assert read_for(text, "em") == read


def test_without_another_address_the_text_stays() -> None:
    assert all(read_for(text, address) == text for text in READ for address in ("", LEARNERS))
    assert read_to("Bác hỏi, bà con nghe.", "ông bà", "ông bà") == "Ông bà hỏi, ông bà nghe."


PATHS = {volume.name: volume for volume in volumes(desk(ROOT).handbook) if volume.target.startswith("path:")}
ADDRESSED = {audience.name for audience in desk(ROOT).handbook.audiences if audience.address != LEARNERS}
SOMEBODY_ELSE = re.compile(r"\b(?:một|các|những|mỗi|mấy) bác\b|\bbác (?:sĩ|bỏ)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", PATHS)
def test_the_book_of_a_path_speaks_to_its_own_readers(name: str) -> None:
    """Each lesson as it stands in that book, whole: nobody there is called as the others are."""
    volume = PATHS[name]
    own = desk(ROOT)
    own = own.showing(book_for(own.handbook, volume.address))
    called = 0
    for chapter in compose(own, volume).chapters:
        page = str(own.theme.draw("print/chapter.html", ChapterPage(own, chapter, trainer=False)))
        plain = SOMEBODY_ELSE.sub("", " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", page, flags=re.DOTALL).split()))
        called += len(re.findall(rf"\b{volume.address or 'bác'}\b", plain, re.IGNORECASE))
        for_all = not {audience.text for audience in chapter.lesson.office.audiences} <= ADDRESSED
        assert not (volume.address and for_all) or not re.search(r"\b(?:[Bb]ác|[Bb]à con)\b", plain), plain
    assert called > 10
