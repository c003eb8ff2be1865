"""What a unit of a lower level may sign: its own, and with a paper of those above also theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.looking.levels import INSTEAD, is_commune, says_paper, stands_above
from generator.commands.signing.standing import Lesson
from generator.ground.errors import UsageError
from generator.ground.files import fold
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.handbook.model import Handbook
from generator.handbook.withdrawals import MISTAKEN
from generator.handbook.words import WORDS, Words


def refuse_above(
    places: Sequence[Words], lessons: Sequence[Lesson], unit: str, instead: str, book: Handbook
) -> None:
    """Said by hand it is signed, and the book of approvals keeps by which paper."""
    theirs = [words for words in places if stands_above(words.id, unit, book)]
    higher = [lesson for lesson in lessons if stands_above(lesson.slug, unit, book)]
    if instead and not says_paper(instead):
        raise UsageError(*said("sign/paper", words=instead))
    if instead and not (theirs or higher):
        raise UsageError(*said("sign/instead"))
    if theirs and not instead:
        own = next((words.id for words in places if words not in theirs), "…")
        first = theirs[0]
        if first.id == WORDS:
            raise UsageError(*said("sign/above-glossary", name=first.name, unit=unit, id=first.id))
        raise UsageError(*said("sign/above", name=first.name, unit=unit, id=first.id, own=own))
    if higher and not instead:
        raise UsageError(*said("sign/above-lesson", slug=higher[0].slug, own=higher[0].office.unit, unit=unit))


def noted(instead: str, note: str) -> str:
    """Of a slip first, that it was one: so its row is read."""
    both = (instead.strip() and f"{INSTEAD}: {instead.strip()}", note.strip())
    return "; ".join(filter(None, both[::-1] if fold(note.strip()).startswith(fold(MISTAKEN)) else both))


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
