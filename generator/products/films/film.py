"""Real films: the recording an editor put into a lesson's folder, without its phone's notes, with its captions.

Only of approved lessons. What people recorded cannot say on its frames that nobody approved it; made anew with a mark
it would be another film than the one that is signed. A draft's pages show the book's own film, whose frames say it.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.engine.items import Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.recorded.boxes import without_notes
from generator.handbook.recorded.films import captions_file, film_file, read_film
from generator.products.films.parts.real import FOLDER
from generator.products.lesson import Lesson, sources
from generator.products.product import Beside, Product

PRODUCT = Product("film", Text("phim quay thật", "real films"), office=True, beside=(
    Beside(f"{FOLDER}/*.mp4", "people"), Beside(f"{FOLDER}/*.vtt", "people")))


def plan(desk: Desk) -> list[Item]:
    shown = (lesson for lesson in desk.handbook.lessons if lesson.approved and film_file(lesson))
    found = ((lesson, _files(desk, lesson)) for lesson in shown)
    return [_item(desk, lesson, files) for lesson, files in found if files]


def _files(desk: Desk, lesson: Lesson) -> dict[str, str]:
    """Ending → project path; empty when the film is not there, which `check` tells."""
    film = film_file(lesson)
    if not desk.has(film):
        return {}
    captions = captions_file(film)
    return {".mp4": film} | ({".vtt": captions} if desk.has(captions) else {})


def _item(desk: Desk, lesson: Lesson, files: Mapping[str, str]) -> Item:
    digest = desk.digest("film", *(part for end, file in files.items() for part in (end, desk.picture(file))))
    return Item("film", f"film:{lesson.slug}", digest, lambda _: _make(desk, lesson, files),
                (*sources(desk.handbook, (lesson,)), *files.values()))


def _make(desk: Desk, lesson: Lesson, files: Mapping[str, str]) -> Result:
    data = {end: desk.picture(file) for end, file in files.items()}
    data[".mp4"] = without_notes(data[".mp4"])
    shown = read_film(data[".mp4"])
    assert shown is not None  # `check` refuses what is no film
    made = {f"{top}{FOLDER}/{lesson.slug}{end}": part for top in ("", "site/") for end, part in data.items()}
    return Result(made, {"seconds": round(shown.seconds), "width": shown.width, "height": shown.height})
