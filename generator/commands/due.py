"""`check --due`: what waits for people, by the unit that answers for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from generator.checks.language.freshness import LATE, SOON
from generator.ground.findings import Place, Text
from generator.ground.said import said
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.lesson.shown import place_of, screens_of
from generator.handbook.model import Card, Handbook, Topic


def everything(_file: str) -> bool:
    return True


def due_text(handbook: Handbook, holds: Callable[[str], bool] = everything, edition: str = "") -> str:
    """Units in alphabetical order, the oldest review first; a lesson with nothing open, or in no file asked about, is
    left out. Of an edition: what nobody has signed."""
    heading = said("due/heading", day=handbook.today)
    units: dict[str, list[str]] = {}
    for lesson in sorted(handbook.lessons, key=lambda lesson: (lesson.office.review_written, lesson.slug)):
        tasks = _tasks(lesson, handbook.today) if holds(lesson.place.file) else []
        if tasks:
            number = handbook.number_of(lesson.slug)
            name = f"  {lesson.title.text} ({lesson.slug}{', ' + number if number else ''})"
            units.setdefault(lesson.office.unit, []).append("\n".join([name, *tasks]))
    for alert in handbook.alerts:
        if alert.last_day < handbook.today and holds(alert.place.file):
            ended = said("due/ended", day=alert.last_day)
            units.setdefault(alert.unit, []).append(f"  {alert.title.text}\n{_line(ended, alert.place)}")
    for place in handbook.editions if edition else ():
        if place.id in (edition, ROOT) and place.unsigned:  # a release wants both
            told = said("due/unsigned", id=place.id)
            units.setdefault(place.name, []).append(_line(told, Place(f"{FOLDER}{place.id}.yml")))
    if not units:
        return f"{heading}: {said('due/nothing')}"
    return "\n\n".join([str(heading), *(f"{unit}\n" + "\n".join(units[unit]) for unit in sorted(units))])


def _tasks(lesson: Topic | Card, today: date) -> list[str]:
    office = lesson.office
    tasks = []
    days, place = (today - office.review_written).days, office.place_of("rà soát", lesson.place)
    if office.unsigned_review and office.approval:
        unsigned = said("due/unsigned-review", day=office.unsigned_review, signed=office.approval.day, slug=lesson.slug)
        tasks.append(_line(unsigned, place))
    if days > SOON:
        late = said("due/overdue") if days > LATE else said("due/due")
        tasks.append(_line(said("due/review", late=late, day=office.review_written, days=days), place))
    for fact in office.open_facts:
        tasks.append(_line(said("due/to-confirm", fact=fact.text), fact.place))
    for holder, screen in screens_of(lesson):
        if not screen.seen:
            tasks.append(_line(said("due/unseen", where=place_of(holder)), screen.place))
    return tasks


def _line(words: Text, place: Place) -> str:
    return f"    - {words}  [{place.file}:{place.line}]"
