"""One good state of the handbook: the pages as made, and the papers that can be made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from generator.engine.items import Bench, Desk, Item, Result
from generator.engine.make import Maker, in_need_order
from generator.engine.store import Made
from generator.ground.files import Project, Source, digest_of, read_source
from generator.ground.findings import Finding, Place, Text
from generator.handbook.model import Handbook
from generator.press.pages import plain
from generator.products import known_paper, products


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
        known = known_paper(path) if path.endswith(".pdf") else None
        return self.items.get(f"{known.product.name}:{known.name or PurePosixPath(path).stem}") if known else None

    def still_needed(self, item: Item) -> list[Item]:
        """What must be made for it, itself last."""
        ordered = in_need_order(list(closure(self.items, item)))
        return [need for need in ordered if need.name not in self.made]


@dataclass(frozen=True)
class View:
    """What a browser gets at this moment; swapped as a whole."""

    shown: Shown | None = None
    """The last good state; None until there is one."""
    findings: tuple[Finding, ...] = ()
    trouble: Text | None = None
    """What kept the machine, not the editor, from building."""
    quoted: Mapping[Place, str] = field(default_factory=dict)
    """The words where a finding stands: a form has no numbers of lines."""


_MOST_WORDS = 100
_TEXTS = (".md", ".yml", ".csv")


def quoted(project: Project, findings: Collection[Finding]) -> dict[Place, str]:
    """As they stand now; nothing for what is about a file as a whole or is no text."""
    found: dict[Place, str] = {}
    for file in {finding.place.file for finding in findings if finding.place.file.endswith(_TEXTS)}:
        source = read_source(project.root, file)
        lines = source.text.split("\n") if isinstance(source, Source) else []
        found |= {place: _around(lines[place.line - 1], place.column) for place in (one.place for one in findings)
                  if place.file == file and place.line <= len(lines)}
    return {place: words for place, words in found.items() if any(map(str.isalnum, words))}


def _around(line: str, column: int) -> str:
    start = max(0, column - _MOST_WORDS // 2)
    return line[start:start + _MOST_WORDS].strip()


def files_of(made: Mapping[str, Made]) -> dict[str, str]:
    return {path: sha for one in made.values() for path, sha in one.files.items()}


LAZY = ("leaflet", "booklet", "entry")
"""Papers whose file follows from their name, so that a page can link to them before somebody opens them."""


class _NotMadeError(Exception):
    """Nothing stands under the item's key."""


def _refuse(_bench: Bench) -> Result:
    raise _NotMadeError


def standing_papers(maker: Maker, items: Mapping[str, Item]) -> dict[str, Made]:
    """Papers of exactly this state that the store has from earlier; nothing is made."""
    wanted = {need.name: need for item in items.values() if item.paper for need in closure(items, item)}
    for item in in_need_order(list(wanted.values())):
        if all(name in maker.made for name in item.needs if name in items):
            with suppress(_NotMadeError):
                maker.made[item.name] = maker.one(replace(item, begin=_refuse))
    # What they had to say was said when they were made.
    return {name: replace(made, findings=()) for name, made in maker.made.items() if items[name].paper}


def closure(items: Mapping[str, Item], item: Item) -> Iterator[Item]:
    """The item and all it needs, directly or not."""
    yield item
    for name in item.needs:
        if name in items:
            yield from closure(items, items[name])


def stand_ins(handbook: Handbook, items: Sequence[Item], before: Mapping[str, Made]) -> dict[str, Made]:
    """For papers nobody has opened yet: pages link to them, with the size and pages they had before."""
    return {item.name: _stand_in(handbook, item, before.get(item.name)) for item in items
            if item.product in LAZY}


def _stand_in(handbook: Handbook, item: Item, before: Made | None) -> Made:
    name = item.name.partition(":")[2]
    lesson = handbook.by_slug.get(name)
    facts = {**(before.facts if before else {}), "title": plain(lesson.title) if lesson else handbook.name}
    file = products()[item.product].papers[0].file.removeprefix("print/").replace("*", name)
    sizes = before.sizes if before else {f"site/downloads/{file}": 0}
    return Made(digest_of("stand-in", item.name, dict(sizes), facts), {}, sizes, facts, ())
