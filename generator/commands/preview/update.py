"""One saved change → the next view: the six steps of a build without publishing; papers when somebody opens them."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import generator
from generator.build import show_findings
from generator.checks import read_and_check
from generator.commands.preview.shown import Shown, View, files_of, quoted, stand_ins, standing_papers
from generator.engine.items import Desk, Item
from generator.engine.make import Maker, WarmBrowser
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.ground import history
from generator.ground.code import DRAWN_WITH
from generator.ground.errors import DiskError, HocsoError, MissingProgramError
from generator.ground.files import Project, digest_tree, walk_files
from generator.ground.findings import Finding, Text, format_text, has_errors
from generator.ground.said import said
from generator.handbook.model import Handbook
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.products import products
from generator.workshop import kept, lay_desk, plan, settle

WAIT = 0.3
"""Seconds between two looks."""
SETTLE = 0.05
"""Programs save one file in several writes; a second look this much later must agree."""

Snapshot = Mapping[Path, tuple[int, ...]]
QUICK = tuple(name for name, product in products().items()
              if product.standard and not (product.takes_browser or product.last) and name != "site")
"""Shown as soon as they are made; the site of a big handbook takes longer."""


class Preview:
    """The edition somebody is working on. `view` is always whole; only the watching thread replaces it."""

    def __init__(self, project: Project, edition: str, progress: Progress) -> None:
        self.project = project
        self.edition = edition
        self.progress = progress
        self.store = Store(project.private)
        self.press = PaperPress(self.store, progress)
        self.view = View()
        self._papers: dict[str, Made] = {}
        """As last made, perhaps from older words: the best guess at size and pages."""
        self._seen: Snapshot = snapshot(project)
        self._code = _code_digest()
        # Outside git *now* is the clock: were it read at every update, no paper would ever stand.
        self._moment = history.moment(project.root) if history.commit_id(project.root) == "none" else None
        if not project.path(f"content/editions/{edition}.yml").is_file():
            select(read_handbook(project).handbook, edition)  # says which editions there are

    def follow(self, stop: threading.Event) -> None:
        """Until the end: look, and update when something was saved."""
        while not stop.wait(WAIT):
            if snapshot(self.project) != self._seen:
                self._seen = settled_snapshot(self.project)
                self.update()

    def update(self) -> None:
        """Whatever goes wrong stands on the pages, and the last good ones stay."""
        start = time.monotonic()
        try:
            self._update()
        except HocsoError as problem:
            self._tell(problem.text)
        except Exception as problem:  # a mistake of ours must not end an editor's preview
            traceback.print_exc()
            self._tell(said("preview/our-fault", problem=problem))
        else:
            seconds = time.monotonic() - start
            self.progress.line(f"{time.strftime('%H:%M:%S')} · {said('preview/looked')} {seconds:.1f} s")

    def look_again(self) -> None:
        """Updates at the next look, saved or not."""
        self._seen = {}

    def _update(self) -> None:
        self.store = Store(self.project.private)  # makes its folders anew when `.hocso/` was cleared
        checked = read_and_check(self.project)
        findings = tuple(checked.findings)
        if has_errors(findings):
            show_findings(findings, self.progress)
            self.view = View(self.view.shown, findings, quoted=quoted(self.project, findings))
            return
        self._refuse_new_code()
        handbook = select(checked.reading.handbook, self.edition)
        desk, items = self._plan(handbook)
        self._make(desk, items, findings)

    def _plan(self, handbook: Handbook) -> tuple[Desk, Sequence[Item]]:
        setting = settle(self.project, handbook)
        setting = setting if self._moment is None else replace(setting, moment=self._moment)
        desk = lay_desk(self.project, setting, handbook)
        return desk, plan(desk)

    def _make(self, desk: Desk, items: Sequence[Item], findings: tuple[Finding, ...]) -> None:
        by_name = {item.name: item for item in items}
        before, words, find = self.view.shown, quoted(self.project, findings), partial(kept, self.store)
        with WarmBrowser() as browser:
            papers = standing_papers(Maker(desk, self.store, self.progress, {}, browser, find=find), by_name)
            self._papers |= papers
            linked = {**stand_ins(desk.handbook, items, self._papers), **papers} if desk.browser else {}
            maker = Maker(desk, self.store, self.progress, {}, browser, find=find)
            maker.made |= linked
            maker.make(items, QUICK)
            if before:
                old_site = {name: made for name, made in before.made.items() if name.partition(":")[0] == "site"}
                self.view = View(_shown(desk, by_name, {**old_site, **_real(maker.made)}), findings, quoted=words)
            maker.make(items, ("site",))
            self.view = View(_shown(desk, by_name, _real(maker.made)), findings, quoted=words)
        if told := maker.findings:
            self.progress.say(format_text(told))

    def _tell(self, trouble: Text) -> None:
        print(trouble, file=sys.stderr)
        self.view = View(self.view.shown, (), trouble)

    def _refuse_new_code(self) -> None:
        """What runs is the old code; made by it under the new one's name, a page would stay wrong for ever."""
        if _code_digest() != self._code:
            raise HocsoError(*said("preview/new-code"))

    def paper(self, shown: Shown, item: Item) -> None:
        """Makes a paper unless it stands already; its files then stand among the others."""
        made = self.press.make(shown, item)
        self._papers |= made
        shown.files.update(files_of(made))


