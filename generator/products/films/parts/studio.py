"""What films of every shape share: their lessons, voice, pictures and captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from generator.engine.items import SPOKEN, Bench, Desk, Item, Result
from generator.ground.whole import Stock
from generator.handbook.filled import values_named
from generator.handbook.model import Handbook, Topic
from generator.handbook.printed import filmed_of, own_of
from generator.press.film import FPS, encode_sound, film_version, join_film
from generator.press.pages import plain
from generator.press.voice import VOICE_NAMES, Speaker
from generator.products.films.parts.captions import LINE, Caption, caption_words
from generator.products.films.parts.frames import Ending, Setting, Shape, pictures_of, scene_picture
from generator.products.films.parts.last_look import prove_end
from generator.products.films.parts.narration import Narration, narrate
from generator.products.films.parts.reel import LEAST, LEAST_WITH_TAP, Draft, again, cut_scenes, draft_scene
from generator.products.films.parts.scenes import Shot, shots_of
from generator.products.films.parts.sizes import frame_of
from generator.products.films.parts.staging import drawn_for, stages_of
from generator.products.lesson import Lesson, page_mark, part_class, picture_notes, sources

if TYPE_CHECKING:
    from generator.press.remember import Sheet

REGION_CODES = ((38, "north"), (70, "central"))
"""Official codes of provinces run from north to south; from 70 on it is the south."""


@dataclass(frozen=True)
class Studio:
    """What all films of one build share."""

    desk: Desk
    style: str
    speaker: Speaker

    def sheet(self, bench: Bench) -> Sheet:
        return bench.browser.warm_sheet(self.style)


def open_studio(desk: Desk) -> Studio:
    return Studio(desk, desk.theme.text("tokens.css", "clip/clip.css"), speaker_of(desk))


def filmed(book: Handbook) -> list[Lesson]:
    return [lesson for lesson in book.lessons if book.number_of(lesson.slug) and shots_of(lesson)]


def speaker_of(desk: Desk) -> Speaker:
    site = desk.handbook.site
    return Speaker(site.speech, site.speech_place, region_of(desk.handbook), desk.project.root,
                   stock=Stock(desk.project.private / SPOKEN))


def region_of(book: Handbook) -> str:
    """Which of the three accents is spoken there: what the edition says, else what its province's code tells, else
    that of the north."""
    if book.edition.accent:
        return book.edition.accent
    layers = [edition for edition in book.editions if edition.id in book.edition.layers]
    codes = (edition.code for edition in (book.edition, *reversed(layers)))
    code = next((code for code in codes if re.fullmatch(r"[0-9]{2}", code)), "")
    return next((region for below, region in REGION_CODES if int(code or 1) < below), "south")


def recordings_of(desk: Desk, lesson: Lesson) -> dict[str, bytes]:
    """`giong.wav`, `giong-1.mp3` … of the lesson's folder, by path."""
    return {file: desk.picture(file) for file in lesson.voices}


def tell(shots: Sequence[Shot], recordings: Mapping[str, bytes], speaker: Speaker) -> Narration:
    least = [LEAST_WITH_TAP if shot.has_tap else LEAST for shot in shots]
    return narrate([shot.words for shot in shots], least, recordings, speaker)


def draft_film(studio: Studio, lesson: Lesson, shots: Sequence[Shot], told: Narration, shape: Shape) -> list[Draft]:
    desk, setting, total = studio.desk, setting_of(studio.desk, lesson), len(shots)
    scenes = zip(shots, pictures_of(desk, shots), stages_of(desk.handbook, lesson, shots, shape), strict=True)
    frames = (frame_of(shot, shape, index, total, setting, picture, stage)
              for index, (shot, picture, stage) in enumerate(scenes, start=1))
    return [draft_scene(desk.theme, frame, cut.frames) for frame, cut in zip(frames, told.cuts, strict=True)]


