"""Papers for those who film: every scene with its words, every shot of a part."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from generator.engine.items import Bench
from generator.handbook.model import Act, Phrase
from generator.press.browser import Browser
from generator.press.compounds import release
from generator.products.films import storyboard
from generator.products.films.parts.scenes import Shot, ShotKind, shots_of
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
        assert topic and topic.title.text in release(text)
        assert all(scene.direction[1:] in text for scene in topic.clip)


@pytest.mark.parametrize(("shot", "direction"), [
    (Shot("call", "Bà gọi.", more=(Phrase("115"),)), "Quay rõ số này, tay bấm gọi."),
    (Shot("picture", "Bà gọi.", acts=(Act("bà", "nghe máy"), Act("máy", "reo"))), "Bà nghe máy, máy reo."),
    (Shot("step", "Bà gọi.", acts=(Act("bà", "nghe máy"),), direction="bà đứng ở hiên"), "Bà đứng ở hiên"),
])
def test_what_to_film_is_said_of_every_row(shot: Shot, direction: str) -> None:
    assert storyboard.Board(1, shot).direction == direction


def test_every_kind_of_shot_says_what_to_film() -> None:
    assert set(storyboard.TOLD) == set(get_args(ShotKind))


def test_every_lesson_and_part_has_one() -> None:
    names = {item.name for item in storyboard.plan(desk())}
    book = handbook()
    assert names == {f"storyboard:{lesson.slug}" for lesson in book.lessons} | {
        f"storyboard:phan-{part.number}" for part in book.parts if part.topics}
