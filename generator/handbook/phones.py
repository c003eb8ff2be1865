"""Numbers among a place's contacts: which can be dialled, and where one hides in words. No digit is guessed: whoever
typed it is told what is not whole, and asks the unit again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.ground.files import beside

FEWEST = 7
"""Digits by which a row of them is a phone, whatever it begins with."""
FEWEST_OF_AREA = 4
"""Where it begins with the zero of an area: `0225` alone was the beginning of one."""
FEWEST_IN_PAIRS = 9
"""`02 25 35 55 21 3` is a phone; `tổ 10-11-12-13` counts."""
_ALIKE = "OoIlSsBZz"
"""Letters typed for digits."""
_APART = r"[ \t.()\u00a0\u2010-\u2015-]"
_ROW = re.compile(rf"(?<!\w)(?:\+\s?|\(\+?)?(?=\w*[0-9])\w+(?:{_APART}{{1,3}}(?=\w*[0-9])\w+)*")
_DAY = re.compile(r"[0-9]{1,2}[.-][0-9]{1,2}(?:[.-][0-9]{4})?")
_YEARS = re.compile(r"(?:19|20)[0-9]{2} ?[\u2010-\u2015-] ?(?:19|20)[0-9]{2}")
_ZERO_INSIDE = re.compile(r"(?<=[ (])\(?0[0-9]{2,}")
_FOR_ALL = re.compile(r"1[89]00(?:[0-9]{4}|[0-9]{6})")
_SHORT = r"1[0-9]{2}|1[0-7][0-9]{2}"
_WHOLE = re.compile(rf"02[0-9]{{9}}|{_FOR_ALL.pattern}|{_SHORT}")
"""A landline with its area, a line of a whole country, 113 or 1022: by its digits alone."""
_LISTED = beside(__file__, ".txt")
AREAS, SHORT = (frozenset(" ".join(re.findall(rf"(?m)^{word} (.*)$", _LISTED)).split()) for word in ("vùng", "ngắn"))
"""What answers: areas of landlines without their zero, and short numbers of the whole country."""
_SILENT = re.compile(r"[01][0-9]+|9{7,}")
"""Behind its area no landline begins with 0 or 1, and nobody has all nines."""
_CLOCK = re.compile(r"[0-9]{1,2}[hg](?:[0-9]{2})?")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
COUNT = "(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"
SPELLED = re.compile(
    rf"(?<!\w)(?:không(?:[\s,.-]+{COUNT}){{3,}}|{COUNT}(?:[\s,.-]+{COUNT}){{4,}})(?!\w)", re.IGNORECASE)
"""`không hai hai năm ba …`."""
_AND = re.compile(r"\s*(?:[;,/]|(?<!\w)(?:hoặc|và)(?!\w))\s*")
_EXTENSION = re.compile(
    r"(?i)[\s,(–-]*(?:(?:(?:số )?máy (?:lẻ|nhánh)|số lẻ|(?:bấm )?nhánh|ext\.?)[\s:.]*[0-9]{1,5}(?!\w)"
    r"|trực(?: (?:ban|ngày|đêm|24/24|24/7))*(?![\s]*\w))\s*\)?")
"""What may follow a number, and is not dialled with it: `máy lẻ 12`, `trực ngày đêm`."""
_AREA = re.compile(r"(?<![0-9])(0[0-9]{2,3}\)?) ?/")
_LABEL = re.compile(r"(?i)(?:[\s,;:.(–-]+(?:số(?: máy| điện thoại| đt)?|sđt|đt|điện thoại|tel|gọi))[\s:.]*$")
"""What stands before a number and is no part of a unit's name."""
_BEHIND = re.compile(
    r"(?i)(?:^|[,;:\u2010-\u2015-]\s*|\s(?=gọi|số máy|sđt|đt|điện thoại))"
    r"(?:(?:gọi|số(?: máy)?|sđt|đt|điện thoại)[:.]?\s+)?"
    r"(?P<phone>1[0-9]{2}|1[0-7][0-9]{2})$")
"""A short number that follows a unit: `Công an xã An Khánh, 113`."""
EDGES = " \t,;:\u2010\u2011\u2012\u2013\u2014\u2015-"

_ROUND = EDGES + "'\"“”"


class Fault(NamedTuple):
    """What is wrong, and the words of it."""

    case: str
    words: str
    letter: str = ""
    digits: int = 0


