"""What stands in a book: cover, imprint, contents, lessons, answers, words, whom to ask. The pages come later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from markupsafe import Markup

from generator.engine.items import Desk
from generator.handbook.addressed import read_for
from generator.handbook.model import Block, Card, Drawing, Help, Part, Phrase, Question, Term
from generator.press.compounds import HELD, HYPHEN, hold_html, release
from generator.press.orders import LEADS, OWN
from generator.press.phone.drawing import KNOWN_MM
from generator.press.scene import print_scene
from generator.products.lesson import NO_PART, Lesson, accountability, below_scene, colours_of, part_class
from generator.products.papers.parts.drawing import NumberBlock, PaperPage, Shown, show_step, unseen_line
from generator.products.papers.parts.hard_words import used_terms
from generator.products.papers.parts.volumes import Volume, cover_scene, part_scene
from generator.products.papers.parts.words import say

CODE_MM = 32.0
FULL_SCREEN_MM = 75.0
"""Higher screens show the rows around the tap only."""
ROLES = {
    "đầu mối": "hỏi về sách này", "thủ tục": "làm giấy tờ", "công an": "căn cước, VNeID, báo lừa đảo",
    "tổ công nghệ số": "cần người kèm dùng máy", "truyền thông": "hỏi tin tức, thông báo", "y tế": "khám chữa bệnh",
}
"""What readers go there for."""


_PIECE = re.compile(r"[^ \n<>]+")


@dataclass(frozen=True)
class Chapter:
    """A topic or card as it stands in the book."""

    lesson: Lesson
    steps: tuple[Shown, ...]
    number: NumberBlock
    answer: str
    part_title: str
    address: str = ""
    """Of the volume's readers."""
    style: str = NO_PART
    """The class of its own part's colours, in whichever book it stands."""

    @property
    def scene(self) -> Markup:
        return print_scene(self.lesson.drawing)

    @property
    def opening(self) -> tuple[Block, ...]:
        return below_scene(self.lesson)

    @property
    def id(self) -> str:
        return f"t-{self.lesson.slug}"

    @property
    def answers_id(self) -> str:
        return f"a-{self.lesson.slug}"

    @property
    def code_id(self) -> str:
        return f"q-{self.lesson.slug}"

    @property
    def is_card(self) -> bool:
        return isinstance(self.lesson, Card)

    @property
    def unseen(self) -> str:
        return read_for(unseen_line(self.steps), self.address)


@dataclass(frozen=True)
class BookPart:
    id: str
    title: str
    number: NumberBlock | None
    chapters: tuple[Chapter, ...]
    style: str = NO_PART
    """The class that gives its colours (theme/tokens.css)."""
    nth: int = 0
    """0 for what is no part of the handbook's own."""
    drawing: Drawing | None = None

    @property
    def scene(self) -> Markup:
        return print_scene(self.drawing)

    @property
    def code_id(self) -> str:
        return f"c-{self.id}"


@dataclass(frozen=True)
class Pagination:
    """What is known of a book's pages; right when a print finds the same."""

    numbers: Mapping[str, int]
    """Page of each name."""
    notes: int = 1
    """Ruled pages before the back cover: as many as make its last section full sheets."""
    gaps: tuple[str, ...] = ()
    """Parts and lessons with a ruled page before them, named as often as it has such pages: parts begin on the right,
    lessons on the left."""


class BookText(PaperPage):
    """What the templates of a book and of its lessons ask."""

    screen_mm = FULL_SCREEN_MM

    def to(self, name: str) -> str:
        return f"{LEADS}{name}"

    def say(self, phrase: Phrase | str) -> Markup:
        return say(phrase, link)

    def whole(self, phrase: Phrase | str) -> Markup:
        """Of a title: no compound is torn, and the outline has its words as they are written."""
        html = str(hold_html(self.say(phrase)))
        return Markup(_PIECE.sub(lambda found: _held(found[0]), html))


def _held(piece: str) -> str:
    return f'<span class="held">{release(piece)}</span>' if HELD in piece or HYPHEN in piece else piece


