"""Films held upright, 720×1280, for Zalo, Facebook and TikTok: the captions stand in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.press.captioned import captioned
from generator.press.film import FPS
from generator.products.films.parts.captions import Caption
from generator.products.films.parts.frames import TALL
from generator.products.films.parts.reel import Draft, Title
from generator.products.films.parts.scenes import shots_of
from generator.products.films.parts.studio import (
    Studio,
    captions_of,
    draft_film,
    film_facts,
    notes_of,
    plan_films,
    shoot_film,
    tell,
)
from generator.products.lesson import Lesson
from generator.products.product import Beside, Product

PRODUCT = Product("vertical", Text("phim dọc", "upright clips"), standard=False, browser=True,
                  ffmpeg=True, theme=("clip",), beside=(Beside("clips/*-720x1280.mp4"),))

LINE = 20
"""Characters of a caption: fewer, and 1/20 of the height."""
BAND = (720, 170)
PLACE = (0, 1100)


def plan(desk: Desk) -> list[Item]:
    return plan_films(desk, "vertical", make_vertical, notes_of)


def make_vertical(studio: Studio, lesson: Lesson, recordings: Mapping[str, bytes], bench: Bench) -> Result:
    shots = shots_of(lesson)
    told = tell(shots, recordings, studio.speaker)
    drafts = with_titles(studio, draft_film(studio, lesson, shots, told, TALL), captions_of(shots, told, LINE))
    film = captioned(shoot_film(studio, lesson, told, drafts, bench), notes_of(studio, lesson))
    return Result({f"clips/{lesson.slug}-720x1280.mp4": film}, film_facts(lesson, shots, told), told.findings)


def with_titles(studio: Studio, drafts: list[Draft], captions: list[Caption]) -> list[Draft]:
    """Each scene with the captions spoken in it."""
    titled, begin = [], 0
    for draft in drafts:
        end = begin + draft.frames
        titles = (_title(studio, caption, begin, end) for caption in captions
                  if begin <= round(caption.start * FPS) < end)
        titled.append(replace(draft, titles=tuple(titles)))
        begin = end
    return titled


def _title(studio: Studio, caption: Caption, begin: int, end: int) -> Title:
    start, last = round(caption.start * FPS), min(end, round(caption.end * FPS))
    html = studio.desk.theme.draw("clip/title.html", caption)
    return Title(html, BAND, PLACE, start - begin, max(1, last - start))
