"""One good state of the handbook: the pages as made, and the papers that can be made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.files import digest_of
from generator.findings import Finding, Text
from generator.handbook.model import Handbook
from generator.items import Desk, Item
from generator.make import in_need_order
from generator.press.pages import plain
from generator.store import Made, Store

A5_BOOKS = frozenset({"booklet"})
"""Their first file on the site is `<id>-a5.pdf`."""


@dataclass(frozen=True)
class Shown:
    desk: Desk
    items: Mapping[str, Item]
    made: Mapping[str, Made]
    """Pages, and papers as far as the store has them."""
    files: dict[str, str] = field(default_factory=dict)
    """Path in the tree → blob; grows when somebody opens a paper."""

    def paper_at(self, path: str) -> Item | None:
        """The paper whose file this is, made or not: its place follows from its name."""
        place = PurePosixPath(path)
        if place.suffix != ".pdf":
            return None
        fitting = [item for item in self.items.values() if item.paper and place.parent.name == f"{item.product}s"
                   and f"{place.stem}-".startswith(f"{_id(item)}-")]
        return max(fitting, key=lambda item: len(_id(item)), default=None)

    def still_needed(self, item: Item) -> list[Item]:
        """What must be made for it, itself last."""
        return [need for need in in_need_order(list(self._closure(item))) if need.name not in self.made]

    def _closure(self, item: Item) -> Iterator[Item]:
        yield item
        for name in item.needs:
            if name in self.items:
                yield from self._closure(self.items[name])


@dataclass(frozen=True)
class View:
    """What a browser gets at this moment; swapped as a whole."""

    shown: Shown | None = None
    """The last good state; None until there is one."""
    findings: tuple[Finding, ...] = ()
    trouble: Text | None = None
    """What kept the machine, not the editor, from building."""


def files_of(made: Mapping[str, Made]) -> dict[str, str]:
    return {path: sha for one in made.values() for path, sha in one.files.items()}


def _id(item: Item) -> str:
    return item.name.partition(":")[2]


def standing_papers(store: Store, items: Mapping[str, Item]) -> dict[str, Made]:
    """Papers of exactly this state that the store still has from earlier."""
    found: dict[str, Made | None] = {}

    def stand(item: Item) -> Made | None:
        if item.name not in found:
            needed = {name: stand(items[name]) for name in item.needs if name in items}
            # The key as `Maker.one` computes it; were it another, the paper would only be made again.
            keys = sorted((name, made.key) for name, made in needed.items() if made)
            whole = all(needed.values())
            found[item.name] = store.find(digest_of(item.digest, keys)) if whole else None
        return found[item.name]

    papers = {item.name: stand(item) for item in items.values() if item.paper}
    return {name: made for name, made in papers.items() if made}


def stand_ins(handbook: Handbook, items: Sequence[Item], before: Mapping[str, Made]) -> dict[str, Made]:
    """For papers nobody has opened yet: pages link to them, with the size and pages they had before."""
    return {item.name: _stand_in(handbook, item, before.get(item.name)) for item in items if item.paper}


def _stand_in(handbook: Handbook, item: Item, before: Made | None) -> Made:
    lesson = handbook.by_slug.get(_id(item))
    facts = {**(before.facts if before else {}), "title": plain(lesson.title) if lesson else handbook.name}
    name = f"{_id(item)}-a5" if item.product in A5_BOOKS else _id(item)
    sizes = before.sizes if before else {f"site/downloads/{item.product}s/{name}.pdf": 0}
    return Made(digest_of("stand-in", item.name, dict(sizes), facts), {}, sizes, facts, ())
