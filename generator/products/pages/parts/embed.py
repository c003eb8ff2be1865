"""A lesson in a frame: a small page of its own that a commune's portal may show, and the lines to copy for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.press.pages import plain
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import Shown
from generator.products.pages.parts.web import Web, page_of

FOLDER = "embed"
PAGE = f"{FOLDER}/index.html"
HEIGHT = 580
"""Enough for most lessons on a narrow phone; the rest scrolls."""


class Fragment(LessonView):
    @property
    def canonical(self) -> str:
        """Search engines shall find the lesson's own page."""
        return self.spot.web.spot(page_of(self.lesson)).canonical

    @property
    def snippet(self) -> str:
        """To be copied as it is; the title is plain words that may hold any sign."""
        title = plain(self.lesson.title).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return (f'<iframe src="{self.spot.canonical}" title="{title}" width="100%" height="{HEIGHT}" '
                f'loading="lazy" style="border:0"></iframe>')


@dataclass(frozen=True)
class PortalPage(Shown):
    """What portals may show, and how."""

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return fragments(self.spot.web)


def fragments(web: Web) -> tuple[Fragment, ...]:
    return tuple(Fragment(web.spot(f"{FOLDER}/{lesson.slug}/index.html"), lesson, {})
                 for lesson in web.handbook.lessons)


def fragment_files(web: Web) -> dict[str, bytes]:
    return {one.spot.file: re.sub(r"\n\s*", "\n", web.theme.draw("embed/embed.html", one)).encode()
            for one in fragments(web)}
