"""Steps 3–5 of one edition: select, plan, make. Here, or in a worker that was told the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial

from generator.engine.items import ALL_BEFORE, Desk, Item
from generator.engine.make import Maker, NotMadeError, WarmBrowser
from generator.engine.only import ALL, Only
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.engine.tasks import Task, stands
from generator.engine.tree import Part, Published, product_of, voice_of
from generator.ground import history
from generator.ground.code import our_code
from generator.ground.errors import BrowserError, MissingProgramError
from generator.ground.files import Project, digest_of
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.model import Handbook
from generator.handbook.select import select
from generator.press.film import film_version
from generator.press.photos import as_shown
from generator.press.which_browser import browser_version, find_browser, install_hint
from generator.products import (
    NAMES,
    is_laid,
    modules_of,
    plan_product,
    products,
    standard,
    strange_files,
    takes_browser,
)
from generator.proof.made import Proofreader


@dataclass(frozen=True)
class Setting:
    """What is the same for all editions of a build; every worker is told it once."""

    handbook: Handbook
    """As read and checked: what an editor saves while a build runs waits for the next one."""
    moment: int
    browser: str
    past: history.Past
    asked: tuple[str, ...] = ()
    """Products named; empty: the standard set."""
    left_out: frozenset[str] = frozenset()
    """Of the standard set, what is made only by name."""
    only: Only = ALL
    rewritten: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    release: bool = False
    """Nothing of an earlier build goes out with it that this one would make otherwise."""


def settle(
    project: Project, handbook: Handbook, *, asked: tuple[str, ...] = (), left_out: frozenset[str] = frozenset(),
    only: Only = ALL, release: bool = False,
) -> Setting:
    return Setting(handbook, history.month_moment(project.root), browser_version(find_browser()),
                   history.past_of(project.root), asked, left_out - {*asked}, only, release=release)


def lay_desk(
    project: Project, setting: Setting, handbook: Handbook, lacking: frozenset[str] = frozenset()
) -> Desk:
    return Desk(
        project, handbook, setting.moment,
        setting.browser,
        labels={name: product.label for name, product in products().items()},
        past=setting.past,
        rewritten=setting.rewritten,
        lacking=lacking,
        develop=as_shown,
    )


class Workshop(ExitStack):
    """One process's: its browser stays warm from edition to edition, and whatever it makes is kept. Use it in a
    `with`."""

    def __init__(
        self, project: Project, setting: Setting, store: Store, progress: Progress, jobs: int = 0, *,
        helped: bool = True,
    ) -> None:
        super().__init__()
        self.project = project
        self.setting = setting
        self.store = store
        self.progress = progress
        code = our_code().digest("generator.proof.made")
        self.proofreader = self.enter_context(Proofreader(store, code, jobs, helped=helped))
        self.warm = self.enter_context(WarmBrowser())
        self._begun_anew = False
        self._fresh = 0

    def make(self, task: Task) -> Part:
        """A build does not hang on one program: what it cannot make stays as it is, and all else is made without it.
        A browser that died once is started once more."""
        lost = {} if film_version() else {name: NO_FFMPEG for name in NAMES if products()[name].ffmpeg}
        while True:
            try:
                return self._make(task, lost)
            except NotMadeError as problem:
                if isinstance(problem.why, BrowserError):
                    self.warm.__exit__(BrowserError, problem.why, None)
                    names = tuple(filter(takes_browser, NAMES)) if self._begun_anew else ()
                    self._begun_anew = True
                else:
                    names = (problem.product,)
                if {*names} & {*self.setting.asked}:
                    raise problem.why from problem
                lost |= dict.fromkeys(names, problem.why.text)

    def _make(self, task: Task, lost: Mapping[str, Text]) -> Part:
        progress = self.progress
        with progress.step("select", task.edition):
            handbook = select(self.setting.handbook, task.edition)
        with progress.step("plan"):
            whole = wanted_products(self.setting, task.damaged | task.lapsed, mends=task.mends)
            wanted = tuple(name for name in whole if name not in lost)
            desk = lay_desk(self.project, self.setting, handbook, _lacking(task, wanted))
            items = plan(desk, (*wanted, *_standing(task)))
            wanted = (*wanted, *self._brought(items, handbook, task, wanted))
            wanted = self._with_lost_needs(items, wanted, task.known, lost)
            chosen, stay, unread = self._chosen(items, handbook, task, wanted)
            strict = self.setting.release and not task.mends
        with progress.step("make"):
            # What lapsed and is not made again stands no more: nobody packs it.
            known = {name: key for name, key in task.known.items() if name not in task.shown}
            maker = Maker(desk, self.store, progress, known, self.warm, self.proofreader.take,
                          items if strict else None, partial(kept, self.store))
            maker.made |= stay
            for one in stay.values():  # also those that lie in another worker's share
                self.proofreader.take(one)
            try:
                made = maker.make(_share(chosen, task.share), wanted)
            finally:
                self._fresh += maker.fresh
            if strict and not task.share:  # what else stood goes, unless it is what would be made of it today
                wanted = tuple(dict.fromkeys((*wanted, *_standing(task))))
                made |= maker.still([item for item in items if item.product in wanted])
            proofs = self.proofreader.judge(made.values(), handbook.ledger)
        done = [item for item in items if item.name in made]
        if strange := [file for item in done for file in strange_files(item.product, made[item.name].files)]:
            raise TypeError(f"PRODUCT names no kind of file for {', '.join(strange)}")
        fresh, self._fresh = self._fresh, 0
        return Part(task.edition, wanted, {item.name: made[item.name].key for item in done},
                    _files(done, made), unread, frozenset(proofs), fresh, tuple(maker.findings),
                    {name: why for name, why in lost.items() if name in whole or why != NO_FFMPEG}, self.store.told())

    def _chosen(
        self, items: list[Item], handbook: Handbook, task: Task, wanted: Sequence[str]
    ) -> tuple[list[Item], dict[str, Made], dict[str, str]]:
        """The items asked for; with those of the same products that stand published, which stay, also where another
        clone made them and has the record."""
        only = self.setting.only
        if only.all or task.mends or (task.damaged and not task.known and not self.setting.release):
            products = wanted_products(self.setting, mends=task.mends)
            asked = [item for item in only.chosen(items, handbook) if item.product in products]
            names = {*_with_parts(asked, items)}
            chosen, rest = {item.name for item in items if item.name in names or stands(item, task)}, task.lapsed
        else:
            only.check(items, handbook)
            chosen, rest = {*_with_parts(only.chosen(items, handbook), items)}, frozenset(wanted)
            chosen |= {item.name for item in items if item.product in task.lapsed and stands(item, task)}
        if self.setting.release:
            return [item for item in items if item.name in chosen], {}, {}
        others = [item.name for item in items if item.product in rest and item.name in task.known
                  and item.name not in chosen and item.name not in task.shown]
        stay = {name: made for name in others if (made := kept(self.store, name, task.known[name])) is not None}
        unread = {name: task.known[name] for name in others if name not in stay}
        return [item for item in items if item.name in chosen or item.name in stay], stay, unread

    def _brought(self, items: list[Item], handbook: Handbook, task: Task, wanted: Sequence[str]) -> list[str]:
        """Products of what the papers asked for are laid out of: nobody folds a booklet of last week."""
        if task.mends:
            return []
        parts = _with_parts(self.setting.only.chosen([item for item in items if item.product in wanted], handbook),
                            items)
        return sorted({name.partition(":")[0] for name in parts} - {*wanted})

    def _with_lost_needs(
        self, items: Sequence[Item], wanted: tuple[str, ...], known: Mapping[str, str], without: Collection[str],
    ) -> tuple[str, ...]:
        """With products that nobody asked for and these need, of which the record is gone: they must not be left out
        as if there were none."""
        needs = dict.fromkeys(name for item in items if item.product in wanted for name in item.needs)
        lost = {item.product for item in items if item.name in needs and item.name in known
                and item.product not in wanted and not kept(self.store, item.name, known[item.name])}
        lost = {name for name in lost if name not in without and (self.setting.browser or not takes_browser(name))}
        return self._with_lost_needs(items, (*wanted, *sorted(lost)), known, without) if lost else wanted


def _with_parts(chosen: Sequence[Item], items: Sequence[Item]) -> dict[str, None]:
    """Their names, and those of the papers they are laid out of."""
    by_name = {item.name: item for item in items}
    names = dict.fromkeys(item.name for item in chosen)
    for name in list(names):
        if is_laid(by_name[name].product):
            names |= _with_parts([by_name[need] for need in by_name[name].needs if need in by_name], items)
    return names


def kept(store: Store, name: str, key: str) -> Made | None:
    """The record of an item; none, however well it is sealed, where it names files that nobody makes of it, or no file
    and not why."""
    made = store.find(key)
    told = made and (made.files or made.findings)
    return made if made and told and not strange_files(product_of(name), made.files) else None


NO_FFMPEG = said("build/no-ffmpeg")


def _lacking(task: Task, wanted: Sequence[str]) -> frozenset[str]:
    return frozenset(standard()) - {*wanted, *_standing(task)}


def _standing(task: Task) -> list[str]:
    """Products of which something stands published: pages go on leading to it."""
    return sorted(task.standing)


def _share(items: Sequence[Item], share: tuple[int, int] | None) -> Sequence[Item]:
    if share is None:
        return items
    first, count = share
    return [item for item in items if not item.needs][first::count]


def _files(items: Sequence[Item], made: Mapping[str, Made]) -> dict[str, Published]:
    return {path: Published(sha, item.product, item.sources, voice_of(path, made[item.name].facts))
            for item in items for path, sha in made[item.name].files.items()}


def wanted_products(setting: Setting, damaged: Collection[str] = (), *, mends: bool = False) -> tuple[str, ...]:
    """The products to make, those asked for and those to mend; paper asked for by name needs its programs."""
    can_print = bool(setting.browser)
    papers = [name for name in setting.asked if takes_browser(name)]
    if papers and not can_print:
        raise MissingProgramError(*said("build/no-browser-for", names=", ".join(papers), hint=install_hint()))
    films = [name for name in setting.asked if products()[name].ffmpeg]
    if films and not film_version():
        raise MissingProgramError(*said("build/not-made", names=", ".join(films), why=NO_FFMPEG))
    asked = () if mends else setting.asked or tuple(name for name in standard() if name not in setting.left_out)
    mended = tuple(name for name in NAMES if name in damaged)
    return tuple(name for name in dict.fromkeys((*asked, *mended)) if can_print or not takes_browser(name))


def plan(desk: Desk, wanted: Sequence[str] = ()) -> list[Item]:
    """Every product's items, asked for or not: those not asked for may still be handed over."""
    names = dict.fromkeys((*standard(), *wanted))
    items = [item for name in names for item in _planned(name, desk)]
    return [replace(item, needs=needs_of(item, items)) for item in items]


def _planned(name: str, desk: Desk) -> list[Item]:
    """With all that shapes this product besides words: its own code, the libraries that takes, and what planning has
    read of the theme. What making reads of it, the maker sees."""
    with desk.theme.noting() as read:
        items = plan_product(name, desk)
    shape = digest_of(our_code().digest(*modules_of(name)), desk.theme.digests(read))
    return [replace(item, digest=digest_of(shape, item.digest)) for item in items]


def needs_of(item: Item, items: Sequence[Item]) -> tuple[str, ...]:
    """`*` spelled out: the names of all standard items that come before; `fold:*`, all items of one product."""
    if ALL_BEFORE not in item.needs:
        return tuple(dict.fromkeys(name for need in item.needs for name in _spelled(need, items)))
    before = standard()[: standard().index(item.product)]
    return tuple(other.name for other in items if other.product in before)


def _spelled(need: str, items: Sequence[Item]) -> Iterator[str]:
    product, _, name = need.partition(":")
    if name == "*":
        yield from (item.name for item in items if item.product == product)
    else:
        yield need
