"""One warm, offline Chromium: turns our pages into PDFs and pictures and measures them."""

from __future__ import annotations

import base64
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import CDPSession, Error, Page, Playwright, Request, Route, ViewportSize, sync_playwright

from generator.errors import MissingProgramError, ProofError
from generator.press.fonts import FAMILY, WEIGHTS, font_face_css, font_file
from generator.press.which_browser import Found, browser_version, find_browser, install_hint, is_root

__all__ = ["Box", "Browser", "Found", "Sheet", "Visit", "browser_version", "find_browser", "install_hint"]

ORIGIN = "http://press.invalid/"
"""An address no network knows: fonts load from it as from a real server, nothing else does."""
MM_PER_PX = 25.4 / 96
WINDOW = ViewportSize(width=1280, height=720)
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


class Box(NamedTuple):
    """A rectangle on the page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Visit:
    """An ordinary page in a window of its own, and the outside addresses it asked for in vain."""

    page: Page
    refused: list[str] = field(default_factory=list)


class _Driver(threading.local):
    """Playwright's own process: it runs once in a thread, so open browsers share it."""

    playwright: Playwright | None = None
    users = 0

    def take(self) -> Playwright:
        if self.playwright is None:
            self.playwright = sync_playwright().start()
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

    def __init__(self, found: Found | None = None) -> None:
        self._found = found
        self._chromium: Chromium | None = None
        self._warm: Sheet | None = None

    def __enter__(self) -> Browser:
        found = self._found or find_browser()
        if found is None:
            hint = install_hint()
            raise MissingProgramError(f"Không có trình duyệt nào. {hint.vi}", f"No browser here. {hint.en}")
        playwright = _driver.take()
        try:
            self._chromium = playwright.chromium.launch(
                executable_path=found.path, args=FLAGS, chromium_sandbox=not is_root()
            )
        except BaseException as problem:
            _driver.give_back()
            if isinstance(problem, Error | OSError):
                raise _broken(f"{found.path}: {_gist(problem)}") from problem
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is KeyboardInterrupt:  # the driver hears Ctrl-C too, and asyncio would report its end
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        self.close()

    def close(self) -> None:
        """Safe to call again, and after Ctrl-C, when the browser may be gone already."""
        self._warm = None
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            with suppress(Exception):
                chromium.close()
            _driver.give_back()

    def open_sheet(self, css: str) -> Sheet:
        """A warm page with our fonts and this style; fill it as often as needed."""
        with _clear_errors():
            page = self._running.new_page(viewport=WINDOW, service_workers="block", locale="vi-VN", timezone_id="UTC")
            page.route("**/*", _answer)
            page.emulate_media(media="print")
            page.goto(ORIGIN)
            page.evaluate(PREPARE, [font_face_css(f"{ORIGIN}fonts/"), css, FAMILY, list(WEIGHTS)])
        return Sheet(page, page.context.new_cdp_session(page))

    def warm_sheet(self, css: str) -> Sheet:
        """The one sheet all papers take turns on, dressed for this one: fonts are loaded once."""
        if self._warm is None or self._warm.closed:
            self._warm = self.open_sheet(css)
        else:
            self._warm.dress(css)
        return self._warm

    @contextmanager
    def page(
        self,
        viewport: tuple[int, int] = (360, 640),
        allow: Sequence[str] = ("file://", "http://127.0.0.1", "http://localhost"),
        **options: Any,
    ) -> Iterator[Visit]:
        """A phone-sized window for looking at finished pages; only `allow`ed addresses answer."""
        width, height = viewport
        context = self._running.new_context(viewport={"width": width, "height": height}, **options)
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

    def screenshot_file(
        self, path: Path, viewport: tuple[int, int] = (360, 640), full_page: bool = False, scale: float = 1
    ) -> bytes:
        with _clear_errors(), self.page(viewport, device_scale_factor=scale) as visit:
            visit.page.goto(path.resolve().as_uri())
            return visit.page.screenshot(full_page=full_page)

    @property
    def _running(self) -> Chromium:
        if self._chromium is None:
            raise RuntimeError("the browser is not open")
        return self._chromium


