"""A lesson ready to be shown on its page and on its number page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from generator.handbook.model import Card, Help, Paragraph, Phrase, Screen
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products.films.parts.real import RealFilm
from generator.products.lesson import UNSEEN, Lesson, accountability, contact, guard_kind, lesson_file
from generator.products.pages.parts.listing import Listed, list_lesson, list_lessons
from generator.products.pages.parts.notices import Notice, notices
from generator.products.pages.parts.practice import Try, practice
from generator.products.pages.parts.web import Film, Paper, Spot, Wall


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
    wall: Wall | None = None
    """The same lesson for a hall."""
    film: Film | None = None
    real: RealFilm | None = None
    """Stands before the compiled film."""

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
        return plain(self.lesson.goal or self._first_words or self.lesson.title)

    @property
    def _first_words(self) -> Phrase | None:
        return next((block.phrase for block in self.lesson.opening if isinstance(block, Paragraph)), None)

    @property
    def unseen(self) -> str:
        return UNSEEN + "."

    @property
    def all_unseen(self) -> bool:
        """One word about all pictures says it better than the same word under each."""
        return bool(self.lesson.screens) and not any(screen.seen for screen in self.lesson.screens)

    @property
    def next(self) -> Listed | None:
        following = self.spot.web.next_lesson(self.lesson)
        return list_lesson(self.spot, following) if following else None

    @property
    def next_on(self) -> str:
        """The title of the path on which it comes next."""
        return self.spot.web.next_on(self.lesson)

    @property
    def prerequisites(self) -> tuple[Listed, ...]:
        return list_lessons(self.spot, self.lesson.office.prerequisites)

    @property
    def tries(self) -> tuple[Try, ...]:
        """What can be practised on the page."""
        return practice(self.lesson)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return notices(self.spot, self.lesson.slug)

    def draw(self, screen: Screen) -> Markup:
        return draw(screen)

    def sign(self, guard: Phrase) -> str:
        return guard_kind(guard)
