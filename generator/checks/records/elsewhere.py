"""What branches, tags and git's own log know of printed numbers and addresses, and HEAD does not stand on: a history
written anew hides its first self from itself.

A colleague's branch is none: of what it holds only that counts which it had before this one, or which this one had
itself and lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TypeVar

from generator.checks.looking.elders import rows_of
from generator.checks.looking.matter import ADDRESSES, LESSONS, Matter
from generator.checks.records import addresses, channels, exchanged, history, moved
from generator.ground.findings import Finding, Place, warning
from generator.ground.history import beyond, displaced, held_beyond
from generator.ground.kept import Change, Version
from generator.handbook import config, ledger
from generator.handbook.editions import FOLDER
from generator.handbook.model import OUTLINE, Site

HELD_AGAINST = (history.kept_rows, addresses.check, channels.check, exchanged.check, moved.check)
_KEYS = {*addresses.KEYS, *(name.written for name in channels.KEYS.values())}
_SAID = re.compile(r"""^([^\s#:][^:\n]*?)[ ]*:(?=[ \t]*(?:[^\s"'#]|"[^"]|'[^'])|[ \t]*\n[ \t]+\S)""", re.M)
_LISTED = re.compile(r"""^[ \t-]*mã[ ]*:[ ]*["']?([\w-]+)""", re.M)
NEVER = float("inf")
T = TypeVar("T")
Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Past:
    """What counts of the other versions, oldest first."""

    versions: Sequence[Version] = ()
    changes: Sequence[Change] = ()

    def __bool__(self) -> bool:
        return bool(self.versions or self.changes)

    def of(self, commits: Collection[str]) -> Past:
        return Past([one for one in self.versions if one.commit in commits],
                    [one for one in self.changes if one.commit in commits])

    def commit(self, file: str) -> str:
        """The newest that changed a lesson or the outline; for other files the newest of all."""
        changed = [one.commit for one in self.changes if one.file == file]
        others = [*(one.commit for one in self.changes), *(one.commit for one in self.versions)]
        return (changed or others)[-1]


def check(matter: Matter) -> Iterator[Finding]:
    if matter.versions and matter.texts is not None:
        others = Beyond(matter)
        taken = [*_taken(matter, matter.versions, others)]
        yield from taken
        yield from _lost(matter, others, {("ledger.row-gone", found.place) for found in taken})


def _lost(matter: Matter, others: Beyond, told: set[tuple[str, Place]]) -> Iterator[Finding]:
    """What the rules say against the other versions and not against HEAD's own past. What only git's own log still
    holds stops no release: most of it was mended before anybody printed it."""
    whole = others.past
    if whole:
        told |= {(found.rule, found.place) for found in _findings(matter)}
    for past, remind in ((whole.of(others.held), history.remind_of_past(matter)), (whole, warning)) if whole else ():
        for found in _findings(others.against(past)) if past else ():
            if (found.rule, found.place) not in told:
                told.add((found.rule, found.place))
                say = remind if found.severity == "error" else warning
                yield say("ledger.elsewhere/said", found.place, commit=past.commit(found.place.file)[:7],
                          told=found.message, mend=found.fix)


def _findings(matter: Matter) -> Iterator[Finding]:
    for rule in HELD_AGAINST:
        yield from rule(matter)


def _taken(matter: Matter, versions: Sequence[Version], others: Beyond) -> Iterator[Finding]:
    """A history written anew, or a branch yet to be merged, may know another owner of a number."""
    told = {(row.number, row.target) for version in versions for row in rows_of(version)} if matter.elsewhere else set()
    holders = {entry.number: entry for entry in matter.handbook.ledger}
    for version in matter.elsewhere:
        for row in rows_of(version):
            holder = holders.get(row.number, row)
            if holder.target == row.target or (row.number, row.target) in told:
                continue
            told.add((row.number, row.target))
            if matter.elders.eldest((holder, row)) is row or not matter.elders.are_sure((holder, row)):
                remind = history.remind_of_past(matter) if version.commit in others.held else warning
                yield remind("ledger.elsewhere", holder.place, number=row.number, target=row.target,
                             holder=holder.target, commit=version.commit[:7])


class Beyond:
    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    @cached_property
    def held(self) -> frozenset[str]:
        return held_beyond(self.matter.project.root)

    @cached_property
    def past(self) -> Past:
        """Whole where it was this history's own, else only what it had first; oldest first."""
        root, kept = self.matter.project.root, self.matter.kept
        others = beyond(root)
        own = displaced(root, others)
        latest = max(self._firsts.values(), default=0) if others else 0
        some = sorted((one for one in others if one.moment <= latest or one.id in own), key=lambda one: one.moment)
        changes = kept.changes(*LESSONS, of=some) or [] if some else []
        outlines = kept.read(one.sha for one in changes if one.file == OUTLINE) or {}
        versions = (version if version.commit in own else self._first(version) for version in kept.at(some, *ADDRESSES))
        return Past([*filter(None, versions)], [one for one in changes if one.commit in own or self._is_first(
            _marks(one.file, outlines.get(one.sha, "")), one.moment)])

    def _first(self, version: Version) -> Version | None:
        """This book with what another version of it had first."""
        first = {name: text for name, text in version.files.items() if name != ledger.FILE
                 and self._is_first(_marks(name, text), version.moment)}
        head = (self.matter.versions or [])[-1]
        return replace(version, files={**head.files, **first}) if first else None

    def _is_first(self, marks: Iterable[Mark], moment: int) -> bool:
        return any(self._firsts.get(mark, -1) >= moment for mark in marks)

    @cached_property
    def _firsts(self) -> Mapping[Mark, float]:
        """Since when this history has each; what was never saved is younger than all."""
        firsts: dict[Mark, float] = {}
        for (file, text), moment in {one: moment for moment, one in reversed([*self._texts()])}.items():
            for mark in _marks(file, text):
                firsts[mark] = min(moment, firsts.get(mark, NEVER))
        return firsts

    def _texts(self) -> Iterator[tuple[float, tuple[str, str]]]:
        matter = self.matter
        for version in matter.versions or ():
            for pair in version.files.items():
                yield version.moment, pair
        for change, pair in zip(matter.changes or (), matter.texts or (), strict=True):
            yield change.moment, pair
        for file, source in matter.reading.texts.items():
            yield NEVER, (file, source.text)

    def against(self, past: Past) -> Matter:
        """This book, held against its own history and that."""
        matter, own = self.matter, self.matter.versions or []
        known = matter.kept.read(change.sha for change in past.changes) or {}
        texts = [(change.file, known.get(change.sha, "")) for change in past.changes]
        assert matter.editions_by_age  # their age is that of their own history
        return matter.against([
            *_among((version.moment for version in past.versions), past.versions,
                    (version.moment for version in own[:-1]), own[:-1]), own[-1]],
            _among((change.moment for change in past.changes), texts,
                   (change.moment for change in matter.changes or ()), matter.texts or []))


def _among(since: Iterable[int], others: Iterable[T], ours: Iterable[int], own: Iterable[T]) -> list[T]:
    """Two pasts as one, by the clock; within its own each keeps its order. Of the same second the other is older."""
    rows = [*((moment, 0, one) for moment, one in zip(since, others, strict=True)),
            *((moment, 1, one) for moment, one in zip(accumulate(ours, max), own, strict=True))]
    return [one for *_, one in sorted(rows, key=lambda row: row[:2])]


@lru_cache(maxsize=20_000)
def _marks(file: str, text: str) -> frozenset[Mark]:
    """What papers are printed from: a lesson, a part, a path, an edition's address or channel, the site's address."""
    if file == OUTLINE:
        return frozenset((file, name) for name in _LISTED.findall(text))
    if file.startswith(FOLDER):
        return frozenset((file, key) for key in _SAID.findall(text) if key in _KEYS)
    if file == config.FILE:
        site = re.search(r"^site_url:[ ]*[\"']?([^\s\"']+)", text, re.M)
        return frozenset({(file, "")} if site and not Site(site[1], (), "").placeholder else ())
    return frozenset({(file, "")} if moved.LESSON.fullmatch(file) else ())
