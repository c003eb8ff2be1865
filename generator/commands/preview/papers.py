"""Papers are made when somebody opens them, by one thread that owns the browser (it is bound to its thread)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from generator.commands.preview.shown import Shown
from generator.engine.items import Item
from generator.engine.make import Maker, WarmBrowser
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.ground.errors import MissingProgramError
from generator.ground.findings import format_text


class PaperPress:
    """`with PaperPress(…) as press:`; ask from any thread."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
        self._browser = WarmBrowser()

    def __enter__(self) -> PaperPress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        """As after Ctrl-C, which is how a preview ends: the browser's driver has heard it too."""
        self._browser.__exit__(KeyboardInterrupt, None, None)

    def make(self, shown: Shown, item: Item) -> dict[str, Made]:
        """Waits until the paper and what it needs are made; raises what went wrong."""
        return self._thread.submit(self._make, shown, item).result()

    def _make(self, shown: Shown, item: Item) -> dict[str, Made]:
        maker = Maker(shown.desk, self._store, self._progress, {}, self._browser)
        maker.made |= shown.made
        needed = shown.still_needed(item)
        try:
            for need in needed:
                maker.made[need.name] = maker.one(need)
                if told := maker.made[need.name].findings:
                    maker.progress.say(format_text(told))
        except MissingProgramError:  # it broke, and the next paper needs another
            self._close()
            self._browser = WarmBrowser()
            raise
        return {need.name: maker.made[need.name] for need in needed}
