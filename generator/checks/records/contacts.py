"""Whom an edition says to ask, whose lesson it is, who approved: a unit by its name, a number that can be dialled,
hours; each where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.language.privacy import has_mobile, person_in
from generator.checks.looking.levels import place_names
from generator.checks.looking.matter import Matter
from generator.checks.looking.units import unit_fault
from generator.checks.records.editions import no_answers
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text, error
from generator.handbook.approvals import names_many, standing
from generator.handbook.editions import FOLDER
from generator.handbook.hours import hours_fault
from generator.handbook.keys import UNWRITTEN
from generator.handbook.model import Handbook
from generator.handbook.phones import Fault, phone_fault
from generator.handbook.yaml_tree import Leaf, Node, Pairs, read_yaml

_OWN = re.compile(r"(?m)^đơn vị:[ \t]*[\"']?")


def check(matter: Matter) -> Iterator[Finding]:
    for source in matter.reading.texts.values():
        if source.file.startswith(FOLDER):
            yield from _of_edition(source, place_names(matter.handbook))
    yield from _of_lessons(matter)
    yield from _of_signers(matter)


@lru_cache(maxsize=10_000)
def _of_edition(source: Source, places: frozenset[str]) -> tuple[Finding, ...]:
    root, told = read_yaml(source)[0], no_answers(source)
    roles = root.get("giúp đỡ") if isinstance(root, Pairs) else None
    pairs = roles.pairs if isinstance(roles, Pairs) else ()
    return tuple(finding for _, contact in pairs for finding in _of_contact(source, contact, places)
                 if finding.place not in told)


def _of_contact(source: Source, contact: Node, places: frozenset[str]) -> Iterator[Finding]:
    for name, value in contact.pairs if isinstance(contact, Pairs) else ():
        ask = _ASKED.get(name.text)
        if not (ask and isinstance(value, Leaf)) or not value.text.strip():
            continue
        if fault := ask(value.text.strip(), places):
            yield _told(fault, _inside(source, value))


def _told(fault: Fault, place: Place) -> Finding:
    rule = {
        "no phone": "edition.phone", "letter": "edition.phone/letter", "words": "edition.phone/words",
        "digits": "edition.phone/digits", "mark": "edition.phone/mark", "mobile": "edition.phone/mobile",
        "area": "edition.phone/area", "nobody": "edition.phone/nobody", "short": "edition.phone/short",
        "no unit": "edition.unit", "number": "edition.unit/number", "hours": "edition.unit/hours",
        "outside": "edition.unit/outside", "edge": "edition.unit/mark", "person": "edition.unit/person",
        "more": "edition.unit/more", "long": "edition.unit/long", "two": "edition.unit/two",
        "no hours": "edition.hours", "strange": "edition.hours/words", "clock": "edition.hours/clock",
        "turned": "edition.hours/turned",
    }[fault.case]
    return error(rule, place, words=fault.words, letter=fault.letter, count=fault.digits)


def why_no_unit(unit: str, book: Handbook) -> Text | None:
    """What is wrong with a name that stands in no edition."""
    fault = unit_fault(unit, place_names(book))
    return _told(fault, Place("")).message if fault else None


def _inside(source: Source, leaf: Leaf) -> Place:
    """Where its first letter stands, behind the quotation mark."""
    place, line = leaf.place, source.text.split("\n")[leaf.place.line - 1]
    quoted = not leaf.plain and line[place.column - 1 : place.column] in ('"', "'")
    return Place(place.file, place.line, place.column + quoted)


def _of_phone(phone: str, _: frozenset[str]) -> Fault | None:
    """A mobile number is told as what belongs to one person wherever it stands."""
    fault = phone_fault(phone)
    return None if fault and has_mobile(fault.words) else fault


def _of_unit(unit: str, places: frozenset[str]) -> Fault | None:
    """Somebody's name or number is told elsewhere, and what is still to be written too."""
    return None if UNWRITTEN in unit or has_mobile(unit) or person_in(unit) else unit_fault(unit, places)


def _of_hours(hours: str, _: frozenset[str]) -> Fault | None:
    return None if UNWRITTEN in hours or has_mobile(hours) else hours_fault(hours)


_ASKED = {"đơn vị": _of_unit, "điện thoại": _of_phone, "giờ": _of_hours}


def _of_lessons(matter: Matter) -> Iterator[Finding]:
    """A lesson's own unit stands on its papers, and is who answers for it."""
    book, places = matter.handbook, place_names(matter.handbook)
    units = [*((lesson.place.file, lesson.office.unit) for lesson in book.lessons),
             *((alert.place.file, alert.unit) for alert in book.alerts if alert.unit)]
    for file, unit in units:
        source = matter.reading.texts[file]
        if (fault := _of_unit(unit, places)) and (own := _OWN.search(source.text)):
            yield error("lesson.unit", source.place(own.end()), why=_told(fault, Place("")).message)


def _of_signers(matter: Matter) -> Iterator[Finding]:
    """Of what counts: a row taken back is printed nowhere. Somebody's name is told in any row."""
    book, rows = matter.handbook, matter.handbook.approvals
    for row in (row for row in rows if standing(rows, row.slug, row.text) is row):
        if not person_in(row.unit) and (why := why_no_unit(row.unit, book)):
            yield error("approvals.unit/name", row.place, why=why, slug=row.slug)
        elif names_many(row.unit):
            yield error("approvals.unit/many", row.place, unit=row.unit, slug=row.slug)
