"""A page that is filled, measured and printed again and again."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Error, Page, ViewportSize

from generator.ground.errors import BrowserError, ProofError
from generator.ground.files import beside

WINDOW = ViewportSize(width=1280, height=720)
MOST_SECONDS = 900.0
"""Of one question; the longest print of all takes a tenth of that."""
_SCRIPT = beside(__file__, ".js")


def script(name: str) -> str:
    """One of the functions that run on a sheet."""
    return f"argument => ({_SCRIPT}).{name}(argument)"


@dataclass(eq=False)
class Sheet:
    """One page that is filled, measured and printed again and again. Pictures come as `data:` addresses."""

    _page: Page
    _wire: CDPSession
    _end: Callable[[], None]
    """Ends a browser that gives no answer."""
    lies: str = ""
    """What the press remembers to have brought it to; nothing once somebody filled it anew."""

    @property
    def closed(self) -> bool:
        return self._page.is_closed()

    def dress(self, css: str) -> None:
        """Another style, and the window as it was when the sheet was new."""
        with clear_errors(self._end):
            if self._page.evaluate(script("dress"), css):
                self.lies = ""
                self.resize(WINDOW["width"], WINDOW["height"])

    def resize(self, width_px: int, height_px: int) -> None:
        with clear_errors(self._end):
            if self._page.viewport_size != (size := ViewportSize(width=width_px, height=height_px)):
                self._page.set_viewport_size(size)

    def fill(self, html_body: str, title: str, css: str = "") -> None:
        """Swaps the body and `css`; a printed link leads to an id in the body or to a whole address."""
        self.lies = ""
        with clear_errors(self._end):
            pictures, dead = self._page.evaluate(script("fill"), [html_body, title, css])
        if pictures or dead:
            what = ", ".join(address[:80] for address in (*pictures, *dead))
            raise ProofError(
                f"“{title}”: hình không hiện hoặc đường dẫn không tới đâu: {what}",
                f'"{title}": a picture does not show or a link leads nowhere: {what}',
            )

    def evaluate(self, script: str, argument: Any = None) -> Any:
        with clear_errors(self._end):
            return self._page.evaluate(script, argument)

    def pdf(self, width_mm: float, height_mm: float) -> bytes:
        """Tagged and with an outline. A page size in the style comes before the one given here."""
        with clear_errors(self._end):
            return self._page.pdf(
                width=f"{width_mm}mm",
                height=f"{height_mm}mm",
                outline=True,
                tagged=True,
                prefer_css_page_size=True,
                print_background=True,
            )

    def png(self, width_px: int, height_px: int) -> bytes:
        """The top left of the page as a picture of exactly this size."""
        self.resize(width_px, height_px)
        with clear_errors(self._end):
            shot = self._wire.send("Page.captureScreenshot", {"format": "png"})  # sooner than by Playwright
            return base64.b64decode(shot["data"])

    def close(self) -> None:
        with suppress(Error):
            self._page.close()


# What the driver says when the browser fails, in words for people.


@contextmanager
def clear_errors(end: Callable[[], None] = lambda: None) -> Iterator[None]:
    """The driver waits for ever; a browser that is ended tells it so."""
    watch = threading.Timer(MOST_SECONDS, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    except Exception as problem:
        if isinstance(problem, Error) or type(problem) is Exception:  # bare when the driver has died
            raise broken(gist(problem)) from problem
        raise
    finally:
        watch.cancel()


def broken(why: str) -> BrowserError:
    return BrowserError(f"Trình duyệt không làm được: {why}", f"The browser failed: {why}")


def gist(problem: BaseException) -> str:
    """Playwright's messages run over many lines; the one that tells why is Chromium's own, if there."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    own = [line for line in lines if re.search(r"(ERROR|FATAL):", line)]
    return (own or lines or [type(problem).__name__])[0][:300]
