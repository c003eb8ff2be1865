"""Whose words they are: those of every place, and of a province, are signed above; a commune signs its own, and lessons
of units of its own level. Who signs for those above says by its name that it is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from generator.checks.looking.papers import noted_paper
from generator.checks.looking.units import begins_with_work, kind_of
from generator.checks.looking.wordlists import word_list
from generator.ground.files import fold
from generator.ground.findings import Text
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval, Edition, Handbook
from generator.handbook.words import WORDS, hard_words

NATION, PROVINCE, BELOW = range(3)
MERGED = date(2025, 7, 1)
"""From that day there are the provinces of `words/provinces.txt` and no others."""
_COMMUNE = re.compile(
    r"(?<!\w)(?:(?<!hợp tác )(?<!thông tấn )(?<!thị )xã(?! hội(?!\w))|phường|thị trấn|đặc khu|(?<!nông )thôn|xóm"
    r"|tổ dân phố|khu phố)(?!\w)|^(?:cap|cax)(?!\w)")
"""Whole syllables: `nông thôn`, `địa phương`, `Hợp tác xã`, `Bảo hiểm xã hội` and `Thông tấn xã` are none; `xã Hội
Thịnh` is looked at by itself."""
_SOCIAL = re.compile(r"(?i)(?<!\w)xã (?=hội(?!\w))|(?<!\w)xa (?=hoi(?!\w))")
_CALLED_SOCIAL = re.compile("x[ãa] H[ộo]i (?=[A-ZĐÀ-Ỹ])")
_RULES_A_PLACE = re.compile(
    r"(?<!\w)(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|dang uy|cong an|quan su|mttq|tram y te)$")
"""What stands before a commune's name, and never before `xã hội`."""
_BARE_COMMUNE = re.compile(
    r"(?<!\w)(?:(?<!hop tac )(?<!thong tan )(?<!thi )(?<!tu )xa(?! hoi(?!\w))"
    r"|(?<!dia )(?<!da )(?<!song )(?<!doi )phuong(?! (?:tien|phap|dong|an|tay)(?!\w))|thi tran|dac khu"
    r"|(?<!nong )thon|xom|to dan pho|khu pho)(?!\w)|^(?:cap|cax)(?!\w)")
"""Of a name that somebody typed without accents."""
_DISTRICT = re.compile(r"(?i)(?<!\w)(?:huyện|quận|thị xã)(?!\w)")
"""Of old times; `quân`, `quản` are others."""
_AT_ANY_LEVEL = re.compile(
    "to (?:cong tac|de an|giup viec|bien tap|thuong truc)|lang (?:tre em|van hoa)|(?:khoi|cum) .*(?<!\\w)cac ")
_SHORT = re.compile(
    r"(?<!\w)(?:(?:[PX]|TT|ĐK|x|ph|p|tt)\. ?(?=[A-ZĐÀ-Ỹ])|[XxPp] (?=[A-ZĐÀ-Ỹ][^\W\d_])|[Pp]\.? ?(?=[0-9]{1,2}$)"
    r"|(?i:xã|phường|trấn)(?-i:(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])))")
"""`UBND P. Lê Chân`, `UBND x Đại Sơn`, `UBND xãĐại Sơn`; `TT.` may also be a `Trung tâm`, `P.` a `Phòng`."""
_VILLAGE = re.compile(
    r"(?<!\w)(?:(?i:buôn(?! lậu| bán)|bon|plei|plây|pơlei|phum)|ấp|khóm|làng|(?<!văn )(?<!xuất )bản|(?<!chăm )sóc)"
    r"(?= (?:[A-ZĐÀ-Ỹ]|[0-9]))")
"""`Nhà văn hóa bon Pi Nao`; with a capital `Bản Lầu`, `Sóc Sơn` are names of something larger."""
_ROOMS = ("p", "tt")
_OFFICE = (r"(?<!\w)(?<!cơ )(?<!trụ )(?<!hội )(?<!công )(?<!xứ )sở(?! (?:hữu|tại|thích)(?!\w))(?!\w)",
           r"(?:^|[,(-] ?)so ")
