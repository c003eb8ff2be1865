"""Ordinary windows of the press's own browser, for looking at finished pages."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Request, Route

from generator.press.browser import Browser


@dataclass(frozen=True)
class Visit:
    """An ordinary page in a window of its own, and the outside addresses it asked for in vain."""

    page: Page
    refused: list[str] = field(default_factory=list)


@contextmanager
def window(
    browser: Browser,
    viewport: tuple[int, int] = (360, 640),
    allow: Sequence[str] = ("file://", "http://127.0.0.1", "http://localhost"),
    **options: Any,
) -> Iterator[Visit]:
    """As large as a phone unless told; only `allow`ed addresses answer."""
    width, height = viewport
    context = browser.chromium.new_context(viewport={"width": width, "height": height}, **options)
    visit = Visit(context.new_page())

    def answer(route: Route, request: Request) -> None:
        if request.url.startswith(tuple(allow)):
            route.continue_()
        else:
            visit.refused.append(request.url)
            route.abort()

    context.route("**/*", answer)
    try:
        yield visit
    finally:
        with suppress(Error):
            context.close()


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
