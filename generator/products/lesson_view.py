"""What web pages know: where a page stands, how its links look, and a lesson ready to be shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path as FilePath

from markupsafe import Markup

from generator.handbook.model import Card, Entry, Handbook, Help, Part, Path, Phrase, Screen, Topic
from generator.items import Handed
from generator.press.phone import draw_phone
from generator.products.paper import Lesson, accountability, contact, guard_kind, lesson_file

UNSEEN = "Hình minh họa, máy bác có thể khác"


# Places and links.


@dataclass(frozen=True)
class Spot:
    """One page of the site: every link on it is relative and names a file, so it works from a stick too."""

    handbook: Handbook
    file: str
    """Path below `site/`."""
    numbers: bool = True
    """False where number pages are not made (plain MkDocs): nothing links to them."""

    def to(self, file: str) -> str:
        return posixpath.relpath(file, posixpath.dirname(self.file) or ".")

    def home(self) -> str:
        return self.to("index.html")

    def lesson(self, slug: str) -> str:
        """Empty when this edition does not show the lesson."""
        lesson = self.handbook.by_slug.get(slug)
        return self.to(page_of(lesson)) if lesson else ""

    def number(self, number: str) -> str:
        return self.to(f"{number}/index.html") if number and self.numbers else ""

    @property
    def canonical(self) -> str:
        return self.handbook.edition.address + self.file.removesuffix("index.html")

    def linker(self, source: str) -> Callable[[str], str]:
        """Turns addresses written in a content file into those of this page; others than ours stay."""
        pages = _pages(self.handbook)
        address = self.handbook.edition.address

        def link(url: str) -> str:
            if url.startswith(address) and url[len(address):] in known_numbers(self.handbook):
                return self.number(url[len(address):])
            if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url):
                return url
            path, mark, anchor = url.partition("#")
            written = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
            return self.to(pages[written]) + mark + anchor if written in pages else ""

        return link


def page_of(lesson: Lesson) -> str:
    return f"{'topics' if isinstance(lesson, Topic) else 'cards'}/{lesson.slug}/index.html"


@lru_cache(maxsize=4)
def _pages_of(lessons: tuple[Lesson, ...]) -> Mapping[str, str]:
    return {"content/index.md": "index.html"} | {lesson_file(lesson): page_of(lesson) for lesson in lessons}


def _pages(handbook: Handbook) -> Mapping[str, str]:
    """Content file → page."""
    return _remembered(handbook, "pages", lambda: {
        "content/index.md": "index.html", **{lesson_file(lesson): page_of(lesson) for lesson in handbook.lessons}
    })


def known_numbers(handbook: Handbook) -> frozenset[str]:
    return frozenset(entry.number for entry in handbook.ledger)
