"""`phim:` names a film of the lesson's folder that every phone plays, or the whole address of one on a platform."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.looking.matter import Matter
from generator.checks.structure.links import FILE as PLATFORMS
from generator.checks.structure.links import check_address, known_hosts, lent_at
from generator.ground.files import decode_source, fold
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.keys import PHONE_SUFFIXES
from generator.handbook.lesson.markup import is_safe_address
from generator.handbook.model import Phrase
from generator.handbook.recorded.films import PLAYED, SUFFIX, captions_file, film_address, film_file, read_film
from generator.handbook.registries import ADDRESS

HEAVY, MOST = 20_000_000, 100_000_000
"""Bytes. A weak network takes minutes for the first; keepers of git refuse the second."""


def check(matter: Matter) -> Iterator[Finding]:
    for lesson in matter.handbook.lessons:
        film = lesson.office.film
        if film and (film_address(lesson) or not is_safe_address(film.text)):
            yield from _address(matter, film)
        elif film:
            found = [*_file(matter, film, film_file(lesson))]
            yield from found
            if not lesson.approved and all(finding.severity != "error" for finding in found):
                yield warning("film.draft", film.place, slug=lesson.slug)


# An address.


def _address(matter: Matter, film: Phrase) -> Iterator[Finding]:
    hosts = None if PLATFORMS in matter.reading.damaged else known_hosts(matter)
    wrong = list(check_address(matter, hosts, film.text, film.place))
    lent = any(finding.rule == "link.lent" for finding in wrong)
    yield from [_lent(film, urlsplit(film.text).netloc.lower())] if lent else wrong
    if not wrong and not ADDRESS.fullmatch(film.text):
        yield error("film.address", film.place, film=film.text)
    elif not wrong and _is_front_page(film.text):
        yield error("film.front-page", film.place, film=film.text)


def _lent(film: Phrase, host: str) -> Finding:
    return error(lent_at(host), film.place, host=host)


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/") == "" and not parts.query


# A file.


def _file(matter: Matter, film: Phrase, target: str) -> Iterator[Finding]:
    absent = _absent(matter, film, target)
    if absent:
        yield absent
        return
    folder = posixpath.dirname(film.place.file)
    if not target.startswith(f"{folder}/"):
        yield error("film.outside", film.place, target=target)
        return
    unplayable = list(_unplayable(matter, film.place, target))
    yield from unplayable or _could_be_better(matter, film.place, target)


def _absent(matter: Matter, film: Phrase, target: str) -> Finding | None:
    if target in matter.files:
        return None
    other = matter.files_folded.get(target.casefold())
    if other:
        right = posixpath.relpath(other, posixpath.dirname(film.place.file))
        return error("film.case", film.place, film=film.text, right=right)
    if lent_at(host := film.text.lstrip("/").partition("/")[0].lower()):
        return _lent(film, host)
    if _means_platform(matter, film.text):
        return error("film.no-address", film.place, film=film.text)
    return error("film.missing", film.place, target=target)


def _means_platform(matter: Matter, text: str) -> bool:
    """A platform's name, or an address without its beginning."""
    first = text.lstrip("/").split("/", 1)[0].lower().removeprefix("www.")
    names = {fold(platform.name) for platform in matter.handbook.platforms}
    return first in known_hosts(matter) or fold(text) in names


def _unplayable(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    path = matter.project.path(target)
    size = path.stat().st_size
    if not target.lower().endswith(SUFFIX):
        ending = posixpath.splitext(target)[1].lower()
        yield error("film.kind/phone" if ending in PHONE_SUFFIXES else "film.kind/ending", place, target=target)
    elif size > MOST:
        yield error("film.huge", place, size=size // 1_000_000)
    elif not size:
        yield error("film.kind/empty", place, target=target)
    elif (film := read_film(path)) is None or not film.codec:
        yield error("film.kind", place, target=target)
    elif film.noted:
        yield error("film.kind/noted", place, target=target)


def _could_be_better(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    path = matter.project.path(target)
    size, film = path.stat().st_size, read_film(path)
    if size > HEAVY:
        yield warning("film.heavy", place, size=size // 1000000)
    if film and film.codec not in PLAYED:
        yield warning("film.codec", place, codec=film.codec)
    yield from _captions(matter, place, captions_file(target))


def _captions(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    if target not in matter.files:
        yield warning("film.captions", place, name=posixpath.basename(target))
        return
    source = decode_source(target, matter.project.path(target).read_bytes())
    if isinstance(source, Finding):
        yield source
    elif not source.text.startswith("WEBVTT"):
        yield error("film.no-captions", Place(target), target=target)