def phone_fault(phone: str) -> Fault | None:
    """What is wrong with it; two numbers, each whole, may stand there, with extensions."""
    bare = _bare(phone)
    if not re.search("[0-9]", bare):
        return Fault("no phone", phone)
    parts = [part.strip() for part in _AND.split(bare)]
    if not all(parts):
        return Fault("mark", phone)
    return next(filter(None, map(_number_fault, parts)), None)


def _bare(phone: str) -> str:
    """Numbers alone; the slash behind an area parts nothing: `0220/3555113`."""
    return _AREA.sub(r"\1 ", _EXTENSION.sub("", phone))


def _number_fault(number: str) -> Fault | None:
    mixed = next((token for token in re.findall(r"\w+", number) if _is_mixed(token)), "")
    if _CLOCK.fullmatch(mixed):
        return Fault("words", number)
    if mixed:
        return Fault("letter", number, letter=next(sign for sign in mixed if not _is_digit(sign)))
    if rest := re.search(rf"(?!{_APART})[^0-9+\s].*", number):
        follows = _WHOLE.fullmatch(_national(number[: rest.start()]))
        return Fault("words", rest[0] if follows else number)
    digits = _national(number)
    if _MOBILE.fullmatch(digits):
        return Fault("mobile", number)
    count = len(re.findall("[0-9]", number))
    return _silent(number, digits) if _WHOLE.fullmatch(digits) else Fault("digits", number, digits=count)


def _silent(number: str, digits: str) -> Fault | None:
    """Whole, and nobody can answer: no such area, no such short number, zeros to fill the place."""
    if re.fullmatch(_SHORT, digits):
        return None if digits in SHORT else Fault("short", number)
    area = next((digits[1 : 1 + count] for count in (2, 3) if digits[1 : 1 + count] in AREAS), "")
    if digits.startswith("0") and not area:
        return Fault("area", number, letter=digits[:4])
    rest = digits[len(area) + 1 :] if area else digits[4:]
    silent = _SILENT.fullmatch(rest) if area else len(set(rest)) == 1 and rest[0] == "0"
    return Fault("nobody", number) if silent else None


def _is_digit(sign: str) -> bool:
    return sign in "0123456789"


def _is_mixed(token: str) -> bool:
    return any(map(_is_digit, token)) and not all(map(_is_digit, token))


def _national(number: str) -> str:
    """As dialled within the country; a plus anywhere but in front stays, and then it is no number."""
    bare = re.sub(rf"{_APART}|\s", "", number)
    return re.sub(r"^(?:\+84|0084)(?!0)", "0", bare)


def dialled(phone: str) -> str:
    """What a tap calls: the first of the numbers, without its extension."""
    return re.sub(r"[^0-9+]", "", _AND.split(_bare(phone))[0])


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Rows that are a phone, or were meant to be one: with a letter for a digit, or not whole."""
    return (row for row in _ROW.finditer(text) if _is_phone(row[0]))


def is_for_all(number: str) -> bool:
    """`tổng đài 1900 6661`: the number is its name."""
    return bool(_FOR_ALL.fullmatch(re.sub(_APART, "", number)))


def _is_phone(row: str) -> bool:
    if _DAY.fullmatch(row) or _YEARS.fullmatch(row):
        return False
    tokens = re.findall(r"\w+", row)
    count = sum(sign in _ALIKE or _is_digit(sign) for token in tokens for sign in token)
    of_area = row.lstrip("(").startswith(("0", "+"))
    if all(len(re.findall("[0-9]", token)) < 3 for token in tokens):
        return of_area and count >= FEWEST_IN_PAIRS
    return count >= (FEWEST_OF_AREA if of_area else FEWEST)


def parted(text: str) -> tuple[str, str]:
    """`Công an xã An Khánh, 0220 3123 456` in one line: a unit, and all that follows from where its number begins."""
    if behind := _BEHIND.search(text):
        return text[: behind.start()].strip(_ROUND), behind["phone"]
    row = next(numbers_in(text), None)
    if row is None:
        return text.strip(_ROUND), ""
    start = row.start()
    if not row[0].lstrip("(").startswith(("0", "+")) and (zero := _ZERO_INSIDE.search(row[0])):
        start += zero.start()  # `Công an phường 12 0225 3555 213`
    phone = text[start:].strip(EDGES + ".")
    if phone.count(")") > phone.count("("):
        phone = phone.rstrip(")")
    return _LABEL.sub("", text[:start].rstrip(EDGES + "(")).strip(_ROUND), phone
