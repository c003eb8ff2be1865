"""The home page: the number box, what to beware of, five questions that lead to a path, and all lessons.

Also the page that says what scanning never asks for, and what stays on the reader's own phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.handbook.model import Block, Help, Phrase, Signpost, Wish
from generator.press.pages import plain
from generator.products.lesson import contact
from generator.products.pages.parts.listing import (
    Group,
    Listed,
    answers_for_list,
    card_group,
    list_lesson,
    part_groups,
    path_groups,
)
from generator.products.pages.parts.notices import Notice, notices
from generator.products.pages.parts.web import Paper, Spot

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
class Shown:
    """What every page that is no lesson says."""

    spot: Spot
    title: str
    accountability: str

    @property
    def helper(self) -> Help:
        return contact(self.spot.web.handbook.edition)


@dataclass(frozen=True)
class Question:
    """One question of the entry card and where a yes leads."""

    phrase: Phrase
    path: Group


@dataclass(frozen=True)
class Wished:
    """What a reader wants, and the lesson that helps."""

    words: str
    page: str


@dataclass(frozen=True)
class HomePage(Shown):
    groups: tuple[Group, ...]
    paths: tuple[Group, ...]
    cards: Group
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...]
    questions: tuple[Question, ...]
    otherwise: Group | None
    wishes: tuple[Wished, ...]
    has_words: bool
    card: Paper | None
    """The questions to print."""
    first: tuple[Listed, ...] = ()
    """What this place learns first."""

    @property
    def numbers(self) -> str:
        return " ".join(self.spot.web.rows) if self.spot.web.numbers else ""

    @property
    def link(self) -> Callable[[str], str]:
        return self.spot.linker("content/index.md")


def home_page(spot: Spot, card: Paper | None = None) -> HomePage:
    book = spot.web.handbook
    questions, otherwise = _entry(spot, book.signposts)
    return HomePage(
        spot, plain(book.home.title) or book.name, answers_for_list(book), _filled(part_groups(spot)),
        _filled(path_groups(spot)), card_group(spot), book.home.blocks, notices(spot), questions, otherwise,
        _wished(spot, book.wishes), bool(book.glossary), card, _first(spot),
    )


def _entry(spot: Spot, signposts: Sequence[Signpost]) -> tuple[tuple[Question, ...], Group | None]:
    """The questions whose path has lessons here, and where those go who say no to all."""
    paths = {path.id: group for path, group in zip(spot.web.handbook.paths, path_groups(spot), strict=True)}
    filled = {id_: group for id_, group in paths.items() if not group.is_empty}
    questions = tuple(Question(post.question, filled[post.path.text]) for post in signposts if post.path.text in filled)
    last = next((post.otherwise.text for post in reversed(signposts) if post.otherwise), "")
    return questions, filled.get(last)


def _wished(spot: Spot, wishes: Sequence[Wish]) -> tuple[Wished, ...]:
    """Those whose lesson this edition shows."""
    found = ((plain(wish.words), spot.lesson(wish.lesson.text)) for wish in wishes)
    return tuple(Wished(words, page) for words, page in found if page)


def _first(spot: Spot) -> tuple[Listed, ...]:
    """The lessons a commune has chosen, as far as its edition shows them."""
    book = spot.web.handbook
    lessons = (book.by_slug.get(slug.text) for slug in book.edition.extra_topics)
    return tuple(list_lesson(spot, lesson) for lesson in lessons if lesson)


def _filled(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(group for group in groups if not group.is_empty)


@dataclass(frozen=True)
class PrivacyPage(Shown):
    remembered: tuple[tuple[str, str], ...] = REMEMBERED

    @property
    def host(self) -> str:
        return urlsplit(self.spot.web.handbook.edition.address).netloc
