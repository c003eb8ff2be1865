"""One Chromium print of the very pages our papers hold, one a page size: the yardstick for all papers.

`record PROJECT FILE` builds the papers and keeps each printed page's HTML; `print FILE` prints them all as one
document with a browser of its own, tagged and with outline.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from generator.press import browser as press
from generator.press.binder import page_count

PRODUCTS = ("leaflet", "booklet", "poster")


def record(project: str, target: Path) -> None:
    """Runs our build with a listener at the printing door."""
    from generator.cli import main

    pages: dict[str, dict[str, str | float]] = {}
    pdf = press.Sheet.pdf

    def listen(sheet: press.Sheet, width_mm: float, height_mm: float, outline: bool = True) -> bytes:
        styles = sheet.evaluate("() => [...document.head.querySelectorAll('style')].map(s => s.textContent)")
        title = sheet.evaluate("() => document.title")  # earlier passes of the same paper do not count
        html = sheet.evaluate("() => document.body.innerHTML")
        pages[f"{title} {width_mm}"] = {"css": "\n".join(styles), "html": html, "wide": width_mm, "high": height_mm}
        return pdf(sheet, width_mm, height_mm, outline)

    press.Sheet.pdf = listen  # type: ignore[assignment,method-assign]
    code = main(["-C", project, "build", *PRODUCTS])
    if code:
        raise SystemExit(code)
    target.write_text(json.dumps([*pages.values()]), "utf-8")


def print_all(source: Path) -> None:
    pages = json.loads(source.read_text("utf-8"))
    sizes = sorted({(page["wide"], page["high"]) for page in pages})
    with press.Browser() as browser:
        counts = [_print_one(browser, [page for page in pages if (page["wide"], page["high"]) == size], size)
                  for size in sizes]
    print(sum(counts), "pages")


def _print_one(browser: press.Browser, pages: list[dict[str, Any]], size: tuple[float, float]) -> int:
    css = "\n".join(dict.fromkeys(page["css"] for page in pages))
    body = "\n".join(f'<div style="break-before:page">{page["html"]}</div>' for page in pages)
    sheet = browser.open_sheet(css)
    sheet.evaluate("html => { document.body.innerHTML = html; }", body)
    return page_count(sheet.pdf(*size))


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(sys.argv[2], Path(sys.argv[3]))
    else:
        print_all(Path(sys.argv[2]))
