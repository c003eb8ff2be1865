"""What a commune's portal takes: a lesson in a frame, with the lines to copy for it; and feeds of what is new."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.press.pages import plain
from generator.products.lesson import phrases_of
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import Shown
from generator.products.pages.parts.web import Web, page_of

FOLDER = "embed"
PAGE = f"{FOLDER}/index.html"
HEIGHT = 580
"""Enough for most lessons on a narrow phone; the rest scrolls."""
ATOM, JSON = "feed.xml", "feed.json"
MOST = 40
NOON = "T12:00:00+07:00"
"""A day has no hour; at noon in Vietnam it is the same day nearly everywhere."""
XML_SAFE = str.maketrans(dict.fromkeys((*range(9), 11, 12, *range(14, 32))))


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


# Feeds: Atom and JSON, newest first.


@dataclass(frozen=True)
class News:
    day: date
    id: str
    title: str
    words: str
    address: str

    @property
    def moment(self) -> str:
        return f"{self.day.isoformat()}{NOON}"


def feed_files(web: Web) -> dict[str, bytes]:
    news = sorted(_news(web), key=lambda one: (-one.day.toordinal(), one.id))[:MOST]
    return {ATOM: _atom(web, news).encode(), JSON: _json(web, news).encode()}


def _news(web: Web) -> Iterator[News]:
    """New lessons by the day their number was given, changes, and warnings."""
    book = web.handbook
    since = {entry.target: entry.since for entry in book.ledger if not entry.until}
    for lesson in book.lessons:
        address = web.spot(page_of(lesson)).canonical
        title = plain(lesson.title)
        if day := _day(since.get(lesson.slug, "")):
            yield News(day, address, f"Bài mới: {title}", plain(lesson.goal or ""), address)
        for change in lesson.office.changes:
            yield News(change.day, f"{address}#co-gi-moi-{change.day:%Y%m%d}", f"Bài có đổi: {title}",
                       plain(change.phrase), f"{address}#co-gi-moi")
    home = web.spot("index.html").canonical
    for alert in book.alerts:
        yield News(alert.first_day, f"{home}#canh-bao-{alert.slug}", f"Cảnh báo lừa đảo: {plain(alert.title)}",
                   " ".join(map(plain, phrases_of(alert.blocks))), home)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _atom(web: Web, news: list[News]) -> str:
    home = web.spot("index.html").canonical
    latest = news[0].moment if news else f"1970-01-01{NOON}"
    rows = "".join(
        f"<entry><id>{_xml(one.id)}</id><title>{_xml(one.title)}</title><updated>{one.moment}</updated>"
        f"<link href={quoteattr(one.address)}/><summary>{_xml(one.words)}</summary></entry>\n"
        for one in news
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">\n'
        f"<id>{_xml(home)}</id><title>{_xml(web.handbook.name)}</title><updated>{latest}</updated>\n"
        f'<link href={quoteattr(home)}/><link rel="self" href={quoteattr(home + ATOM)}/>\n'
        f"<author><name>{_xml(web.handbook.edition.name)}</name></author>\n{rows}</feed>\n"
    )


def _xml(text: str) -> str:
    return escape(text.translate(XML_SAFE))


def _json(web: Web, news: list[News]) -> str:
    home = web.spot("index.html").canonical
    items = [{"id": one.id, "url": one.address, "title": one.title, "content_text": one.words,
              "date_published": one.moment} for one in news]
    data = {"version": "https://jsonfeed.org/version/1.1", "title": web.handbook.name, "home_page_url": home,
            "feed_url": home + JSON, "language": "vi", "items": items}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
