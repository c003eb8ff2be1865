"""Builds in a test's own process take the browser of the build before: to start one costs a second of the processor.
So does each further process; and what was drawn or spoken for one test need not be drawn for the next."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from generator.engine.make import WarmBrowser
from generator.ground.whole import Stock
from generator.press.browser import Browser, find_browser
from generator.press.browser.window import STEERING

_START, _END = WarmBrowser.__call__, WarmBrowser.__exit__
_FIND, _KEEP = Stock.find, Stock.keep
Key = tuple[object, ...]
Replace = Callable[[type, str, object], None]
"""As monkeypatch sets attributes."""


class Kept:
    """Of each kind one, until somebody ends it, or it dies."""

    def __init__(self) -> None:
        self._open: dict[Key, Browser] = {}

    def take(self) -> Browser:
        """As clean as a new one."""
        kind = (find_browser(), *map(os.environ.get, STEERING))
        browser = self._open.get(kind)
        if browser is None or not browser.chromium.is_connected():
            browser = self._open[kind] = Browser().__enter__()
        return browser

    def give_back(self, browser: Browser) -> bool:
        """Whether it is one of these: its sheets are closed, as its end would close them."""
        if browser not in self._open.values():
            return False
        for context in browser.chromium.contexts:
            context.close()
        return True

    def forget(self, browser: Browser | None) -> None:
        self._open = {kind: one for kind, one in self._open.items() if one is not browser}

    def end(self) -> None:
        for browser in self._open.values():
            browser.close()


class Shared:
    """What the press remembers, for all files of tests that ask for it: each of their projects begins with it.

    Not for tests of that memory, nor where a program fails or the press is told to draw otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.asked = False

    def find(self, stock: Stock, key: str) -> bytes | None:
        if self.asked:
            stock.folder.mkdir(parents=True, exist_ok=True)
            self._link(self._place(stock, key), stock.folder / key)
        return _FIND(stock, key)

    def keep(self, stock: Stock, key: str, body: bytes) -> bytes:
        kept = _KEEP(stock, key, body)
        if self.asked:
            self._link(stock.folder / key, self._place(stock, key))
        return kept

    def _place(self, stock: Stock, key: str) -> Path:
        folder = self._folder / stock.folder.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / key

    @staticmethod
    def _link(source: Path, target: Path) -> None:
        """What is there stays: another worker's is as good."""
        with suppress(OSError):
            os.link(source, target)


def share_drawings(replace: Replace, folder: Path) -> Shared:
    shared = Shared(folder)
    replace(Stock, "find", lambda stock, key: shared.find(stock, key))
    replace(Stock, "keep", lambda stock, key, body: shared.keep(stock, key, body))
    return shared


def keep_browsers(replace: Replace) -> Kept:
    kept = Kept()

    def start(warm: WarmBrowser) -> Browser:
        if warm._browser is None and threading.current_thread() is threading.main_thread():
            warm._browser = kept.take()
        return _START(warm)

    def end(
        warm: WarmBrowser, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None,
    ) -> None:
        if kind is None and warm._browser is not None and kept.give_back(warm._browser):
            warm._browser = None
            return
        kept.forget(warm._browser)
        _END(warm, kind, problem, trace)

    replace(WarmBrowser, "__call__", start)
    replace(WarmBrowser, "__exit__", end)
    return kept
