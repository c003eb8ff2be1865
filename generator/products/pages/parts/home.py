"""The home page: the number box, what to beware of, five questions that lead to a path, and all lessons.

Also the page that says what scanning never asks for, and what stays on the reader's own phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.handbook.model import Phrase
from generator.press.pages import plain
from generator.press.scene import draw_scene
from generator.products.lesson import Lesson
from generator.products.pages.parts.listing import (
    Group,
    Listed,
    Notice,
    Shown,
    card_group,
    list_lesson,
    list_lessons,
    notices,
    part_groups,
    path_groups,
)
from generator.products.pages.parts.web import Paper, Web, papers_of

FIRST_WISHES = 4
"""As many as a phone shows, pictured, before anybody scrolls."""
ENTRY_CARD = "entry:phieu-chon-bai"
"""The same questions on paper."""
PRIVACY = "privacy/index.html"
PRIVACY_TITLE = "Quét mã có an toàn không?"
REMEMBERED = (
    ("cỡ chữ và màu nền bác chọn", "để lần sau mở ra vẫn dễ đọc"),
    ("câu bác đã trả lời, bài bác đã học", "để bác biết mình học đến đâu"),
    ("chữ bác vừa tìm", "mất khi đóng trang"),
)
"""All that pages keep, and why. Whatever stores something new adds its line here."""


@dataclass(frozen=True)
class Question:
    """One question of the entry card and where a yes leads."""

    phrase: Phrase
    path: Group


@dataclass(frozen=True)
class Wanted:
    """One wish as the home page shows it."""

    words: str
    page: str
    part: str
    scene: Markup
    """The wish stands beside it in words."""
    picture: str
    waiting: str
    """That what helps is a draft among others that are none."""


@dataclass(frozen=True)
class HomePage(Shown):
    first_wishes = FIRST_WISHES

    @property
    def groups(self) -> tuple[Group, ...]:
        return part_groups(self.spot)

    @property
    def paths(self) -> tuple[Group, ...]:
        return path_groups(self.spot)

    @property
    def cards(self) -> Group:
        return card_group(self.spot)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return notices(self.spot, self.book.alerts)

    @cached_property
    def _by_path(self) -> dict[str, Group]:
        """The paths that have lessons here."""
        every = zip(self.book.paths, self.paths, strict=True)
        return {path.id: group for path, group in every if group.lessons}

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those whose path has lessons here."""
        return tuple(Question(post.question, self._by_path[post.path.text]) for post in self.book.signposts
                     if post.path.text in self._by_path)

    @property
    def otherwise(self) -> Group | None:
        """Where those go who say no to all."""
        last = next((post.otherwise.text for post in reversed(self.book.signposts) if post.otherwise), "")
        return self._by_path.get(last)

    @property
    def wishes(self) -> tuple[Wanted, ...]:
        """What readers want, and the page that helps, where this edition shows it."""
        found = ((plain(wish.words), self.book.by_slug.get(wish.lesson.text)) for wish in self.book.wishes)
        return tuple(self._wanted(words, lesson) for words, lesson in found if lesson)

    def _wanted(self, words: str, lesson: Lesson) -> Wanted:
        listed, scene = list_lesson(self.spot, lesson), draw_scene(lesson.drawing, told=False)
        return Wanted(words, listed.page, listed.part, scene, listed.picture, listed.waiting)

    @property
    def card(self) -> Paper | None:
        """The questions to print."""
        return next(iter(papers_of(ENTRY_CARD, self.spot.web.handed.get(ENTRY_CARD))), None)

    @property
    def first(self) -> tuple[Listed, ...]:
        """What this place learns first, as far as its edition shows it."""
        return list_lessons(self.spot, self.book.edition.extra_topics)

    @property
    def numbers(self) -> str:
        return " ".join(self.spot.web.rows) if self.spot.web.numbers else ""

    @property
    def link(self) -> Callable[[str], str]:
        return self.spot.linker("content/index.md")


def home_page(web: Web) -> HomePage:
    return HomePage(web.spot("index.html"), plain(web.handbook.home.title) or web.handbook.name)


@dataclass(frozen=True)
class PrivacyPage(Shown):
    remembered: tuple[tuple[str, str], ...] = REMEMBERED

    listed = ()

    @property
    def host(self) -> str:
        return urlsplit(self.book.edition.address).netloc
