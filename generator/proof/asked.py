"""Codes on papers of a release that nobody has asked of the real host: such a release was wanted by hand, and may have
been printed long before anybody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.ground.findings import Text
from generator.ground.rest import few
from generator.ground.said import said
from generator.handbook.model import Edition, Handbook
from generator.handbook.visits import MOST_NUMBERS, latest_visit, opened
from generator.proof.listed import LIST, edition_of, film_slugs, released
from generator.proof.report import Proven


def unasked_codes(book: Handbook, proven: Iterable[tuple[Path, Proven]]) -> Iterator[Text]:
    """An edition a line; of one that has no real address nothing can be asked."""
    coded = {path: {code.number for code in file.checked.codes if code.number} for path, file in proven}
    shown: dict[str, set[str]] = {}
    for path in released(path for path, numbers in coded.items() if numbers):
        shown.setdefault(edition_of(path), set()).update(coded[path])
    for edition in book.editions:
        told = sorted(shown.get(edition.id, set()) - _opened(edition, book))
        if told and not (edition.trial or book.site.placeholder):
            yield said("proof/unasked", name=edition.name, id=edition.id, count=len(told),
                       numbers=few(told, MOST_NUMBERS))


def unasked_films(book: Handbook, sheets: Iterable[Path]) -> Iterator[Text]:
    """The same of films, by the sheets of releases: a code at the end of any opens a page of the country."""
    slugs = {str(slug) for path in sheets if path.name == LIST for slug in film_slugs(path)}
    shown = {number for slug in slugs if (number := book.number_of(slug))}
    told = sorted(shown - _opened(book.nation, book))
    if told and not (book.nation.trial or book.site.placeholder):
        yield said("proof/unasked-films", id=book.nation.id, count=len(told), numbers=few(told, MOST_NUMBERS))


def _opened(edition: Edition, book: Handbook) -> set[str]:
    """And those of lessons that papers name as not there yet."""
    waiting = {number for slug, number in book.numbers.items() if slug in book.by_slug
               and not book.by_slug[slug].approved}
    return waiting | opened(latest_visit(edition, book.visits))
