"""When a unit answers, as a place's file says it: times and words of times, and a day that ends after it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.ground.files import beside
from generator.handbook.phones import COUNT, EDGES, SPELLED, Fault, numbers_in

_WORDS = frozenset(beside(__file__, ".txt").split())
_TOKEN = re.compile(r"[^\W\d_]+[0-9]?(?!\w)|[^\W_]+")
_TIME = re.compile(
    r"(?i)(?<![\w:/])(?P<hour>[0-9]{1,2})(?: ?(?:giờ|[hg](?![a-zà-ỹ]))(?: ?(?P<late>[0-9]{1,2})(?! ?(?:giờ|[hg:])))?"
    r"(?: ?phút)?|(?::|(?<![3-9][0-9])(?<!2[5-9])\.(?=[0-5][0-9](?!\.)))(?P<minute>[0-9]{2}))"
    r"(?: (?P<part>sáng|trưa|chiều|tối|đêm))?(?!\w)")
_TO = re.compile(r"(?i)\s*(?:đến|tới|[\u2010-\u2015-])\s*")
_ROUND = re.compile(r"(?<![\w/])24/(?:24|7)(?![\w/])")
_DATE = re.compile(r"(?<![\w/])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?:/[0-9]{4})?(?![\w/])")
_WEEKDAY = re.compile(r"(?i)(?<!\w)(?:thứ |t)(?P<day>[0-9]+)(?!\w)")
_SPELLED = re.compile(rf"(?i)(?<!\w)(?:(?:không|một)(?:[\s,.-]+{COUNT}){{2,}})(?!\w)|{SPELLED.pattern}")
"""A number that is said: `không hai hai năm …`, `một một ba`."""
_DAYS = re.compile(r"(?i)(?<!\w)(?:thứ|mùng|mồng|ngày)\s+$")
_COUNTED = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy")
_EVENING, _MORNING = 18 * 60, 8 * 60
_IN_PAIRS = re.compile("[0-9 ]+")
_OVERNIGHT = re.compile(r"(?i)hôm sau|qua đêm|sáng sau|ngày hôm sau|suốt đêm|ca đêm|trực đêm|trực ban đêm")


def hours_fault(hours: str) -> Fault | None:
    """What of it is no time, or cannot be."""
    rows = (row[0] for row in numbers_in(hours) if re.search("[0-9]{3}", row[0]) or _IN_PAIRS.fullmatch(row[0]))
    if row := next(rows, "") or next(_spelled(hours), ""):
        return Fault("no hours", row)
    if number := re.search(r"(?<![\w/])[0-9]{3,}(?![\w/])", hours):
        return Fault("no hours", number[0]) if len(number[0]) != len("2026") else None
    return next(_wrong(hours), None)


def _spelled(hours: str) -> Iterator[str]:
    """Not the days of a week, which rise: `thứ hai, ba, tư`."""
    for found in _SPELLED.finditer(hours):
        words = re.findall(r"\w+", found[0].lower())
        rising = sorted(set(words) & set(_COUNTED), key=_COUNTED.index)
        if not (words == rising and _DAYS.search(hours[: found.start()])):
            yield found[0]


def _wrong(hours: str) -> Iterator[Fault]:
    if strange := next((word for word in _TOKEN.findall(hours) if not _is_of_time(word)), ""):
        yield Fault("strange", hours[hours.index(strange) :].strip(EDGES))
    times = list(_TIME.finditer(hours))
    for time in times:
        if int(time["hour"]) > 24 or int(time["minute"] or time["late"] or 0) > 59:
            yield Fault("clock", time[0])
    yield from (Fault("clock", day[0]) for day in _WEEKDAY.finditer(hours) if not 2 <= int(day["day"]) <= 7)
    for date in _DATE.finditer(_ROUND.sub("", hours)):
        alone = date[0].count("/") < 2 and not re.search(r"(?i)trừ|nghỉ|lễ|tết|ngày|từ|đến|hết", hours)
        if alone or not (1 <= int(date["day"]) <= 31 and 1 <= int(date["month"]) <= 12):
            yield Fault("clock", date[0])
    for begin, end in pairwise(times):
        joined = _TO.fullmatch(hours[begin.end() : end.start()])
        if joined and _minutes(end) <= _minutes(begin) and not (_OVERNIGHT.search(hours) or _is_night(begin, end)):
            yield Fault("turned", hours[begin.start() : end.end()])
    if not (times or re.search(r"[^\W\d_]{2}", hours) or _ROUND.search(hours) or _WEEKDAY.search(hours)):
        yield Fault("strange", hours)


def _is_night(begin: re.Match[str], end: re.Match[str]) -> bool:
    """`22h-6h`: who is on duty then goes home in the morning; `17h đến 8h` was turned."""
    return _minutes(begin) >= _EVENING and _minutes(end) <= _MORNING


def _is_of_time(word: str) -> bool:
    small = word.casefold()
    return word.isdigit() or small in _WORDS or bool(re.fullmatch(r"[0-9]{1,2}[hg](?:[0-9]{1,2}p?)?|t[0-9]+", small))


def _minutes(time: re.Match[str]) -> int:
    """Of the day: `5 giờ chiều` is 17, `12 giờ đêm` its end, `1 giờ đêm` the beginning of the next."""
    hour, part = int(time["hour"]), (time["part"] or "").lower()
    later = ((part in ("chiều", "tối") and hour < 12) or (part == "trưa" and hour < 3)
             or (part == "đêm" and 6 <= hour <= 12))
    return (hour + 12 * later) * 60 + int(time["minute"] or time["late"] or 0)
