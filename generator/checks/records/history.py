"""The ledger only grows: no row gone or changed against every version git holds; and no address dies unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.looking.matter import Matter
from generator.ground import history
from generator.ground.files import Project, Source
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook import config, ledger
from generator.handbook.model import Entry, Site
from generator.handbook.yaml_tree import Leaf, Pairs, read_yaml


def check(matter: Matter) -> Iterator[Finding]:
    root = matter.project.root
    versions = history.versions(root, ledger.FILE)
    if versions is None:
        yield warning("ledger.no-history", Place(ledger.FILE))
        return
    if matter.handbook.ledger or ledger.FILE not in matter.reading.damaged:
        yield from _ledger(matter, versions)
    yield from _addresses(matter, history.versions(root, config.FILE) or [])


def _ledger(matter: Matter, versions: Sequence[history.Version]) -> Iterator[Finding]:
    now = {(entry.number, entry.target): entry for entry in matter.handbook.ledger}
    lines = {entry.number: entry.place for entry in matter.handbook.ledger}
    broken = {finding.place for finding in matter.reading.findings if finding.place.file == ledger.FILE}
    unsure = {name for row in matter.handbook.ledger if row.place in broken for name in (row.number, row.target)}
    told: set[tuple[str, str]] = set()
    for version in reversed(versions):  # newest first: the nearest difference is told
        for old in ledger.read_ledger(Source(ledger.FILE, version.text))[0]:
            key = (old.number, old.target)
            if key in told or unsure & {*key} or not ledger.is_number(old.number):
                continue
            new = now.get(key)
            if new is None and not _renumbered(matter, versions, old):
                told.add(key)
                row = f"{old.number},{old.target},{old.since},{old.until},{old.moved_to},{old.note}"
                place = lines.get(old.number, Place(ledger.FILE))
                yield error("ledger.row-gone", place, number=old.number, target=old.target, row=row)
            elif new is not None and (change := _change(old, new)):
                told.add(key)
                before = getattr(old, change)
                yield error("ledger.row-changed", new.place, column=change, number=old.number, before=before)


def _change(old: Entry, new: Entry) -> str:
    """The first column that differs and may not; `until` and `moved_to` may be filled once."""
    for column in ledger.COLUMNS:
        before, after = getattr(old, column), getattr(new, column)
        if before != after and not (column in ("until", "moved_to") and not before):
            return column
    return ""


def _renumbered(matter: Matter, versions: Sequence[history.Version], old: Entry) -> bool:
    """True for the later of two rows that took one number on two branches and got another after the merge."""
    book = matter.handbook
    holder = next((entry for entry in book.ledger if entry.number == old.number), None)
    if holder is None or not any(entry.target == old.target for entry in book.ledger):
        return False
    return _taken_apart(matter.project, versions, (old.number, holder.target), (old.number, old.target))


def _taken_apart(
    project: Project, versions: Sequence[history.Version], one: tuple[str, str], two: tuple[str, str]
) -> bool:
    """True when neither row's first commit comes after the other's: they were taken on two branches."""
    firsts = []
    for key in (one, two):
        found = next((v.commit for v in versions if f"{key[0]},{key[1]}," in v.text), None)
        if found is None:
            return False
        firsts.append(found)
    older, newer = firsts
    return not (history.is_ancestor(project.root, older, newer) or history.is_ancestor(project.root, newer, older))


def _addresses(matter: Matter, versions: Sequence[history.Version]) -> Iterator[Finding]:
    """A changed `site_url` is an error until the old one stands in `extra.former_urls`."""
    site = matter.handbook.site
    told = {site.address, *site.former}
    for version in versions:
        address = _site_url(version.text)
        if not address or address in told or Site(address, (), "").placeholder:
            continue
        told.add(address)
        yield error("site.former-url", site.place, address=address)


def _site_url(text: str) -> str:
    node, _ = read_yaml(Source(config.FILE, text), config.plain_part(text))
    value = node.get("site_url") if isinstance(node, Pairs) else None
    return config.with_slash(value.text.strip() if isinstance(value, Leaf) else "")
