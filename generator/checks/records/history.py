"""The ledger only grows: no row gone, changed or given away against every version git holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from generator.checks.looking.elders import rows_of
from generator.checks.looking.matter import Matter
from generator.ground import history
from generator.ground.files import Source, read_source
from generator.ground.findings import Finding, Place, error, warning
from generator.ground.kept import Version
from generator.handbook import config, ledger
from generator.handbook.editions import FOLDER
from generator.handbook.model import APPROVALS, OUTLINE, Entry
from generator.handbook.values import parse_date

Pair = tuple[str, str]
KEPT = (ledger.FILE, config.FILE)


def check(matter: Matter) -> Iterator[Finding]:
    yield from _unknown(matter, remind_of_past(matter))
    if matter.versions and (matter.handbook.ledger or ledger.FILE not in matter.reading.damaged):
        yield from kept_rows(matter)


def remind_of_past(matter: Matter) -> Callable[..., Finding]:
    """Of what nobody can know from git: for a release somebody must say so."""
    return error if matter.release and not matter.history_unknown else warning


# Whether git knows all that may have been printed.


def _unknown(matter: Matter, remind: Callable[..., Finding]) -> Iterator[Finding]:
    """Why it may not. What only a release needs to know is asked only then."""
    if matter.versions is None or matter.texts is None:
        if folder := history.refused_owner(matter.project.root):
            yield remind("ledger.no-history/owner", Place(ledger.FILE), folder=folder)
        else:
            yield remind("ledger.no-history", Place(ledger.FILE))
        return
    head = matter.versions[-1].files if matter.versions else {}
    held = ledger.read_ledger(Source(ledger.FILE, head.get(ledger.FILE, "")))[1]
    odd = [file for file in KEPT if matter.project.leads_away(file)]  # git keeps a link's direction, not its end
    if odd or "ledger.header" in {finding.rule for finding in held}:
        file = [*odd, ledger.FILE][0]
        yield remind("ledger.no-history/other", Place(file), file=file)
    elif history.is_orphan(matter.project.root, [version.commit for version in matter.elsewhere]):
        yield remind("ledger.no-history/orphan", Place(ledger.FILE))
    elif matter.release:
        for file in _unsaved(matter, head):
            yield remind("ledger.no-history/unsaved", Place(file), file=file)
        if _begun_later(matter, matter.versions):
            yield remind("ledger.no-history/later", Place(ledger.FILE))


def _unsaved(matter: Matter, head: Mapping[str, str]) -> Iterator[str]:
    """What is printed from files git does not hold could be changed later and nobody would know."""
    files = {file for file in (*matter.reading.files, *head) if file.startswith(FOLDER) and file.endswith(".yml")}
    for file in (*KEPT, *(name for name in (APPROVALS,) if name in matter.files), *sorted(files)):
        source = matter.reading.texts.get(file) or read_source(matter.project.root, file)
        if isinstance(source, Source) and source.text != head.get(file):
            yield file
    held = {*(matter.texts or ())}
    printed = [OUTLINE, *(lesson.place.file for lesson in matter.handbook.lessons if lesson.approved)]
    for file in printed:  # lessons in another repository, or in a folder git was told to pass over, too
        if (text := matter.reading.texts.get(file)) and (file, text.text) not in held:
            yield file


def _begun_later(matter: Matter, versions: Sequence[Version]) -> bool:
    """A ledger older than its history has lost some of it."""
    first = next((version for version in versions if ledger.FILE in version.files), None)
    days = [day for row in rows_of(first) if (day := parse_date(row.since))] if first else []
    return bool(days) and (history.first_day(matter.project.root) - min(days)).days > 1


# Rows against their earlier selves.


def kept_rows(matter: Matter) -> Iterator[Finding]:
    versions, remind = matter.versions or [], remind_of_past(matter)
    rows = matter.handbook.ledger
    now = {(entry.number, entry.target): entry for entry in rows}
    lines = {entry.number: entry.place for entry in rows}
    broken = {finding.place for finding in matter.reading.findings if finding.place.file == ledger.FILE}
    unsure = {name for row in rows if row.place in broken for name in (row.number, row.target)}
    told: set[Pair] = set()
    settled: dict[Entry, Entry | None] = {}
    for version in reversed(versions):  # newest first: the nearest difference is told
        for old in rows_of(version):
            key = (old.number, old.target)
            if key in told or unsure & {*key}:
                continue
            new = now.get(key)
            if new is None and old not in settled:
                settled[old] = _renumbered(matter, versions, old)
            if new is None and (holder := settled[old]):
                told.add(key)
                if not matter.elders.are_sure((holder, old)):
                    yield remind("ledger.number-twice/settled", holder.place, number=old.number, target=old.target,
                                 other=holder.target)
            elif new is None:
                told.add(key)
                row = f"{old.number},{old.target},{old.since},{old.until},{old.moved_to},{old.note}"
                place = lines.get(old.number, Place(ledger.FILE))
                yield error("ledger.row-gone", place, number=old.number, target=old.target, row=row)
            elif new is not None and (change := _change(matter, old, new)):
                told.add(key)
                before = getattr(old, change)
                yield error("ledger.row-changed", new.place, column=change, number=old.number, before=before)


def _change(matter: Matter, old: Entry, new: Entry) -> str:
    """The first column that differs and may not: `until` and `moved_to` may be filled once, a formula defused, a day to
    come taken back."""
    for column in ledger.COLUMNS:
        before, after = getattr(old, column), getattr(new, column)
        mended = ledger.RUNS.search(before) if column == "note" else (
            column in ("since", "until") and (parse_date(before) or date.min) > matter.latest)
        if before != after and not mended and not (column in ("until", "moved_to") and not before):
            return column
    return ""


def _renumbered(matter: Matter, versions: Sequence[Version], old: Entry) -> Entry | None:
    """Who kept the number, where two rows took one and this one, the younger, got another after the merge; where nobody
    can tell who is the younger, people decided."""
    rows = matter.handbook.ledger
    holder = next((entry for entry in rows if entry.number == old.number), None)
    if holder is None or not any(entry.target == old.target for entry in rows):
        return None
    firsts: dict[Pair, str] = {}
    for version in versions:
        for row in rows_of(version):
            firsts.setdefault((row.number, row.target), version.commit)
    one, two = firsts.get((holder.number, holder.target), ""), firsts[old.number, old.target]
    beside = one and history.fork_of(matter.project.root, one, two) not in ("", two)
    may = not matter.elders.is_lie(holder) and (
        matter.elders.eldest((holder, old)) is holder or not matter.elders.are_sure((holder, old)))
    return holder if beside and may else None

