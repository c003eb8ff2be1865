"""Somebody's whole name right behind a unit, without any title: `Công an Lê Hoàng Nam`, `Trạm y tế Lò Thị Ó`.

Schools, streets, counters and companies bear the names of people. An office bears the name of a place, and one that is
called like somebody says that it is one (`Công an xã Lê Lợi`), or is known as an edition. Two syllables tell nothing:
`Công an Lê Chân`."""

from __future__ import annotations

import re
from functools import cache

from generator.checks.language.privacy import UPPER, named_so
from generator.checks.looking.wordlists import word_list
from generator.ground.files import fold

_OFFICE = re.compile(
    r"công an|ca|ủy ban|ub|ubnd|hđnd|hội đồng|đảng ủy|đảng bộ|mặt trận|mttq|sở|bộ|cục|chi cục|hội|chi hội"
    r"|hội (?:lhpn|nd|ccb)|đoàn (?:thanh niên|tn)|ban|phòng|bộ phận|một cửa|tổ|đội|trạm|trạm y tế|tyt")
_BEARS_A_PLACE = re.compile(r"công an|ca|ủy ban|ub|ubnd|hđnd|đảng ủy|mặt trận|mttq|trạm y tế|tyt")
FAMILIES = ("Nguyễn", "Huỳnh", "Phan", "Bùi", "Đặng", "Trịnh", "Quách", "Phùng")
"""Families that are no other word."""
_AT_ONCE = ("trạm", "ub")
"""Kinds behind which only a name that follows at once is somebody: `Trạm thu phí Nguyễn Văn Linh` is in a street."""
_NAME = rf"[{UPPER}]\w*"
_OF_A_PLACE = re.compile(
    r"(?i)(?:(?<!\w)(?:[xpqh]|ph|tt|tp|tx)\.?|giao dịch|dự án|(?<!\w)họ|(?<!dân )tộc)\s*$")
"""Besides whole words as `phường`: `P. Lê Hồng Phong`, `Phòng Giao dịch Nguyễn Văn Cừ`, `Hội họ Nguyễn Cảnh`."""
OTHERS = re.compile(
    rf"(?<!\w)(?:{_NAME} )?(?:Thị (?!Tr[ưấ]|Xã|Chính)(?:{_NAME} )?|Văn (?!(?:H[óo][aá]|Học|Nghệ|Thư|Phòng)(?!\w)))"
    rf"{_NAME}$|(?<!\w)[{UPPER}]\w+ A {_NAME}$")
"""Of any people: `Lò Thị Ó`, `Giàng A Páo`; `Văn Linh` right behind a kind."""
_LAKE = ("Hồ ", "Ho ")


def is_office(kind: str) -> bool:
    return _OFFICE.fullmatch(kind.casefold()) is not None


def whole_name(unit: str, kind: str) -> str:
    """The name, or nothing."""
    if not is_office(kind):
        return ""
    text = unit.title() if unit.isupper() or unit.islower() else unit
    for pattern in (of_family(ascii_only=unit.isascii()), OTHERS):
        found = pattern.search(text, len(kind))
        if found and _is_somebody(unit, text, found, kind):
            return unit[found.start() :]
    return ""


def _is_somebody(unit: str, text: str, found: re.Match[str], kind: str) -> bool:
    who, before = found[0], text[: found.start()]
    at_once = not before[len(kind) :].strip()
    if unit.islower() and not re.search(" (?:Thị|Văn) ", who):
        return _is_sure_in_small(unit, who, kind, at_once=at_once) and not (is_called_so(before) or is_known(who))
    if not at_once and (unit != text or kind.casefold() in _AT_ONCE or who.startswith(_LAKE) or who.count(" ") < 2
                        or not ends_small(before)):
        return False
    return not (is_called_so(before) or is_known(who))


def _is_sure_in_small(unit: str, who: str, kind: str, *, at_once: bool) -> bool:
    """`công an lê hoàng nam`: what small letters say may be any words (`ban lý luận`, `phòng quản lý …`). Behind what
    is called by its place it is somebody; else where no other word is written like that family."""
    if at_once and _BEARS_A_PLACE.fullmatch(kind.casefold()):
        return True
    return not unit.isascii() and who.split()[0] in FAMILIES and kind.casefold() not in _AT_ONCE


def ends_small(before: str) -> bool:
    """`Phòng Tư pháp`, `Sở KH&CN`; a word with one capital may belong to what follows: `Phòng Quản Lý Đô Thị Mới`."""
    last = before.split()[-1]
    return last[:1].islower() or (len(last) > 1 and last.isupper())


def is_called_so(before: str) -> bool:
    """What stands before it bears people's names."""
    return bool(named_so().search(before.lower()) or _bare_named_so().search(before.lower())
                or _OF_A_PLACE.search(before))


def is_known(who: str) -> bool:
    """A name of everybody (`Lý Thường Kiệt`), or work: `Võ Thuật Cổ Truyền`."""
    small = who.lower()
    if any(small.startswith(name) for name in _known(ascii_only=who.isascii())):
        return True
    works = _work()[who.isascii()]
    return not re.search(" (?:thị|văn) ", small) and any(work in f" {small} " for work in works)


@cache
def of_family(*, ascii_only: bool) -> re.Pattern[str]:
    """Three syllables or more that begin with a common family name."""
    names = word_list("surnames").names
    first = "|".join(sorted({fold(name).capitalize() for name in names} if ascii_only else names))
    return re.compile(rf"(?<!\w)(?:{first})(?: {_NAME}){{2,4}}$")


@cache
def _bare_named_so() -> re.Pattern[str]:
    """For who types no accents."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(fold(entry.words) for entry in word_list('titles').right)})\s+$")


@cache
def _known(*, ascii_only: bool) -> tuple[str, ...]:
    names = [entry.words.lower() for entry in word_list("names").entries]
    return tuple(fold(name).strip() for name in names) if ascii_only else tuple(names)


@cache
def _work() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """With accents, and without. No places: many are called `Hà Giang`, `Thái Bình`."""
    words = (entry.words for entry in word_list("unit-words").entries)
    found = [f" {one} " for one in words if " " in one and one != "việt nam"]
    return tuple(found), tuple(map(_bare, found))


def _bare(words: str) -> str:
    return f" {fold(words).strip()} "
