"""Step 5, make: the items whose digest changed, one after another, with one warm browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from generator.engine.items import DRAWN, Bench, Desk, Handed, Item
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.ground.errors import MissingProgramError, ProofError, RefusedError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Place, error, in_order
from generator.ground.whole import Stock
from generator.press.orders import finish
from generator.press.remember import Press

if TYPE_CHECKING:
    from generator.press.browser import Browser


class WarmBrowser:
    """Started when the first paper asks for it, then kept warm; use it in a `with`, so that it always ends."""

    def __init__(self) -> None:
        self._browser: Browser | None = None

    def __call__(self) -> Browser:
        if self._browser is None:
            from generator.press.browser import Browser

            self._browser = Browser().__enter__()
        return self._browser

    def __enter__(self) -> WarmBrowser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._browser is not None:
            self._browser.__exit__(kind, problem, trace)
            self._browser = None


class NotMadeError(Exception):
    """A program failed while a product was made."""

    def __init__(self, product: str, why: MissingProgramError) -> None:
        super().__init__(product, why)
        self.product = product
        self.why = why


class Maker:
    """Makes items in the order of their needs."""

    def __init__(
        self, desk: Desk, store: Store, progress: Progress, known: Mapping[str, str], browser: WarmBrowser,
        look: Callable[[Made], None] = lambda _made: None, planned: Sequence[Item] | None = None,
        find: Callable[[str, str], Made | None] | None = None,
    ) -> None:
        self.desk = desk
        self.store = store
        self.progress = progress
        self.press = Press(browser, Stock(desk.project.private / DRAWN))
        self.look = look
        """Somebody is shown each item as soon as it is made."""
        self.known = known
        """Keys of what is published now, for needs this build was not asked to make."""
        self.planned = None if planned is None else {item.name: item for item in planned}
        """Given, what stands published counts only as long as it is what would be made of it today."""
        self.find = find or (lambda _name, key: store.find(key))
        """The record of an item's key, by whoever knows what that item can have made."""
        self.made: dict[str, Made] = {}
        self.fresh = 0

    def make(self, items: Sequence[Item], wanted: Sequence[str]) -> dict[str, Made]:
        """Results of the wanted items by name."""
        ordered = in_need_order([item for item in items if item.product in wanted])
        totals = {name: sum(item.product == name for item in ordered) for name in wanted}
        done = dict.fromkeys(wanted, 0)
        for item in ordered:
            try:
                if item.name not in self.made:
                    self.made |= self.all(self._side_by_side(item, ordered))
            except MissingProgramError as problem:
                raise NotMadeError(item.product, problem) from problem
            self.look(self.made[item.name])
            done[item.product] += 1
            label = self.desk.labels.get(item.product, item.product)
            self.progress.count(label, done[item.product], totals[item.product])
        return self.made

    def _side_by_side(self, first: Item, ordered: Sequence[Item]) -> list[Item]:
        """With it all others that can ask the browser at the same time: what they need is there."""
        if not first.together:
            return [first]
        waiting = {item.name for item in ordered} - self.made.keys()
        return [item for item in ordered
                if item.together and item.name in waiting and not waiting.intersection(item.needs)]

    @property
    def findings(self) -> list[Finding]:
        """What the editor is to be told, each once. A lesson's title is where it stands today, also when what was
        found is kept from an earlier build and lines have moved since."""
        titles = {lesson.place.file: lesson.title.place for lesson in self.desk.handbook.lessons}
        found = (finding for made in self.made.values() for finding in made.findings)
        return in_order(replace(finding, place=titles.get(finding.place.file, finding.place)) for finding in found)

    def one(self, item: Item) -> Made:
        return self.all([item])[item.name]

    def all(self, items: Sequence[Item]) -> dict[str, Made]:
        """Found, or made at one go."""
        needed = {item.name: self._all_needed(item) for item in items}
        keys = {item.name: _key(item, needed[item.name]) for item in items}
        found = {name: made for name, key in keys.items() if (made := self._find(name, key)) is not None}
        fresh = {item.name: item for item in items if item.name not in found}
        self.fresh += len(fresh)
        read = {name: set[str]() for name in fresh}
        done = finish({name: partial(item.begin, self._bench(needed[name])) for name, item in fresh.items()},
                      lambda: self.press, lambda name: self._step(fresh[name], read[name]))
        return found | {name: self.store.keep(keys[name], result, self.desk.theme.digests(read[name]))
                        for name, result in done.items()}

    def _find(self, name: str, key: str) -> Made | None:
        found = self.find(name, key)
        return found if found is not None and found.reads == self.desk.theme.digests(found.reads) else None

    def _bench(self, needed: Mapping[str, Made]) -> Bench:
        handed = {name: self._hand(made) for name, made in needed.items()}
        return Bench(self.desk.project, lambda: self.press, self.desk.project.private / "memory", handed)

    @contextmanager
    def _step(self, item: Item, read: set[str]) -> Iterator[None]:
        """Of one item's making: what it reads of the theme is its own, and what is wrong is told of it."""
        try:
            with self.desk.theme.noting() as names:
                yield
            read |= names
        except RefusedError:
            raise
        except ProofError as problem:
            raise _refused(item, problem) from problem

    def still(self, items: Sequence[Item]) -> dict[str, Made]:
        """What was not made now, and stands."""
        found = {item.name: made for item in items if item.name not in self.made
                 and (made := self._needed(item.name)) is not None}
        for made in found.values():
            self.look(made)
        return found

    def _all_needed(self, item: Item) -> dict[str, Made]:
        return {name: made for name in item.needs if (made := self._needed(name)) is not None}

    def _needed(self, name: str) -> Made | None:
        """Made in this build, or as it stands published when it was not asked for."""
        if name in self.made:
            return self.made[name]
        if name not in self.known:
            return None
        if self.planned is None:
            return self.find(name, self.known[name])
        item = self.planned.get(name)
        same = item is not None and _key(item, self._all_needed(item)) == self.known[name]
        return self._find(name, self.known[name]) if same else None

    def _hand(self, made: Made) -> Handed:
        return Handed(made.sizes, made.facts, lambda path: self.store.read(made.files[path]), made.codes)


def _key(item: Item, needed: Mapping[str, Made]) -> str:
    return digest_of(item.name, item.digest, sorted((name, made.handed) for name, made in needed.items()))


def _refused(item: Item, problem: ProofError) -> ProofError:
    """The press knows what is wrong with a sheet, the item whose words stand on it."""
    if not item.sources:
        return problem
    return RefusedError(error(
        "paper.refused", Place(item.sources[0]), problem.text,
        (f"Sửa chữ, hình hoặc địa chỉ mà {item.name} lấy ở đây rồi dựng lại.",
         f"Mend the words, pictures or addresses that {item.name} takes from here, then build again."),
    ))


def in_need_order(items: Sequence[Item]) -> list[Item]:
    """Each item after those it needs; otherwise as planned."""
    by_name = {item.name: item for item in items}
    ordered: dict[str, Item] = {}

    def place(item: Item, waiting: tuple[str, ...]) -> None:
        if item.name in ordered:
            return
        if item.name in waiting:
            raise AssertionError(f"items need each other in a circle: {' → '.join((*waiting, item.name))}")
        for need in item.needs:
            if need in by_name:
                place(by_name[need], (*waiting, item.name))
        ordered[item.name] = item

    for item in items:
        place(item, ())
    return list(ordered.values())