"""`Sở Y tế`, `Thanh tra Sở`; no `cơ sở`, no `trụ sở`."""
_PROVINCE = tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)|^(?:catp|cat)(?!\w)|{office}") for words, office in (
    ("tỉnh|thành phố|tp|tỉnh ủy|thành ủy|tỉnh đoàn|thành đoàn", _OFFICE[0]),
    ("tinh|thanh pho|tp|tinh uy|thanh uy|tinh doan|thanh doan", _OFFICE[1])))
"""With accents, and without any."""
_ADDRESS = re.compile(r"[,(] *(?:tỉnh|thành phố|tinh|thanh pho|tp)(?!\w)[^,(]*")
"""`UBND Kim Liên, tỉnh Nghệ An`: where it lies, not what it is."""
_SEAT = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp\.?)\s*$")
_NATION = re.compile(
    r"^(?:bo(?! phan| chi huy| doi| mon)|tong cuc|cuc|vu|chinh phu|quoc hoi|trung uong|quan khu|quan doan|quan chung"
    r"|binh chung|thong tan xa|kiem toan nha nuoc|ngan hang nha nuoc|van phong (?:chinh phu|quoc hoi|trung uong|bo))"
    r"(?!\w)|, *(?:bo(?! phan| chi huy| doi| mon)|chinh phu|quoc hoi)(?!\w)|(?<!\w)trung uong$"
    r"|^(?:hoi(?! (?:cho|ban|dong huong|quan|thao|thi|truong|hop)(?!\w))|hiep hoi|lien (?:hiep|doan|minh)|tong(?! dai)"
    r"|uy ban|mat tran|mttq|ubmttq|doan|cong doan|dang|ngan hang|nhcsxh|bao|bhxh|dai|vien|hoc vien|dai hoc|trung tam"
    r"|thu vien|bo tu lenh|tap doan|ban|van phong|quy|buu dien|phong thuong mai|co quan|kho bac|canh sat|quan doi"
    r"|giao hoi|luc luong|hang|nha (?:xuat ban|hat)|benh vien|tt)(?!\w).*(?<!\w)(?:quoc gia|viet nam)$")
"""As `fold` has it: by the kind it begins with, whose it is, or by its last word; a fair or a company may be called
`Việt Nam` too."""
_NO_NATIONS = re.compile(
    r"^(?:cau lac bo|clb|lop|nhom|cho|cua hang|chi nhanh|to|nha|dai ly"
    r"|(?:truong )?(?:mam non|mau giao|tieu hoc|thcs|thpt|trung hoc))(?!\w)")
"""`Câu lạc bộ Liên thế hệ Việt Nam`: it calls itself so."""
_NAMED_COMMUNE = re.compile(
    r"(?i)(?<!\w)(?:(?<!hợp tác )(?<!thông tấn )(?<!thị )xã|phường|thị trấn|đặc khu) +(?=[^\W_])")
_BARE_NAMED_COMMUNE = re.compile(
    r"(?i)(?<!\w)(?:(?<!hop tac )(?<!thong tan )(?<!thi )(?<!tu )xa"
    r"|(?<!dia )(?<!da )(?<!song )(?<!doi )phuong(?! (?:tien|phap|dong|an|tay)(?!\w))|thi tran|dac khu) +(?=[^\W_])")
