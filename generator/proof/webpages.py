"""Pages about one lesson, whatever their files are called: of one that nobody approved they say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.proof.faults import Fault

PAGES = (".html", ".htm", ".xhtml")
BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", re.IGNORECASE)
LISTS = ("parts", "paths")
"""Folders of pages about many lessons, one of which may share its name."""
_CANONICAL = re.compile(r"<link rel=\"?canonical\"? href=\"?([^\"\s>]+)")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def prove_pages(book: Handbook, pages: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, Fault]]:
    """Each with its name in the folder or zip."""
    for path, name in pages:
        html = path.read_bytes().decode("utf-8", "replace")
        waiting = [slug for slug in lessons_of(book, name, html) if not book.by_slug[slug].approved]
        if waiting and DRAFT not in normalize("NFC", plain(html)):
            yield path, Fault("unapproved", Text(
                f"bài {waiting[0]} chưa duyệt, trang không có chữ {DRAFT}: dựng lại (hocso build site), hay bỏ tệp này",
                f"{waiting[0]} is not approved, and the page does not say {DRAFT}: build it again (hocso build site), "
                "or take this file away"))


def lessons_of(book: Handbook, name: str, html: str) -> list[str]:
    """By its folder or file, a lesson's name or number; by where the page says it belongs; where it says nothing of
    that, by its heading."""
    said, heading = _CANONICAL.search(html), _HEADING.search(html)
    title = _bare(heading[1]) if heading else ""
    numbers = {number: slug for slug, number in book.numbers.items() if number not in title.split()}  # “… chưa có”
    found = [slug for one in (name, said[1] if said else "") for slug in _named(book, numbers, one)]
    if not said:
        found += [lesson.slug for lesson in book.lessons if _bare(plain(lesson.title)) == title]
    return [*dict.fromkeys(found)]


def _named(book: Handbook, numbers: Mapping[str, str], name: str) -> Iterator[str]:
    parts = PurePosixPath(name.replace("\\", "/").split("://")[-1]).parts
    for at in range(max(len(parts) - 2, 0), len(parts)):
        word = parts[at].split(".")[0] if at == len(parts) - 1 else parts[at]
        slug = numbers.get(word, word)
        if slug in book.by_slug and not (at and parts[at - 1] in LISTS):
            yield slug


def _bare(words: str) -> str:
    return " ".join(normalize("NFC", unescape(plain(words))).split())
