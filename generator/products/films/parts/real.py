"""A film somebody made of a lesson, as its pages show it: a file beside the compiled film, or a link to a platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.engine.items import Handed
from generator.handbook.model import LINKS, Handbook, host_of
from generator.handbook.recorded.films import film_address, film_file
from generator.products.lesson import Lesson
from generator.products.pages.parts.web import DOWNLOADS, film_length, track_address, weight_words

FOLDER = "clips/real"
INLINE_CAPTIONS_BYTES = 8_000
"""Of a film of about five minutes."""


@dataclass(frozen=True)
class RealFilm:
    """Either a file or an address."""

    file: str = ""
    """Below `site/`."""
    captions: str = ""
    """Address of its captions: inside the page, where they work from a stick too; long ones beside it."""
    seconds: int = 0
    size: int = 0
    width: int = 0
    height: int = 0
    address: str = ""
    platform: str = ""
    """Its name, as people know it."""

    @property
    def length(self) -> str:
        return film_length(self.seconds)

    @property
    def weight(self) -> str:
        return weight_words(self.size)

    @property
    def host(self) -> str:
        return host_of(self.address)


def wanted_real(book: Handbook, lesson: Lesson) -> RealFilm | None:
    """The link to show; None for a file, for no film, and for one that `hocso links` found dead."""
    address = film_address(lesson)
    if not address or address in book.dead_addresses:
        return None
    host = host_of(address)
    names = (platform.name for platform in book.platforms if host_of(platform.address) == host)
    return RealFilm(address=address, platform=next(names, host))


def find_real(book: Handbook, lesson: Lesson, handed: Mapping[str, Handed]) -> RealFilm | None:
    made = handed.get(f"film:{lesson.slug}")
    if made is None or not film_file(lesson):
        return wanted_real(book, lesson)
    paths = {path.rpartition(".")[2]: path.removeprefix(DOWNLOADS) for path in made.sizes if path.startswith(DOWNLOADS)}
    facts = made.facts
    captions = _track(made, paths["vtt"]) if "vtt" in paths else ""
    return RealFilm(paths["mp4"], captions, facts["seconds"], made.sizes[DOWNLOADS + paths["mp4"]],
                    facts["width"], facts["height"])


def _track(made: Handed, path: str) -> str:
    if made.sizes[DOWNLOADS + path] > INLINE_CAPTIONS_BYTES:
        return path
    return track_address(made.read(DOWNLOADS + path).decode("utf-8-sig"))


def real_sources(book: Handbook, lessons: Iterable[Lesson]) -> Iterator[str]:
    """What decides whether and how the films are shown, besides the lessons themselves."""
    for lesson in lessons:
        if file := film_file(lesson):
            yield file
    if book.visits and any(film_address(lesson) for lesson in lessons):
        yield LINKS
