"""Silent frames for LED boards: at most ten chữ each, white on black, as pictures and as one film."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Phrase, Topic
from generator.handbook.printed import printed_of
from generator.handbook.spoken import count
from generator.press.captioned import captioned
from generator.press.compounds import HELD, tied, words_of
from generator.press.film import FPS, Still, encode_scene, film_version, join_film
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.press.phone.ink import wrap
from generator.products.films.parts.frames import Ending
from generator.products.films.parts.reel import again, draw_page
from generator.products.films.parts.studio import Studio, ending_of, open_studio
from generator.products.lesson import Lesson, numbered, page_mark, picture_notes, sources
from generator.products.product import Beside, Product

PRODUCT = Product("led", Text("khung cho bảng điện tử", "frames for LED boards"), standard=False, browser=True,
                  ffmpeg=True, theme=("clip",), beside=(
                      Beside("clips/led/*-#.png", "picture"), Beside("clips/led/*.mp4")))

MOST = 10
"""Chữ a frame: people ride past."""
SECONDS = 4
SIZE = (960, 480)
ROOM = (880, 400)
LINE_HEIGHT = 1.14


@dataclass(frozen=True)
class LedFrame:
    """What the template gets."""

    text: str
    draft: str

    @property
    def size(self) -> int:
        width, height = ROOM
        text = tied(self.text)
        longest = max(text_width(word, 1, True) for word in text.split())
        fitting = (size for size in range(190, 40, -4) if longest * size <= width
                   and len(wrap(text, width, True, size)) * size * LINE_HEIGHT <= height)
        return next(fitting, 40)


def plan(desk: Desk) -> list[Item]:
    studio = open_studio(desk)
    return [_item(studio, lesson) for lesson in numbered(desk.handbook)]


def _item(studio: Studio, lesson: Lesson) -> Item:
    desk = studio.desk
    book, frames = desk.handbook, tuple(led_frames(desk, lesson))
    notes = picture_notes([lesson], printed_of(book, [lesson]), page_mark(book.edition, [lesson]))

    def make(bench: Bench) -> Result:
        sheet = studio.sheet(bench)
        pages = [desk.theme.draw("clip/led.html", frame) for frame in frames]
        pictures = [draw_page(page, sheet, *SIZE) for page in pages]
        scenes = [again(bench, encode_scene, [Still(picture, SECONDS * FPS)]) for picture in pictures]
        film = captioned(again(bench, join_film, scenes), notes)
        named = {f"clips/led/{lesson.slug}-{index}.png": captioned(png, notes)
                 for index, png in enumerate(pictures, start=1)}
        return Result({f"clips/led/{lesson.slug}.mp4": film, **named}, {"seconds": SECONDS * len(frames)})

    digest = desk.digest("led", frames, notes, desk.browser, film_version())
    return Item("led", f"led:{lesson.slug}", digest, make, sources(book, [lesson]), paper=True)


def led_frames(desk: Desk, lesson: Lesson) -> Iterator[LedFrame]:
    """Title, the things to remember, the number, whom to ask."""
    ending = ending_of(desk, lesson)
    lines: tuple[Phrase, ...] = lesson.remember if isinstance(lesson, Topic) else lesson.safety[:3]
    told = [plain(lesson.title), *(plain(line) for line in lines)]
    helper = desk.handbook.edition.contact
    asked = [f"Hỏi: {helper.unit}"] if helper.unit else []
    for text in dict.fromkeys([*told, _number(ending), *asked]):
        for part in cut_short(text):
            yield LedFrame(part, page_mark(desk.handbook.edition, [lesson]))


def _number(ending: Ending) -> str:
    """On one line: a number stays with `số`, and `Bài` alone above them says nothing."""
    return f"{ending.word} {ending.number}".replace(" ", HELD)


def cut_short(text: str) -> list[str]:
    """Parts of at most ten chữ, rather cut after a comma, and about as long as each other."""
    words = words_of(text, len(text))
    if count(text) <= MOST or len(words) < 2:
        return [text.rstrip(".")]

    def price(at: int) -> tuple[bool, bool, int]:
        one, two = " ".join(words[:at]), " ".join(words[at:])
        torn = re.search(r"[,;:.!?…]$", one) is None
        return max(count(one), count(two)) > MOST, torn, abs(count(one) - count(two))

    at = min(range(1, len(words)), key=price)
    return [*cut_short(" ".join(words[:at])), *cut_short(" ".join(words[at:]))]
