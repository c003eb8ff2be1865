"""Somebody behind the place whose office it is (`Sở Y tế Hải Phòng Nguyễn Văn Hùng`, `UBND tỉnh Nguyễn Thị Hoa`), and
behind any office somebody with a rank, a title in letters or initials: `Sở Y tế GĐ Lan`, `Sở Y tế N. T. Lan`.

Communes, wards and streets are called like heroes: right behind such a word a name is a place's. Provinces are not, and
all of them are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from generator.checks.language.privacy import UPPER
from generator.checks.looking.whole_names import (
    FAMILIES,
    OTHERS,
    ends_small,
    is_called_so,
    is_known,
    is_office,
    of_family,
)
from generator.checks.looking.wordlists import provinces
from generator.ground.files import fold

_SMALL = "a-zà-ỹđ"
_RANK = re.compile(
    r"(?i)(?<!\w)(?:(?:thiếu|trung|thượng|đại)\s+(?:tá|úy|uý)|(?:thượng|trung|hạ)\s+s[iĩỹ](?! quan))(?!\w)")
_TITLES = (
    re.compile(rf"(?<!\w)(?<![-–,] )(?:P\.?GĐ|GĐ|PCT|(?i:mrs?|ms|miss|dr)|[Tt]h\.?S)\.?(?=\s+[{UPPER}]|$)"),
    re.compile(r"(?i)(?<!\w)(?<!ban )(?:phó )?(?:giám đốc|chủ tịch|bí thư|hiệu trưởng|chánh văn phòng|đội trưởng"
               r"|tổ trưởng|trạm trưởng|trưởng (?:phòng|ban|trạm|công an|thôn|bản|ấp|xóm)"
               r"|(?:thiếu|trung|thượng|đại) tướng)$"))
"""`GĐ` of a family (`Dân số - GĐ`) has work beside it."""
_INITIALS = re.compile(
    rf"(?<=\s)(?:[A-ZĐ]\. ?(?:[A-ZĐ]\. ?)+|[A-ZĐ] [A-ZĐ] |[ACDĐEGILMNOUVY]\. ?)[{UPPER}][{_SMALL}]+$")
"""One letter alone only where it is no `phường`, `xã`, `quận`, `tổ`."""
_SURE = re.compile(rf"(?<!\w)(?:PCT|đ\.?c)\.? +[{UPPER}][{_SMALL}]+$|(?<=\s)(?:[A-ZĐ]\.){{2}}[A-ZĐ]\.?$")
"""`PCT Hùng`, `đ.c Hùng`, `N.V.A`: no work stands so."""
_BY_ORDER = re.compile(
    rf"(?!(?:Ba (?:Vì|Đình|Tơ|Bể|Chẽ|Tri|Đồn)|Hai Bà|Năm Căn|Tư Nghĩa|A Lưới)(?!\w))(?:[AY] |H['’]"
    rf"|(?:Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười|Út) )[{UPPER}][{_SMALL}]+(?: [{UPPER}][{_SMALL}]+)?|[NTLPĐH]V[A-Z]")
"""Behind a commune: `A Hùng`, `Bảy Hùng`, `Y Bliă`, `H'Hen Niê`, `NVA`."""
_BEHIND_WORK = re.compile(
    r"(?:Sở (?:Y tế|Tư pháp|Nội vụ|Tài chính|Công Thương|Xây dựng|Khoa học và Công nghệ|Giáo dục và Đào tạo"
    rf"|Nông nghiệp và Môi trường)|Phòng (?:Văn hóa - Xã hội|Kinh tế|Nội vụ)) "
    r"(?!(?:Láng|Chũ|Kép|Nếnh|Lìa|Xốp|Pleiku|Đakrông|Avương|Gào|Kbang|Uar|Hra|Ayun|Krong)$)"
    rf"(?P<who>[{UPPER}][{_SMALL}]+)$")
"""`Sở Y tế Hùng`: a province of one syllable is known, and so are the communes of one word."""
_OF_PROVINCE = re.compile(r"(?i)(?<!\w)(?:tỉnh|thành phố|tp\.?|tinh|thanh pho)\s+")
_OF_COMMUNE = re.compile(
    r"(?i)(?<!\w)(?:xã|phường|thị trấn|đặc khu|thị xã|quận|huyện|xa|phuong|thi tran|dac khu|thi xa|quan|huyen)\s+"
    r"(?=(?:\w+ ){1,4})")
_PART = re.compile("[^,()“”\"/;]+")
_STRICT = re.compile("công an|ca|ủy ban|ub|ubnd|hđnd|đảng ủy|mặt trận|mttq|trạm y tế|tyt|sở|bộ")
"""Behind the place of these nothing stands but work."""
_LIKE_A_PLACE = ("đông", "tây", "nam", "bắc", "trung", "thượng", "hạ", "nội", "ngoại", "trong", "ngoài", "mới", "cũ",
                 "một", "hai", "ba", "tư", "năm")
"""`Bác Ái Đông` is another commune than `Bác Ái`."""
_OLD = ("hoàng liên", "phan rang", "phan thiết", "đoàn")
"""Called like a family, behind `tỉnh`, `thành phố`."""


class _Place(NamedTuple):
    start: int
    end: int
    province: bool


def somebody_behind(unit: str, kind: str, places: frozenset[str], has_work: Callable[[str], bool]) -> str:
    """Who, as it stands there, or nothing."""
    if rank := _RANK.search(unit):
        return unit[rank.start() :]
    if not is_office(kind):
        return ""
    if marked := _marked(unit, has_work):
        return marked
    alone = _BEHIND_WORK.fullmatch(unit)
    if alone and not has_work(alone["who"]) and fold(alone["who"]) not in places:
        return alone["who"]
    text = unit.title() if unit.isupper() or unit.islower() else unit
    for part in _PART.finditer(text):
        for at in _behind(part[0].rstrip(), places, kind, has_work, small=unit.islower()):
            return unit[part.start() + at : part.start() + len(part[0].rstrip())]
    return ""


def _marked(unit: str, has_work: Callable[[str], bool]) -> str:
    if sure := _SURE.search(unit):
        return unit[sure.start() :]
    for pattern in (*_TITLES, _INITIALS):
        found = pattern.search(unit)
        if found and found.start() and not (pattern is _TITLES[0] and has_work(unit[found.end() :])):
            return unit[found.start() :]
    return ""


def _behind(
    part: str, places: frozenset[str], kind: str, has_work: Callable[[str], bool], *, small: bool
) -> Iterator[int]:
    """Where somebody begins."""
    strict = bool(_STRICT.fullmatch(kind.casefold())) and not small
    for place in _known_places(part, places):
        rest = part[place.end :].lstrip()
        by_order = not place.province and _BY_ORDER.fullmatch(rest)
        if rest and (by_order or _is_name(rest, small=small)):
            yield len(part) - len(rest)
        sure = strict and (not place.province or ends_small(part[: place.start].rstrip() or kind))
        if rest and sure and _is_somebody(rest, has_work, province=place.province):
            yield len(part) - len(rest)
    yield from _of_unknown(part, small=small)


def _known_places(part: str, places: frozenset[str]) -> list[_Place]:
    """Those within a longer one, and provinces that a commune is called like, are none."""
    said, bare = part.casefold(), fold(part)
    found = [_Place(*one.span(), province=True) for one in _provinces()[part.isascii()].finditer(said)
             if not _OF_COMMUNE.search(f"{part[: one.start()]}x x x ", max(0, one.start() - 10))]
    if len(bare) == len(part):
        found += [_Place(*one.span(), province=False) for name in places if name and name in bare
                  for one in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", bare)]
    return [one for one in found if not any(
        other[:2] != one[:2] and other.start <= one.start and one.end <= other.end for other in found)]


def _of_unknown(part: str, *, small: bool) -> Iterator[int]:
    """Behind a word for a province: a name that is none of them. Behind one for a commune: a whole name that does not
    follow at once, for `xã Trung Lý Mường Lát` says where it lies."""
    for word in _OF_PROVINCE.finditer(part):
        rest = part[word.end() :]
        if not rest.casefold().startswith(_OLD) and _is_name(rest, small=small) and not _begins_province(rest):
            yield word.end()
    for word in _OF_COMMUNE.finditer(part):
        starts = [found.start() for found in re.finditer(r"(?<=\s)\w", part[word.end() :])]
        for at, start in enumerate(starts, 1):
            rest = part[word.end() + start :]
            called_so = is_called_so(part[: word.end() + start])
            if _is_name(rest, small=small) and not called_so and (at > 1 or rest.split()[0] in FAMILIES):
                yield word.end() + start


def _is_name(rest: str, *, small: bool) -> bool:
    """Whole: a family's with two syllables more, or with `Thị`, `Văn`, `A` in it."""
    whole = of_family(ascii_only=rest.isascii()).fullmatch(rest) or (rest.count(" ") > 1 and OTHERS.fullmatch(rest))
    sure = not small or re.search(" (?:Thị|Văn) ", rest) or rest.split()[0] in FAMILIES
    return bool(whole and sure) and not is_known(rest)


def _is_somebody(rest: str, has_work: Callable[[str], bool], *, province: bool) -> bool:
    """`Lan`, `Lê Nam`: nothing but capitals, and no work."""
    words = rest.split()
    return (len(words) <= 4 and all(re.fullmatch(rf"[{UPPER}][{_SMALL}'’]+", word) for word in words)
            and not has_work(rest) and not is_known(rest)
            and (province or len(words) > 1 or words[0].casefold() not in _LIKE_A_PLACE))


def _begins_province(rest: str) -> bool:
    return bool(_provinces()[rest.isascii()].match(rest.casefold()))


@cache
def _provinces() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """With accents, and without."""
    return _any_of(provinces()), _any_of([*map(fold, provinces())])


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(names, key=len, reverse=True))})(?!\w)")
