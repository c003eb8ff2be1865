"""Whether a page behind a number is the one that a release of today puts there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.checks.release import kept_back
from generator.ground.findings import Finding
from generator.handbook.model import Handbook
from generator.handbook.phones import dialled
from generator.handbook.printed import PAGE, printed_today, read_printed
from generator.handbook.select import hold_back, select
from generator.press.orders import DRAFT, ON_PAGE, TRIAL, UNSIGNED
from generator.press.pages import plain
from generator.products.lesson import Lesson, approved_by
from generator.proof.today import outdated_place
from generator.proof.webpages import told_of_place

_CALLS = re.compile(r'href="?tel:([^">\s]+)')


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
        if any(mark in plain(html) for mark in (DRAFT, TRIAL, UNSIGNED)):
            return False
        place = told_of_place(html)
        if {*_CALLS.findall(html)} != self._called:
            return False
        if f"{self.book.edition.id}: {PAGE}" not in dict(read_printed(place)) or any(outdated_place(place, self.names)):
            return False
        return self._wanted(target) <= {*", ".join(ON_PAGE.findall(html)).split(", ")} - {""} <= self.signed

    @property
    def _called(self) -> set[str]:
        """The one phone on every page."""
        asked = self.book.edition.contact
        return {dialled(asked.phone)} if asked.unit and asked.phone else set()

    def _wanted(self, target: str) -> frozenset[str]:
        if target in self.book.by_slug:
            return _rows([self.book.by_slug[target]])
        listed = self.book.lists.get(target)
        return _texts(self.book.by_slug[slug.text] for slug in listed.topics) if listed else frozenset()


def todays_of(whole: Handbook, findings: Iterable[Finding], edition_id: str) -> Todays:
    """`findings`: of a check for a release."""
    book = select(hold_back(whole, kept_back(whole, findings)), edition_id)
    return Todays(book, _rows(whole.lessons) | _texts(whole.lessons), printed_today(whole))


def _rows(lessons: Iterable[Lesson]) -> frozenset[str]:
    return frozenset(approved_by(row) for lesson in lessons if (row := lesson.office.approval))


def _texts(lessons: Iterable[Lesson]) -> frozenset[str]:
    return frozenset(f"{row.slug} {row.text}" for lesson in lessons if (row := lesson.office.approval))