def _real(made: Mapping[str, Made]) -> dict[str, Made]:
    """Without the stand-ins."""
    return {name: one for name, one in made.items() if one.files}


def _shown(desk: Desk, items: Mapping[str, Item], made: Mapping[str, Made]) -> Shown:
    return Shown(desk, items, made, files_of(made))


def _code_digest() -> str:
    return digest_tree(Path(generator.__file__).parent, (".py", *DRAWN_WITH))


# What editors have saved since we last looked: times and sizes, no extra program.


def snapshot(project: Project) -> Snapshot:
    """What tells one state of a file from another, of everything pages are made from. The moment of the last change
    (`ctime`) cannot be set back: a file saved and undone while we read is another file, whatever its own time says."""
    found = {}
    for path in _watched(project):
        try:
            state = path.stat()
        except OSError:  # gone between listing and looking: the next look tells
            continue
        found[path] = (state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_size)
    return found


def settled_snapshot(project: Project) -> Snapshot:
    """A snapshot that holds still."""
    before = snapshot(project)
    while True:
        time.sleep(SETTLE)
        now = snapshot(project)
        if now == before:
            return now
        before = now


def _watched(project: Project) -> Iterator[Path]:
    yield project.path("mkdocs.yml")
    for folder in (project.path("content"), project.path("qr"), project.theme):
        try:
            yield from walk_files(folder)
        except DiskError:  # a folder being renamed; reading says so if it stays away
            continue


# Papers are made when somebody opens them, by one thread that owns the browser (it is bound to its thread).


class PaperPress:
    """`with PaperPress(…) as press:`; ask from any thread."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
        self._browser = WarmBrowser()

    def __enter__(self) -> PaperPress:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        """As after Ctrl-C, which is how a preview ends: the browser's driver has heard it too."""
        self._browser.__exit__(KeyboardInterrupt, None, None)

    def make(self, shown: Shown, item: Item) -> dict[str, Made]:
        """Waits until the paper and what it needs are made; raises what went wrong."""
        return self._thread.submit(self._make, shown, item).result()

    def _make(self, shown: Shown, item: Item) -> dict[str, Made]:
        maker = Maker(shown.desk, self._store, self._progress, {}, self._browser, find=partial(kept, self._store))
        maker.made |= shown.made
        needed = shown.still_needed(item)
        try:
            for need in needed:
                maker.made[need.name] = maker.one(need)
                if told := maker.made[need.name].findings:
                    maker.progress.say(format_text(told))
        except MissingProgramError:  # it broke, and the next paper needs another
            self._close()
            raise
        return {need.name: maker.made[need.name] for need in needed}
