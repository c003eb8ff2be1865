"""Films: one minute a lesson, drawn and spoken from its own words, with captions and a poster."""

from __future__ import annotations

from collections.abc import Mapping

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.press.captioned import captioned
from generator.press.film import encode_poster
from generator.products.films.parts.captions import Caption, write_vtt
from generator.products.films.parts.frames import WIDE
from generator.products.films.parts.reel import Draft, again, draw_page
from generator.products.films.parts.scenes import shots_of
from generator.products.films.parts.studio import (
    Studio,
    captions_of,
    draft_film,
    film_facts,
    mark_of,
    notes_of,
    plan_films,
    shoot_film,
    tell,
)
from generator.products.lesson import Lesson
from generator.products.product import Beside, Product

PRODUCT = Product("clip", Text("phim một phút", "clips"), browser=True, ffmpeg=True, theme=("clip",),
                  beside=(
                      Beside("clips/*.jpg", "picture"), Beside("clips/*.vtt", "words"), Beside("clips/*.mp4")))


def plan(desk: Desk) -> list[Item]:
    return plan_films(desk, "clip", make_clip, notes_of)


def make_clip(studio: Studio, lesson: Lesson, recordings: Mapping[str, bytes], bench: Bench) -> Result:
    shots = shots_of(lesson)
    told = tell(shots, recordings, studio.speaker)
    drafts = draft_film(studio, lesson, shots, told, WIDE)
    notes = notes_of(studio, lesson)
    film = captioned(shoot_film(studio, lesson, told, drafts, bench), notes)
    still = draw_page(poster_page(studio, drafts[0]), studio.sheet(bench), WIDE.width, WIDE.height)
    captions = write_vtt(captions_of(shots, told), mark_of(studio.desk.handbook, lesson)).encode()
    poster = captioned(again(bench, encode_poster, still), notes)
    parts = {".mp4": film, ".vtt": captions, ".jpg": poster}
    files = {f"{folder}/{lesson.slug}{end}": data for folder in ("clips", "site/clips") for end, data in parts.items()}
    return Result(files, film_facts(lesson, shots, told), told.findings)


def said_today(book: Handbook, lesson: Lesson) -> str:
    """All its captions say, without their times."""
    return write_vtt([Caption(0, 0, tuple(shot.words for shot in shots_of(lesson)))], mark_of(book, lesson))


def poster_page(studio: Studio, title: Draft) -> str:
    """The lesson's scene with a mark to play; the title's frame where there is no scene."""
    return studio.desk.theme.draw("clip/poster.html", title.frame) if title.frame.stage else title.pages["before"]
