"""Pages of a finished site as a phone shows them, folded parts open; nothing of them runs, no network is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from urllib.parse import quote, unquote

from playwright.sync_api import Page, Request, Route, ViewportSize

from generator.press.browser.sheet import clear_errors
from generator.press.browser.window import Browser

HOST = "http://look.invalid/"
PHONE = ViewportSize(width=360, height=640)
MOST_PIXELS = 16_000
"""Of a page's height; what lies below is not looked at."""
PLAIN = b"<style>*{text-decoration-skip-ink:none!important}</style>"
"""Else a line below words has other gaps wherever it stands a part of a pixel lower."""
FOLDED = re.compile(rb'<details(?! class="contents")')
"""All but the menu, which lies over the page when it is open."""
FILMS = (".mp4", ".mp3", ".vtt")


@contextmanager
def looking(browser: Browser) -> Iterator[Callable[[Callable[[str], bytes | None], str], bytes]]:
    """Gives a function: a page's picture (PNG), by what gives the files of its site and its path there."""
    with clear_errors(browser.end):
        context = browser.chromium.new_context(
            viewport=PHONE, java_script_enabled=False, service_workers="block", locale="vi-VN", timezone_id="UTC",
            color_scheme="light", reduced_motion="reduce", bypass_csp=True)
        page = context.new_page()

    def look(read: Callable[[str], bytes | None], path: str) -> bytes:
        with clear_errors(browser.end):
            return _picture(page, read, path)

    yield look
    with clear_errors(browser.end):
        context.close()  # after a mistake or Ctrl-C it ends with its browser


def _picture(page: Page, read: Callable[[str], bytes | None], path: str) -> bytes:
    def answer(route: Route, request: Request) -> None:
        name = unquote(request.url.removeprefix(HOST).partition("#")[0].partition("?")[0])
        data = None if name.endswith(FILMS) or not request.url.startswith(HOST) else read(name)
        if data is None:
            route.abort()
            return
        if name.endswith(".html"):
            data = FOLDED.sub(b"<details open", data).replace(b"</head>", PLAIN + b"</head>")
        route.fulfill(body=data, content_type=guess_type(name)[0] or "application/octet-stream")

    page.unroute_all()
    page.route("**/*", answer)
    if path.endswith(".svg"):  # by itself it is no page that can be photographed
        page.set_content(f'<body style="margin:0"><img alt="" style="width:100%" src="{HOST}{quote(path)}">')
    else:
        page.goto(HOST + quote(path))
    height = min(MOST_PIXELS, int(page.evaluate("document.documentElement.scrollHeight")))
    return page.screenshot(clip={"x": 0, "y": 0, "width": PHONE["width"], "height": height}, full_page=True,
                           animations="disabled")
