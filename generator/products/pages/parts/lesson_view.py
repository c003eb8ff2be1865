"""A lesson ready to be shown: on its page, on its number page, in a portal's frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from generator.engine.items import Handed
from generator.ground.files import shown_name
from generator.handbook.filled import values_named
from generator.handbook.model import Block, Card, Help, Paragraph, Screen
from generator.handbook.printed import of_part, paged_of
from generator.press.pages import plain
from generator.press.phone.drawing import KNOWN_MM, draw_phone
from generator.press.scene import draw_scene, scene_poster
from generator.products.films.parts.real import RealFilm, find_real
from generator.products.lesson import (
    UNSEEN,
    Lesson,
    accountability,
    approval_note,
    below_scene,
    guard_kind,
    lesson_file,
    listing_note,
    page_mark,
    part_class,
    part_name,
    part_of,
    waiting,
)
from generator.products.pages.parts.listing import (
    Listed,
    Notice,
    alerts_of,
    lessons_of,
    list_lesson,
    list_lessons,
    notices,
)
from generator.products.pages.parts.practice import Try, practice
from generator.products.pages.parts.scenery import accent_of
from generator.products.pages.parts.web import Film, Paper, Spot, Wall, film_of, papers_of, wall_of


@lru_cache(maxsize=16384)
def draw(screen: Screen) -> Markup:
    """Drawn once for the lesson page and the number page."""
    return Markup(draw_phone(screen, least_mm=KNOWN_MM))


@dataclass(frozen=True)
class LessonView:
    """A lesson as a page shows it."""

    spot: Spot
    lesson: Lesson
    handed: Mapping[str, Handed]
    """Papers, decks and films of the lesson, by item name."""

    unseen = f"{UNSEEN}."
    draw = staticmethod(draw)
    sign = staticmethod(guard_kind)

    def show_picture(self, file: str) -> str:
        """Its address on this page."""
        return self.spot.to(shown_name(file))

    @cached_property
    def part(self) -> str:
        return part_class(self.spot.book, self.lesson)

    @property
    def part_name(self) -> str:
        return part_name(self.spot.book, self.lesson)

    @property
    def scene(self) -> Markup:
        return draw_scene(self.lesson.drawing)

    @property
    def opening(self) -> tuple[Block, ...]:
        return below_scene(self.lesson)

    @property
    def poster(self) -> str:
        """The same scene, where the film will play."""
        drawing = self.lesson.drawing
        return scene_poster(drawing, accent_of(self.spot.web.theme, self.part)) if drawing else ""

    @property
    def signed(self) -> str:
        """Which text was approved, by which row: the proof of a page that lies somewhere asks whether it still is."""
        return approval_note((self.lesson,))

    @property
    def draft(self) -> str:
        return page_mark(self.spot.book.edition, [self.lesson])

    @property
    def prints(self) -> tuple[str, ...]:
        """What else of its place it shows, by name: its part, values in alerts."""
        book, slug = self.spot.book, self.lesson.slug
        return (of_part(part_of(book, self.lesson)),
                *(name for alert in alerts_of(book, slug) for name in sorted(values_named(alert.body))))

    @property
    def place(self) -> str:
        """And what of its place it shows."""
        return "" if self.draft else paged_of(self.spot.book, [self.lesson], *self.prints)

    @property
    def waiting(self) -> str:
        """What stands beside its title in a list."""
        return waiting(self.spot.book, self.lesson)

    @property
    def paper(self) -> Paper | None:
        name = f"leaflet:{self.lesson.slug}"
        return next(iter(papers_of(name, self.handed.get(name))), None)

    @property
    def wall(self) -> Wall | None:
        """The same lesson for a hall."""
        return wall_of(self.handed.get(f"deck:{self.lesson.slug}"))

    @cached_property
    def film(self) -> Film | None:
        return film_of(self.handed.get(f"clip:{self.lesson.slug}"))

    @property
    def real(self) -> RealFilm | None:
        """Stands before the compiled film."""
        return find_real(self.spot.book, self.lesson, self.handed)

    @cached_property
    def link(self) -> Callable[[str], str]:
        return self.spot.linker(lesson_file(self.lesson))

    @property
    def is_card(self) -> bool:
        return isinstance(self.lesson, Card)

    @property
    def number(self) -> str:
        return self.spot.book.number_of(self.lesson.slug)

    @property
    def helper(self) -> Help:
        return self.spot.book.edition.contact

    @property
    def accountability(self) -> str:
        return accountability(self.lesson, self.spot.book.edition)

    @property
    def description(self) -> str:
        """What a list of results says of it."""
        opening = (block.phrase for block in self.lesson.opening if isinstance(block, Paragraph))
        said = plain(self.lesson.goal or next(opening, self.lesson.title))
        return ". ".join(filter(None, (self.draft, said)))

    @property
    def all_unseen(self) -> bool:
        """One word about all pictures says it better than the same word under each."""
        return bool(self.lesson.screens) and not any(screen.seen for screen in self.lesson.screens)

    @property
    def following(self) -> tuple[Listed | None, str]:
        """What comes next, and the title of the path on which it does."""
        lesson, path = self.spot.web.next_lesson(self.lesson)
        return (list_lesson(self.spot, lesson) if lesson else None), path

    @property
    def vouched(self) -> str:
        """The text of what comes next, where it is approved: once that is taken back, this page names it as if not."""
        lesson, _ = self.spot.web.next_lesson(self.lesson)
        return listing_note([lesson]) if lesson else ""

    @property
    def vouched_before(self) -> str:
        """The same of what to learn first."""
        return listing_note(lessons_of(self.spot.book, self.lesson.office.prerequisites))

    @property
    def prerequisites(self) -> tuple[Listed, ...]:
        return list_lessons(self.spot, self.lesson.office.prerequisites)

    @property
    def tries(self) -> tuple[Try, ...]:
        """What can be practised on the page."""
        return practice(self.lesson)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return notices(self.spot, alerts_of(self.spot.book, self.lesson.slug))
