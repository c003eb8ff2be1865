from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.handbook.lesson.texts import text_name
from generator.handbook.model import Approval, Handbook, Phrase, Topic
from generator.press.binder.facts import embedded_fonts, is_tagged, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.products.lesson import TRIAL, accountability
from generator.products.papers import review
from generator.products.papers.parts.words import say
from generator.products.product import A4_MM
from tests.desks import desk, handbook, make, part_colour
from tests.seen import TYPEFACES, inked, page_png, page_text, text_outside, type_sizes

SAMPLE = ("quet-ma-qr", "tranh-lua-dao", "cai-vneid", "chung-thuc")


def print_review(book: Handbook, slug: str, browser: Browser, folder: Path) -> tuple[bytes, tuple[str, ...], int]:
    item = next(item for item in review.plan(desk(book)) if item.name == f"review:{slug}")
    result = make(item, browser, folder)
    (path, pdf), = result.files.items()
    assert path == f"print/review/{slug}.pdf"
    return pdf, tuple(finding.message.vi for finding in result.findings), int(result.facts["pages"])


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_text(pdf, page) for page in range(1, page_count(pdf) + 1)).split())


@pytest.mark.browser
@pytest.mark.parametrize("slug", [slug for slug in SAMPLE if slug in handbook().by_slug])
def test_sheet_holds_what_an_officer_signs_for(slug: str, browser: Browser, tmp_path: Path) -> None:
    lesson = handbook().by_slug[slug]
    pdf, notes, pages = print_review(handbook(), slug, browser, tmp_path)
    text = text_of(pdf)
    assert page_sizes_mm(pdf) == [pytest.approx(A4_MM, abs=0.2)] * pages
    assert 1 <= pages <= 2 and len(notes) == pages - 1
    assert is_tagged(pdf) and not text_outside(pdf)
    assert all(font.embedded and font.name.startswith(TYPEFACES) for font in embedded_fonts(pdf))
    for phrase in (lesson.title, *lesson.office.open_facts, *lesson.safety, *(step.phrase for step in lesson.steps),
                   *(guard for step in lesson.steps for guard in step.guards)):
        assert "".join(say(phrase).striptags().split()) in "".join(text.split())
    for words in (f"bài số {handbook().number_of(slug)}", "Trạng thái: nháp", f"Đơn vị: {lesson.office.unit}",
                  f"Rà soát: {lesson.office.reviewed:%d/%m/%Y}", "Ký, đóng dấu", "Đơn vị duyệt:", "Ngày:",
                  accountability(lesson, handbook().edition)):
        assert words in text
    name = text_name(handbook().written[slug], desk().original)
    for page in range(1, pages + 1):
        side = page_text(pdf, page)
        assert TRIAL in side and f"bản {name}, mặt {page}/{pages}" in side
        assert say(lesson.title).striptags() in " ".join(side.split())
    typed = f"hocso approve {slug} --from-sheet {name} --unit"
    assert typed.replace(" ", "") in text.replace(" ", "")
    for step in lesson.steps:
        if step.screen and not step.screen.seen:
            assert f"Bước {step.number}" in text


@pytest.mark.browser
def test_what_is_read_is_14_points_what_is_looked_up_12(browser: Browser, tmp_path: Path) -> None:
    book = without_screens("tranh-lua-dao")
    pdf, _, _ = print_review(book, "tranh-lua-dao", browser, tmp_path)
    sizes = type_sizes(pdf, 1)
    assert set(sizes) - {9.0} and min(set(sizes) - {9.0}) >= 12
    assert "Dừnglạinếu" in sizes[14.0].replace(" ", "")
    assert "Màn hình chưa ai xem" not in text_of(pdf)


@pytest.mark.browser
def test_many_points_take_both_sides_of_one_sheet(browser: Browser, tmp_path: Path) -> None:
    topic = handbook().topic("tranh-lua-dao")
    assert isinstance(topic, Topic)
    facts = tuple(Phrase(f"điều thứ {number} còn phải hỏi lại") for number in range(12))
    book = replace(handbook(), topics=(replace(topic, office=replace(topic.office, open_facts=facts)),), cards=())
    pdf, notes, pages = print_review(book, "tranh-lua-dao", browser, tmp_path)
    assert pages == 2 and notes == ("“Phiếu duyệt: Nhận biết và tránh lừa đảo” dài 2 mặt giấy.",)
    front, back = (page_text(pdf, page) for page in (1, 2))
    assert "điều thứ 11" in front and "An toàn" not in front
    assert "An toàn" in back and "Ký, đóng dấu" in back


@pytest.mark.browser
def test_on_two_sides_screens_stand_as_large_as_on_leaflets(browser: Browser, tmp_path: Path) -> None:
    pdf, _, pages = print_review(handbook(), "vao-mang", browser, tmp_path)
    labels = [size for size, signs in type_sizes(pdf, 1).items() if "Kếtnối" in signs]
    assert pages == 2 and labels and min(labels) >= 11
    assert inked(pdf, 1, part_colour(handbook(), "vao-mang")) > 1000


