"""Words as they are read aloud: numbers, dates, money and signs written out."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
UNITS = ((10**9, "tỉ"), (10**6, "triệu"), (1000, "nghìn"))
ONE_BY_ONE = 3
"""From so many digits on, a number without dots is read digit by digit: 113, 1041, a telephone."""
SIGNS = {"%": " phần trăm", "&": " và ", "+": " cộng ", "=": " bằng "}
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_GROUPED = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b")
_COMMA = re.compile(r"\b(\d{1,3}),(\d+)\b")
_NUMBER = re.compile(r"\d+")
_SIGN_ALONE = re.compile(r"(?<!\S)(?:[^\w\s]|_)+(?!\S)")
_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_READ_OTHERWISE = re.compile(rf"[\d{''.join(SIGNS)}]")


def read_aloud(plain: str) -> str:
    """A plain text, for a voice that would read figures wrongly."""
    text = _DATE.sub(_date, plain)
    text = _CLOCK.sub(lambda match: f"{numeral(int(match[1]))} giờ {numeral(int(match[2]))}", text)
    text = _GROUPED.sub(lambda match: numeral(int(match[0].replace(".", ""))), text)
    text = _COMMA.sub(lambda match: f"{numeral(int(match[1]))} phẩy {digits(match[2])}", text)
    text = _NUMBER.sub(_number, text)
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    return re.sub(r"[ \t]+", " ", text).strip()


def count(plain: str) -> int:
    """Chữ, as a clock would count them: what stands between spaces, numbers and signs as they are read."""
    text = plain
    if _READ_OTHERWISE.search(plain):  # most sentences are words alone
        text = read_aloud(_RANGE.sub(" ", plain))
    return len(text.split()) - len(_SIGN_ALONE.findall(text))


def digits(text: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in text)


def numeral(number: int) -> str:
    """10.000 is `mười nghìn`, 25 `hai mươi lăm`, 105 `một trăm linh năm`."""
    for size, unit in UNITS:
        if number >= size:
            rest = number % size
            head = f"{numeral(number // size)} {unit}"
            return head if not rest else f"{head} {_after(rest, size)}"
    return _below_thousand(number)


def _after(rest: int, size: int) -> str:
    """What follows thousands names its empty hundreds."""
    return f"không trăm {_tail(rest)}" if size == 1000 and rest < 100 else numeral(rest)


def _below_thousand(number: int) -> str:
    if number < 100:
        return _tens(number)
    hundreds, rest = divmod(number, 100)
    return f"{DIGITS[hundreds]} trăm" + (f" {_tail(rest)}" if rest else "")


def _tail(rest: int) -> str:
    return f"linh {DIGITS[rest]}" if rest < 10 else _tens(rest)


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return head
    special = {1: "mốt" if tens > 1 else "một", 5: "lăm"}
    return f"{head} {special.get(ones, DIGITS[ones])}"


def _number(match: re.Match[str]) -> str:
    text = match[0]
    spoken = digits(text) if len(text) >= ONE_BY_ONE or text.startswith("0") else numeral(int(text))
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return f"{' ' if before.isalpha() else ''}{spoken}{' ' if after.isalpha() else ''}"


def _date(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    told = f"{numeral(int(day))} tháng {numeral(int(month))}"
    return f"{told} năm {numeral(int(year))}" if year else told
