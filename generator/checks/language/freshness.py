"""Bài rà soát đã hơn 180 ngày thì nhắc, hơn 365 ngày thì nhắc gấp; trang trong platforms.yml xem đã hơn 90 ngày
thì nhắc mở lại; ngày đã xem mà chưa tới là gõ nhầm.
Chỉ nhắc, không chặn: hôm nay đổi thì lời nhắc đổi, bài vẫn vậy. `--release` mới chặn bài quá 365 ngày."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, warning

SOON, LATE = 180, 365
"""Days since the last review: time to look again, and too old to go out."""
ADDRESS_DAYS = 90


def check(matter: Matter) -> Iterator[Finding]:
    today = matter.handbook.today
    yield from _not_yet(matter)
    for lesson in matter.handbook.lessons:
        days = (today - lesson.office.review_written).days
        if days > SOON:
            rule = "fresh.review/late" if days > LATE else "fresh.review"
            yield warning(rule, lesson.office.place_of("rà soát", lesson.place), days=days)
    for platform in matter.handbook.platforms:
        days = (today - platform.checked).days if platform.checked else 0
        if days > ADDRESS_DAYS:
            yield warning("fresh.address", platform.place, name=platform.name, days=days)


def _not_yet(matter: Matter) -> Iterator[Finding]:
    days = [(lesson.office.review_written, lesson.office.place_of("rà soát", lesson.place)) for lesson in
            matter.handbook.lessons]
    days += [(platform.checked, platform.place) for platform in matter.handbook.platforms if platform.checked]
    days += [(change.day, change.phrase.place) for lesson in matter.handbook.lessons for change in
             lesson.office.changes]
    for day, place in days:
        if day > matter.latest:
            yield matter.remind("fresh.future", place, day=day)
