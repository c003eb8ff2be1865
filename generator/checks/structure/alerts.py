"""An alert ends on a day that comes after its first, says something, and says it in at most 60 syllables. One whose
first day is to come is on no page yet, and whoever wrote it hears that."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter, take_apart
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.lesson.markup import to_plain
from generator.handbook.model import Alert
from generator.handbook.spoken import count

MOST = 60


def check(matter: Matter) -> Iterator[Finding]:
    for alert in matter.handbook.alerts:
        if alert.place.file in matter.reading.damaged:
            continue
        if alert.last_day < alert.first_day:
            yield error("alert.days", _line(matter, alert, "đến ngày"), last=alert.last_day, first=alert.first_day)
        elif alert.first_day > matter.handbook.shown_on:
            yield warning("alert.later", _line(matter, alert, "từ ngày"), day=f"{alert.first_day:%d/%m/%Y}")
        words = sum(count(to_plain(phrase.text)) for phrase in take_apart(alert).phrases
                    if phrase not in (alert.title, *alert.topics))
        if not alert.blocks:
            yield error("alert.empty", alert.title.place)
        elif words > MOST:
            yield error("alert.too-long", alert.title.place, words=words, most=MOST)


def _line(matter: Matter, alert: Alert, key: str) -> Place:
    lines = enumerate(matter.lines_of(alert.place.file), start=1)
    return Place(alert.place.file, next((number for number, text in lines if text.startswith(key)), 1))