_NO_NAME = re.compile("(?:hoi|doan|doi)(?!\\w)")
"""`Xã hội`, `Xã đoàn`, `XÃ ĐỘI`; `xã Hội Thịnh` is one."""
_NAMED_PROVINCE = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp\.?) +(?=\w)")
_NO_MORE_NAME = re.compile(r" *(?:$|[^\w\s]|(?:xa|phuong|thi tran|dac khu|huyen|quan|tinh|thanh pho|tp|thi xa)(?!\w))")
_SAIGON = re.compile(r"(?<!\w)hcm(?!\w)")
_COMMUNES_LAYERS = 3
"""From the root down."""
_KIND_OF_PLACE = re.compile(r"(?i)^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+")
_KIND = re.compile(r"(?:(?P<commune>xa?)|(?P<ward>phuong|ph?)|(?P<town>thi tran|tran|tt)|(?P<zone>dac khu|dk)"
                   r"|(?P<province>tinh|thanh pho|tp))(?![^\W_])")
_BARE = re.compile(
    "(?:ubnd|uy ban(?: nhan dan)?|hdnd|hdnd va ubnd|hoi dong nhan dan|mttq|mat tran(?: to quoc)?|dang uy)")


def place_names(book: Handbook) -> frozenset[str]:
    """As `fold` has them, without `xã`, `phường`: a unit that bears one is called so, not like somebody."""
    return frozenset(fold(_bare_name(edition)) for edition in book.editions)


def is_of_commune(name: str) -> bool:
    """A commune, what is in one, or a district of old times."""
    folded = fold(name)
    return bool(_says_commune(name) or _DISTRICT.search(name)
                or (kind_of(name) in word_list("units-below").names and not _AT_ANY_LEVEL.match(folded)))


def is_commune(edition: Edition) -> bool:
    return len(edition.layers) >= _COMMUNES_LAYERS or (edition.id != ROOT and _says_commune(edition.name))


def _says_commune(name: str) -> bool:
    words = _BARE_COMMUNE.search(fold(name)) if name.isascii() else _COMMUNE.search(name.casefold())
    return (bool(words or _VILLAGE.search(name)) or any(_is_place(name, found) for found in _SHORT.finditer(name))
            or any(_is_called_social(name, found) for found in _SOCIAL.finditer(name)))


def _is_called_social(name: str, found: re.Match[str]) -> bool:
    """`UBND xã Hội Thịnh`, `UBND XÃ HỘI THỊNH`, and the place itself; no `Phòng Văn hóa - Xã hội Đại Sơn`."""
    return bool(not found.start() or _CALLED_SOCIAL.match(name, found.start())) or _is_ruled(name, found)


def _is_ruled(name: str, found: re.Match[str]) -> bool:
    """Behind what rules a place `hội`, `đoàn`, `đội` begin its name, unless an association's work follows."""
    first, _, rest = name[found.end() :].lstrip().partition(" ")
    return bool(_NO_NAME.match(fold(first)) and _RULES_A_PLACE.search(fold(name[: found.start()]).strip())
                and rest and not begins_with_work(rest))


def _is_place(name: str, found: re.Match[str]) -> bool:
    """Not where a `Trung tâm`, a `Phòng` may stand: first, or before its work."""
    if found[0].strip(". ").casefold() not in _ROOMS:
        return True
    return found.start() > 0 and not (_is_high(name) or begins_with_work(name[found.end():]))


def _is_high(name: str) -> bool:
    """By what it begins with, or a `Sở` in it: then it bears no commune's name."""
    folded = fold(name)
    return bool(re.search(_OFFICE[name.isascii()], name.casefold())
                or re.match(r"(?:bo(?! phan| chi huy| doi| mon)|tong cuc|cuc|vu)(?!\w)", folded))


def level_of(unit: str, book: Handbook) -> int | None:
    """Of the nation, a province, below it; None where the name does not tell."""
    if is_of_commune(unit) or any(bears(unit, one) for one in book.editions if is_commune(one)):
        return BELOW
    if _PROVINCE[unit.isascii()].search(_ADDRESS.sub("", unit.casefold())):
        return PROVINCE
    folded = fold(unit)
    if not _NO_NATIONS.match(folded) and any(map(_NATION.search, (folded, folded.partition(",")[0].strip()))):
        return NATION
    return PROVINCE if any(bears(unit, one) for one in book.editions if len(one.layers) > 1) else None


