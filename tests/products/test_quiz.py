"""The self-check as every product shows it: the same order of answers; the same screen, told in words too."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from generator.engine.items import Bench, Desk
from generator.ground.files import Project
from generator.handbook.lesson.rows import alt_text
from generator.handbook.lesson.shown import SELF_CHECK, place_of, screens_of, unseen_screens
from generator.handbook.model import Question, Topic
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.compounds import release
from generator.products.pages import deck, site
from generator.products.papers import grandchild
from generator.products.papers.parts.book import ChapterPage, compose
from generator.products.papers.parts.drawing import show_step
from generator.products.papers.parts.volumes import volumes
from generator.products.papers.parts.words import say
from tests.projects import EPOCH, edit, make_project

SLUG = "quet-ma-qr"
LESSON = f"content/topics/{SLUG}/index.md"
DRAWN = "\n\n```man-hinh\ntrang: dichvucong.gov-vn.com\nô: Số thẻ ngân hàng\nnút: Nhận quà\n```\n\n- ["


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A small book; one of its questions asks about a screen."""
    root = make_project(tmp_path_factory.mktemp("quiz"), theme=True)
    edit(root, LESSON, "\n\n- [", DRAWN)
    project = Project(root, root / "theme")
    return Desk(project, select(read_handbook(project).handbook, "viet-nam"), EPOCH, browser="")


def topic(own: Desk) -> Topic:
    found = own.handbook.topic(SLUG)
    assert found
    return found


def asked(own: Desk) -> Question:
    return topic(own).quiz.know


def no_browser() -> Browser:
    raise AssertionError("nothing here takes a browser")


def of_site(own: Desk) -> str:
    [item] = site.plan(own)
    files = item.make(Bench(own.project, no_browser, Path("nowhere"), {})).files
    return files[f"site/topics/{SLUG}/index.html"].decode()


def of_deck(own: Desk) -> str:
    item = next(item for item in deck.plan(own) if item.name == f"deck:{SLUG}")
    [html] = item.make(Bench(own.project, no_browser, Path("nowhere"), {})).files.values()
    return html.decode()


def of_book(own: Desk, trainer: bool = False) -> str:
    whole = compose(own, volumes(own.handbook)[0], trainer=trainer)
    chapter = next(chapter for chapter in whole.chapters if chapter.lesson.slug == SLUG)
    return str(own.theme.draw("print/chapter.html", ChapterPage(own, chapter, trainer)))


def of_grandchild(own: Desk) -> str:
    steps = tuple(show_step(own, step, grandchild.SCREEN_MM) for step in topic(own).steps)
    return str(own.theme.draw("print/grandchild.html", grandchild.GrandchildSheet(own, topic(own), steps)))


PRODUCTS: dict[str, Callable[[Desk], str]] = {
    "site": of_site, "deck": of_deck, "book": of_book, "trainer": lambda own: of_book(own, True),
    "grandchild": of_grandchild,
}


@pytest.fixture(scope="module")
def pages(own: Desk) -> dict[str, str]:
    return {name: draw(own) for name, draw in PRODUCTS.items()}


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_screen_of_a_question_is_drawn_and_told(product: str, own: Desk, pages: dict[str, str]) -> None:
    screen = asked(own).screen
    assert screen
    assert alt_text(screen) in unescape(pages[product])


@pytest.mark.parametrize("product", [product for product in PRODUCTS if product != "grandchild"])
def test_answers_stand_in_the_same_order_everywhere(product: str, own: Desk, pages: dict[str, str]) -> None:
    """As the handbook has them, which is not as they are written; the sheet for grandchildren shows the right one."""
    quiz, page = topic(own).quiz, release(pages[product])
    for question in (quiz.know, quiz.understand):
        orders = [answer.phrase.place.line for answer in question.answers]
        found = [page.index(str(say(answer.phrase))) for answer in question.answers]
        assert found == sorted(found)
    assert orders != sorted(orders)


def test_the_letter_of_the_right_answer_is_the_one_it_stands_at(own: Desk, pages: dict[str, str]) -> None:
    for level, question in (("Biết", topic(own).quiz.know), ("Hiểu", topic(own).quiz.understand)):
        place = [answer.right for answer in question.answers].index(True)
        assert f"<strong>{level}: {'ABCD'[place]}.</strong>" in pages["trainer"]


@pytest.mark.parametrize("edition", ["hai-phong", "xa-dai-son"])
def test_editions_agree(edition: str, own: Desk) -> None:
    there = select(read_handbook(own.project).handbook, edition).topic(SLUG)
    assert there
    assert [one.phrase.place for one in there.quiz.know.answers] == [one.phrase.place for one in asked(own).answers]


def test_a_screen_nobody_saw_counts_wherever_it_stands(own: Desk) -> None:
    lesson, screen = topic(own), asked(own).screen
    assert screen and screen in unseen_screens(lesson)
    assert [(place_of(holder), shown) for holder, shown in screens_of(lesson)][-1] == (SELF_CHECK, screen)
