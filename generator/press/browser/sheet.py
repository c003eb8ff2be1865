"""A page that is filled, measured and printed again and again."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from playwright.sync_api import CDPSession, Error, Page, ViewportSize

from generator.ground.errors import ProofError
from generator.press.browser.troubles import clear_errors

MM_PER_PX = 25.4 / 96
WINDOW = ViewportSize(width=1280, height=720)
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


class Box(NamedTuple):
    """A rectangle on the page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(eq=False)
class Sheet:
    """One page that is filled, measured and printed again and again. Pictures come as `data:` addresses."""

    _page: Page
    _wire: CDPSession
    lies: str = ""
    """What the press remembers to have brought it to; nothing once somebody filled it anew."""

    @property
    def closed(self) -> bool:
        return self._page.is_closed()

    def dress(self, css: str) -> None:
        """Another style, and the window as it was when the sheet was new."""
        with clear_errors():
            if self._page.evaluate(DRESS, css):
                self.lies = ""
                self.resize(WINDOW["width"], WINDOW["height"])

    def resize(self, width_px: int, height_px: int) -> None:
        with clear_errors():
            if self._page.viewport_size != (size := ViewportSize(width=width_px, height=height_px)):
                self._page.set_viewport_size(size)

    def fill(self, html_body: str, title: str, css: str = "") -> None:
        """Swaps the body and `css`; a printed link leads to an id in the body or to a whole address."""
        self.lies = ""
        with clear_errors():
            pictures, dead = self._page.evaluate(FILL, [html_body, title, css])
        if pictures or dead:
            what = ", ".join(address[:80] for address in (*pictures, *dead))
            raise ProofError(
                f"“{title}”: hình không hiện hoặc đường dẫn không tới đâu: {what}",
                f'"{title}": a picture does not show or a link leads nowhere: {what}',
            )

    def measure(self, selector: str) -> list[Box]:
        """Boxes as they will be printed, when their width does not come from the window's."""
        with clear_errors():
            rows = self._page.evaluate(MEASURE, selector)
        return [Box(*(number * MM_PER_PX for number in row)) for row in rows]

    def evaluate(self, script: str, argument: Any = None) -> Any:
        with clear_errors():
            return self._page.evaluate(script, argument)

    def pdf(self, width_mm: float, height_mm: float, draft: bool = False) -> bytes:
        """Tagged and with an outline, unless it is only to see where everything comes to stand, in half the time.
        A page size in the style comes before the one given here."""
        with clear_errors():
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
        self.resize(width_px, height_px)
        with clear_errors():
            shot = self._wire.send("Page.captureScreenshot", {"format": "png"})  # sooner than by Playwright
            return base64.b64decode(shot["data"])

    def close(self) -> None:
        with suppress(Error):
            self._page.close()
