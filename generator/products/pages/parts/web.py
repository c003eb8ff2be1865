"""Where a web page stands in its site, how its links look, and the papers it offers."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from generator.engine.items import Handed
from generator.handbook.model import Entry, Handbook, Topic
from generator.press.pages import Theme
from generator.press.squeeze import squeeze_script, squeeze_style
from generator.products.lesson import Lesson, lesson_file

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A slug or a number wherever it stands in an address."""
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
    draft: bool = False
    """It shows a text that nobody approved."""
    waiting: str = ""
    """What a list says of that, where other papers are approved."""

    @property
    def weight(self) -> str:
        """How heavy a download is, in words people know."""
        return weight_words(self.size)


def weight_words(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def papers_of(name: str, made: Handed | None) -> list[Paper]:
    """All PDFs below `downloads/` that an item hands over; where it gives several, pages are told of none."""
    if made is None:
        return []
    files = sorted(path for path in made.sizes if path.startswith(f"{DOWNLOADS}downloads/") and path.endswith(".pdf"))
    pages = int(made.facts.get("pages", 0)) if len(files) == 1 else 0
    title, draft = str(made.facts.get("title", name)), bool(made.facts.get("draft"))
    return [Paper(title, path.removeprefix(DOWNLOADS), made.sizes[path], pages, draft) for path in files]


@dataclass(frozen=True)
class Wall:
    """A deck on the site."""

    title: str
    file: str
    """Path below `site/`."""
    slides: int
    waiting: str = ""


def wall_of(made: Handed | None) -> Wall | None:
    if made is None:
        return None
    return Wall(str(made.facts["title"]), next(iter(made.sizes)).removeprefix(DOWNLOADS), made.facts["slides"])


@dataclass(frozen=True)
class Film:
    """A lesson's one-minute film."""

    file: str
    """Path below `site/`."""
    seconds: int
    voice: str
    """Whose voice it is, in the reader's words."""
    track: str
    """The captions inside the page: beside it no browser reads them from a stick."""
    said: str = ""
    """Start and words of each scene as JSON, for a film without sound."""

    @property
    def length(self) -> str:
        return film_length(self.seconds)


def film_length(seconds: int) -> str:
    parts = zip(divmod(seconds, 60), ("phút", "giây"), strict=True)
    return " ".join(f"{count} {word}" for count, word in parts if count)


def film_of(made: Handed | None) -> Film | None:
    """None for a lesson whose film was not made."""
    if made is None:
        return None
    mp4, captions = (next((path.removeprefix(DOWNLOADS) for path in made.sizes
                           if path.startswith(f"{DOWNLOADS}clips/") and path.endswith(end)), "")
                     for end in (".mp4", ".vtt"))
    return Film(
        mp4, round(float(made.facts["seconds"])), str(made.facts["voice"]).partition(" (")[0],
        track_address(made.read(DOWNLOADS + captions).decode()),
        json.dumps(made.facts["said"], ensure_ascii=False) if "said" in made.facts else "",
    )


@lru_cache(maxsize=256)
def track_address(captions: str) -> str:
    """A WebVTT file as an address; letters stay as they are."""
    return "data:text/vtt;charset=utf-8," + re.sub(r"[^\w:,.?!/+-]", lambda sign: quote(sign[0]), captions)


@dataclass(frozen=True)
class Web:
    """The site of one edition, as its pages see it."""

    handbook: Handbook
    theme: Theme
    numbers: bool = True
    """False where number pages are not made (plain MkDocs): nothing links to them."""
    handed: Mapping[str, Handed] = field(default_factory=dict)
    """Papers, decks and films that the pages offer, by item name."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What each product is called."""
    with_whole: bool = True
    """Whether the whole site can be had as one file."""

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Content file → page."""
        own = {"content/index.md": "index.html"}
        return own | {lesson_file(lesson): page_of(lesson) for lesson in self.handbook.lessons}

    @cached_property
    def rows(self) -> Mapping[str, Entry]:
        return {entry.number: entry for entry in self.handbook.ledger}

    def reachable(self, text: str) -> tuple[list[str], list[str]]:
        """Pages and numbers a text may lead to: what else the site holds cannot change its links."""
        words = set(_NAME.findall(text))
        lessons = words & self.handbook.by_slug.keys()
        return sorted(page_of(self.handbook.by_slug[slug]) for slug in lessons), sorted(words & self.rows.keys())

    def spot(self, file: str) -> Spot:
        return Spot(self, file)

    def draw(self, template: str, page: object) -> str:
        """A page without the indentation of its template."""
        return re.sub(r"\n\s*", "\n", self.theme.draw(template, page))

    def style(self, *names: str) -> Markup:
        """Files of the theme, as small as a page can carry them."""
        return Markup(squeeze_style(self.theme.text(*names)))

    def script(self, name: str) -> Markup:
        return Markup(squeeze_script(self.theme.text(name)))

    def next_lesson(self, lesson: Lesson) -> tuple[Lesson | None, str]:
        """The one after it on the first path that goes on from it, with that path's title; else among its own kind."""
        return self._followers.get(lesson.slug, (None, ""))

    @cached_property
    def _followers(self) -> dict[str, tuple[Lesson, str]]:
        """Editors name first whom the book is for first."""
        book = self.handbook
        rows: list[tuple[Sequence[Lesson], str]] = [
            ([book.by_slug[slug.text] for slug in path.topics if slug.text in book.by_slug], path.title)
            for path in book.paths]
        found: dict[str, tuple[Lesson, str]] = {}
        for row, title in (*rows, (book.topics, ""), (book.cards, "")):
            for lesson, following in pairwise(row):
                found.setdefault(lesson.slug, (following, title))
        return found


def page_of(lesson: Lesson) -> str:
    return f"{'topics' if isinstance(lesson, Topic) else 'cards'}/{lesson.slug}/index.html"


@dataclass(frozen=True)
class Spot:
    """One page. Every link on it is relative and names a file, so it works from a stick too."""

    web: Web
    file: str
    """Path below `site/`."""

    @property
    def book(self) -> Handbook:
        return self.web.handbook

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