def test_lesson_without_a_number_can_be_reviewed_too() -> None:
    for book, has_number in ((handbook(), True), (replace(handbook(), ledger=()), False)):
        page = review.ReviewSheet(desk(book), book.by_slug["tranh-lua-dao"])
        html = page.desk.theme.draw("print/review.html", page)
        assert ("Khi phát hành, bài ở" in html, "1055" in html) == (has_number, has_number)
        assert page.name.startswith("Bài số") is has_number and page.name.endswith(f"ản {page.text}")


@pytest.mark.parametrize(("facts", "example"), [(0, ""), (1, '--confirm "1"'), (2, '--confirm "1,2"'),
                                                (5, '--confirm "1,2"')])
def test_what_is_to_be_typed_can_be_typed_as_it_stands(facts: int, example: str) -> None:
    """Of a sheet of two facts a third cannot be confirmed."""
    topic = handbook().by_slug["quet-ma-qr"]
    points = tuple(Phrase(f"điều thứ {number}") for number in range(facts))
    page = review.ReviewSheet(desk(), replace(topic, office=replace(topic.office, open_facts=points)))
    assert [word for word in page.typed if word.startswith("--confirm")] == ([example] if example else [])


def test_who_signs_anew_sees_that_words_changed_and_where_to_read_them() -> None:
    book, slug = handbook(), "quet-ma-qr"
    row = Approval(slug, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20))
    taken = replace(row, note="rút lại: sai")
    told = {rows: review.ReviewSheet(desk(replace(book, approvals=rows)), book.by_slug[slug]).status
            for rows in ((), (row,), (row, taken))}
    assert told[row,] == f"đổi chữ từ bản ACDEFHKL, Sở Y tế duyệt 20/11/2026 (chữ nào đổi: hocso approve {slug})"
    assert told[row, taken] == "Sở Y tế đã rút lại bản ACDEFHKL, 20/11/2026: sai" and told[()] == "nháp"
    digests = {item.digest for rows in told for item in review.plan(desk(replace(book, approvals=rows)))
               if item.name == f"review:{slug}"}
    assert len(digests) == 3


@pytest.mark.parametrize(("count", "more"), [(2, 0), (11, 3)])
def test_who_signs_anew_reads_the_changed_words_on_the_sheet(count: int, more: int) -> None:
    book, slug = handbook(), "quet-ma-qr"
    changed = tuple((f"trước {number}", f"nay {number}" if number else "") for number in range(count))
    desks = [desk(), replace(desk(), rewritten={slug: changed})]
    page = review.ReviewSheet(desks[1], book.by_slug[slug])
    assert page.rewritten[:2] == [("trước 0", "(không có)"), ("trước 1", "nay 1")]
    assert (len(page.rewritten), page.more_rewritten) == (count - more, more)
    assert not review.ReviewSheet(desks[0], book.by_slug[slug]).rewritten
    html = desks[1].theme.draw("print/review.html", page)
    assert "Chữ khác bản đã ký lần trước" in html and "nay 1" in html and ("chỗ nữa" in html) == bool(more)
    digests = {item.digest for one in desks for item in review.plan(one) if item.name == f"review:{slug}"}
    assert len(digests) == 2


def test_changed_words_stand_there_as_they_are_read() -> None:
    """With the values of the place, and no signs of Markdown; what a place lacks stays as it is written."""
    slug = "quet-ma-qr"
    told = (("Gõ **{{ số bài }}** vào ô", "Xem {{ không có }}"),)
    page = review.ReviewSheet(replace(desk(), rewritten={slug: told}), handbook().by_slug[slug])
    assert page.rewritten == [("Gõ 1041 vào ô", "Xem {{ không có }}")]


def test_the_sheet_is_typed_with_the_lessons_own_unit() -> None:
    """Typed as it stood, the sample was written into the book."""
    topic = handbook().by_slug["quet-ma-qr"]
    assert f'--unit "{topic.office.unit}"' in review.ReviewSheet(desk(), topic).typed
    long = replace(topic, office=replace(topic.office, unit="Sở " * 40))
    assert '--unit "đơn vị"' in review.ReviewSheet(desk(), long).typed, "one line holds it"


def without_screens(slug: str) -> Handbook:
    topic = handbook().topic(slug)
    assert isinstance(topic, Topic)
    quiz = topic.quiz
    quiz = replace(quiz, know=replace(quiz.know, screen=None), understand=replace(quiz.understand, screen=None))
    steps = tuple(replace(step, screen=None) for step in topic.steps)
    return replace(handbook(), topics=(replace(topic, steps=steps, quiz=quiz),))


@pytest.mark.browser
def test_each_fact_has_a_line_of_its_own_and_neither_side_is_half_empty(browser: Browser, tmp_path: Path) -> None:
    pdf, _, pages = print_review(handbook(), "quet-ma-qr", browser, tmp_path)
    assert pages == 2
    for page in (1, 2):
        picture = cv2.imdecode(np.frombuffer(page_png(pdf, page, 36), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        dark = np.where(picture.min(axis=1) < 128)[0] / len(picture)
        assert dark[dark < 0.95].max() > 0.5  # above the foot