@dataclass(frozen=True)
class Book(BookText):
    """What the template gets."""

    volume: Volume
    commit: str
    parts: tuple[BookPart, ...]
    terms: tuple[Term, ...]
    trainer: bool
    """A trainer's book: answers and notes stand with each topic."""
    mark: str = ""
    """On the cover: whom or what this way of printing is for."""
    pages: Pagination = Pagination({})
    piece: Literal["", "frame", "words"] = ""
    """Printed apart: answers and hard words, which are the same in all places, and what is around them."""

    @property
    def shown(self) -> tuple[Lesson, ...]:
        return tuple(chapter.lesson for chapter in self.chapters)

    @cached_property
    def number(self) -> NumberBlock | None:
        """Of the part or path that the whole book is about."""
        return _number(self, self.volume.target)

    @cached_property
    def scene(self) -> Markup:
        return print_scene(cover_scene(self.desk.handbook, self.volume))

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lesson.office.unit for lesson in self.volume.lessons(self.desk.handbook)))

    @property
    def so_far(self) -> str:
        """On the cover of what is not whole: how many lessons, and the youngest day on which one of them was signed."""
        rows = [lesson.office.approval for lesson in self.volume.lessons(self.desk.handbook)]
        day = max((row.day for row in rows if row and row.unit), default=None)
        until = f", duyệt đến {day:%d/%m/%Y}" if day else ""
        return f"{self.volume.so_far}{until}".capitalize() if self.volume.partial else ""

    @property
    def helpers(self) -> Iterator[tuple[str, Help]]:
        """A unit that helps with several things stands once."""
        known = [helper for helper in self.edition.help if helper.role in ROLES]
        units = dict.fromkeys((helper.unit, helper.phone, helper.hours) for helper in known)
        for unit in units:
            same = [helper for helper in known if (helper.unit, helper.phone, helper.hours) == unit]
            roles = ", ".join(ROLES[helper.role] for helper in same)
            yield roles[:1].upper() + roles[1:], same[0]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    @property
    def has_answers(self) -> bool:
        return not (self.trainer or all(chapter.is_card for chapter in self.chapters))

    @property
    def has_openers(self) -> bool:
        """A book of one part needs no page that says so."""
        return len(self.parts) > 1

    def at(self, name: str) -> str:
        return str(self.pages.numbers.get(name, ""))

    @property
    def names(self) -> tuple[str, ...]:
        """Of all places in it that something leads to."""
        parts = [name for part in self.parts if self.has_openers
                 for name in (part.id, *((part.code_id,) if part.number else ()))]
        answers = ["answers", *(chapter.answers_id for chapter in self.chapters if not chapter.is_card)]
        words = (*(answers if self.has_answers else ()), *(("glossary",) if self.terms else ()))
        frame = (*(("code",) if self.number else ()), *parts)
        named = {"": (*frame, *words, "notes", "help"), "frame": (*frame, "notes", "help"), "words": words}[self.piece]
        return tuple(map(self.own, named))

    def own(self, name: str) -> str:
        """Books that are printed at one go keep their places apart."""
        return f"{self.volume.name}{OWN}{name}"


@dataclass(frozen=True)
class ChapterPage(BookText):
    """What the template of one lesson gets."""

    chapter: Chapter
    trainer: bool

    @property
    def shown(self) -> tuple[Lesson, ...]:
        return (self.chapter.lesson,)

    def unseen(self, asked: Question) -> str:
        """Said at what a question shows, unless it stands above the steps already."""
        return "" if self.chapter.unseen else read_for(unseen_line((), asked.screen), self.chapter.address)


@dataclass(frozen=True)
class Tab:
    """A mark at the edge of all pages of a part, at the part's own height, so that a closed book shows where it is."""

    side: str
    style: str
    sign: str
    top_px: int


@dataclass(frozen=True)
class StampPages:
    """Numbers, heads and tabs for the edges of pages, a sheet each."""

    numbers: Sequence[int] = ()
    heads: Sequence[tuple[str, str]] = ()
    """Side and words."""
    tabs: Sequence[Tab] = ()


def link(url: str) -> str:
    """An address between topics leads to the page of the same book, if it holds that topic."""
    match = re.fullmatch(r"(?:\.\./|\.\./\.\./(?:topics|cards)/)([^/]+)/index\.md", url)
    return f"{LEADS}t-{match[1]}" if match else ""


def compose(desk: Desk, volume: Volume, commit: str = "", trainer: bool = False, mark: str = "") -> Book:
    page = PaperPage(desk)
    lessons = volume.lessons(desk.handbook)
    terms = used_terms(desk.handbook.explained(*lessons), lessons)
    parts = tuple(_book_part(page, part, volume) for part in volume.parts)
    return Book(desk, volume, commit, parts, terms, trainer, mark)


def _number(page: PaperPage, target: str) -> NumberBlock | None:
    known = target and page.desk.handbook.number_of(target)
    return page.number_block(target, CODE_MM) if known else None


def _book_part(page: PaperPage, part: Part, volume: Volume) -> BookPart:
    lessons = page.desk.handbook.by_slug
    chapters = (replace(_chapter(page, lessons[slug.text], part.title), address=volume.address) for slug in part.topics)
    own = any(one.id == part.id for one in page.desk.handbook.parts)
    return BookPart(f"p-{part.id}", part.title, _number(page, f"part:{part.id}"), tuple(chapters),
                    colours_of(part if own else None), part.number if own else 0,
                    part_scene(page.desk.handbook, part))


def _chapter(page: PaperPage, lesson: Lesson, part_title: str) -> Chapter:
    steps = tuple(show_step(page.desk, step, FULL_SCREEN_MM, KNOWN_MM) for step in lesson.steps)
    number = page.number_block(lesson.slug, CODE_MM)
    return Chapter(lesson, steps, number, accountability(lesson, page.edition), part_title,
                   style=part_class(page.desk.handbook, lesson))


def code_pages(book: Book, pages: Mapping[str, int]) -> dict[int, set[str]]:
    """Which codes each page must show."""
    lessons = ((chapter.code_id, chapter.number) for chapter in book.chapters)
    parts = ((part.code_id, part.number) for part in book.parts if book.has_openers)
    found: dict[int, set[str]] = {}
    for name, number in (*lessons, *parts, ("code", book.number)):
        if number:
            found.setdefault(pages[name], set()).add(number.url)
    return found
