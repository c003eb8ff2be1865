"""Pages about one lesson, whatever their files are called: of one that nobody approved they say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import chain
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.handbook.printed import APART
from generator.handbook.words import WORDS
from generator.press.orders import DRAFT, ON_PAGE, TRIAL, UNSIGNED
from generator.press.pages import plain
from generator.proof.faults import Fault
from generator.proof.listed import edition_of
from generator.proof.today import (
    NAMED,
    SIGNED_BY,
    Witness,
    no_more,
    of_another,
    outdated_place,
    unsigned_in,
    words_of,
    written,
)

PAGES = (".html", ".htm", ".xhtml")
TOLD = ("feed.json", "feed.xml", "search.js")
"""No pages; they list what pages say, and tell of themselves as these do."""
BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", re.IGNORECASE)
LISTS = ("parts", "paths")
"""Folders of pages about many lessons, one of which may share its name."""
_CANONICAL = re.compile(r"<link rel=\"?canonical\"? href=\"?([^\"\s>]+)")


_PLACE = re.compile(r'data-place"?[:=] ?"([^"]+)')
_WORDS = re.compile(r'data-words"?[:=] ?"?([^">\s]+)')


def prove_pages(
    book: Handbook, witness: Witness, pages: Iterable[tuple[Path, str]],
) -> Iterator[tuple[Path, Fault]]:
    """Each with its name in the folder or zip."""
    for path, name in pages:
        html = written(path.read_bytes())
        words = normalize("NFC", plain(html))
        faults = (_fault(book, witness, html, words, lessons_of(book, name, html)),
                  _place_fault(witness, path, html, words))
        yield from ((path, fault) for fault in faults if fault)


def _fault(book: Handbook, witness: Witness, html: str, words: str, lessons: Sequence[str]) -> Fault | None:
    marked, note = DRAFT in words, " ".join(ON_PAGE.findall(html))
    named = dict(name.split(" ") for name in NAMED.findall(note))
    if (waiting := [slug for slug in lessons if not book.by_slug[slug].approved]) and not marked:
        slug = waiting[0]
        return Fault("unapproved", no_more(witness, f"{slug} {named.get(slug, '')}", Text(
            f"bài {slug} chưa duyệt, trang không có chữ {DRAFT}: dựng lại (hocso build site), hay bỏ tệp này",
            f"{slug} is not approved, and the page does not say {DRAFT}: build it again (hocso build site), "
            "or take this file away")))
    if not marked and (bare := [slug for slug in lessons if slug not in named]):
        return _of_none(bare[0])
    rows = [f"{slug} {text}" for slug, text in named.items()]
    rows += [f"{slug} {who}" for slug, _, who in SIGNED_BY.findall(note)]
    if gone := [row for row in rows if row not in witness.approved]:
        return Fault("unapproved", no_more(witness, gone[0], _of_a_row(gone[0].split(" ")[0])))
    old = [slug for slug, text in named.items() if witness.texts.get(slug, "") not in ("", text)]
    return _of_old_words(old[0]) if old else None


def _place_fault(witness: Witness, path: Path, html: str, words: str) -> Fault | None:
    """Of whom it names to ask, its address, the handbook's title, values in its lesson; of meanings of hard words."""
    told = told_of_place(html)
    meanings = APART.join(f"{WORDS} {text}" for text in _WORDS.findall(html))
    shown = unsigned_in(meanings, witness.places) + unsigned_in(told, witness.places)
    if shown and not any(mark in words for mark in (DRAFT, UNSIGNED, TRIAL)):
        return _of_unsigned(words_of(shown[0], witness))
    old = (outdated_place(one, witness.texts) for one in (told, meanings))
    return next(chain(of_another(told, edition_of(path)), *old), None)


def told_of_place(html: str) -> str:
    """What a page says of its place, unseen; `read_printed` takes it apart."""
    return unescape(APART.join(_PLACE.findall(html)))


def _of_unsigned(of: Text) -> Fault:
    return Fault("unapproved", Text(
        f"chưa ai ký {of.vi}, trang không nói vậy: dựng lại (hocso build site), hay bỏ tệp này",
        f"nobody has signed {of.en}, and the page does not say so: build it again (hocso build site), or take this "
        "file away"))


def _of_none(slug: str) -> Fault:
    return Fault("unapproved", Text(
        f"trang không ghi bản nào của bài {slug} đã duyệt: dựng lại (hocso build site), hay bỏ tệp này",
        f"the page names no approved text of {slug}: build it again (hocso build site), or take this file away"))


def _of_a_row(slug: str) -> Text:
    return Text(
        f"trang ghi bài {slug} đã duyệt theo dòng nay sổ duyệt không còn: dựng lại (hocso build site), hay bỏ tệp này",
        f"the page says {slug} is approved by a row that the book of approvals holds no more: build it again "
        "(hocso build site), or take this file away")


def _of_old_words(slug: str) -> Fault:
    return Fault("outdated", Text(f"chữ cũ: trang làm từ bản cũ của bài {slug}. Dựng lại (hocso build site)",
                                  f"old words: made of an older text of {slug}. Build it again (hocso build site)"))


def lessons_of(book: Handbook, name: str, html: str) -> list[str]:
    """By its folder or file, a lesson's name or number; by where the page says it belongs; where it says nothing of
    that, by its heading."""
    said, title = _CANONICAL.search(html), _bare(_heading(html))
    numbers = {number: slug for slug, number in book.numbers.items() if number not in title.split()}  # “… chưa có”
    found = [slug for one in (name, said[1] if said else "") for slug in _named(book, numbers, one)]
    if not said:
        found += [lesson.slug for lesson in book.lessons if _bare(plain(lesson.title)) == title]
    return [*dict.fromkeys(found)]


def _heading(html: str) -> str:
    """Of a thousand without an end none."""
    heading, end, _ = html.partition("<h1")[2].partition(">")[2].partition("</h1>")
    return heading if end else ""


def _named(book: Handbook, numbers: Mapping[str, str], name: str) -> Iterator[str]:
    parts = PurePosixPath(name.replace("\\", "/").split("://")[-1]).parts
    for at in range(max(len(parts) - 2, 0), len(parts)):
        word = parts[at].split(".")[0] if at == len(parts) - 1 else parts[at]
        slug = numbers.get(word, word)
        if slug in book.by_slug and not (at and parts[at - 1] in LISTS):
            yield slug


def _bare(words: str) -> str:
    return " ".join(normalize("NFC", unescape(plain(words))).split())
