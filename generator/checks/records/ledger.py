"""Every lesson has a number, no number twice, every target exists or is retired, former addresses are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.ledger import CHANNEL_TARGETS, FILE, RUNS
from generator.handbook.model import OUTLINE, Entry, led_on
from generator.handbook.values import parse_date


def check(matter: Matter) -> Iterator[Finding]:
    entries = matter.handbook.ledger
    if not entries and FILE in matter.reading.damaged:
        return
    yield from _twice(matter)
    for entry in entries:
        if RUNS.search(entry.note):
            yield error("ledger.formula", entry.place, number=entry.number, note=entry.note)
        for column in ("since", "until"):
            if (day := parse_date(getattr(entry, column))) and day > matter.latest:
                yield error("ledger.future", entry.place, number=entry.number, column=column, day=day)
    alive = {entry.target: entry.number for entry in entries if not entry.until}
    for slug in written_slugs(matter):
        if slug not in alive:
            folder = "topics" if f"content/topics/{slug}/index.md" in matter.files else "cards"
            yield error("ledger.no-number", Place(f"content/{folder}/{slug}/index.md"), slug=slug, file=FILE)
    known = known_targets(matter)
    unsure = OUTLINE in matter.reading.damaged  # a part or path may only be unread
    for entry in entries:
        if not (unsure and entry.target.startswith(("part:", "path:"))):
            yield from _target(entry, known, entries)
            yield from _passed(entry, known, alive)


def known_targets(matter: Matter) -> set[str]:
    return {*written_slugs(matter), *matter.handbook.lists, *CHANNEL_TARGETS}


def _twice(matter: Matter) -> Iterator[Finding]:
    numbers: dict[str, list[Entry]] = {}
    targets: dict[str, Entry] = {}
    for entry in matter.handbook.ledger:
        numbers.setdefault(entry.number, []).append(entry)
    for rows in numbers.values():
        keeper = matter.elders.eldest(rows)
        unsure = len({entry.target for entry in rows}) > 1 and not matter.elders.are_sure(rows)
        for entry in rows:
            if entry is not keeper and unsure:
                yield error("ledger.number-twice/unsure", entry.place, number=entry.number, line=keeper.place.line,
                            target=entry.target, other=keeper.target, since=keeper.since)
            elif entry is not keeper:
                yield error("ledger.number-twice", entry.place, number=entry.number, line=keeper.place.line,
                            target=entry.target)
            elif not entry.until and (other := targets.setdefault(entry.target, entry)) is not entry:
                yield error("ledger.target-twice", entry.place, target=entry.target, other=other.number,
                            number=entry.number)


def _target(entry: Entry, known: set[str], entries: Sequence[Entry]) -> Iterator[Finding]:
    if entry.target and not entry.until and entry.target not in known:
        yield error("ledger.unknown-target", entry.place, target=entry.target, number=entry.number)
    if entry.moved_to and not led_on(entries, entry.moved_to, known):
        yield error("ledger.moved-nowhere", entry.place, number=entry.number, target=entry.moved_to)


def _passed(entry: Entry, known: set[str], alive: Mapping[str, str]) -> Iterator[Finding]:
    """Old paper is about its own lesson as long as that can be read."""
    live = alive.get(entry.target, "")
    if entry.until and live and entry.target in known and entry.moved_to not in ("", entry.target):
        yield warning("ledger.moved-past", entry.place, number=entry.number, own=entry.target, live=live,
                      target=entry.moved_to)