def setting_of(desk: Desk, lesson: Lesson) -> Setting:
    return Setting(desk.handbook.name, ending_of(desk, lesson), mark_of(desk.handbook, lesson),
                   part_class(desk.handbook, lesson))


def ending_of(desk: Desk, lesson: Lesson) -> Ending:
    """A film is passed on far beyond the commune, so it names the number, and the address of the whole country."""
    number, nation = desk.handbook.number_of(lesson.slug), desk.handbook.nation
    word = "Bài số" if isinstance(lesson, Topic) else "Số"
    return Ending(number, nation.number_url(number), nation.contact.unit, lesson.office.unit, word)


def mark_of(book: Handbook, lesson: Lesson) -> str:
    """All of it is signed by the country, but for what it tells of the edition's own."""
    own = own_of(book, told_values(book, lesson))
    return page_mark(book.nation, [lesson]) or (page_mark(book.edition) if own else "")


def told_values(book: Handbook, lesson: Lesson) -> frozenset[str]:
    """What the film tells, or shows, of its edition, by the lesson as it was written."""
    return values_named(repr(shots_of(book.written.get(lesson.slug, lesson))))


def notes_of(studio: Studio, lesson: Lesson) -> dict[str, str]:
    """Of a film, and of the picture before it: both are of the whole country but for those values."""
    book = studio.desk.handbook
    return picture_notes([lesson], filmed_of(book, told_values(book, lesson)), mark_of(book, lesson))


def captions_of(shots: Sequence[Shot], told: Narration, line: int = LINE) -> list[Caption]:
    captions: list[Caption] = []
    begin = 0.0
    for shot, cut in zip(shots, told.cuts, strict=True):
        end = begin + cut.frames / FPS
        captions += caption_words(shot.words, begin + cut.start, cut.spoken, end, line)
        begin = end
    return captions


def shoot_film(studio: Studio, lesson: Lesson, told: Narration, drafts: Sequence[Draft], bench: Bench) -> bytes:
    """Picture and sound together, and a last look at its end."""
    scenes = cut_scenes(drafts, studio.sheet(bench), bench)
    film = again(bench, join_film, scenes, again(bench, encode_sound, told.sound))
    again(bench, prove_end, film, ending_of(studio.desk, lesson).url)
    return film


Shoot = Callable[[Studio, Lesson, Mapping[str, bytes], Bench], Result]


def plan_films(
    desk: Desk, product: str, shoot: Shoot, more: Callable[[Studio, Lesson], object] = lambda *_: ()
) -> list[Item]:
    """One film a lesson, whatever its cut; `more` is what else goes into its files."""
    studio = open_studio(desk)
    return [_film_item(studio, lesson, product, shoot, more(studio, lesson)) for lesson in filmed(desk.handbook)]


def _film_item(studio: Studio, lesson: Lesson, product: str, shoot: Shoot, more: object) -> Item:
    desk, shots = studio.desk, shots_of(lesson)
    recordings = recordings_of(desk, lesson)
    digest = desk.digest(shots, lesson.kind, setting_of(desk, lesson), drawn_for(desk.handbook, lesson, shots),
                         desk.browser, film_version(), studio.speaker.identity, *recordings.items(),
                         more, *(scene_picture(desk, shot) for shot in shots))
    return Item(product, f"{product}:{lesson.slug}", digest, lambda bench: shoot(studio, lesson, recordings, bench),
                (*sources(desk.handbook, [lesson]), *recordings), paper=True)


def film_facts(lesson: Lesson, shots: Sequence[Shot], told: Narration) -> dict[str, Any]:
    facts = {"seconds": round(told.seconds, 1), "voice": VOICE_NAMES[told.voice], "voice_kind": told.voice,
             "title": plain(lesson.title)}
    if told.voice == "silence":  # the phone may read them
        starts = accumulate((cut.frames / FPS for cut in told.cuts), initial=0.0)
        facts["said"] = [[round(start, 2), shot.words] for start, shot in zip(starts, shots, strict=False)]
    return facts
