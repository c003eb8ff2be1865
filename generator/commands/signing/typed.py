"""What is typed after `hocso approve`: what goes together, and how each word is to look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.checks.language.privacy import person_in, private_in
from generator.checks.looking.devices import names_phone
from generator.checks.records.contacts import why_no_unit
from generator.commands.signing.standing import Lesson
from generator.ground.errors import UsageError
from generator.ground.files import Source, fold
from generator.ground.said import said
from generator.ground.unseen import find_unseen
from generator.handbook import ledger
from generator.handbook.approvals import last_signed, names_many
from generator.handbook.lesson.texts import LETTERS, SHAPE, as_name
from generator.handbook.model import APPROVALS, Approval, Handbook
from generator.handbook.values import parse_date
from generator.handbook.words import Words

NUMBERED = re.compile("[0-9]")
SAMPLES = ("don vi", "don vi duyet", "ten don vi", "unit", "loai may", "ten may", "phone", "device", "may", "may that",
           "dien thoai")
"""What our own papers and help print where something is to be filled in."""
_NOTHING = re.compile(r"(.)\1*", re.DOTALL)
"""`x`, `...`, `???`."""


@dataclass(frozen=True)
class Typed:
    """What was asked for, as it was typed."""

    unit: str
    date: str
    from_sheet: str
    sheet: str
    note: str
    confirm: str
    seen: str
    on: str
    withdraw: str | None
    undo: bool
    instead: str


def refuse_beside_undo(typed: Typed) -> None:
    if any((typed.unit, typed.date, typed.from_sheet, typed.sheet, typed.note, typed.confirm, typed.seen, typed.on,
            typed.instead, typed.withdraw is not None)):
        raise UsageError(*said("undo/alone"))


def refuse_together(
    typed: Typed, lessons: Sequence[Lesson], places: Sequence[Words], approvals: Sequence[Approval]
) -> None:
    """What does not go together, or lacks its other half."""
    if not (typed.unit and typed.date):
        raise UsageError(*said("approve/both"))
    if typed.withdraw is not None and not typed.withdraw.strip():
        raise UsageError(*said("approve/why"))
    if typed.withdraw and (none := next((one.slug for one in lessons if last_signed(approvals, one.slug) is None), "")):
        raise UsageError(*said("approve/not-approved", slug=none))
    if places and (typed.confirm or typed.seen):
        raise UsageError(*said("sign/no-facts", name=places[0].name))
    if typed.from_sheet and len(lessons) + len(places) > 1:
        raise UsageError(*said("approve/one-sheet"))
    if len(lessons) > 1 and NUMBERED.search(typed.confirm + typed.seen):
        raise UsageError(*said("approve/numbers-of-one"))
    if typed.on.strip() and (fold(typed.on.strip()) in SAMPLES or _NOTHING.fullmatch(typed.on.strip())):
        raise UsageError(*said("approve/sample", option="--on", words=typed.on))
    if bool(typed.seen) != bool(typed.on.strip()):
        raise UsageError(*said("approve/phone"))
    if typed.on.strip() and not names_phone(typed.on):
        raise UsageError(*said("approve/device", words=typed.on))
    if typed.withdraw and (typed.from_sheet or typed.confirm or typed.seen or typed.note or typed.instead):
        raise UsageError(*said("approve/withdraw-alone"))


def unit_of(given: str, book: Handbook) -> str:
    unit = cell_of(given)
    if fold(unit) in SAMPLES:
        raise UsageError(*said("approve/sample", option="--unit", words=given))
    if (person := person_in(unit)):
        raise UsageError(*said("approve/person", name=person))
    if why := why_no_unit(unit, book):
        raise UsageError(*said("approve/unit", unit=given, why=why))
    if names_many(unit):
        raise UsageError(*said("approve/general", unit=given))
    return unit


def cell_of(given: str) -> str:
    """One line that no spreadsheet runs."""
    text = " ".join(given.split())
    if ledger.RUNS.search(text) or any(find_unseen(text)) or not text.isprintable():
        raise UsageError(*said("approve/cell", words=given))
    return text


def day_of(given: str) -> date:
    day = parse_date(given)
    if day is None:
        raise UsageError(*said("approve/day", day=given))
    if day > date.today():
        raise UsageError(*said("approve/future", day=f"{day:%d/%m/%Y}"))
    return day


def text_asked(given: str) -> tuple[str, int]:
    """The text a sheet names, and how many of its things were confirmed when it was printed."""
    name, count = as_name(given)
    if given and not SHAPE.fullmatch(name):
        raise UsageError(*said("approve/text", text=given, letters=LETTERS))
    return name, count


def refuse_private(words: str) -> None:
    """The book is everybody's to read, and a row in it stays: what a check would tell of it is not written."""
    if found := next(private_in(Source(APPROVALS, words)), None):
        raise UsageError(*said("approve/private", told=found.message))
