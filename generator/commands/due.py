"""`check --due`: what waits for people, by the unit that answers for it."""

from __future__ import annotations

from datetime import date

from generator.checks.language.freshness import LATE, SOON
from generator.ground.findings import Place, Text
from generator.handbook.model import Card, Handbook, Topic


def due_text(handbook: Handbook) -> str:
    """Units in alphabetical order, the oldest review first; a lesson with nothing open is left out."""
    heading = Text(f"Việc phải rà soát, tính đến {handbook.today:%d/%m/%Y}",
                   f"Due for review on {handbook.today:%d/%m/%Y}")
    units: dict[str, list[str]] = {}
    for lesson in sorted(handbook.lessons, key=lambda lesson: (lesson.office.reviewed, lesson.slug)):
        tasks = _tasks(lesson, handbook.today)
        if tasks:
            number = handbook.number_of(lesson.slug)
            name = f"  {lesson.title.text} ({lesson.slug}{', ' + number if number else ''})"
            units.setdefault(lesson.office.unit, []).append("\n".join([name, *tasks]))
    for alert in handbook.alerts:
        if alert.last_day < handbook.today:
            ended = Text(f"hết hạn {alert.last_day:%d/%m/%Y}, gỡ tệp này",
                         f"ended {alert.last_day:%d/%m/%Y}, take the file out")
            units.setdefault(alert.unit, []).append(f"  {alert.title.text}\n{_line(ended, alert.place)}")
    if not units:
        return f"{heading}: {Text('không có việc nào.', 'nothing.')}"
    return "\n\n".join([str(heading), *(f"{unit}\n" + "\n".join(units[unit]) for unit in sorted(units))])


def _tasks(lesson: Topic | Card, today: date) -> list[str]:
    office = lesson.office
    tasks = []
    days = (today - office.reviewed).days
    if days > SOON:
        place = office.place_of("rà soát", lesson.place)
        late = Text("QUÁ HẠN", "OVERDUE") if days > LATE else Text("đến hạn", "due")
        tasks.append(_line(Text(f"{late.vi}: rà soát lần cuối {office.reviewed:%d/%m/%Y}, {days} ngày trước",
                                f"{late.en}: last review {office.reviewed:%d/%m/%Y}, {days} days ago"), place))
    for fact in office.open_facts:
        tasks.append(_line(Text(f"cần xác nhận: {fact.text}", f"to confirm: {fact.text}"), fact.place))
    for step in lesson.steps:
        if step.screen and not step.screen.seen:
            words = Text(f"màn hình bước {step.number} chưa ai đối chiếu với máy thật",
                         f"nobody has held the screen of step {step.number} against the real app")
            tasks.append(_line(words, step.screen.place))
    return tasks


def _line(words: Text, place: Place) -> str:
    return f"    - {words}  [{place.file}:{place.line}]"
