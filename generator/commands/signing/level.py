"""Whose words they are: those of every place, and of a province, are signed above; a commune signs its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.ground.errors import UsageError
from generator.ground.files import fold
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.handbook.model import Edition, Handbook
from generator.handbook.words import WORDS, Words

INSTEAD = "ký thay cấp trên"
"""In the book of approvals, before the paper that lets a commune sign what is not its own."""
_COMMUNE = re.compile(
    r"(?<!\w)(?:(?<!hop tac )(?<!thong tan )(?<!thi )xa(?! hoi(?!\w))|phuong|thi tran|dac khu|thon|xom|to dan pho"
    r"|khu pho)(?!\w)")
"""As `fold` has it: `Hợp tác xã`, `Bảo hiểm xã hội` and `Thông tấn xã` are none."""
_SHORT = re.compile(r"(?<!\w)(?:P|X|TT)\. ?[A-ZĐ]")
_COMMUNES_LAYERS = 3
"""From the root down."""


def is_of_commune(name: str) -> bool:
    return bool(_COMMUNE.search(fold(name)) or _SHORT.search(name))


def is_commune(edition: Edition) -> bool:
    return len(edition.layers) >= _COMMUNES_LAYERS or (edition.id != ROOT and is_of_commune(edition.name))


def above(places: Sequence[Words], unit: str, book: Handbook) -> list[Words]:
    """Of these, what a unit of a commune does not sign: words that stand in other communes too."""
    communes = [edition for edition in book.editions if is_commune(edition)]
    if not (is_of_commune(unit) or any(fold(edition.name) in fold(unit) for edition in communes)):
        return []
    own = {edition.id for edition in communes}
    return [words for words in places if words.id not in own]


def refuse_above(places: Sequence[Words], unit: str, instead: str, book: Handbook) -> None:
    """Said by hand it is signed, and the book of approvals keeps by which paper."""
    theirs = above(places, unit, book)
    if instead and not theirs:
        raise UsageError(*said("sign/instead"))
    if theirs and not instead:
        own = next((words.id for words in places if words not in theirs), "…")
        first = theirs[0]
        if first.id == WORDS:
            raise UsageError(*said("sign/above-glossary", name=first.name, unit=unit, id=first.id))
        raise UsageError(*said("sign/above", name=first.name, unit=unit, id=first.id, own=own))


def noted(instead: str, note: str) -> str:
    return "; ".join(filter(None, (instead.strip() and f"{INSTEAD}: {instead.strip()}", note)))


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
