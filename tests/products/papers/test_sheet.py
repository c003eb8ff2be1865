from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.engine.items import Result
from generator.handbook.model import Handbook, Help, Phrase, Topic
from generator.press import proof
from generator.press.binder.facts import about, embedded_fonts, is_tagged, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.products.lesson import TRIAL, accountability
from generator.products.papers import grandchild, sheet
from generator.products.papers.parts import urgent
from generator.products.papers.parts.words import say
from generator.products.product import A4_MM
from tests.desks import FILLED, desk, handbook, make, one_pdf, part_colour, with_edition
from tests.seen import TYPEFACES, inked, page_text, prove_codes, read_codes, text_outside, type_sizes

pytestmark = pytest.mark.long
LONG = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"


def made(book: Handbook, name: str, browser: Browser, folder: Path) -> Result:
    items = (*sheet.plan(desk(book)), *grandchild.plan(desk(book)))
    return make(next(item for item in items if item.name == name), browser, folder)


def text_of(pdf: bytes, page: int = 1) -> str:
    return " ".join(page_text(pdf, page).split())


def prove_paper(pdf: bytes) -> None:
    assert is_tagged(pdf) and about(pdf)["Lang"] == "vi" and about(pdf)["Title"]
    assert not text_outside(pdf)
    assert all(font.embedded and font.name.startswith(TYPEFACES) for font in embedded_fonts(pdf))
    for page, size in enumerate(page_sizes_mm(pdf), 1):
        assert size == pytest.approx(A4_MM, abs=0.3)
        assert min(type_sizes(pdf, page)) >= 8


# The wall.


@pytest.mark.browser
@pytest.mark.parametrize("edition", [
    {}, {"address": LONG, "trial": False, "help": (FILLED, replace(FILLED, role="công an", unit="Công an xã"))},
])
def test_wall_sheet_has_six_codes_and_whom_to_call(
    edition: dict[str, Any], browser: Browser, tmp_path: Path
) -> None:
    book = with_edition(**edition)
    pdf = one_pdf(made(book, "sheet:gia-dinh-so", browser, tmp_path))
    text, address = text_of(pdf), book.edition.address
    prove_paper(pdf)
    assert page_count(pdf) == 1
    numbers = [book.number_of(slug) for slug in sheet.WALL_TOPICS]
    codes = prove_codes(pdf, {1: {address + number for number in numbers}}, both=True)
    assert len({code.payload for code in codes}) == sheet.WALL_COUNT
    assert all(code.box.width >= 25 * 0.985 for code in codes)
    for number in numbers:
        assert f"Bài số {number}" in text and address + number in text.replace(" ", "")
    for words in ("113 công an", "114 cháy", "115 cấp cứu", "112 cứu nạn", "Con, cháu:", "Hàng xóm:",
                  "Địa chỉ nhà mình:", "Nhà mạng, để khóa sim:"):
        assert words in text
    assert urgent.UNSURE not in text  # those four are certain
    assert (FILLED.phone in text) == bool(edition) and (TRIAL in text) != bool(edition)


@pytest.mark.browser
def test_no_number_on_the_wall_leaves_what_it_calls(browser: Browser, tmp_path: Path) -> None:
    """On one line, close by, the number as large as the words of two lines."""
    pdf = one_pdf(made(handbook("phuong-chu-van-an"), "sheet:gia-dinh-so", browser, tmp_path))
    with proof.opened(pdf) as paper:
        words = list(proof.words(proof.letters(paper.leaf(1))))
    for number, what in (("113", "công"), ("114", "cháy"), ("115", "cấp"), ("112", "cứu")):
        at = next(place for place, word in enumerate(words) if word.text == number)
        call, meaning = words[at], words[at + 1]
        assert meaning.text == what and 0 < meaning.area.x - call.area.right < 8
        assert call.area.y < (meaning.area.y + meaning.area.bottom) / 2 < call.area.bottom and call.area.height > 9


@pytest.mark.browser
@pytest.mark.parametrize(("name", "page"), [("sheet:gia-dinh-so", 1), ("grandchild:quet-ma-qr", 1),
                                            ("grandchild:quet-ma-qr", 2)])
