"""Every address outside the handbook, and who leads readers or editors there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from generator.checks.looking.matter import Matter, tokens_of
from generator.ground.findings import Place, Text
from generator.handbook.model import Card, Topic
from generator.handbook.recorded.films import film_address

UseKind = Literal["film", "platform", "source", "edition", "link", "former"]

_WRITTEN = re.compile(r"https?://[^\s<>()\"'`,;]+[^\s<>()\"'`,;.:!?]")
_BARE = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:vn|com|org|net|info|edu)(?![\w.-]*\w)(?:/[\w./?=&%#-]*[\w/])?")
"""`tongdai111.vn`: how a source is often named."""
_NOBODYS = (".example", ".invalid", ".test", ".localhost", "localhost", "example.com", "example.org")
"""Names that belong to nobody by agreement (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that leads outside."""

    address: str
    kind: UseKind
    name: Text
    """Which lesson, platform or edition."""
    place: Place


def outside_uses(matter: Matter) -> Iterator[Use]:
    book = matter.handbook
    for use in _all(matter):
        own = [edition.address for edition in book.editions] + [book.site.address]
        host = (urlsplit(use.address).hostname or "").lower()
        inside = use.kind == "link" and use.address.startswith(tuple(address for address in own if address))
        if host and not host.endswith(_NOBODYS) and not inside:
            yield use


def _all(matter: Matter) -> Iterator[Use]:
    book = matter.handbook
    for lesson in book.lessons:
        yield from _of_lesson(matter, lesson)
    for platform in book.platforms:
        yield Use(platform.address, "platform", Text(platform.name, f"`{platform.name}`"), platform.place)
    yield from _of_editions(matter)
    for address in book.site.former:
        yield Use(address, "former", Text("Địa chỉ cũ", "A former address"), book.site.place)
    for parts in matter.lessons:
        for token, place in tokens_of(parts, "link"):
            if token.url.lower().startswith("https://"):
                yield Use(token.url, "link", Text(f"`{place.file}`", f"`{place.file}`"), place)


def _of_lesson(matter: Matter, lesson: Topic | Card) -> Iterator[Use]:
    number = matter.handbook.number_of(lesson.slug)
    word = ("Bài số", "Topic") if isinstance(lesson, Topic) else ("Số", "Card")
    slug = f"`{lesson.slug}`"
    name = Text(f"{word[0]} {number}", f"{word[1]} {number}") if number else Text(slug, slug)
    if film_address(lesson) and lesson.office.film:
        yield Use(film_address(lesson), "film", name, lesson.office.film.place)
    for source in lesson.office.sources:
        for address in addresses_in(source):
            yield Use(address, "source", name, lesson.office.place_of("nguồn", lesson.place))


def addresses_in(text: str) -> Iterator[str]:
    """Whole addresses, and names of hosts written without `https://`."""
    rest = text
    for match in _WRITTEN.finditer(text):
        yield match[0]
        rest = rest.replace(match[0], " ")
    for match in _BARE.finditer(rest):
        yield f"https://{match[0]}"


def _of_editions(matter: Matter) -> Iterator[Use]:
    """What is inherited is told where it is written."""
    for edition in matter.handbook.editions:
        file = f"content/editions/{edition.id}.yml"
        addresses = [channel.address for _, channel in edition.channels if channel.address]
        if edition.address and not edition.trial:
            addresses.append(edition.address)
        for address in addresses:
            lines = enumerate(matter.lines_of(file), start=1)
            for line in islice((number for number, line in lines if address.rstrip("/") in line), 1):
                yield Use(address, "edition", Text(edition.name, f"`{edition.id}`"), Place(file, line))
