"""A lesson in a frame: a small page of its own that a commune's portal may show, and the lines to copy for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.handbook.model import Phrase, Topic
from generator.press.pages import plain
from generator.press.squeeze import squeeze_style
from generator.products.lesson import Lesson, accountability, lesson_file
from generator.products.pages.parts.home import Shown
from generator.products.pages.parts.web import Spot, Web, page_of

FOLDER = "embed"
PAGE = f"{FOLDER}/index.html"
STYLES = ("tokens.css", "embed/embed.css")
HEIGHT = 580
"""Enough for most lessons on a narrow phone; the rest scrolls."""


@dataclass(frozen=True)
class Fragment:
    """What the template gets."""

    spot: Spot
    lesson: Lesson

    @property
    def title(self) -> str:
        return plain(self.lesson.title)

    @property
    def number(self) -> str:
        return self.spot.web.handbook.number_of(self.lesson.slug)

    @property
    def items(self) -> tuple[Phrase, ...]:
        """What to remember; for a card what to bring."""
        return self.lesson.remember if isinstance(self.lesson, Topic) else self.lesson.bring

    @property
    def heading(self) -> str:
        return "Nhớ 3 điều" if isinstance(self.lesson, Topic) else "Cần mang"

    @property
    def accountability(self) -> str:
        return accountability(self.lesson, self.spot.web.handbook.edition)

    @property
    def style(self) -> str:
        return squeeze_style(self.spot.web.theme.text(*STYLES))

    @property
    def page(self) -> str:
        return self.spot.lesson(self.lesson.slug)

    @property
    def canonical(self) -> str:
        return self.spot.web.spot(page_of(self.lesson)).canonical

    def link(self, url: str) -> str:
        return self.spot.linker(lesson_file(self.lesson))(url)


@dataclass(frozen=True)
class PortalPage(Shown):
    """What portals may show, and how."""

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return tuple(_fragment(self.spot.web, lesson) for lesson in self.spot.web.handbook.lessons)

    def snippet(self, fragment: Fragment) -> str:
        """To be copied as it is; the title is plain words that may hold any sign."""
        title = fragment.title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return (f'<iframe src="{fragment.spot.canonical}" title="{title}" width="100%" height="{HEIGHT}" '
                f'loading="lazy" style="border:0"></iframe>')


def fragment_files(web: Web) -> dict[str, bytes]:
    return dict(_files(web))


def _files(web: Web) -> Iterator[tuple[str, bytes]]:
    for lesson in web.handbook.lessons:
        fragment = _fragment(web, lesson)
        html = re.sub(r"\n\s*", "\n", web.theme.draw("embed/embed.html", fragment))
        yield fragment.spot.file, html.encode()


def _fragment(web: Web, lesson: Lesson) -> Fragment:
    return Fragment(web.spot(f"{FOLDER}/{lesson.slug}/index.html"), lesson)
