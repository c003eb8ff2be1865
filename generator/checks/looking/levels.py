"""Whose words they are: those of every place, and of a province, are signed above; a commune signs its own, and lessons
of units of its own level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.checks.looking.units import kind_of
from generator.checks.looking.wordlists import word_list
from generator.ground.files import fold
from generator.ground.findings import Text
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval, Edition, Handbook
from generator.handbook.words import WORDS, hard_words

INSTEAD = "ký thay cấp trên"
"""In the book of approvals, before the paper that lets a commune sign what is not its own."""
NATION, PROVINCE, BELOW = range(3)
_COMMUNE = re.compile(
    r"(?<!\w)(?:(?<!hop tac )(?<!thong tan )(?<!thi )xa(?! hoi(?!\w))|phuong|thi tran|dac khu|thon|xom|to dan pho"
    r"|khu pho)(?!\w)")
"""As `fold` has it: `Hợp tác xã`, `Bảo hiểm xã hội` and `Thông tấn xã` are none."""
_DISTRICT = re.compile(r"(?i)(?<!\w)(?:huyện|quận|thị xã)(?!\w)")
"""Of old times; `quân`, `quản` are others."""
_AT_ANY_LEVEL = re.compile("to (?:cong tac|de an|giup viec|bien tap|thuong truc)|lang (?:tre em|van hoa)")
_SHORT = re.compile(
    r"(?<!\w)(?:(?:[PX]|TT|ĐK|x|ph|p|tt)\. ?(?=[A-ZĐÀ-Ỹ])|[XxPp] (?=[A-ZĐÀ-Ỹ][^\W\d_])|[Pp]\.? ?(?=[0-9]{1,2}$)"
    r"|(?i:xã|phường|trấn)(?-i:(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])))")
"""`UBND P. Lê Chân`, `UBND x Đại Sơn`, `UBND xãĐại Sơn`."""
_PROVINCE = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp|tinh uy|thanh uy|tinh doan|thanh doan)(?!\w)|^so ")
_OFFICE = re.compile(r"(?i)(?<!\w)sở(?!\w)")
_SEAT = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp\.?)\s*$")
_NATION = re.compile(
    r"(?<!\w)(?:bo(?! phan| chi huy| doi| mon)|chinh phu|quoc hoi|trung uong|tong cuc|quoc gia|viet nam)(?!\w)")
_COMMUNES_LAYERS = 3
"""From the root down."""
_KIND_OF_PLACE = re.compile(r"(?i)^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+")
_PAPER = re.compile(rf"{INSTEAD}: *(?P<paper>[^;]*)")
FEWEST = 8
"""Letters and digits by which a paper is named: `công văn 12`, not `.` or `x`."""


def is_of_commune(name: str) -> bool:
    """A commune, what is in one, or a district of old times."""
    folded = fold(name)
    return bool(_COMMUNE.search(folded) or _SHORT.search(name) or _DISTRICT.search(name)
                or (kind_of(name) in word_list("units-below").names and not _AT_ANY_LEVEL.match(folded)))


def is_commune(edition: Edition) -> bool:
    return len(edition.layers) >= _COMMUNES_LAYERS or (edition.id != ROOT and bool(
        _COMMUNE.search(fold(edition.name)) or _SHORT.search(edition.name)))


def level_of(unit: str, book: Handbook) -> int | None:
    """Of the nation, a province, below it; None where the name does not tell."""
    if is_of_commune(unit) or _names_a_commune(unit, book):
        return BELOW
    folded = fold(unit)
    if _PROVINCE.search(folded) or _OFFICE.search(unit):
        return PROVINCE
    if _NATION.search(folded):
        return NATION
    return PROVINCE if any(_proper(one) in folded for one in book.editions if len(one.layers) > 1) else None


def _names_a_commune(unit: str, book: Handbook) -> bool:
    """`Công an Đại Sơn`; a province that shares the name says that it is one, and so does a `Sở`."""
    folded = fold(unit)
    if _OFFICE.search(unit):
        return False
    for edition in filter(is_commune, book.editions):
        name = _proper(edition)
        at = folded.find(name) if name else -1
        if at >= 0 and not _SEAT.search(folded[:at]):
            return True
    return False


def _proper(edition: Edition) -> str:
    return fold(_KIND_OF_PLACE.sub("", edition.name).partition(",")[0]).strip()


def says_paper(instead: str) -> bool:
    """Whether somebody could look for it: a few letters, a word among them."""
    signs = [sign for sign in instead if sign.isalnum()]
    return len(signs) >= FEWEST and len(set(signs)) > FEWEST // 2 and bool(re.search(r"[^\W\d_]{2}", instead))


def noted_paper(note: str) -> str:
    """Which paper a row's note names, if it says anything."""
    found = _PAPER.search(note)
    return found["paper"].strip() if found and says_paper(found["paper"]) else ""


def stands_above(name: str, unit: str, book: Handbook) -> bool:
    """Whether words by that name in the book of approvals are for others to sign: of other places too, or the lesson of
    a unit of its own higher up."""
    level = level_of(unit, book)
    if name in book.by_slug:
        own = level_of(book.by_slug[name].office.unit, book)
        return level is not None and own is not None and level > own
    return level == BELOW and name not in {edition.id for edition in book.editions if is_commune(edition)}


def signed_above(rows: Sequence[Approval], book: Handbook) -> Iterator[Approval]:
    """Rows by a unit below what they sign, without the paper that lets it."""
    known = {*book.by_slug, *(edition.id for edition in book.editions), WORDS}
    return (row for row in rows if row.slug in known and not noted_paper(row.note)
            and stands_above(row.slug, row.unit, book))


def words_named(name: str, book: Handbook) -> str | Text:
    edition = next((edition for edition in book.editions if edition.id == name), None)
    return edition.name if edition else hard_words(book).name
