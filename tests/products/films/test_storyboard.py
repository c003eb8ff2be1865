"""Papers for those who film: every scene with its words, every shot of a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine.items import Bench
from generator.press.browser import Browser
from generator.products.films import storyboard
from generator.products.films.parts.scenes import shots_of
from tests.desks import PROJECT, desk, handbook
from tests.seen import page_text


def text_of(name: str, browser: Browser, folder: Path) -> tuple[str, int]:
    item = next(item for item in storyboard.plan(desk()) if item.name == name)
    result = item.make(Bench(PROJECT, lambda: browser, folder / "memory"))
    ((path, pdf),) = result.files.items()
    assert path == f"print/storyboards/{name.removeprefix('storyboard:')}.pdf"
    pages = result.facts["pages"]
    return " ".join(" ".join(page_text(pdf, page).split()) for page in range(1, pages + 1)), pages


@pytest.mark.browser
def test_a_storyboard_is_the_shooting_script(browser: Browser, tmp_path: Path) -> None:
    text, pages = text_of("storyboard:quet-ma-qr", browser, tmp_path)
    topic = handbook().topic("quet-ma-qr")
    assert topic and pages == 1
    for shot, scene in zip(shots_of(topic), topic.clip, strict=True):
        assert shot.words in text
        assert scene.direction[1:] in text
    assert "1041" in text and "giây" in text and "giong.wav" in text


@pytest.mark.browser
def test_a_part_has_one_list_of_all_its_shots(browser: Browser, tmp_path: Path) -> None:
    text, _ = text_of("storyboard:phan-1", browser, tmp_path)
    for slug in handbook().parts[0].topics:
        topic = handbook().topic(slug.text)
        assert topic and topic.title.text in text
        assert all(scene.direction[1:] in text for scene in topic.clip)


def test_every_lesson_and_part_has_one() -> None:
    names = {item.name for item in storyboard.plan(desk())}
    book = handbook()
    assert names == {f"storyboard:{lesson.slug}" for lesson in book.lessons} | {
        f"storyboard:phan-{part.number}" for part in book.parts if part.topics}
