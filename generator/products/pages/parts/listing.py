"""Lessons and alerts in lists, and who answers for a page that is no lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from generator.handbook.model import Alert, Drawing, Handbook, Help, Part, Path, Phrase
from generator.handbook.printed import listed_of
from generator.handbook.words import hard_words
from generator.press.framed import Nav
from generator.press.pages import plain
from generator.press.scene import draw_scene
from generator.products.lesson import (
    CARDS,
    NO_PART,
    Lesson,
    book_mark,
    listing_note,
    month,
    part_class,
    part_label,
    phrases_of,
    waiting,
)
from generator.products.pages.parts.scenery import (
    row_class,
    scene_of_cards,
    scene_of_row,
    small_scene,
)
from generator.products.pages.parts.web import Spot

MOST_UNITS = 2
"""Units one line can name; more are named by each lesson."""


@dataclass(frozen=True)
class Shown:
    """What every page that is no lesson says."""

    spot: Spot
    title: str

    @property
    def book(self) -> Handbook:
        return self.spot.book

    @property
    def draft(self) -> str:
        return book_mark(self.book)

    @property
    def listed(self) -> tuple[Lesson, ...]:
        """Lessons it names: whether they are approved stands beside them."""
        return self.lessons or self.book.lessons

    @property
    def signed(self) -> str:
        """Those it names as no drafts, unseen: a list that lies somewhere vouches for them until it is made again."""
        return listing_note(self.listed)

    @property
    def place(self) -> str:
        """What of its place it shows: the proof of a page that lies somewhere asks whether that still holds."""
        return "" if self.draft else listed_of(self.book)

    @property
    def helper(self) -> Help:
        return self.book.edition.contact

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Those it shows."""
        return self.book.lessons

    @property
    def accountability(self) -> str:
        """It was checked when the oldest of its lessons was."""
        shown = self.lessons or self.book.lessons
        unit = self.helper.unit or "nơi phát"
        if not shown:
            return f"Nội dung: {unit}. Thấy sai, báo {unit}."
        units = tuple(dict.fromkeys(lesson.office.unit for lesson in shown))
        named = ", ".join(units) if len(units) <= MOST_UNITS else "các đơn vị ghi ở cuối từng bài"
        reviewed = month(min(lesson.office.reviewed for lesson in shown))
        return f"Nội dung: {named}. Rà soát: {reviewed}. Thấy sai, báo {unit}, đọc số bài."


def unseen_of(book: Handbook, *, explains: bool) -> dict[str, str]:
    """What a list that is no page, of all lessons, tells of itself as pages do. `explains`: it has hard words, too."""
    place = "" if book_mark(book) else listed_of(book)
    words = hard_words(book).text if explains and not book.unsigned_words else ""
    told = {"signed": listing_note(book.lessons), "place": place, "words": words}
    return {f"data-{name}": text for name, text in told.items() if text}


@dataclass(frozen=True)
class Listed:
    """A lesson in a list."""

    title: Phrase
    minutes: int
    number: str
    page: str
    """Link to its lesson page."""
    number_page: str
    """Link to its number page; the lesson page where there is none."""
    slug: str
    part: str = ""
    """The class that gives it the colours of its part."""
    picture: str = ""
    """Link to its scene, small; empty where it has none."""
    first: str = ""
    """Titles of lessons to learn first that do not stand above it in its list."""
    waiting: str = ""
    """That it is a draft among others that are none."""


def list_lesson(spot: Spot, lesson: Lesson) -> Listed:
    number = spot.book.number_of(lesson.slug)
    page = spot.lesson(lesson.slug)
    part = part_class(spot.book, lesson)
    return Listed(lesson.title, lesson.office.minutes, number, page, spot.number(number) or page, lesson.slug, part,
                  linked_scene(spot, lesson.drawing, part), waiting=waiting(spot.book, lesson))


def linked_scene(spot: Spot, drawing: Drawing | None, part: str) -> str:
    """From a page to the small file."""
    return spot.to(small_scene(drawing, part)) if drawing else ""


def list_lessons(spot: Spot, slugs: Iterable[Phrase]) -> tuple[Listed, ...]:
    return tuple(list_lesson(spot, lesson) for lesson in lessons_of(spot.book, slugs))