def bears(unit: str, edition: Edition) -> bool:
    """Whether a part of its name ends with the place's: `Công an Đại Sơn`. A province that shares a commune's name says
    that it is one. Where small letters stand beside capitals, a name has capitals: `Cục An toàn thông tin`."""
    name = _bare_name(edition)
    if not name or (is_commune(edition) and _is_high(unit)):
        return False
    mixed = not (unit.isupper() or unit.islower())
    said, wanted = (unit, name) if mixed and not unit.isascii() else (fold(unit), fold(name))
    return any(not (is_commune(edition) and _SEAT.search(fold(said[: found.start()])))
               for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?= *(?:$|[^\w\s]))", said))


def _bare_name(edition: Edition) -> str:
    return _KIND_OF_PLACE.sub("", edition.name).partition(",")[0].strip()


def why_above(name: str, unit: str, book: Handbook) -> str:
    """Why words by that name in the book of approvals are for others to sign, or nothing: `below` them, `untold` where
    the name of the unit tells no level, `elsewhere` where it bears the name of another place."""
    level = level_of(unit, book)
    if name in book.by_slug:
        own = level_of(book.by_slug[name].office.unit, book)
        if own is None or own == BELOW:
            return ""
        return "untold" if level is None else "below" if level > own else ""
    place = next((edition for edition in book.editions if edition.id == name), None)
    if place and place.id != ROOT and (is_commune(place) or level != BELOW) and elsewhere(place, unit, book):
        return "elsewhere"
    if place and is_commune(place):
        return ""
    return "untold" if level is None else "below" if level == BELOW else ""


def tells_no_place(name: str, unit: str, book: Handbook) -> bool:
    """`UBND`, `Phòng VH-XH` for the words of a commune, a mere `UBND` for a lesson: of three thousand which?"""
    place = next((edition for edition in book.editions if edition.id == name), None)
    if place and place.id != ROOT and is_commune(place):
        return level_of(unit, book) is None
    return name in book.by_slug and not why_above(name, unit, book) and bool(_BARE.fullmatch(fold(unit).strip()))


def elsewhere(place: Edition, unit: str, book: Handbook) -> str:
    """The other place whose name the unit bears, and not that of this one, as it stands there; or nothing."""
    chain = [one for one in book.editions if one.id in place.layers and one.id != ROOT]
    if named := next(_strange_communes(unit, chain), "") or _strange_province(unit, chain, book):
        return named
    if bears(unit, place):
        return ""
    return next((other.name for other in book.editions if other.id not in place.layers and other.id != ROOT
                 and (is_commune(place) or not is_commune(other)) and bears(unit, other)), "")


def _strange_communes(unit: str, chain: Sequence[Edition]) -> Iterator[str]:
    """`UBND xã Cộng Hiền`, of a book that has no such place either. `Công an xã trực` names none."""
    names = {fold(_bare_name(one)): _kind_of_place(one.name) for one in chain}
    mixed = not (unit.isupper() or unit.islower())
    pattern = _BARE_NAMED_COMMUNE if unit.isascii() else _NAMED_COMMUNE
    words = (*pattern.finditer(unit), *(found for found in _SHORT.finditer(unit) if _is_place(unit, found)))
    for found in words if not _is_high(unit) else ():
        rest = unit[found.end() :].lstrip()
        ruled = _is_ruled(unit, found)
        other = _NO_NAME.match(fold(rest)) and found[0][:1].isupper() == rest[:1].isupper() and not ruled
        called = ruled or ((rest[:1].isupper() or rest[:1].isdigit()) if mixed else not begins_with_work(rest))
        own = [name for name, kind in names.items() if _kind_of_place(found[0]) in (kind, "") or not kind]
        if called and not other and not any(
                _is_called(rest, name, [*names], mixed=mixed) for name in own) and not any(
                _is_called(unit[found.start() :], name, [*names], mixed=mixed) for name in names):  # `UBND Xa Dung`
            yield unit[found.start() :].partition(",")[0].strip()


