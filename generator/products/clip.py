"""Films: one minute a lesson, drawn and spoken from its own words, with captions and a poster."""

from __future__ import annotations

from collections.abc import Mapping

from generator.items import Bench, Desk, Item, Result
from generator.press.film import encode_poster, encode_sound, film_version, join_film, last_frame
from generator.press.pages import plain
from generator.press.proof import prove_image_codes
from generator.press.voice import VOICE_NAMES
from generator.products import paper
from generator.products.captions import write_vtt
from generator.products.frames import WIDE
from generator.products.paper import Lesson
from generator.products.reel import cut_scenes, draw_page
from generator.products.scenes import shots_of
from generator.products.studio import (
    Studio,
    captions_of,
    draft_film,
    ending_of,
    filmed,
    ingredients,
    open_studio,
    recordings_of,
    tell,
)


def plan(desk: Desk) -> list[Item]:
    if not film_version():
        return []  # no ffmpeg: pages go without films, `hocso doctor` tells how to get it
    studio = open_studio(desk)
    return [_item(studio, lesson) for lesson in filmed(desk.handbook)]


def _item(studio: Studio, lesson: Lesson) -> Item:
    recordings = recordings_of(studio.desk, lesson)
    return Item("clip", f"clip:{lesson.slug}", ingredients(studio, lesson, recordings),
                lambda bench: make_clip(studio, lesson, recordings, bench),
                (*paper.sources(studio.desk.handbook, [lesson]), *recordings), paper=True)


def make_clip(studio: Studio, lesson: Lesson, recordings: Mapping[str, bytes], bench: Bench) -> Result:
    shots = shots_of(lesson)
    told = tell(shots, recordings, studio.speaker)
    drafts = draft_film(studio, lesson, shots, told, WIDE)
    sheet = studio.sheet.on(bench.browser)
    scenes = cut_scenes(drafts, sheet, studio.style, bench, studio.desk)
    film = join_film(scenes, encode_sound(told.sound))
    prove_image_codes(last_frame(film), {ending_of(studio.desk, lesson).url})
    poster = encode_poster(draw_page(drafts[0].pages["before"], sheet, WIDE.width, WIDE.height))
    captions = write_vtt(captions_of(shots, told)).encode()
    parts = {".mp4": film, ".vtt": captions, ".jpg": poster}
    files = {f"{folder}/{lesson.slug}{end}": data for folder in ("clips", "site/clips") for end, data in parts.items()}
    facts = {"seconds": round(told.seconds, 1), "voice": VOICE_NAMES[told.voice], "voice_kind": told.voice,
             "title": plain(lesson.title)}
    return Result(files, facts, told.notes)
