"""What a commune's portal takes: a lesson in a frame, with the lines to copy for it; and feeds of what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.handbook.model import Handbook
from generator.press.pages import plain
from generator.products.lesson import draft_line, phrases_of
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import Shown, told_by, unseen_of
from generator.products.pages.parts.web import Web, page_of

FOLDER = "embed"
PAGE = f"{FOLDER}/index.html"
HEIGHT = 580
"""Enough for most lessons on a narrow phone; the rest scrolls."""
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
    return {one.spot.file: web.draw("embed/embed.html", one).encode() for one in fragments(web)}


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


@dataclass(frozen=True)
class Feed:
    book: Handbook
    home: str
    news: tuple[News, ...]

    @property
    def unseen(self) -> dict[str, str]:
        return unseen_of(self.book, explains=False)


def feed_files(web: Web) -> dict[str, bytes]:
    news = sorted(_news(web), key=lambda one: (-one.day.toordinal(), one.id))[:MOST]
    feed = Feed(web.handbook, web.spot("index.html").canonical, tuple(news))
    atom = web.theme.draw("embed/feed.xml", feed).translate(XML_SAFE) + "\n"
    return {"feed.xml": atom.encode(), "feed.json": _json(feed).encode()}


def _news(web: Web) -> Iterator[News]:
    """New lessons by the day their number was given, changes, and warnings."""
    book = web.handbook
    since = {entry.target: entry.since for entry in book.ledger if not entry.until}
    for lesson in book.lessons:
        address = web.spot(page_of(lesson)).canonical
        title = ": ".join(filter(None, (draft_line([lesson]), plain(lesson.title))))
        if day := _day(since.get(lesson.slug, "")):
            yield News(day, address, f"Bài mới: {title}", plain(lesson.goal or ""), address)
        for change in lesson.office.changes:
            yield News(change.day, f"{address}#co-gi-moi-{change.day:%Y%m%d}", f"Bài có đổi: {title}",
                       plain(change.phrase), f"{address}#co-gi-moi")
    home = web.spot("index.html").canonical
    for alert in book.alerts:
        yield News(alert.first_day, f"{home}#canh-bao-{alert.slug}", f"Cảnh báo lừa đảo: {plain(alert.title)}",
                   " ".join((*map(plain, phrases_of(alert.blocks)), told_by(alert))), home)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _json(feed: Feed) -> str:
    items = [{"id": one.id, "url": one.address, "title": one.title, "content_text": one.words,
              "date_published": one.moment} for one in feed.news]
    data = {"version": "https://jsonfeed.org/version/1.1", "title": feed.book.name, "home_page_url": feed.home,
            "feed_url": f"{feed.home}feed.json", "language": "vi", "_hocso": feed.unseen, "items": items}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
