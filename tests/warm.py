"""Builds in a test's own process take the browser of the build before: to start one costs a second of the processor."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from types import TracebackType

from generator.engine.make import WarmBrowser
from generator.press.browser import Browser, find_browser
from generator.press.browser.window import STEERING

_START, _END = WarmBrowser.__call__, WarmBrowser.__exit__
Key = tuple[object, ...]


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


def keep_browsers(replace: Callable[[type, str, object], None]) -> Kept:
    """`replace`: as monkeypatch sets attributes."""
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
