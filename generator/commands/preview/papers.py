"""Papers are made when somebody opens them, by one thread that owns the browser (it is bound to its thread)."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from types import TracebackType

from generator.commands.preview.shown import Shown
from generator.engine.items import Item
from generator.engine.make import Maker, WarmBrowser
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.ground.errors import MissingProgramError
from generator.ground.findings import format_text


class _Wish:
    def __init__(self, shown: Shown, item: Item) -> None:
        self.shown = shown
        self.item = item
        self.done: Future[dict[str, Made]] = Future()


class PaperPress:
    """`with PaperPress(…) as press:`; ask from any thread."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._wishes: queue.SimpleQueue[_Wish | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="papers", daemon=True)

    def __enter__(self) -> PaperPress:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wishes.put(None)
        self._thread.join(timeout=10)

    def make(self, shown: Shown, item: Item) -> dict[str, Made]:
        """Waits until the paper and what it needs are made; raises what went wrong."""
        wish = _Wish(shown, item)
        self._wishes.put(wish)
        return wish.done.result()

    def _work(self) -> None:
        while self._work_with_one_browser():
            pass

    def _work_with_one_browser(self) -> bool:
        """False at the end; True when the browser broke and the next wish needs another."""
        browser = WarmBrowser()
        try:
            while (wish := self._wishes.get()) is not None:
                try:
                    wish.done.set_result(_make(Maker(wish.shown.desk, self._store, self._progress, {}, browser), wish))
                except MissingProgramError as problem:
                    wish.done.set_exception(problem)
                    return True
                except Exception as problem:  # raised again in the thread that asked
                    wish.done.set_exception(problem)
            return False
        finally:
            # As after Ctrl-C, which is how a preview ends: the browser's driver has heard it too.
            browser.__exit__(KeyboardInterrupt, None, None)


def _make(maker: Maker, wish: _Wish) -> dict[str, Made]:
    maker.made |= wish.shown.made
    needed = wish.shown.still_needed(wish.item)
    for item in needed:
        maker.made[item.name] = maker.one(item)
        if told := maker.made[item.name].findings:
            maker.progress.say(format_text(told))
    return {item.name: maker.made[item.name] for item in needed}