def test_the_frame_of_the_trial_mark_fits_it(name: str, page: int, browser: Browser, tmp_path: Path) -> None:
    with proof.opened(one_pdf(made(handbook(), name, browser, tmp_path))) as paper:
        leaf = paper.leaf(page)
        mark = [word for word in proof.words(proof.letters(leaf)) if word.text == "BẢN"][-2]  # BẢN NHÁP · BẢN IN THỬ
        dots = 300 / 25.4
        before = slice(int((mark.area.x - 2) * dots), int(mark.area.x * dots) - 1)
        assert leaf.grey(300)[int((mark.area.y + mark.area.height / 2) * dots), before].min() < 128


@pytest.mark.parametrize(("step", "calls"), [
    ("Gọi **113** công an, **114** cháy, **115** cấp cứu, **112** cứu nạn.",
     [("113", "công an"), ("114", "cháy"), ("115", "cấp cứu"), ("112", "cứu nạn")]),
    ("Gọi **115** cấp cứu.", [("115", "cấp cứu")]),
    ("Gọi **0220** bệnh viện, hoặc 115 cấp cứu.", []),
    ("Bấm **Gọi**.", []),
])
def test_emergency_numbers_come_from_the_topic(step: str, calls: list[tuple[str, str]]) -> None:
    topic = handbook().topic(sheet.URGENT_TOPIC)
    assert isinstance(topic, Topic)
    lesson = replace(topic, steps=(replace(topic.steps[1]), replace(topic.steps[0], phrase=Phrase(step))))
    assert [(call.number, call.what) for call in urgent.urgent_calls(lesson)] == calls
    assert urgent.urgent_calls(None) == ()


def test_numbers_are_marked_until_the_topic_says_they_are_confirmed() -> None:
    topic = handbook().topic(sheet.URGENT_TOPIC)
    assert isinstance(topic, Topic)
    calls = (urgent.Call("112", "cứu nạn"), urgent.Call("156", "báo lừa đảo"))
    for facts, open_ in (((Phrase("số 156 còn dùng không"),), True), ((Phrase("số 112 nhận việc gì"),), False),
                         ((Phrase("giờ làm việc"),), False), ((), False)):
        assert urgent.unconfirmed(replace(topic, office=replace(topic.office, open_facts=facts)), calls) == open_


@pytest.mark.browser
def test_wall_sheet_without_its_topics_says_what_is_missing(browser: Browser, tmp_path: Path) -> None:
    book = handbook()
    kept = tuple(topic for topic in book.topics if topic.slug in ("quet-ma-qr", "tranh-lua-dao"))
    result = made(replace(book, topics=kept), "sheet:gia-dinh-so", browser, tmp_path)
    notes = [finding.message.vi for finding in result.findings]
    assert len(notes) == 2 and "không có số khẩn cấp" in notes[0] and "chỉ có 2 mã" in notes[1]


def test_next_topics_of_the_path_fill_the_wall() -> None:
    book = handbook()
    path = next(path for path in book.paths if path.id == sheet.WALL_PATH)
    others = [slug.text for slug in path.topics if slug.text not in sheet.WALL_TOPICS]
    less = replace(book, topics=tuple(topic for topic in book.topics if topic.slug != "quet-ma-qr"))
    assert [lesson.slug for lesson in sheet.wall_lessons(less)] == [*sheet.WALL_TOPICS[1:], others[0]]


# Every number.


@pytest.mark.browser
def test_code_sheet_holds_every_living_number_once(browser: Browser, tmp_path: Path) -> None:
    book = handbook()
    pdf = one_pdf(made(book, "sheet:ma-so", browser, tmp_path))
    prove_paper(pdf)
    pages = range(1, page_count(pdf) + 1)
    read = [reading.payload for reading in read_codes(pdf)]
    targets = [*book.by_slug, *(f"path:{path.id}" for path in book.paths), *(f"part:{part.id}" for part in book.parts)]
    assert sorted(read) == sorted({book.edition.number_url(book.number_of(t)) for t in targets if book.number_of(t)})
    for page in pages:
        words = text_of(pdf, page).replace(" ", "")
        for reading in read_codes(pdf, [page]):
            assert reading.payload in words and reading.box.width >= 25 * 0.985
    assert all(len(read_codes(pdf, [page])) > 4 for page in pages)  # no sheet for a row that was left over
    assert "Phần 1. " in text_of(pdf) and all(f"Trang {page}" in text_of(pdf, page) for page in pages)
    assert inked(pdf, 1, part_colour(book, "quet-ma-qr")) > 20_000, "a band over each part"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sheet:ma-so", "sheet:gia-dinh-so", "grandchild:quet-ma-qr"])
