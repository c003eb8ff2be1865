"""What a unit of a lower level may sign: its own, and with a paper of those above also theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.checks.looking.levels import (
    MERGED,
    elsewhere,
    gone_province,
    is_commune,
    stands_above,
    tells_no_place,
    why_above,
)
from generator.checks.looking.papers import says_paper
from generator.commands.signing.standing import Lesson
from generator.ground.errors import UsageError
from generator.ground.files import fold
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval, Handbook
from generator.handbook.withdrawals import CONFIRMS, INSTEAD, MISTAKEN, ONLY_NOTED, paper_above
from generator.handbook.words import WORDS, Words


def refuse_above(
    places: Sequence[Words], lessons: Sequence[Lesson], unit: str, day: date, instead: str, book: Handbook
) -> None:
    """Said by hand it is signed, and the book of approvals keeps by which paper."""
    if once := gone_province(unit, day, book):
        raise UsageError(*said("sign/gone", unit=unit, once=once, merged=f"{MERGED:%d/%m/%Y}"))
    theirs = [words for words in places if stands_above(words.id, unit, book)]
    higher = [lesson for lesson in lessons if stands_above(lesson.slug, unit, book)]
    if instead and not says_paper(instead):
        raise UsageError(*said("sign/paper", words=instead))
    if instead and not (theirs or higher):
        raise UsageError(*said("sign/instead"))
    if theirs and not instead:
        own = next((words.id for words in places if words not in theirs), "…")
        raise UsageError(*_refused(theirs[0], unit, own, book))
    if higher and not instead:
        raise UsageError(*_refused_lesson(higher[0], unit, book))
    asked = [*(words.id for words in places), *(lesson.slug for lesson in lessons)]
    if bare := next((name for name in asked if tells_no_place(name, unit, book)), ""):
        place = next((edition.name for edition in book.editions if edition.id == bare), "xã …")
        raise UsageError(*said("sign/bare", unit=unit, full=f"{unit} {place}"))


def _refused_lesson(lesson: Lesson, unit: str, book: Handbook) -> Text:
    own = lesson.office.unit
    if why_above(lesson.slug, unit, book) == "untold":
        return said("sign/untold-lesson", slug=lesson.slug, own=own, unit=unit, full=_full(unit, book))
    return said("sign/above-lesson", slug=lesson.slug, own=own, unit=unit)


def _refused(words: Words, unit: str, own: str, book: Handbook) -> Text:
    why = why_above(words.id, unit, book)
    if why == "untold":
        return said("sign/untold", name=words.name, unit=unit, id=words.id, full=_full(unit, book, words.id))
    place = next((edition for edition in book.editions if edition.id == words.id), None)
    if why == "elsewhere" and place and (other := elsewhere(place, unit, book)):
        return said("sign/elsewhere", name=words.name, unit=unit, other=other, id=words.id)
    if words.id == WORDS:
        return said("sign/above-glossary", name=words.name, unit=unit, id=words.id)
    return said("sign/above", name=words.name, unit=unit, id=words.id, own=own)


def _full(unit: str, book: Handbook, id: str = "") -> str:
    """As it would be written by a unit of a province."""
    provinces = {edition.id: edition.name for edition in book.editions
                 if len(edition.layers) > 1 and not is_commune(edition)}
    return f"{unit} {provinces.get(id) or next(iter(provinces.values()), 'tỉnh …')}"


def noted(instead: str, note: str) -> str:
    """With the word before it that says what it is. Of a slip first, that it was one: so its row is read."""
    own, paper = note.strip(), instead.strip() and f"{INSTEAD}: {instead.strip()}"
    if fold(own).startswith(fold(MISTAKEN)):
        return "; ".join(filter(None, (own, paper)))
    said_so = own if not own or own.startswith(ONLY_NOTED) else f"{ONLY_NOTED} {own}"
    return "; ".join(filter(None, (paper, said_so)))


def for_its_own(row: Approval, book: Handbook) -> Approval:
    """Of several signed at once by a paper, a commune's own words are signed for nobody else."""
    if not paper_above(row.note) or stands_above(row.slug, row.unit, book):
        return row
    note = re.sub(rf"{INSTEAD}:[^;]*?(?:; |(?= {CONFIRMS})|$)", "", row.note)
    return replace(row, note=note.strip().removesuffix(";"))


def without_countrys(places: Sequence[Words], book: Handbook) -> list[Words]:
    """A commune that also names the country reads its own lines; those of the country are read by who signs them."""
    own = {edition.id for edition in book.editions if is_commune(edition)}
    return [words for words in places if words.id != ROOT or not any(other.id in own for other in places)]


def waiting(places: Sequence[Words], book: Handbook) -> Iterator[str]:
    """What a commune's papers still wait for, and who does it."""
    country = next((edition for edition in book.editions if edition.id == ROOT), None)
    for edition in book.editions:
        if country and country.unsigned and is_commune(edition) and edition.id in {words.id for words in places}:
            yield str(said("sign/waiting", id=ROOT, text=country.unsigned, name=edition.name, own=edition.id))