def _kind_of_place(words: str) -> str:
    """However it is shortened: `xã Đại Sơn` is not `phường Đại Sơn`; a name alone tells none."""
    found = _KIND.match(fold(words).strip())
    return (found.lastgroup or "") if found else ""


def _is_called(rest: str, name: str, names: Sequence[str], *, mixed: bool) -> bool:
    """By that name, and none that goes on: `Đại Sơn Nam` is another; `Đại Sơn Hải Phòng` says where it lies."""
    said = fold(rest)
    if not name or not re.match(rf"{re.escape(name)}(?!\w)", said):
        return False
    behind = rest[len(name) :].lstrip() if len(said) == len(rest) else ""
    if not (mixed and behind[:1].isupper()) or _NO_MORE_NAME.match(said[len(name) :]):
        return True
    where = fold(behind)
    return where.startswith(tuple(names)) or begins_with_work(behind) or bool(_province_at(where, _provinces_now()))


def _strange_province(unit: str, chain: Sequence[Edition], book: Handbook) -> str:
    """`UBND tỉnh Quảng Ninh`, `Sở Y tế Quảng Ninh` for the words of another province, or of what lies in one."""
    said = _SAIGON.sub("ho chi minh", fold(unit))
    own = {fold(_bare_name(one)) for one in chain}
    if not any(name in _provinces_now() for name in own) or level_of(unit, book) in (NATION, None):
        return ""
    strange = next((name for name in _provinces_in(said, _provinces_now(), high=_is_high(unit)) if name not in own), "")
    return _provinces_now().get(strange, "")


def gone_province(unit: str, day: date, book: Handbook) -> str:
    """`UBND tỉnh Hà Nam` on a sheet of a day when there was none any more; older sheets are right as they are."""
    if day < MERGED or level_of(unit, book) != PROVINCE or any(bears(unit, one) for one in book.editions):
        return ""
    said = _ADDRESS.sub("", fold(unit))
    return _provinces_once().get(next(_provinces_in(said, _provinces_once(), high=_is_high(unit)), ""), "")


def _provinces_in(said: str, known: Mapping[str, str], *, high: bool) -> Iterator[str]:
    """Behind `tỉnh`, `thành phố`; and where an office of a province ends with one."""
    yield from filter(None, (_province_at(said[found.end() :], known) for found in _NAMED_PROVINCE.finditer(said)))
    yield from (name for name in known if high and re.search(rf"(?<!\w){name}$", said))


def _province_at(said: str, known: Mapping[str, str]) -> str:
    return next((name for name in known if re.match(rf"{name}(?!\w)", said)), "")


@cache
def _provinces_now() -> dict[str, str]:
    """As `fold` has them, and as they are called."""
    return {fold(entry.words): entry.words.title() for entry in word_list("provinces").entries}


@cache
def _provinces_once() -> dict[str, str]:
    """Those that became a part of another; the list has short names too, which lead to today's."""
    entries = word_list("provinces-else").entries
    return {fold(entry.words): entry.words.title() for entry in entries if not entry.instead}


def stands_above(name: str, unit: str, book: Handbook) -> bool:
    """Whether words by that name in the book of approvals are for others to sign."""
    return bool(why_above(name, unit, book))


def signed_above(rows: Sequence[Approval], book: Handbook) -> Iterator[Approval]:
    """Rows by a unit below what they sign, without the paper that lets it, or of nowhere. What is no unit is told as
    such."""
    known = {*book.by_slug, *(edition.id for edition in book.editions), WORDS}
    return (row for row in rows if row.slug in known and not noted_paper(row.note) and kind_of(row.unit)
            and (stands_above(row.slug, row.unit, book) or tells_no_place(row.slug, row.unit, book)))


def words_named(name: str, book: Handbook) -> str | Text:
    edition = next((edition for edition in book.editions if edition.id == name), None)
    return edition.name if edition else hard_words(book).name
