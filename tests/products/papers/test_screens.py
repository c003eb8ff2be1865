from __future__ import annotations

from dataclasses import replace

import pytest

from generator.ground.findings import Place
from generator.handbook.lesson.examples import EXAMPLES
from generator.handbook.lesson.rows import KINDS, alt_text
from generator.handbook.lesson.screens import read_screen
from generator.handbook.lesson.shown import screens_of
from generator.handbook.model import Handbook, Row, Screen, Step, Topic
from generator.press.binder.facts import embedded_fonts, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.products.papers import screens
from generator.products.product import A4_MM
from tests.desks import desk, handbook, make
from tests.seen import TYPEFACES, page_text, text_outside


def three_topics() -> Handbook:
    """One of them with a screen that somebody has seen."""
    topics = [topic for topic in handbook().topics if topic.screens][:3]
    first = topics[0]
    number = next(step.number for step in first.steps if step.screen)
    steps = tuple(replace(step, screen=replace(step.screen, seen="20/11/2026, Máy ảnh, Android"))
                  if step.screen and step.number == number else step for step in first.steps)
    return replace(handbook(), topics=(replace(first, steps=steps), *topics[1:]), cards=())


@pytest.fixture(scope="module")
def pdf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    item, = screens.plan(desk(three_topics()))
    result = make(item, browser, tmp_path_factory.mktemp("memory"))
    assert list(result.files) == ["print/screens.pdf"]
    return result.files["print/screens.pdf"]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_text(pdf, page) for page in range(1, page_count(pdf) + 1)).split())


@pytest.mark.browser
def test_every_screen_is_there_with_room_to_say_who_saw_it(pdf: bytes) -> None:
    text, book = text_of(pdf), three_topics()
    found = [screen for topic in book.topics for screen in topic.screens]
    assert set(page_sizes_mm(pdf)) == {page_sizes_mm(pdf)[0]} and not text_outside(pdf)
    assert page_sizes_mm(pdf)[0] == pytest.approx(A4_MM, abs=0.2)
    assert all(font.embedded and font.name.startswith(TYPEFACES) for font in embedded_fonts(pdf))
    assert f"{len(found)} màn hình, {len(found) - 1} chưa ai xem" in text
    assert text.count("Ngày:") == text.count("Loại máy:") == len(found) - 1
    assert "Đã xem: 20/11/2026, Máy ảnh, Android" in text
    for screen in found:
        assert alt_text(screen).replace(" ", "")[:40] in text.replace(" ", "")


@pytest.mark.browser
def test_the_end_shows_every_kind_of_row_with_its_source(pdf: bytes) -> None:
    last = text_of(pdf).partition("Mỗi dòng vẽ ra gì")[2]
    for kind in KINDS.values():
        assert EXAMPLES[kind.name] in last and kind.doc.split(",")[0] in last


def test_every_kind_has_one_example_that_reads_without_a_finding() -> None:
    assert list(EXAMPLES) == list(KINDS)
    for name, source in EXAMPLES.items():
        screen, findings = read_screen([source], Place("x", 1, 1))
        assert not findings and screen and [row.kind for row in screen.rows] == [name]


def test_screens_outside_the_steps_are_counted_too() -> None:
    topic = handbook().topic("tranh-lua-dao")
    assert isinstance(topic, Topic)
    extra = Screen((Row("nút", "Xong"),))
    found = screens_of(replace(topic, opening=(extra,)))
    assert found[0] == (None, extra)
    steps = [holder for holder, _ in found[1:] if isinstance(holder, Step)]
    assert steps == [step for step in topic.steps if step.screen]