def test_same_bytes_twice_also_later_in_the_month(name: str, browser: Browser, tmp_path: Path) -> None:
    seen = set()
    for moment in (1_795_000_000, 1_795_100_000):
        items = (*sheet.plan(desk(moment=moment)), *grandchild.plan(desk(moment=moment)))
        item = next(item for item in items if item.name == name)
        seen.add((item.digest, one_pdf(make(item, browser, tmp_path))))
    assert len(seen) == 1


# Cháu dạy ông bà.


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["quet-ma-qr", "thu-dien-tu", "cai-vneid"])
@pytest.mark.parametrize("edition", [{}, {"address": LONG, "help": (Help("đầu mối"),)}])
def test_grandchild_sheet_is_one_sheet(
    slug: str, edition: dict[str, Any], browser: Browser, tmp_path: Path
) -> None:
    book = with_edition(**edition)
    topic = book.topic(slug)
    assert isinstance(topic, Topic)
    pdf = one_pdf(made(book, f"grandchild:{slug}", browser, tmp_path))
    prove_paper(pdf)
    assert page_count(pdf) == 2
    prove_codes(pdf, {1: {book.edition.number_url(book.number_of(slug))}, 2: set()}, both=True)
    front, back = text_of(pdf), text_of(pdf, 2)
    for step in topic.steps:
        for phrase in (step.phrase, *step.guards, *(variant.phrase for variant in step.variants)):
            assert say(grandchild.for_grandchild(phrase)).striptags().split()[-1] in front
    for words in ("Tay ông bà bấm, tay cháu chỉ", "Năm điều cháu giữ", "Cháu không bao giờ", "mật khẩu", "Kết quả",
                  accountability(topic, book.edition)):
        assert words in f"{front} {back}"
    assert front.count(TRIAL) == back.count(TRIAL) == 1
    assert all(inked(pdf, page, part_colour(book, slug)) > 1000 for page in (1, 2))
    with proof.opened(pdf) as paper:
        assert topic.drawing and proof.figures(paper.leaf(1))[0].alt == topic.drawing.alt
    assert min(type_sizes(pdf, 1)) >= 10.5, "but for the mark and the labels of screens nothing is small"
    assert " bác" not in f"{front} {back}".lower().replace("máy bác có thể khác", "").replace("bác sĩ", "")


@pytest.mark.parametrize(("written", "told"), [
    ("Dòng địa chỉ hiện ra, bác làm gì? Bác đọc đã.", "Dòng địa chỉ hiện ra, ông bà làm gì? Ông bà đọc đã."),
    ("Bà con nhớ nhé, bà con ơi.", "Ông bà nhớ nhé, ông bà ơi."),
    ("Bác sĩ gọi đến, bác hỏi lại bác sĩ.", "Bác sĩ gọi đến, ông bà hỏi lại bác sĩ."),
    ("Một bác hàng xóm hỏi. Các bác dừng lại. Bác Hồ.", "Một bác hàng xóm hỏi. Các bác dừng lại. Bác Hồ."),
    ("Không khoác bác.", "Không khoác ông bà."),
])
def test_a_grandchild_speaks_to_its_elders(written: str, told: str) -> None:
    assert grandchild.for_grandchild(Phrase(written)).text == told


def test_work_of_officials_is_not_taught_at_home() -> None:
    book = handbook()
    taught = {topic.slug for topic in grandchild.taught_at_home(book)}
    assert "quet-ma-qr" in taught
    only = replace(book.topics[0].office, audiences=(Phrase("cán bộ"),))
    assert not list(grandchild.taught_at_home(replace(book, topics=(replace(book.topics[0], office=only),))))
