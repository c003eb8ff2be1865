"""Step 5, make: the items whose digest changed, one after another, with one warm browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from generator.engine.items import Bench, Desk, Handed, Item
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.ground.errors import MissingProgramError, ProofError, RefusedError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Place, error, in_order

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


class Maker:
    """Makes items in the order of their needs."""

    def __init__(
        self, desk: Desk, store: Store, progress: Progress, known: Mapping[str, str], browser: WarmBrowser,
        look: Callable[[Made], None] = lambda _made: None,
    ) -> None:
        self.desk = desk
        self.store = store
        self.progress = progress
        self.browser = browser
        self.look = look
        """Somebody is shown each item as soon as it is made."""
        self.known = known
        """Keys of what is published now, for needs this build was not asked to make."""
        self.made: dict[str, Made] = {}
        self.fresh = 0
        self.no_browser: MissingProgramError | None = None
        """Set when the browser that was found does not start."""
    def make(self, items: Sequence[Item], wanted: Sequence[str], *, papers_must: bool = True) -> dict[str, Made]:
        """Results of the wanted items by name. Papers nobody asked for by name may fail with the browser."""
        ordered = in_need_order([item for item in items if item.product in wanted])
        totals = {name: sum(item.product == name for item in ordered) for name in wanted}
        done = dict.fromkeys(wanted, 0)
        for item in ordered:
            if item.paper and self.no_browser:
                continue
            try:
                self.made[item.name] = self.one(item)
            except MissingProgramError as problem:
                if papers_must or not item.paper:
                    raise
                self.no_browser = problem
                continue
            self.look(self.made[item.name])
            done[item.product] += 1
            label = self.desk.labels.get(item.product, item.product)
            self.progress.count(label, done[item.product], totals[item.product])
        return self.made

    @property
    def findings(self) -> list[Finding]:
        """What the editor is to be told, each once. A lesson's title is where it stands today, also when what was
        found is kept from an earlier build and lines have moved since."""
        titles = {lesson.place.file: lesson.title.place for lesson in self.desk.handbook.lessons}
        found = (finding for made in self.made.values() for finding in made.findings)
        return in_order(replace(finding, place=titles.get(finding.place.file, finding.place)) for finding in found)

    def one(self, item: Item) -> Made:
        needed = {name: made for name in item.needs if (made := self._needed(name)) is not None}
        key = digest_of(item.name, item.digest, sorted((name, made.handed) for name, made in needed.items()))
        found, theme = self.store.find(key), self.desk.theme
        if found is not None and found.reads == theme.digests(found.reads):
            return found
        handed = {name: self._hand(made) for name, made in needed.items()}
        bench = Bench(self.desk.project, self.browser, self.desk.project.private / "memory", handed)
        self.fresh += 1
        try:
            with theme.noting() as read:
                return self.store.keep(key, item.make(bench), theme.digests(read))
        except RefusedError:
            raise
        except ProofError as problem:
            raise _refused(item, problem) from problem

    def _needed(self, name: str) -> Made | None:
        """Made in this build, or as it stands published when it was not asked for."""
        if name in self.made:
            return self.made[name]
        return self.store.find(self.known[name]) if name in self.known else None

    def _hand(self, made: Made) -> Handed:
        return Handed(made.sizes, made.facts, lambda path: self.store.read(made.files[path]), made.codes)


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