@dataclass(frozen=True)
class Sheet:
    """One page that is filled, measured and printed again and again. Pictures come as `data:` addresses."""

    _page: Page
    _wire: CDPSession

    @property
    def closed(self) -> bool:
        return self._page.is_closed()

    def dress(self, css: str) -> None:
        """Another style, and the window as it was when the sheet was new."""
        with _clear_errors():
            if self._page.evaluate(DRESS, css):
                self._page.set_viewport_size(WINDOW)

    def fill(self, html_body: str, title: str, css: str = "") -> None:
        """Swaps the body and `css`; a printed link leads to an id in the body or to a whole address."""
        with _clear_errors():
            pictures, dead = self._page.evaluate(FILL, [html_body, title, css])
        if pictures or dead:
            what = ", ".join(address[:80] for address in (*pictures, *dead))
            raise ProofError(
                f"“{title}”: hình không hiện hoặc đường dẫn không tới đâu: {what}",
                f'"{title}": a picture does not show or a link leads nowhere: {what}',
            )

    def measure(self, selector: str) -> list[Box]:
        """Boxes as they will be printed, when their width does not come from the window's."""
        with _clear_errors():
            rows = self._page.evaluate(MEASURE, selector)
        return [Box(*(number * MM_PER_PX for number in row)) for row in rows]

    def evaluate(self, script: str, argument: Any = None) -> Any:
        with _clear_errors():
            return self._page.evaluate(script, argument)

    def pdf(self, width_mm: float, height_mm: float, draft: bool = False) -> bytes:
        """Tagged and with an outline, unless it is only to see where everything comes to stand, in half the time.
        A page size in the style comes before the one given here."""
        with _clear_errors():
            return self._page.pdf(
                width=f"{width_mm}mm",
                height=f"{height_mm}mm",
                outline=not draft,
                tagged=not draft,
                prefer_css_page_size=True,
                print_background=True,
            )

    def png(self, width_px: int, height_px: int) -> bytes:
        """The top left of the page as a picture of exactly this size."""
        with _clear_errors():
            if self._page.viewport_size != (size := ViewportSize(width=width_px, height=height_px)):
                self._page.set_viewport_size(size)
            shot = self._wire.send("Page.captureScreenshot", {"format": "png"})  # sooner than by Playwright
            return base64.b64decode(shot["data"])

    def close(self) -> None:
        with suppress(Error):
            self._page.close()


EMPTY_PAGE = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>…</title><body></body></html>'
PREPARE = """async ([fonts, css, family, weights]) => {
  for (const text of [fonts, css, '']) {
    const style = document.createElement('style');
    style.textContent = text;
    document.head.append(style);
  }
  const loads = weights.map(weight => document.fonts.load(`${weight} 16px "${family}"`, 'Aạ'));
  if ((await Promise.all(loads)).some(faces => faces.length === 0)) throw new Error('fonts not loaded');
  await document.fonts.ready;
}"""
DRESS = """css => {
  const [, dress, own] = document.head.querySelectorAll('style');
  if (dress.textContent === css) return false;
  document.body.innerHTML = own.textContent = '';
  dress.textContent = css;
  return true;
}"""
FILL = """async ([body, title, css]) => {
  document.head.querySelectorAll('style')[2].textContent = css;
  document.body.innerHTML = body;
  document.title = title;
  const pictures = [...document.images];
  const shown = await Promise.allSettled(pictures.map(picture => picture.decode()));
  await document.fonts.ready;
  const leadsNowhere = link => {
    const address = link.getAttribute('href');
    if (address.startsWith('#')) return !document.getElementById(decodeURIComponent(address.slice(1)));
    return link.href.startsWith(location.origin);
  };
  return [
    pictures.filter((_, i) => shown[i].status === 'rejected').map(picture => picture.src),
    [...document.querySelectorAll('a[href]')].filter(leadsNowhere).map(link => link.getAttribute('href')),
  ];
}"""
MEASURE = """selector => [...document.querySelectorAll(selector)].map(element => {
  const box = element.getBoundingClientRect();
  return [box.x + scrollX, box.y + scrollY, box.width, box.height];
})"""


def _answer(route: Route, request: Request) -> None:
    fonts = {f"{ORIGIN}fonts/{name}": weight for weight, name in WEIGHTS.items()}
    if request.url == ORIGIN:
        route.fulfill(body=EMPTY_PAGE, content_type="text/html; charset=utf-8")
    elif request.url in fonts:
        route.fulfill(path=font_file(fonts[request.url]), content_type="font/ttf")
    else:
        route.abort()


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except Exception as problem:
        if isinstance(problem, Error) or type(problem) is Exception:  # bare when the driver has died
            raise _broken(_gist(problem)) from problem
        raise


def _broken(why: str) -> MissingProgramError:
    return MissingProgramError(f"Trình duyệt không làm được: {why}", f"The browser failed: {why}")


def _gist(problem: BaseException) -> str:
    """Playwright's messages run over many lines; the one that tells why is Chromium's own, if there."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    own = [line for line in lines if re.search(r"(ERROR|FATAL):", line)]
    return (own or lines or [type(problem).__name__])[0][:300]
