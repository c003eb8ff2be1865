"""What of a place stands on its papers: short names of it, which every paper carries unseen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from generator.handbook.filled import edition_values, values_named
from generator.handbook.lesson.texts import name_of
from generator.handbook.model import Card, Edition, Handbook, Topic

APART = "; "
ADDRESS = "địa chỉ in trên giấy"
"""What pictures that go far beyond a place show of it."""


def printed_of(book: Handbook, lessons: Iterable[Topic | Card], *more: str) -> str:
    """The edition and a name of what any paper of it may show: who it is, where codes lead, whom to ask. Then each of
    its values that these lessons, or the paper itself, print, with a name of its own: a value that no lesson on a paper
    speaks of makes no paper old."""
    named = {*more, *(name for lesson in lessons for name in _values_of(book, lesson))}
    return APART.join(f"{key} {text}" for key, text in _names(book.edition, named).items())


def pictured_of(book: Handbook, edition: Edition, lessons: Iterable[Topic | Card]) -> str:
    """The same of a picture to be passed on: it shows no more of the edition than the address in its code."""
    values = {name for lesson in lessons for name in _values_of(book, lesson)}
    own = {key: text for key, text in _names(edition, values).items() if key != edition.id}
    return APART.join(f"{key} {text}" for key, text in {**_address(edition), **own}.items())


def printed_today(edition: Edition) -> dict[str, str]:
    return {**_names(edition, edition_values(edition)), **_address(edition)}


def _address(edition: Edition) -> dict[str, str]:
    return {f"{edition.id}: {ADDRESS}": name_of([edition.address])}


def place_of(key: str) -> str:
    """The edition that one of these names is about."""
    return key.partition(": ")[0]


def _names(edition: Edition, wanted: Container[str]) -> dict[str, str]:
    """Of the place, and of each value that is wanted."""
    helpers = (word for helper in edition.help for word in (helper.role, helper.unit, helper.phone, helper.hours))
    values = {f"{edition.id}: {name}": name_of([value]) for name, value in edition_values(edition).items()
              if name in wanted}
    return {edition.id: name_of((edition.name, edition.address, *helpers)), **values}


def read_printed(told: str) -> Iterator[tuple[str, str]]:
    """What `printed_of` wrote: what it is a name of, and the name."""
    for one in filter(None, told.split(APART)):
        key, _, text = one.rpartition(" ")
        yield key, text


def _values_of(book: Handbook, lesson: Topic | Card) -> frozenset[str]:
    """As it was written: a lesson that is shown has its values filled in."""
    return values_named(book.written.get(lesson.slug, lesson).body)
