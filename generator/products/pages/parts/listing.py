"""Lessons in lists: one row each, groups of them, and who answers for a page that is no lesson."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from generator.handbook.model import Handbook, Part, Path, Phrase
from generator.press.framed import Nav
from generator.press.pages import plain
from generator.products.lesson import Lesson, contact, month
from generator.products.pages.parts.web import Spot

CARDS = "Làm giấy tờ"
MOST_UNITS = 2
"""Units one line can name; more are named by each lesson."""


@dataclass(frozen=True)
class Listed:
    """A lesson in a list."""

    title: Phrase
    goal: Phrase | None
    minutes: int
    number: str
    page: str
    """Link to its lesson page."""
    number_page: str
    """Link to its number page; the lesson page where there is none."""
    slug: str = ""
    before: tuple[str, ...] = ()
    """Titles of lessons to learn first that do not stand above it in its list."""

    @property
    def plain(self) -> str:
        return plain(self.title)

    @property
    def first(self) -> str:
        return ", ".join(self.before)


def list_lesson(spot: Spot, lesson: Lesson) -> Listed:
    number = spot.web.handbook.number_of(lesson.slug)
    page = spot.lesson(lesson.slug)
    return Listed(lesson.title, lesson.goal, lesson.office.minutes, number, page, spot.number(number) or page,
                  lesson.slug)


def list_lessons(spot: Spot, slugs: Iterable[Phrase | str]) -> tuple[Listed, ...]:
    return tuple(list_lesson(spot, lesson) for lesson in _lessons(spot.web.handbook, slugs))


def _lessons(book: Handbook, slugs: Iterable[Phrase | str]) -> list[Lesson]:
    names = [slug.text if isinstance(slug, Phrase) else slug for slug in slugs]
    return [book.by_slug[name] for name in names if name in book.by_slug]


def duration(minutes: int) -> str:
    """As people say it: nobody plans 340 minutes."""
    hours, rest = divmod(minutes, 60)
    if minutes < 90:
        return f"{minutes} phút"
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"


# Groups.


@dataclass(frozen=True)
class Group:
    """Lessons under one heading: a part, a path, all cards."""

    title: str
    number: str
    page: str
    number_page: str
    lessons: tuple[Listed, ...]

    @property
    def is_empty(self) -> bool:
        return not self.lessons

    @property
    def duration(self) -> str:
        return duration(sum(lesson.minutes for lesson in self.lessons))


def part_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(_part_group(spot, part) for part in spot.web.handbook.parts)


def path_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(_path_group(spot, path) for path in spot.web.handbook.paths)


def group_of(spot: Spot, target: str) -> Group | None:
    """The one behind `part:<id>` or `path:<id>`."""
    kind, _, name = target.partition(":")
    book = spot.web.handbook
    if kind == "part":
        return next((_part_group(spot, part) for part in book.parts if part.id == name), None)
    return next((_path_group(spot, path) for path in book.paths if kind == "path" and path.id == name), None)


def _part_group(spot: Spot, part: Part) -> Group:
    lessons = list_lessons(spot, part.topics)
    return _group(spot, f"Phần {part.number}. {part.title}", f"part:{part.id}", f"parts/{part.id}", lessons)


def _path_group(spot: Spot, path: Path) -> Group:
    return _group(spot, path.title, f"path:{path.id}", f"paths/{path.id}", _in_path(spot, path.topics))


def card_group(spot: Spot) -> Group:
    lessons = list_lessons(spot, [card.slug for card in spot.web.handbook.cards])
    return _group(spot, CARDS, "", "cards", lessons)


def _group(spot: Spot, title: str, target: str, folder: str, lessons: tuple[Listed, ...]) -> Group:
    number = spot.web.handbook.number_of(target)
    page = spot.to(f"{folder}/index.html")
    return Group(title, number, page, spot.number(number) or page, lessons)


def _in_path(spot: Spot, slugs: Sequence[Phrase]) -> tuple[Listed, ...]:
    """In the path's order; a lesson says which others it builds on that the path does not hold."""
    book = spot.web.handbook
    held: set[str] = set()
    rows = []
    for lesson in _lessons(book, slugs):
        wanted = [phrase for phrase in lesson.office.prerequisites if phrase.text not in held]
        titles = tuple(plain(other.title) for other in _lessons(book, wanted))
        rows.append(replace(list_lesson(spot, lesson), before=titles))
        held.add(lesson.slug)
    return tuple(rows)


def menu_of(handbook: Handbook) -> Nav:
    """The menu, titles escaped. Topics stay out of it, or every page would carry all of them."""
    parts: list[object] = [{escape(part.title): f"parts/{part.id}/index.md"} for part in handbook.parts]
    paths: list[object] = [{escape(path.title): f"paths/{path.id}/index.md"} for path in handbook.paths]
    cards: Nav = [{CARDS: "cards/index.md"}] if handbook.cards else []
    words: Nav = [{"Từ khó": "glossary/index.md"}] if handbook.glossary else []
    return [
        {"Trang đầu": "index.md"},
        {"Các phần": ["parts/index.md", *parts]},
        {"Bài cho từng người": ["paths/index.md", *paths]},
        *cards,
        *words,
        {"Tải về": "downloads/index.md"},
    ]


# Who answers.


def answers_for_list(book: Handbook, lessons: Iterable[Lesson] = ()) -> str:
    """The line of a page that shows several lessons: it was checked when the oldest of them was."""
    shown = tuple(lessons) or book.lessons
    unit = contact(book.edition).unit or "nơi phát"
    if not shown:
        return f"Nội dung: {unit}. Thấy sai, báo {unit}."
    units = tuple(dict.fromkeys(lesson.office.unit for lesson in shown))
    named = ", ".join(units) if len(units) <= MOST_UNITS else "các đơn vị ghi ở cuối từng bài"
    reviewed = month(min(lesson.office.reviewed for lesson in shown))
    return f"Nội dung: {named}. Rà soát: {reviewed}. Thấy sai, báo {unit}, đọc số bài."


def group_lessons(book: Handbook, target: str) -> list[Lesson]:
    """The lessons behind `part:<id>` or `path:<id>`."""
    kind, _, name = target.partition(":")
    rows = book.parts if kind == "part" else book.paths
    return [lesson for row in rows if row.id == name for lesson in _lessons(book, row.topics)]
