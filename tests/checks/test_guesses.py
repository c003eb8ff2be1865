"""Who has not read a lesson cannot answer its questions: strategies, and what each scores over the shipped book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from generator.checks.looking.guessing import STRATEGIES, Asked, asked_in, odds, score
from generator.checks.looking.matter import Matter
from generator.checks.structure import guesses
from generator.ground.files import Project
from generator.ground.findings import Place
from generator.handbook.model import Answer, Phrase, Question, Topic
from generator.handbook.read import Reading, read_handbook
from tests.desks import PROJECT
from tests.projects import FOUR

BY_NAME = {name.vi: signs for name, signs in STRATEGIES.items()}


@cache
def four() -> Reading:
    return read_handbook(Project(FOUR))


def question(right: str, *wrong: str, asks: str = "Bác làm gì?") -> Question:
    answers = (Answer(Phrase(right), True), *(Answer(Phrase(words), False) for words in wrong))
    return Question(Phrase(asks), answers, Phrase("Vì thế."))


def topic(slug: str, know: Question, understand: Question, title: str = "Quét mã QR") -> Topic:
    found = four().handbook.topics[0]
    quiz = replace(found.quiz, know=know, understand=understand)
    return replace(found, slug=slug, title=Phrase(title), quiz=quiz)


def asked(right: str, *wrong: str, title: str = "Quét mã QR", level: int = 0) -> Asked:
    one = question(right, *wrong)
    return Asked(topic("mot", one, one, title), one, level)


CHOSEN: list[tuple[str, float, Asked]] = [
    ("dài nhất", 1, asked("Đọc lại từng chữ.", "Bấm ngay.", "Chụp ảnh.")),
    ("dài nhất", 0.5, asked("Đọc lại từng chữ.", "Bấm cho thật nhanh.", "Bấm.")),
    ("dài nhất", 1, asked("Gọi 115.", "Đi ngủ sớm.", "Bấm.")),  # một một năm
    ("ngắn nhất", 0, asked("Đọc lại từng chữ.", "Bấm ngay.", "Chụp ảnh.")),
    ("dài vừa", 1, asked("Bấm ngay.", "Đọc lại từng chữ.", "Bấm.")),
    ("từ chối", 1, asked("Không bấm.", "Bấm thử.", "Hỏi con.")),
    ("từ chối", 1 / 3, asked("Bấm xem.", "Bấm thử.", "Hỏi con.")),
    ("hỏi, gọi, chờ ai", 0, asked("Không bấm.", "Bấm thử.", "Hỏi con.")),
    ("từ chối hoặc hỏi", 0.5, asked("Không bấm.", "Bấm thử.", "Hỏi con.")),
    ("nhiều lời dè dặt nhất", 1, asked("Dừng lại, gọi hỏi con.", "Không bấm.", "Chờ con.")),
    ("không từ chối, không hỏi", 1, asked("Bấm gửi.", "Không bấm.", "Chờ con.")),
    ("làm ngay", 1, asked("Bấm gửi.", "Góc trên.", "Chờ con.")),
    ("giống tên bài nhất", 1, asked("Quét mã.", "Đóng máy.", "Chờ con.")),
    ("giống câu hỏi nhất", 1, asked("Làm lại.", "Đóng máy.", "Chờ con.")),
    ("có chữ đậm hoặc số", 1, asked("Bấm **Gửi**.", "Bấm bừa.", "Chờ con.")),
    ("ít lời biện hộ nhất", 1, asked("Bấm **Gửi**.", "Bấm ngay.", "Gửi, vì là người quen.")),
    ("từ chối hoặc hỏi, rồi dài nhất", 1, asked("Không bấm gì cả.", "Đừng bấm.", "Bấm xem thử đã nào mọi người.")),
    ("từ chối hoặc hỏi, rồi dài nhất", 1, asked("Bấm vào hình chuông.", "Bấm bừa.", "Gõ.")),
    ("từ chối, rồi hỏi, rồi dài nhất", 0, asked("Hỏi con cháu ở nhà.", "Không bấm.", "Bấm bừa.")),
    ("làm ngay, rồi ngắn nhất", 1, asked("Bấm.", "Bấm bừa.", "Chờ.")),
    ("dè dặt nhất, rồi dài nhất", 1, asked("Không bấm gì cả.", "Không bấm.", "Bấm.")),
    ("giống tên bài nhất, rồi dài nhất", 1, asked("Quét mã trên giấy.", "Quét mã.", "Chờ con.")),
    ("nhiều chữ cái nhất", 1, asked("Nghiêng.", "Gõ đi.", "Đi về.")),
    ("ít chữ cái nhất", 0, asked("Nghiêng.", "Gõ đi.", "Đi về.")),
    ("ít dè dặt nhất", 0.5, asked("Bấm gửi.", "Đọc, rồi hỏi con.", "Gõ tên.")),
    ("không có chữ “không”, “chờ”", 1, asked("Hỏi con.", "Xem có gì không.", "Chờ con.")),
    ("không có “không”, “chờ”, rồi ít chữ cái nhất", 1, asked("Gõ tên.", "Gõ tên con.", "Chờ.")),
    ("ít biện hộ nhất, rồi dè dặt nhất", 1, asked("Không bấm.", "Bấm.", "Không bấm, vì sợ.")),
]


@pytest.mark.parametrize(("name", "expected", "one"), CHOSEN)
def test_a_strategy_chooses(name: str, expected: float, one: Asked) -> None:
    assert odds(one, BY_NAME[name]) == pytest.approx(expected)


# The rule over a book.

LONG, SHORT = ("Đọc lại từng chữ trên máy.", "Bấm bừa.", "Gõ bừa."), ("Đọc.", "Bấm bừa một chỗ.", "Gõ bừa một chữ.")
EVEN = ("Đọc tên.", "Bấm máy.", "Gửi thư.")


def told(questions: Sequence[tuple[str, ...]]) -> list[str]:
    """What the rule says of a book with these questions, two in a lesson; the right answer stands in each place in
    turn."""
    turned = []
    for index, (right, *wrong) in enumerate(questions):
        answers = list(question(right, *wrong).answers)
        place = index % 3
        turned.append(replace(question("x"), answers=(*answers[1 : place + 1], answers[0], *answers[place + 1 :])))
    pairs = zip(turned[::2], turned[1::2], strict=True)
    topics = tuple(topic(f"bai-{index}", know, understand, "Chuyện") for index, (know, understand) in enumerate(pairs))
    reading = replace(four(), handbook=replace(four().handbook, topics=topics))
    return [f"{finding.rule} {finding.message.vi} {finding.fix.vi}" for finding in
            guesses.check(Matter(Project(FOUR), reading)) if finding.place == Place("content/handbook.yml")]


def test_a_pattern_is_told_once_with_the_lessons_that_feed_it() -> None:
    [one] = told([*[LONG] * 30, *[EVEN] * 30])
    assert "“dài nhất” thì trúng 67 trong 100 ở 60 câu tự kiểm tra; nhiều nhất 45." in one
    assert one.endswith("nhất: bai-0, bai-1, bai-2, bai-3, bai-4.")


BOOKS: dict[str, Sequence[tuple[str, ...]]] = {
    "no pattern": [EVEN] * 60,
    "long and short in turn": [LONG, SHORT, EVEN] * 20,
    "a pattern of few": [LONG] * 28,
    "a little more than chance": [*[LONG] * 10, *[EVEN] * 50],
}


@pytest.mark.parametrize("book", BOOKS)
def test_chance_is_no_pattern(book: str) -> None:
    assert told(BOOKS[book]) == []


def test_what_cannot_be_asked_yet_is_not_counted() -> None:
    nobody = replace(question("A."), answers=(Answer(Phrase("A."), False),) * 2)
    broken = topic("mot", question("A.", "CẦN VIẾT câu sai."), nobody)
    assert list(asked_in(replace(four().handbook, topics=(broken,)))) == []
    assert len(list(asked_in(four().handbook))) == 2 * len(four().handbook.topics)


# The shipped book, in the order its readers see.


def by_place(questions: Sequence[Asked], know: int, understand: int) -> float:
    return sum(one.right == (know, understand)[one.level] for one in questions) / len(questions)


def test_nobody_guesses_the_shipped_book() -> None:
    """Shown by `pytest -s`."""
    questions = list(asked_in(read_handbook(PROJECT).handbook))
    scores = {name.vi: score(questions, signs) for name, signs in STRATEGIES.items()}
    scores |= {f"chỗ {know + 1} ở Biết, chỗ {understand + 1} ở Hiểu": by_place(questions, know, understand)
               for know in range(3) for understand in range(3)}
    acting = sum(one.signs["active"][one.right] for one in questions) / len(questions)
    print(f"\n{len(questions)} câu tự kiểm tra, chưa đọc bài, cứ chọn câu:")
    print("\n".join(f"{part:6.1%} {name}" for name, part in sorted(scores.items(), key=lambda item: -item[1])))
    print(f"{acting:6.1%} câu đúng là một việc làm")
    assert {name: part for name, part in scores.items() if part > guesses.MOST} == {}
    assert acting >= 1 / 3
