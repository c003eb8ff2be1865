"""An alert ends on a day that comes after its first, says something, and says it in at most 60 syllables."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.matter import Matter, take_apart
from generator.findings import Finding, error
from generator.handbook.markup import to_plain
from generator.handbook.model import Alert

MOST = 60


def check(matter: Matter) -> Iterator[Finding]:
    for alert in matter.handbook.alerts:
        yield from _days(alert)
        yield from _length(alert)


def _days(alert: Alert) -> Iterator[Finding]:
    if alert.last_day < alert.first_day:
        yield error(
            "alert.days", alert.place,
            (f"Ngày cuối {alert.last_day:%d/%m/%Y} đứng trước ngày đầu {alert.first_day:%d/%m/%Y}.",
             f"The last day {alert.last_day} comes before the first {alert.first_day}."),
            ("Sửa `từ ngày` hoặc `đến ngày`.", "Mend `từ ngày` or `đến ngày`."),
        )


def _length(alert: Alert) -> Iterator[Finding]:
    words = sum(len(to_plain(phrase.text).split()) for phrase in take_apart(alert).phrases
                if phrase not in (alert.title, *alert.topics))
    if not alert.blocks:
        yield error(
            "alert.empty", alert.title.place,
            ("Cảnh báo chưa có lời nào dưới tên.", "The alert says nothing below its title."),
            ("Viết kẻ xấu làm gì và bà con phải làm gì.", "Write what the swindlers do and what to do about it."),
        )
    elif words > MOST:
        yield error(
            "alert.too-long", alert.title.place,
            (f"Cảnh báo dài {words} chữ, nhiều nhất {MOST}.", f"The alert has {words} syllables, {MOST} at most."),
            ("Giữ một chuyện, một việc phải làm; phần còn lại để trong bài.",
             "Keep one trick and one thing to do; the rest belongs in the topic."),
        )
