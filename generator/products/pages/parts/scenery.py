"""Which scene stands where on web pages: a lesson's own, a part's, a path's; and where its small file lies."""

from __future__ import annotations

from collections.abc import Iterator

from generator.handbook.model import Drawing, Handbook, Part, Path
from generator.handbook.recorded.composing import ACCENT
from generator.handbook.recorded.scenes import OF_CARDS
from generator.press.pages import Theme
from generator.press.scene import accents_in, scene_file
from generator.products.lesson import NO_PART, colours_of, part_class, path_class, scene_called

FOLDER = "assets/scenes"
"""Below the site; a folder a part or path, for a scene wears its tint there."""


def row_class(book: Handbook, row: Part | Path) -> str:
    """The class of its colours."""
    return colours_of(row) if isinstance(row, Part) else path_class(book, row)


def scene_of_row(book: Handbook, row: Part | Path) -> Drawing | None:
    """The one called like it, else that of the first lesson in it which has one."""
    return scene_called(book, row.id, (book.by_slug[slug.text] for slug in row.topics if slug.text in book.by_slug))


def scene_of_cards(book: Handbook) -> Drawing | None:
    return scene_called(book, OF_CARDS, book.cards)


def small_scene(drawing: Drawing | None, part: str) -> str:
    """Path below the site; empty where there is none."""
    return f"{FOLDER}/{part}/{drawing.name}.svg" if drawing else ""


def accent_of(theme: Theme, part: str) -> str:
    return accents_in(theme.text("tokens.css")).get(part, ACCENT)


def small_scenes(book: Handbook, theme: Theme) -> dict[str, bytes]:
    """Of all that lists name."""
    return {small_scene(drawing, part): scene_file(drawing, accent_of(theme, part)) for drawing, part in _listed(book)}


def _listed(book: Handbook) -> Iterator[tuple[Drawing, str]]:
    every: list[tuple[Drawing | None, str]] = [(lesson.drawing, part_class(book, lesson)) for lesson in book.lessons]
    rows: tuple[Part | Path, ...] = (*book.parts, *book.paths)
    every += [(scene_of_row(book, row), row_class(book, row)) for row in rows]
    every.append((scene_of_cards(book), NO_PART))
    yield from ((drawing, part) for drawing, part in every if drawing)
