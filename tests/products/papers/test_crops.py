"""Where room is short a drawing loses rows, never the one to tap, never one that its step names."""

from __future__ import annotations

import re
from html import unescape

import pytest

from generator.handbook.lesson.naming import PLACES
from generator.handbook.lesson.rows import SEVERAL, UNSURE, UNSURE_IN_WORDS, sure_words, tell_row
from generator.handbook.model import Row
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products.papers.parts.two_sides import SCREENS, SMALL_SCREEN_MM
from tests.desks import handbook
from tests.samples import sample

EDITIONS = [edition.id for edition in handbook().editions]
LESSONS = [(edition, lesson.slug) for edition in EDITIONS for lesson in handbook(edition).lessons]
CROPS = sorted({most for most, _ in SCREENS.values()})


def spoken_of(row: Row, said: str) -> bool:
    named = rf"(?<!\w){re.escape(row.text)}(?!\w)"
    looked_for = row.kind not in (*SEVERAL, *PLACES) and len(row.text) > 1
    return row.tap or (looked_for and bool(re.search(named, said, re.IGNORECASE)))


@pytest.mark.parametrize(("edition", "slug"), sample(LESSONS, 60, ("viet-nam", "cai-vneid")))
def test_no_crop_loses_what_the_step_is_about(edition: str, slug: str) -> None:
    for step in handbook(edition).by_slug[slug].steps:
        for row in step.screen.rows if step.screen else ():
            for crop in CROPS if spoken_of(row, plain(step.phrase)) else ():
                assert step.screen
                drawn = draw_phone(step.screen, crop_mm=crop)
                told = unescape(drawn.partition('aria-label="')[2].partition('"')[0])
                part = UNSURE_IN_WORDS if row.value == UNSURE else f"có chữ “{sure_words(row.value)}”"
                several = (part if UNSURE in row.value else row.value) if row.kind in SEVERAL else ""
                assert (several or tell_row(row)) in told, (step.number, crop, row)


def test_there_is_something_to_lose() -> None:
    screens = [step.screen for lesson in handbook().lessons for step in lesson.steps if step.screen]
    cropped = [screen for screen in screens
               if len(draw_phone(screen, crop_mm=SMALL_SCREEN_MM)) < len(draw_phone(screen, crop_mm=100))]
    assert len(screens) > 100 and len(cropped) > len(screens) / 10
