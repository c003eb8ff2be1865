from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.ground.errors import ProofError
from generator.handbook.model import Entry, Handbook, Phrase, Signpost
from generator.handbook.model import Path as LearningPath
from generator.press.binder.facts import embedded_fonts, is_tagged, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.press.proof import letters, opened, words
from generator.products.lesson import TRIAL
from generator.products.papers import entry
from generator.products.product import A5_MM
from tests.desks import FILLED, desk, handbook, make, one_pdf, with_edition
from tests.seen import TYPEFACES, page_text, prove_codes, text_outside, type_sizes

QUESTIONS = ("Bác mới dùng điện thoại thông minh, hoặc đã ngoài 60 tuổi?", "Mắt bác khó nhìn, hay tai khó nghe?",
             "Bác bán hàng ở chợ?", "Bác làm ruộng?", "Bác đi làm công ty, xưởng máy hay hợp tác xã?")
NUMBERS = ("3014", "3072", "3046", "3023", "3038", "3102")
LONG = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"


def with_questions(questions: tuple[str, ...] = QUESTIONS, **edition: object) -> Handbook:
    """Each question leads to a path of its own, the last *no* to one more."""
    book = with_edition(handbook(), **edition)
    topics = (Phrase("quet-ma-qr"), Phrase("tranh-lua-dao"))
    numbers = NUMBERS[: len(questions) + 1]
    paths = tuple(LearningPath(f"p-{number}", f"Bài cho nhóm {number}", Phrase("mọi người"), topics)
                  for number in numbers)
    posts = [Signpost(Phrase(question), Phrase(path.id)) for question, path in zip(questions, paths, strict=False)]
    posts[-1] = replace(posts[-1], otherwise=Phrase(paths[-1].id))
    ledger = tuple(Entry(number, f"path:p-{number}", "2026-11-20", "", "", "") for number in numbers)
    return replace(book, paths=paths, signposts=tuple(posts), ledger=(*book.ledger, *ledger))


def print_card(book: Handbook, browser: Browser, folder: Path) -> bytes:
    item, = entry.plan(desk(book))
    return one_pdf(make(item, browser, folder))


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page_text(pdf, page).split()) for page in range(1, page_count(pdf) + 1)]


@pytest.mark.browser
@pytest.mark.parametrize("address", ["https://hocso.example/", LONG])
def test_card_asks_in_front_and_shows_codes_on_the_back(address: str, browser: Browser, tmp_path: Path) -> None:
    pdf = print_card(with_questions(address=address), browser, tmp_path)
    front, back = texts(pdf)
    assert page_sizes_mm(pdf) == [pytest.approx(A5_MM, abs=0.2)] * 2
    assert is_tagged(pdf) and not text_outside(pdf)
    assert all(font.embedded and font.name.startswith(TYPEFACES) for font in embedded_fonts(pdf))
    prove_codes(pdf, {1: set(), 2: {address + number for number in NUMBERS}}, both=True)
    for question in QUESTIONS:
        assert question in front
    for number in NUMBERS:
        assert f"Số {number}" in front and f"Số {number}" in back
        assert address + number in back.replace(" ", "")
    assert front.count("Không") == len(QUESTIONS)
    assert front.count(TRIAL) == back.count(TRIAL) == 1
    assert "Nội dung: " in back and "Rà soát: 11/2026" in back


@pytest.mark.browser
def test_the_mark_of_a_trial_lies_on_no_line_of_words(browser: Browser, tmp_path: Path) -> None:
    """Between its frame and what stands above there is a white line."""
    with opened(print_card(with_questions(), browser, tmp_path)) as paper:
        leaf = paper.leaf(2)
        found = {word.text: word.area for word in words(letters(leaf))}
        mark, above, dots = found["NHÁP,"], found["phiếu."], 300 / 25.4
        rows, across = ((above.y + 1.5, mark.y + 0.6), (mark.x, above.right))
        between = leaf.grey(300)[slice(*(int(at * dots) for at in rows)), slice(*(int(at * dots) for at in across))]
        frame = (between.max(axis=1) < 128).argmax()
        assert frame and (between[:frame].min(axis=1) == 255).any()


@pytest.mark.browser
def test_type_is_never_too_small(browser: Browser, tmp_path: Path) -> None:
    pdf = print_card(with_questions(), browser, tmp_path)
    small = {size: words for page in (1, 2) for size, words in type_sizes(pdf, page).items() if size < 14}
    assert list(small) == [9.0] and "Bài" not in small[9.0]


@pytest.mark.browser
def test_contact_is_printed_or_left_to_write_in(browser: Browser, tmp_path: Path) -> None:
    empty = texts(print_card(with_questions(help=()), browser, tmp_path))[1]
    filled = texts(print_card(with_questions(help=(FILLED,), trial=False), browser, tmp_path))[1]
    assert "Nơi: Điện thoại: Giờ:" in empty
    assert FILLED.unit in filled and f"{FILLED.phone} {FILLED.hours}" in filled and "Điện thoại:" not in filled
    assert TRIAL not in filled


@pytest.mark.browser
def test_too_long_a_card_says_so(browser: Browser, tmp_path: Path) -> None:
    questions = tuple(f"{question} " * 4 for question in QUESTIONS)
    with pytest.raises(ProofError, match=r"Phiếu chọn bài dài quá mặt giấy \d+ mm"):
        print_card(with_questions(questions), browser, tmp_path)


def test_question_without_its_path_leaves_and_the_rest_is_counted_anew() -> None:
    book = with_questions()
    gone = replace(book, paths=tuple(path for path in book.paths if path.id != "p-3072"))
    forks = entry.forks_of(desk(gone))
    assert [fork.index for fork in forks] == [1, 2, 3, 4]
    assert [fork.yes.number.number for fork in forks] == ["3014", "3046", "3023", "3038"]
    assert [fork.otherwise is not None for fork in forks] == [False, False, False, True]
    empty = replace(book, topics=(), cards=())
    assert entry.plan(desk(empty)) == [] == entry.plan(desk(replace(book, signposts=())))


def test_digest_follows_what_is_printed() -> None:
    def digest(book: Handbook) -> str:
        item, = entry.plan(desk(book))
        return item.digest

    book = with_questions()
    renamed = replace(book, paths=(replace(book.paths[0], title="Bài khác"), *book.paths[1:]))
    asked = replace(book, signposts=(replace(book.signposts[0], question=Phrase("Bác mới tập?")), *book.signposts[1:]))
    assert digest(book) == digest(with_questions())
    assert len({digest(book), digest(renamed), digest(asked), digest(with_questions(address=LONG))}) == 4
