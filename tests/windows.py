"""Ordinary windows of the press's own browser, for looking at finished pages."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, CDPSession, Error, Frame, Page, Request, Route

from generator.press.browser import Browser


@dataclass(frozen=True)
class Visit:
    """An ordinary page in a window of its own, and the outside addresses it asked for in vain."""

    page: Page
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _House:
    """Where windows open and leave nothing behind; an empty page stays, for beside it another opens twice as fast."""

    context: BrowserContext
    broom: CDPSession

    @classmethod
    def built(cls, browser: Browser, options: dict[str, Any]) -> _House:
        context = browser.chromium.new_context(**options)
        return cls(context, context.new_cdp_session(context.new_page()))

    def clear(self, origins: set[str]) -> None:
        for page in self.context.pages[1:]:
            page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        for origin in origins:
            self.broom.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self.broom.send("Network.clearBrowserCache")


_houses: WeakKeyDictionary[object, dict[str, _House]] = WeakKeyDictionary()


@contextmanager
def window(
    browser: Browser,
    viewport: tuple[int, int] = (360, 640),
    allow: Sequence[str] = ("file://", "http://127.0.0.1", "http://localhost"),
    **options: Any,
) -> Iterator[Visit]:
    """As large as a phone unless told; only `allow`ed addresses answer."""
    houses = _houses.setdefault(browser.chromium, {})
    house = houses.get(repr(options)) or houses.setdefault(repr(options), _House.built(browser, options))
    context, outside = house.context, re.compile(f"^(?!{'|'.join(map(re.escape, allow))})")
    visit, origins = Visit(context.new_page()), set[str]()

    def refuse(route: Route, request: Request) -> None:
        visit.refused.append(request.url)
        route.abort()

    def note(frame: Frame) -> None:
        parts = urlsplit(frame.url)
        if parts.scheme in ("file", "http"):
            origins.add(f"{parts.scheme}://{parts.netloc}")

    visit.page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    visit.page.on("framenavigated", note)
    context.route(outside, refuse)
    try:
        yield visit
    finally:
        with suppress(Error):
            context.unroute(outside)
            house.clear(origins)


@contextmanager
def served(folder: Path, below: str = "") -> Iterator[str]:
    """By a plain host, which sends none of our headers; `/sub/path`: below that and nowhere else."""

    class Host(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            own = path.split("?")[0].split("#")[0]
            return super().translate_path(own.removeprefix(below)) if own.startswith(f"{below}/") else "/none"

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Patient(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that left early is no error."""

    with Patient(("127.0.0.1", 0), functools.partial(Host, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{below}"
        finally:
            server.shutdown()
