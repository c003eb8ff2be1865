"""What may be named as a unit: by those who sign, by lessons, by a place's contacts. One rule for all of them.

A unit begins with a kind of unit (`words/units.txt`): that refuses people of every people and spelling, samples, hours
and addresses alike. Behind it nothing may follow that is no part of a name: somebody, a number, another sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from generator.checks.language.privacy import named_so, person_in
from generator.checks.looking.behind_places import somebody_behind
from generator.checks.looking.whole_names import whole_name
from generator.checks.looking.wordlists import provinces, word_list
from generator.ground.files import fold
from generator.handbook.doing import doing_in
from generator.handbook.keys import UNWRITTEN
from generator.handbook.phones import EDGES, SPELLED, Fault, is_for_all, numbers_in

MOST = 150
"""Letters: the longest name of a real unit that we know has 112; a foot line holds two lines of it."""
_LONGEST_WORD = 24
_DAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
_HOURS = re.compile(
    r"(?i)(?<!\w)(?:(?!24)[0-9]{1,2} ?(?:giờ|h(?![a-zà-ỹ]))(?: ?[0-9]{2})?|[0-9]{1,2}:[0-9]{2}|giờ hành chính"
    rf"|24/(?:24|7)|(?:từ )?{_DAY} ?(?:đến|tới|[\u2010-\u2015-]) ?{_DAY})(?!\w)")
_WHEN = re.compile(
    rf"(?i)(?:(?:(?:các |mỗi )?(?:buổi )?(?:sáng|trưa|chiều|tối|đêm)|(?:cả|hằng|hàng|mỗi) (?:ngày|tuần)|ngày|{_DAY}"
    r"|và|đến|giờ|làm việc)[\s,;.-]*)+")
"""Nothing but times: `sáng`, `cả ngày`."""
_OUTSIDE = re.compile(
    r"(?i)\S*@\S*|(?:https?:|www\.)\S*|[\w.-]+\.(?:vn|com|net|org|info|me|ly|gg|page)(?![\w.])\S*|(?<!\w)(?:t|fb|zalo)/\S+")
_OTHER_DIGIT = re.compile(r"(?:(?![0-9])\d)+")
"""`０９１`: of another alphabet; no phone takes it for a number."""
_ROOM = re.compile(
    r"(?i)(?:[,;:]|(?<!\w)(?:gọi|số máy|sđt|đt|điện thoại|máy|call)[:.]?|[☎✆📞📱])\s*(?P<words>[0-9]{3,})$"
    r"|(?<!đoàn )(?<!đài )(?<!viện )(?<!đội )(?<!trại )(?<!hẻm )(?<!ngõ )(?<!nhà )(?<!năm )(?<![0-9/-])(?<![0-9/-] )"
    r"(?<![\w.])(?P<line>[0-9]{4,})$")
"""What is dialled within a house: `máy 555`, `Công an xã 5551`; a `Trung đoàn 1015` is called so."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_MARKUP = re.compile(r"[<>{}\[\]*_`|\\~^#=…?!;:☎✆📞📱]|\.{2,}|[^\S ]|\n")
_SENTENCE = re.compile(r"(?<!\w)(?!(?:TP|Tp|tp|TX|Tx|TT|tt|ĐK|Ph|ph|St|BS|Bs|Ths|ThS)\.)\w{2,}\.(?= \w)")
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)+")
_SAMPLE = re.compile(r"(?i)(?<!\w)(?:x{2,}|y{2,}|abc|(?:tên )?đơn vị)(?!\w)$|(?<!\w)x{2,}(?!\w)")
_PARTS = re.compile(r"\s*(?:[,()“”\"/]|[\u2010-\u2015]|(?<=\s)-|-(?=\s))\s*")
_BEARS = re.compile(r"(?i)(?:trường|non|giáo|học|công ty|tnhh|mtv|htx|hợp tác xã|câu lạc bộ|clb|quán|khách)\s+[\"“]")
"""`Trường Mầm non “Hoa Sen”`: what bears the name stands right before it."""
_REGION = re.compile(r"(?i)khu vực|hữu nghị|liên (?:xã|huyện|phường|tỉnh)|cụm")
"""What names several places in a row."""
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_LEADING = re.compile(r"(?<!\w)(?:gặp|hỏi|gọi|nhờ|liên hệ|liên lạc|của|zalo|facebook|fb|là)(?!\w)")
"""What leads to somebody, unless a word of an office's work follows: `hỏi đáp`, `tiến bộ của phụ nữ`."""
_CALLED = re.compile(r"(?<!\w)(?:anh|chị|ông|bà|cô|chú|thầy|cậu|dì|mợ|đồng chí|đ/c)(?!\w)")
_JOINED = re.compile(r"(?i)\s+(?:và|cùng(?: với)?|phối hợp(?: với)?|[&+])\s+|\s*/\s*|(?P<comma>,\s+)")
_HIGH = re.compile("(?i)(?:sở|bộ(?! chỉ huy| tư lệnh| đội| phận)) ")
_OFFICE = re.compile(
    r"công an|ca|cax|cap|sở|bộ|cục|tổng cục|chi cục|ủy ban|ubnd|đảng ủy|mặt trận|mttq|hội|chi hội|hội (?:lhpn|nd|ccb)"
    r"|đoàn|đoàn (?:thanh niên|tn)|trạm y tế|tyt")
"""Each of them a unit of its own, whichever other one is named beside it."""
_CALLED_BY_WORK = ("sở", "bộ", "cục", "chi cục", "hội", "chi hội", "phòng", "ban", "bộ phận", "tổ", "đội", "trạm",
                   "văn phòng", "VP", "trung tâm", "TT", "nhóm", "ban quản lý")
_ALONE_BEHIND = re.compile(
    r"(?i)\s+(?P<word>[^\W\d_]+)(?=$|\s*[,(]|\s+[\u2010-\u2015-]|\s+(?:xã|phường|thị trấn|đặc khu|tỉnh"
    r"|thành phố|tp\.?|thôn|ấp|bản|xóm|huyện|quận)(?!\w))")
"""One syllable behind a kind, or before the place."""
_ALONE = ("ubnd", "mttq", "tyt", "CAX", "CAP")
_BANK = re.compile(r"[a-z-]{2,}bank(?!\w)")
"""`Techcombank`, `LPBank`: each is called so."""
_BANKS_LETTERS = re.compile(r"(?!(.)\1+$)[A-Z]{2,3}B(?!\w)")
"""`ACB`, `SHB`: the B is one."""
_TAUGHT = ("tổ", "khoa", "phòng", "đội", "ban", "nhóm", "lớp", "trường", "viện", "bệnh viện", "trung tâm", "câu lạc bộ",
           "clb")
"""What is called by its subjects."""
_ON_DUTY = re.compile(r"\s(?:trực|phụ trách|đứng đầu|làm)$")
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
          "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}
"""Of two ways to set a tone the one that our lists have."""
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")


@lru_cache(maxsize=10_000)
def unit_fault(unit: str, places: frozenset[str] = frozenset()) -> Fault | None:
    """What is no part of a unit's name, or why it is none. The places that are known, as `fold` has them, may be called
    like somebody. Many lessons are of one unit: each name is asked once."""
    if fault := next((fault for ask in _ASKED if (fault := ask(unit))), None):
        return fault
    kind = kind_of(unit)
    who = whole_name(unit, kind) or _first_name(unit, kind)
    if not who or fold(who) in places:
        who = somebody_behind(unit, kind, places, lambda part: _has_work(part, bare=unit.isascii()))
    return Fault("person", who) if who else None


def _first_name(unit: str, kind: str) -> str:
    """`Phòng Lan`: none of these is called by one syllable that is neither work nor letters nor a known place; a police
    may be (`Công an Chũ`). Of several nothing can be told: `Phòng Quản trị`."""
    found = _ALONE_BEHIND.match(unit, len(kind)) if kind in _CALLED_BY_WORK else None
    word = found["word"] if found else ""
    sure = (word and not (word.isupper() and not unit.isupper()) and not _is_short(word)
            and not _has_work(word, bare=unit.isascii()) and not are_subjects(word, kind))
    return word if sure else ""


def _outside(unit: str) -> Fault | None:
    found = _OUTSIDE.search(unit)
    return Fault("outside", found[0]) if found else None


def _number(unit: str) -> Fault | None:
    if other := _OTHER_DIGIT.search(unit):
        return Fault("number", other[0])
    number = next((row[0] for row in numbers_in(unit) if not is_for_all(row[0])), "")
    if found := number or next((found[0] for found in SPELLED.finditer(unit)), ""):
        return Fault("number", found)
    if hours := _HOURS.search(unit) or _WHEN.fullmatch(unit):
        return Fault("hours", hours[0])
    if room := _ROOM.search(unit):
        words = room["words"] or room["line"]
        return None if _YEAR.fullmatch(words) and not room["words"] else Fault("number", words)
    return None


def _marks(unit: str) -> Fault | None:
    if unit[:1] in EDGES or unit[-1:] in EDGES:
        return Fault("edge", unit)
    if len(unit) > MOST or any(len(word) > _LONGEST_WORD for word in unit.split()):
        return Fault("long", unit[:60])
    return None


def _name(unit: str) -> Fault | None:
    if UNWRITTEN in unit or _SLUG.fullmatch(unit) or _SAMPLE.search(unit):
        return Fault("no unit", unit)
    return None if kind_of(unit) else Fault("no unit", unit)


def _rest(unit: str) -> Fault | None:
    if mark := _MARKUP.search(unit):
        return Fault("more", unit[mark.start():])
    if sentence := _SENTENCE.search(unit):
        return Fault("more", unit[sentence.end():].strip())
    if somebody := next(_somebody(unit), ""):
        return Fault("person", somebody)
    return None


def _doing(unit: str) -> Fault | None:
    return Fault("no unit", unit) if doing_in(unit) else None


def _second(unit: str) -> Fault | None:
    """`Sở Y tế và Bộ Công an`; `HĐND và UBND xã` share one house, `Cục A, Bộ B` is a part of the other."""
    for found in _JOINED.finditer(unit):
        first, second = unit[: found.start()], unit[found.end() :]
        one, other = kind_of(first), kind_of(second)
        joins = (_HIGH.match(first) and _HIGH.match(second)) if found["comma"] else (
            one == other or all(_OFFICE.fullmatch(kind.casefold()) for kind in (one, other)))
        if one and other and joins and (" " in other or _is_own(second[len(other) :], alone=other in _ALONE)):
            return Fault("two", second)
    return None


def _is_own(rest: str, *, alone: bool) -> bool:
    """`Sở Y tế`, `UBND xã`; `Sở hữu trí tuệ`, `Hội nhập` go on with the words before."""
    rest = rest.strip()
    return bool(re.match("(?:số )?[0-9]", rest)) or begins_with_work(rest) or (alone and not rest)


_ASKED: tuple[Callable[[str], Fault | None], ...] = (_outside, _number, _marks, _name, _second, _rest, _doing)


def kind_of(unit: str) -> str:
    """The kind a name begins with, or nothing: `trạm y tế`, `ấp`."""
    plain, bare = _plain(unit), unit.isascii()
    if any(_begins(plain, other) for other in _kinds()[1]):
        return ""
    if bank := _BANK.match(plain):
        return bank[0]
    for kind, how in _kinds()[0]:
        if _begins(unit if kind.isupper() else plain, kind):
            return kind if _is_enough(unit, plain[len(kind):], kind, how) else ""
        if bare and " " in kind and _begins(plain, fold(kind)):
            return kind
        if bare and not kind.isupper() and _begins(plain, fold(kind)) and _works_at_once(unit, fold(kind)):
            return kind
    letters = _BANKS_LETTERS.match(unit)
    return letters[0] if letters else ""


def _works_at_once(unit: str, kind: str) -> bool:
    """`so khoa hoc va cong nghe`: typed without accents, its work follows; `To Van Hoa`, `to van hoa` are people."""
    rest = unit[len(kind):].strip()
    return (not rest.istitle() and not re.match("(?i)(?:van|thi) [a-z]+$", rest)
            and bool(_bare_work().match(fold(rest))))


@cache
def _kinds() -> tuple[list[tuple[str, str]], list[str]]:
    """The longest first, each with what its line says of it; and what only begins so."""
    listed = word_list("units")
    found = [(entry.words, entry.instead) for entry in listed.entries]
    return sorted(found, key=lambda one: -len(one[0])), [entry.words for entry in listed.right]


def _begins(text: str, words: str) -> bool:
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _is_enough(unit: str, rest: str, kind: str, how: str) -> bool:
    """A kind of one word is no name alone; what may be somebody's name, or has no accents to tell, needs its work."""
    if not _WORD.search(rest):
        return how == "một mình" or (" " in kind and how != "thêm tên")
    sure = how != "rõ việc" and not (unit.isascii() and kind == "ban")  # `Ban Van An` is somebody
    return sure or _has_work(rest, bare=unit.isascii()) or are_subjects(rest, kind)


def are_subjects(words: str, kind: str) -> bool:
    """`Khoa Tai Mũi Họng`, `Đoàn Chèo`: nothing else may stand there, for each is somebody's name too."""
    listed = word_list("unit-subjects").entries
    known = {entry.words for entry in listed if kind in _TAUGHT or (kind == "đoàn" and entry.instead)}
    said = _WORD.findall(_plain(words))
    return bool(said) and known.issuperset(said)


def _plain(text: str) -> str:
    """Small letters, tones where the lists set them."""
    text = " ".join(text.casefold().replace("ð", "đ").split())
    return _TONE.sub(lambda match: _TONES[match[0]], text)


@cache
def _work() -> re.Pattern[str]:
    """Words of units, whatever stands between: `văn hóa`, `xã`, `phòng`."""
    words = (entry.words for name in ("unit-words", "units") for entry in word_list(name).entries)
    return _any_of([*map(_plain, (*words, *provinces()))])


@cache
def _bare_work() -> re.Pattern[str]:
    words = (*(entry.words for entry in word_list("unit-words").entries), *provinces())
    return _any_of([fold(one) for one in words if " " in one] + ["xa", "phuong", "thon", "tinh", "so"])


@cache
def _named() -> re.Pattern[str]:
    return _any_of([entry.words for entry in word_list("unit-called").entries])


def begins_with_work(part: str) -> bool:
    """`Kiểm soát bệnh tật`: what an office does, not where one lies."""
    return bool(_work().match(_plain(part))) and not _provinces().match(_plain(part))


@cache
def _provinces() -> re.Pattern[str]:
    """And the country."""
    return _any_of([*map(_plain, ("việt nam", *provinces()))])


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w'’])")


def _has_work(part: str, *, bare: bool) -> bool:
    letters = re.search(r"(?<!\w)[A-ZĐ]{2,}(?!\w)", part) if not part.isupper() else None
    return bool(letters or re.search("[0-9]", part) or _work().search(_plain(part))
                or (bare and _bare_work().search(fold(part))))


def _somebody(unit: str) -> Iterator[str]:
    """Whoever follows the name of a unit; a surname is not needed."""
    bare, parts, kind = unit.isascii(), [part for part in _PARTS.split(unit) if part], kind_of(unit)
    if not (_BEARS.search(unit) or _REGION.search(parts[0])):
        beside = are_subjects(parts[0].rpartition(" ")[2], kind)
        yield from (part for part in parts[1:] if not (_has_work(part, bare=bare) or _is_short(part)
                                                       or (beside and are_subjects(part, kind))))
    plain = _plain(unit)
    if (person := person_in(unit)) and not unit.startswith(person):  # `Đoàn Kinh tế` is a unit of that kind
        yield person
    for found in (*_LEADING.finditer(plain), *([] if unit.isupper() else _CALLED.finditer(unit))):
        rest = " ".join(plain[found.end():].split()[:3])
        works = found.re is _LEADING and (
            _work().match(rest) or _work().match(plain, found.start()) or _is_place(unit, found))
        if not (_named().match(plain, found.start()) or _named().search(plain[max(0, found.start() - 6) : found.end()])
                or works):
            yield unit[found.start():]
    if _ON_DUTY.search(plain) and len(parts) == 1:
        yield unit


def _is_place(unit: str, found: re.Match[str]) -> bool:
    """`xã Là Ngâu`."""
    return (unit[found.start()].isupper() and found[0] == "là"
            and bool(named_so().search(unit[: found.start()].lower())))


def _is_short(part: str) -> bool:
    """`VH`, `XH`, `A`: letters for words, in a name that has small ones too; and roman numbers."""
    return bool(re.fullmatch(r"[B-DĐF-HJ-NP-TV-XZ]{2,5}|[A-HIVX]{1,4}", part))
