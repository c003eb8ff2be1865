"""What web pages know: where a page stands, how its links look, and a lesson ready to be shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path as FilePath

from markupsafe import Markup

from generator.handbook.model import Card, Entry, Handbook, Help, Phrase, Screen, Topic
from generator.items import Handed
from generator.press.pages import plain
from generator.press.phone import draw_phone
from generator.products.paper import UNSEEN, Lesson, accountability, contact, guard_kind, lesson_file

DOWNLOADS = "site/"
"""Where papers for the site lie in what their items hand over."""


@dataclass(frozen=True)
class Paper:
    """A PDF on the site."""

    title: str
    file: str
    """Path below `site/`."""
    size: int
    pages: int

    @property
    def weight(self) -> str:
        """How heavy a download is, in words people know."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} KB"
        return f"{self.size / 1_000_000:.1f} MB".replace(".", ",")


def handed_papers(handed: Mapping[str, Handed]) -> dict[str, Paper]:
    """By item name, in the order given; items that were not made are absent."""
    found: dict[str, Paper] = {}
    for name, made in handed.items():
        for path, size in sorted(made.sizes.items()):
            if path.startswith(f"{DOWNLOADS}downloads/") and path.endswith(".pdf"):
                title = str(made.facts.get("title", name))
                paper = Paper(title, path.removeprefix(DOWNLOADS), size, int(made.facts.get("pages", 0)))
                found.setdefault(name, paper)
    return found


@dataclass(frozen=True)
class Web:
    """The site of one edition, as its pages see it."""

    handbook: Handbook
    theme: FilePath
    numbers: bool = True
    """False where number pages are not made (plain MkDocs): nothing links to them."""

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Content file → page."""
        own = {"content/index.md": "index.html"}
        return own | {lesson_file(lesson): page_of(lesson) for lesson in self.handbook.lessons}

    @cached_property
    def rows(self) -> Mapping[str, Entry]:
        return {entry.number: entry for entry in self.handbook.ledger}

    def spot(self, file: str) -> Spot:
        return Spot(self, file)

    def next_lesson(self, slug: str) -> Topic | None:
        """The one after it in the book."""
        topics = self.handbook.topics
        index = next((i for i, topic in enumerate(topics) if topic.slug == slug), len(topics))
        return topics[index + 1] if index + 1 < len(topics) else None


def page_of(lesson: Lesson) -> str:
    return f"{'topics' if isinstance(lesson, Topic) else 'cards'}/{lesson.slug}/index.html"


@dataclass(frozen=True)
class Spot:
    """One page. Every link on it is relative and names a file, so it works from a stick too."""

    web: Web
    file: str
    """Path below `site/`."""

    def to(self, file: str) -> str:
        return _relative(file, posixpath.dirname(self.file))

    def lesson(self, slug: str) -> str:
        """Empty when this edition does not show the lesson."""
        lesson = self.web.handbook.by_slug.get(slug)
        return self.to(page_of(lesson)) if lesson else ""

    def number(self, number: str) -> str:
        return self.to(f"{number}/index.html") if number and self.web.numbers else ""

    @property
    def canonical(self) -> str:
        return self.web.handbook.edition.address + self.file.removesuffix("index.html")

    def linker(self, source: str) -> Callable[[str], str]:
        """Turns addresses written in a content file into those of this page; foreign ones stay."""
        address = self.web.handbook.edition.address

        def link(url: str) -> str:
            own = url.removeprefix(address).rstrip("/")
            if own in self.web.rows and url.startswith(address):
                return self.number(own)
            if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url):
                return url
            path, mark, anchor = url.partition("#")
            written = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
            page = self.web.pages.get(written)
            return f"{self.to(page)}{mark}{anchor}" if page else ""

        return link


@lru_cache(maxsize=65536)
def _relative(file: str, folder: str) -> str:
    return posixpath.relpath(file, folder or ".")


@lru_cache(maxsize=16384)
def draw(screen: Screen) -> Markup:
    """Drawn once for the lesson page and the number page."""
    return Markup(draw_phone(screen))


@dataclass(frozen=True)
class LessonView:
    """A lesson as a page shows it."""

    spot: Spot
    lesson: Lesson
    show_picture: Callable[[str], str]
    """Picture file → its address on this page."""
    paper: Paper | None = None

    @cached_property
    def link(self) -> Callable[[str], str]:
        return self.spot.linker(lesson_file(self.lesson))

    @property
    def is_card(self) -> bool:
        return isinstance(self.lesson, Card)

    @property
    def number(self) -> str:
        return self.spot.web.handbook.number_of(self.lesson.slug)

    @property
    def helper(self) -> Help:
        return contact(self.spot.web.handbook.edition)

    @property
    def accountability(self) -> str:
        return accountability(self.lesson, self.spot.web.handbook.edition)

    @property
    def is_draft(self) -> bool:
        return self.lesson.office.status != "approved"

    @property
    def description(self) -> str:
        return plain(self.lesson.goal) if self.lesson.goal else plain(self.lesson.title)

    @property
    def unseen(self) -> str:
        return UNSEEN + "."

    @property
    def all_unseen(self) -> bool:
        """One word about all pictures says it better than the same word under each."""
        return bool(self.lesson.screens) and not any(screen.seen for screen in self.lesson.screens)

    @property
    def next(self) -> Listed | None:
        following = self.spot.web.next_lesson(self.lesson.slug)
        return list_lesson(self.spot, following) if following else None

    @property
    def prerequisites(self) -> tuple[Listed, ...]:
        return list_lessons(self.spot, self.lesson.office.prerequisites)

    def draw(self, screen: Screen) -> Markup:
        return draw(screen)

    def sign(self, guard: Phrase) -> str:
        return guard_kind(guard)


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


def list_lesson(spot: Spot, lesson: Lesson) -> Listed:
    number = spot.web.handbook.number_of(lesson.slug)
    page = spot.lesson(lesson.slug)
    return Listed(lesson.title, lesson.goal, lesson.office.minutes, number, page, spot.number(number) or page)


def list_lessons(spot: Spot, slugs: Iterable[Phrase | str]) -> tuple[Listed, ...]:
    names = [slug.text if isinstance(slug, Phrase) else slug for slug in slugs]
    found = (spot.web.handbook.by_slug.get(name) for name in names)
    return tuple(list_lesson(spot, lesson) for lesson in found if lesson)


@dataclass(frozen=True)
class Group:
    """Lessons under one heading: a part, a path."""

    title: str
    number: str
    page: str
    number_page: str
    lessons: tuple[Listed, ...]
    minutes: int

    @property
    def is_empty(self) -> bool:
        return not self.lessons


def part_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(
        _group(spot, f"Phần {part.number}. {part.title}", f"part:{part.id}", f"parts/{part.id}", part.topics, None)
        for part in spot.web.handbook.parts
    )


def path_groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(
        _group(spot, path.title, f"path:{path.id}", f"paths/{path.id}", path.topics, path.minutes)
        for path in spot.web.handbook.paths
    )


def _group(
    spot: Spot, title: str, target: str, folder: str, slugs: tuple[Phrase, ...], minutes: int | None
) -> Group:
    number = spot.web.handbook.number_of(target)
    page = spot.to(f"{folder}/index.html")
    lessons = list_lessons(spot, slugs)
    total = minutes if minutes is not None else sum(lesson.minutes for lesson in lessons)
    return Group(title, number, page, spot.number(number) or page, lessons, total)
