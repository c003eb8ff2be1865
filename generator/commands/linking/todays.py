"""Whether a page behind a number is the one that a release of today puts there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from generator.checks.release import kept_back
from generator.ground.findings import Finding
from generator.ground.marks import MARKS
from generator.handbook.filled import edition_values
from generator.handbook.model import Handbook
from generator.handbook.phones import dialled, numbers_in
from generator.handbook.printed import PAGE, printed_today, read_printed
from generator.handbook.select import hold_back, select
from generator.press.orders import ON_PAGE
from generator.press.pages import plain
from generator.products.lesson import Lesson, approved_by
from generator.proof.today import outdated_place
from generator.proof.webpages import told_of_place

_CALLS = re.compile(r'href="?tel:([^">\s]+)')
_ASK = re.compile(r'<section class="?ask"?[^<>]*>')
_TAG = re.compile(r"(<[^<>]*>)")
_UNREAD = ("style", "script", "svg")


@dataclass(frozen=True)
class Todays:
    book: Handbook
    """Of the edition, with the lessons that go out today."""
    signed: frozenset[str]
    """What pages may say of approvals: on a lesson's own page with the row of who signed it."""
    names: Mapping[str, str]
    """What pages may say of places."""

    def is_so(self, target: str, html: str) -> bool:
        """`html` in one form of letters. A page may name more lessons than go out: those that only lack a screen."""
        seen = plain(html)
        if any(mark in seen for mark in MARKS):
            return False
        place = told_of_place(html)
        if {*_CALLS.findall(html)} != self._called or not self._tells_whom(html):
            return False
        if f"{self.book.edition.id}: {PAGE}" not in dict(read_printed(place)) or any(outdated_place(place, self.names)):
            return False
        return self._wanted(target) <= {*", ".join(ON_PAGE.findall(html)).split(", ")} - {""} <= self.signed

    @property
    def _called(self) -> set[str]:
        """The one phone on every page."""
        asked = self.book.edition.contact
        return {dialled(asked.phone)} if asked.unit and asked.phone else set()

    def _tells_whom(self, html: str) -> bool:
        """What a person reads there, too: whom to ask, when and at which number, and no phone that today's book lacks.
        Those of a lesson are in its own words."""
        asked = self.book.edition.contact
        told = (asked.unit, asked.hours, asked.phone) if asked.unit else ()
        found = [" ".join("".join(_read(block.partition("</section>")[0])).split()) for block in _ASK.split(html)[1:]]
        if len(found) != bool(told) or not all(" ".join(word.split()) in block for block in found for word in told):
            return False
        if any(sorted(_numbers(block)) != sorted(_numbers(" ".join(told))) for block in found):
            return False
        return all(dialled(row[0]).strip("+") in self._digits for row in numbers_in("\n".join(_read(html))))

    @cached_property
    def _digits(self) -> str:
        """All there are in today's words, in a row."""
        book = self.book
        lessons = {lesson.slug: lesson for lesson in (*book.written.values(), *book.lessons)}.values()
        words = [*(lesson.body for lesson in lessons), *edition_values(book.edition).values(), book.home.body,
                 *(change.phrase.text for lesson in lessons for change in lesson.office.changes),
                 *(f"{alert.body} {alert.unit}" for alert in book.alerts), *(term.gloss.text for term in book.glossary)]
        return "".join(_numbers(" ".join(words)))

    def _wanted(self, target: str) -> frozenset[str]:
        if target in self.book.by_slug:
            return _rows([self.book.by_slug[target]])
        listed = self.book.lists.get(target)
        return _texts(self.book.by_slug[slug.text] for slug in listed.topics) if listed else frozenset()


def _numbers(words: str) -> list[str]:
    return re.findall("[0-9]+", words)


def _read(html: str) -> Iterator[str]:
    """What is seen of it, a piece between tags each."""
    hidden = ""
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            yield "" if hidden else unescape(piece)
            continue
        name = piece.strip("<>").partition(" ")[0].lower()
        hidden = ("" if name == f"/{hidden}" else hidden) if hidden else name * (name in _UNREAD)


def todays_of(whole: Handbook, findings: Iterable[Finding], edition_id: str) -> Todays:
    """`findings`: of a check for a release."""
    book = select(hold_back(whole, kept_back(whole, findings)), edition_id)
    return Todays(book, _rows(whole.lessons) | _texts(whole.lessons), printed_today(whole))


def _rows(lessons: Iterable[Lesson]) -> frozenset[str]:
    return frozenset(approved_by(row) for lesson in lessons if (row := lesson.office.approval))


def _texts(lessons: Iterable[Lesson]) -> frozenset[str]:
    return frozenset(f"{row.slug} {row.text}" for lesson in lessons if (row := lesson.office.approval))
