"""One warm, offline Chromium: opens sheets to print on."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, Playwright, Request, Route, sync_playwright

from generator.ground.errors import BrowserError
from generator.ground.said import said
from generator.press.browser.sheet import WINDOW, Sheet, broken, clear_errors, gist, script
from generator.press.fonts import FACES, family_of, font_face_css, font_file, missing_glyphs
from generator.press.orders import Answer, Order
from generator.press.together import answer
from generator.press.which_browser import find_browser, install_hint, is_root

ORIGIN = "http://press.invalid/"
"""An address no network knows: fonts load from it as from a real server, nothing else does."""
START_SECONDS = 60
STEERING = ("PLAYWRIGHT_NODEJS_PATH", "NODE_OPTIONS")
"""Variables that lead the driver elsewhere."""
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--font-render-hinting=none",  # letters as wide on the measured page as on the printed one
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
EMPTY_PAGE = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>…</title><body></body></html>'


class _Driver(threading.local):
    """Playwright's own process: it runs once in a thread, so open browsers share it."""

    playwright: Playwright | None = None
    users = 0

    def take(self) -> Playwright:
        if self.playwright is None:
            try:
                self.playwright = sync_playwright().start()
            except Exception as problem:  # bare ones too
                logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it would report the same once more, at length
                names = " ".join(name for name in STEERING if os.environ.get(name)) or "–"
                raise BrowserError(*said("browser/driver", why=gist(problem), names=names)) from problem
        self.users += 1
        return self.playwright

    def give_back(self) -> None:
        self.users -= 1
        if self.users == 0 and self.playwright is not None:
            playwright, self.playwright = self.playwright, None
            with suppress(Exception):  # gone already after Ctrl-C
                playwright.stop()


_driver = _Driver()


class Browser:
    """`with Browser() as browser:`; use it from the thread that opened it."""

    def __init__(self, found: Path | None = None) -> None:
        self._found = found
        self._open: Chromium | None = None
        self._warm: Sheet | None = None
        self._process = 0

    def __enter__(self) -> Browser:
        found = self._found or find_browser()
        if found is None:
            hint = install_hint()
            raise BrowserError(f"Không có trình duyệt nào. {hint.vi}", f"No browser here. {hint.en}")
        playwright = _driver.take()
        try:
            self._open = playwright.chromium.launch(
                executable_path=found, args=FLAGS, chromium_sandbox=not is_root(), timeout=1000 * START_SECONDS
            )
            self._process = _process_of(self._open)
        except BaseException as problem:
            _driver.give_back()
            if isinstance(problem, Error | OSError) or type(problem) is Exception:  # bare when the driver has died
                raise broken(f"{found}: {gist(problem)}") from problem
            raise
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:  # the driver hears Ctrl-C too, sometimes before we do, and asyncio would report its end
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        self.close()

    def close(self) -> None:
        """Safe to call again, and after Ctrl-C, when the browser may be gone already."""
        self._warm = None
        chromium, self._open = self._open, None
        if chromium is not None:
            with suppress(Exception):
                chromium.close()
            _driver.give_back()

    def open_sheet(self, css: str) -> Sheet:
        """A warm page with our fonts and this style; fill it as often as needed."""
        missing_glyphs("")  # a font that is not there or broken is told here, not where the page waits for it
        with clear_errors(self.end):
            page = self.chromium.new_page(viewport=WINDOW, service_workers="block", locale="vi-VN", timezone_id="UTC")
            page.route("**/*", _answer)
            page.emulate_media(media="print")
            page.goto(ORIGIN)
            faces = [f'{weight} 16px "{family_of(weight)}"' for weight in FACES]
            page.evaluate(script("prepare"), [font_face_css(f"{ORIGIN}fonts/"), css, faces])
            return Sheet(page, page.context.new_cdp_session(page), self.end)

    def end(self) -> None:
        """At once, from any thread: it gives no answer."""
        with suppress(OSError):
            os.kill(self._process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    def answer(self, orders: Sequence[Order]) -> list[Answer]:
        """What papers ask, many at one go."""
        return answer(self.warm_sheet, orders)

    def warm_sheet(self, css: str) -> Sheet:
        """The one sheet all papers take turns on, dressed for this one: fonts are loaded once."""
        if self._warm is None or self._warm.closed:
            self._warm = self.open_sheet(css)
        else:
            self._warm.dress(css)
        return self._warm

    @property
    def chromium(self) -> Chromium:
        if self._open is None:
            raise RuntimeError("the browser is not open")
        return self._open


def _process_of(chromium: Chromium) -> int:
    processes = chromium.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return next(int(process["id"]) for process in processes if process["type"] == "browser")


def _answer(route: Route, request: Request) -> None:
    fonts = {f"{ORIGIN}fonts/{name}": weight for weight, name in FACES.items()}
    if request.url == ORIGIN:
        route.fulfill(body=EMPTY_PAGE, content_type="text/html; charset=utf-8")
    elif request.url in fonts:
        route.fulfill(path=font_file(fonts[request.url]), content_type="font/ttf")
    else:
        route.abort()
