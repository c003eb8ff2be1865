"""The gallery: every drawing by its name, and the scenes without theirs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import escape
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Bench
from generator.handbook.lesson.rows import KINDS
from generator.handbook.model import Handbook
from generator.handbook.recorded.composing import ACCENT
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.press.phone.ink import PICTURE_NAMES
from generator.press.scene import TINT
from generator.products.lesson import part_class
from generator.products.pages import gallery
from tests.desks import PROJECT, desk, handbook

ALIKE = gallery.alike_of((PROJECT.theme / gallery.ALIKE).read_text("utf-8"))


def riddles(book: Handbook) -> dict[str, tuple[str, ...]]:
    """By the lesson that is the answer, the slugs of the four."""
    slugs = {plain(lesson.title): lesson.slug for lesson in book.lessons}
    page = gallery.BlindPage(book, "", alike=ALIKE)
    return {slugs[one.titles[one.answer - 1]]: tuple(slugs[title] for title in one.titles) for one in page.riddles}


def no_browser() -> object:
    raise AssertionError("drawings need none")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    item, = gallery.plan(desk())
    made = item.make(Bench(PROJECT, no_browser, Path("nowhere")))  # type: ignore[arg-type]
    return {name: data.decode() for name, data in made.files.items()}


def test_every_lesson_has_a_scene_of_its_own() -> None:
    assert [lesson.slug for lesson in handbook().lessons
            if not lesson.drawing or lesson.drawing.name != (lesson.office.scene or lesson.slug)] == []


def test_each_drawing_stands_there_with_its_name_and_words(files: dict[str, str]) -> None:
    page = files[gallery.FILE]
    for drawing in (*handbook().drawings, *handbook().pieces):
        assert f'id="{drawing.name}"' in page and drawing.alt in page
    drawn = 3 * (len(handbook().drawings) + len(handbook().pieces)) + 2 * len(KINDS)
    assert page.partition("<h2>Hình nhỏ")[0].count("<svg") + page.partition("<h2>Dòng của")[2].count("<svg") == drawn
    assert not re.search(r"https?://(?!www\.w3\.org)|<script|<img", page)


def test_who_guesses_finds_no_pattern_and_no_name(files: dict[str, str]) -> None:
    """Each place as often as any other, four different titles; nothing on the page but the answers tells."""
    shown = list(gallery.BlindPage(handbook(), "", alike=ALIKE).riddles)
    assert len(shown) == len(handbook().lessons) and {len({*one.titles}) for one in shown} == {4}
    assert max(Counter(one.answer for one in shown).values()) <= len(shown) * 0.4
    guessed, _, answers = files[gallery.BLIND].partition("<details>")
    assert "aria-label" not in guessed and "<title>" not in guessed.partition("</head>")[2]
    by_title = {plain(lesson.title): lesson for lesson in handbook().lessons}
    for one in shown:
        drawing = by_title[one.titles[one.answer - 1]].drawing
        assert drawing and drawing.svg[-80:] in one.svg.replace(TINT, ACCENT)
        assert f"{one.number}: {one.answer}" in answers


def test_titles_come_from_two_parts_two_each() -> None:
    """Scenes clash within a part; one pair alone would tell where the answer is."""
    book = handbook()
    for slugs in riddles(book).values():
        assert {*Counter(part_class(book, book.by_slug[slug]) for slug in slugs).values()} == {2}, slugs


@pytest.mark.parametrize("group", ALIKE, ids=lambda group: "-".join(sorted(group)))
def test_scenes_taken_for_each_other_stand_side_by_side(group: frozenset[str]) -> None:
    four = riddles(handbook())
    assert group <= {*four} and len(group) > 1
    assert all(len(group & {*four[slug]}) > 1 for slug in group)


@pytest.mark.parametrize("many", [1, 2, 3, 5])
def test_a_small_book_has_as_many_titles_as_lessons(many: int) -> None:
    book = replace(handbook(), topics=handbook().topics[:many], cards=())
    assert {len({*one.titles}) for one in gallery.BlindPage(book, "", alike=ALIKE).riddles} == {min(many, 4)}


def test_every_small_picture_gesture_and_sign_is_there_to_pick(files: dict[str, str]) -> None:
    page = files[gallery.FILE]
    for names in PICTURE_NAMES:
        assert f"<code>{names}</code>" in page
    for row in ("=> vuốt: lên", "=> vuốt: xuống", "=> vuốt: trái", "=> vuốt: phải", "=> phím cạnh: nguồn",
                "=> phím cạnh: to tiếng", "=> phím cạnh: hai phím tiếng", "=> bàn phím: dấu cách", "=> bàn phím: xóa",
                "=> phím dưới: màn hình chính"):
        assert f"<code>{escape(row)}</code>" in page, row
    for name in ("stop", "no", "safe", "steps", "check", "call", "mark", "bag"):
        assert page.count(f'<svg class="icon icon-{name}"') == 2, "in colour and in grey"


SMALL_PX, APART = 32, 0.2
"""As pictures on a phone and signs of headings are shown; of the dots that either draws, so many the other does not."""


@pytest.mark.browser
def test_small_pictures_and_signs_are_told_apart_at_32_px(files: dict[str, str], browser: Browser) -> None:
    """In grey, each picture against each, each sign against each."""
    style = "body { margin: 0; padding: 0 } .card svg { display: block; width: 32px; height: 32px }"
    sheet = browser.warm_sheet(f"{(PROJECT.theme / 'gallery/gallery.css').read_text('utf-8')}{style}")
    seen: dict[str, np.ndarray] = {}
    card = r'<li class="card sign"><div class="looks"><span class="small">(.*?)</span>.*?<code>(.*?)</code>'
    for drawn, name in re.findall(card, files[gallery.FILE], re.DOTALL):
        sheet.fill(f'<div class="card sign">{drawn}</div>', "Dấu")
        picture = cv2.imdecode(np.frombuffer(sheet.png(60, 60), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        seen[name] = np.asarray(picture[13:45, 13:45] < 160)
    assert len(seen) > 70
    assert [name for name, dots in seen.items() if not 0.04 < dots.mean() < 0.75] == []
    alike = [(one, other) for one, other in combinations(seen, 2) if (one in PICTURE_NAMES) == (other in PICTURE_NAMES)
             and (seen[one] ^ seen[other]).sum() < APART * (seen[one] | seen[other]).sum()]
    assert alike == []
