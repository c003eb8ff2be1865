"""Answers are shuffled by the lesson's number: stable, and every place as likely as another."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from generator.ground.files import Project
from generator.handbook.lesson.shuffle import shuffled
from generator.handbook.model import Answer, Phrase, Topic
from generator.handbook.read import read_handbook
from tests.projects import FOUR, edit, make_project

SLUG = "quet-ma-qr"
LESSON = f"content/topics/{SLUG}/index.md"


def topic(root: Path) -> Topic:
    found = read_handbook(Project(root)).handbook.topic(SLUG)
    assert found
    return found


@cache
def written(count: int) -> Topic:
    """A lesson whose questions have so many answers, called by their places."""
    answers = tuple(Answer(Phrase(str(place)), place == 0) for place in range(count))
    lesson = topic(FOUR)
    quiz = lesson.quiz
    return replace(lesson, quiz=replace(
        quiz, know=replace(quiz.know, answers=answers), understand=replace(quiz.understand, answers=answers)))


def orders(lesson: Topic) -> list[str]:
    return ["".join(answer.phrase.text for answer in question.answers)
            for question in (lesson.quiz.know, lesson.quiz.understand)]


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("level", [0, 1])
def test_every_place_is_as_likely_as_another(count: int, level: int) -> None:
    """Over many numbers; 0.05 is more than four times what chance alone would do."""
    found = [orders(shuffled(written(count), f"{number}"))[level] for number in range(1000, 4000)]
    for place in range(count):
        share = Counter(order.index(str(place)) for order in found)
        assert len(share) == count
        assert all(abs(times / len(found) - 1 / count) < 0.05 for times in share.values())


def test_both_questions_of_a_lesson_go_their_own_ways() -> None:
    found = Counter(tuple(orders(shuffled(written(3), f"{number}"))) for number in range(1000, 4000))
    assert len(found) == 36
    assert max(found.values()) < 2 * min(found.values())


SAME = {
    "other words": ("Chụp lại gửi cho cả nhóm", "Thôi"),
    "another title": ("# Quét mã QR", "# Quét mã"),
}


@pytest.mark.parametrize("what", SAME)
def test_what_is_written_moves_nothing(what: str, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = topic(root)
    edit(root, LESSON, *SAME[what])
    assert topic(root) != before
    assert [answer.phrase.place for answer in topic(root).quiz.know.answers] == [
        answer.phrase.place for answer in before.quiz.know.answers]


def test_another_right_answer_moves_nothing() -> None:
    other = written(3)
    answers = tuple(replace(answer, right=not answer.right) for answer in other.quiz.know.answers)
    other = replace(other, quiz=replace(other.quiz, know=replace(other.quiz.know, answers=answers)))
    assert orders(shuffled(other, "1041")) == orders(shuffled(written(3), "1041"))


def test_an_answer_more_leaves_the_others_in_their_order() -> None:
    for number in range(1000, 1100):
        longer, shorter = orders(shuffled(written(4), f"{number}")), orders(shuffled(written(3), f"{number}"))
        assert [order.replace("3", "") for order in longer] == shorter


def test_a_number_goes_before_the_slug() -> None:
    renamed = replace(written(4), slug="quet-ma")
    assert orders(shuffled(renamed, "1041")) == orders(shuffled(written(4), "1041"))
    assert orders(shuffled(renamed, "")) != orders(shuffled(written(4), ""))
    assert orders(shuffled(renamed, "")) == orders(shuffled(renamed, ""))


def test_the_order_is_for_ever() -> None:
    """Paper that is out there shows it."""
    kept = [["10", "10"], ["102", "210"], ["3102", "2310"]]
    assert [orders(shuffled(written(count), "1041")) for count in (2, 3, 4)] == kept