def lessons_of(book: Handbook, slugs: Iterable[Phrase]) -> tuple[Lesson, ...]:
    """Those that this edition shows."""
    return tuple(book.by_slug[slug.text] for slug in slugs if slug.text in book.by_slug)


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

    label: str
    """Of a part: `Phần 3`, which stands above its name."""
    name: str
    number: str
    page: str
    number_page: str
    lessons: tuple[Listed, ...]
    part: str
    """The class that gives it its colours."""
    drawing: Drawing | None
    picture: str
    """Link to that scene, small."""

    @property
    def title(self) -> str:
        return f"{self.label}. {self.name}" if self.label else self.name

    @property
    def scene(self) -> Markup:
        return draw_scene(self.drawing)

    @property
    def duration(self) -> str:
        return duration(sum(lesson.minutes for lesson in self.lessons))


def part_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(group_of(spot, part) for part in spot.book.parts)


def path_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(group_of(spot, path) for path in spot.book.paths)


def group_of(spot: Spot, row: Part | Path) -> Group:
    seen = row_class(spot.book, row), scene_of_row(spot.book, row)
    if isinstance(row, Part):
        lessons = list_lessons(spot, row.topics)
        called = part_label(row), row.title
        return _group(spot, called, f"part:{row.id}", f"parts/{row.id}", lessons, *seen)
    return _group(spot, ("", row.title), f"path:{row.id}", f"paths/{row.id}", _in_path(spot, row), *seen)


def card_group(spot: Spot) -> Group:
    cards = tuple(list_lesson(spot, card) for card in spot.book.cards)
    return _group(spot, ("", CARDS), "", "cards", cards, NO_PART, scene_of_cards(spot.book))


def _group(
    spot: Spot, called: tuple[str, str], target: str, folder: str, lessons: tuple[Listed, ...], part: str,
    drawing: Drawing | None
) -> Group:
    """`called`: its label and its name."""
    number = spot.book.number_of(target)
    page = spot.to(f"{folder}/index.html")
    return Group(*called, number, page, spot.number(number) or page, lessons, part, drawing,
                 linked_scene(spot, drawing, part))


def _in_path(spot: Spot, path: Path) -> tuple[Listed, ...]:
    """In the path's order; a lesson says which others it builds on that do not stand before it."""
    held: set[str] = set()
    rows = []
    for lesson in lessons_of(spot.book, path.topics):
        wanted = [phrase for phrase in lesson.office.prerequisites if phrase.text not in held]
        titles = ", ".join(titled(spot.book, other) for other in lessons_of(spot.book, wanted))
        rows.append(replace(list_lesson(spot, lesson), first=titles))
        held.add(lesson.slug)
    return tuple(rows)


def titled(book: Handbook, lesson: Lesson) -> str:
    """Its title within a sentence."""
    mark = waiting(book, lesson).lower()
    return f"{plain(lesson.title)} ({mark})" if mark else plain(lesson.title)


def menu_of(handbook: Handbook) -> Nav:
    """The menu, titles escaped. Topics stay out of it, or every page would carry all of them."""
    parts: list[object] = [{f"{part.number}. {escape(part.title)}": f"parts/{part.id}/index.md"}
                           for part in handbook.parts]
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


# Alerts.


@dataclass(frozen=True)
class Notice:
    """An alert as a page shows it until its last day."""

    alert: Alert
    link: Callable[[str], str]

    @property
    def source(self) -> str:
        return told_by(self.alert)

    @property
    def until(self) -> str:
        """The last day in words, where the alert itself does not name it."""
        day = self.alert.last_day
        words = f"ngày {day.day} tháng {day.month} năm {day.year}"
        said = " ".join(map(plain, phrases_of(self.alert.blocks)))
        return "" if words in said else f"Lời nhắc này dùng đến hết {words}."


def notices(spot: Spot, alerts: Iterable[Alert]) -> tuple[Notice, ...]:
    """The newest first."""
    return tuple(Notice(alert, spot.linker(f"content/alerts/{alert.slug}.md"))
                 for alert in sorted(alerts, key=lambda alert: alert.first_day, reverse=True))


def told_by(alert: Alert) -> str:
    """Whoever reads it knows whose word it is, and since when: no book of approvals holds an alert."""
    return f"Theo {alert.unit}, từ ngày {alert.first_day:%d/%m/%Y}."


def alerts_of(book: Handbook, slug: str) -> tuple[Alert, ...]:
    return tuple(alert for alert in book.alerts if slug in [phrase.text for phrase in alert.topics])
