"""One Chromium print of the very pages our papers hold, one for each kind of paper, whose styles would otherwise
spoil each other: the yardstick for all papers.

`record PROJECT FILE` builds the papers and keeps each printed page's HTML; `print FILE` prints them all with one
browser of its own, tagged and with outline. A poster's A3 is its A4 enlarged; it counts as a page here
too, so the yardstick prints that sheet twice. A picture to share is a page of its size.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from generator.press import browser as press
from generator.press.binder.facts import page_count

PRODUCTS = ("leaflet", "booklet", "poster")
PAPERS, PICTURES = ("leaflets/*.pdf", "booklets/*-a5.pdf", "posters/*.pdf"), "posters/*.png"
POSTER_MM = 210.0


def record(project: str, target: Path) -> None:
    """Runs our build with a listener at both doors of the press."""
    from generator.cli import main

    pages: dict[str, dict[str, Any]] = {}
    pdf, png = press.Sheet.pdf, press.Sheet.png

    def keep(sheet: press.Sheet, width_mm: float, height_mm: float) -> None:
        styles = sheet.evaluate("() => [...document.head.querySelectorAll('style')].map(s => s.textContent)")
        title = sheet.evaluate("() => document.title")  # earlier passes of the same paper do not count
        html = sheet.evaluate("() => document.body.innerHTML")
        page = {"css": styles[:2], "own": styles[2], "html": html, "size": (width_mm, height_mm)}
        pages[f"{title} {width_mm}"] = page

    def printed(sheet: press.Sheet, width_mm: float, height_mm: float) -> bytes:
        keep(sheet, width_mm, height_mm)
        return pdf(sheet, width_mm, height_mm)

    def shot(sheet: press.Sheet, width_px: int, height_px: int) -> bytes:
        keep(sheet, width_px * 25.4 / 96, height_px * 25.4 / 96)
        return png(sheet, width_px, height_px)

    press.Sheet.pdf, press.Sheet.png = printed, shot  # type: ignore[assignment,method-assign]
    code = main(["-C", project, "build", *PRODUCTS])
    if code:
        raise SystemExit(code)
    made = Path(project, "dist/print")
    count = sum(page_count(file.read_bytes()) for papers in PAPERS for file in made.glob(papers))
    count += len([*made.glob(PICTURES)])
    target.write_text(json.dumps({"pages": [*pages.values()], "count": count}), "utf-8")


def print_all(source: Path) -> None:
    recorded = json.loads(source.read_text("utf-8"))
    pages = [page for page in recorded["pages"] for _ in range(2 if page["size"][0] == POSTER_MM else 1)]
    kinds = {str([page["css"], page["size"]]): page for page in pages}
    with press.Browser() as browser:
        counts = [_print_one(browser, [page for page in pages if str([page["css"], page["size"]]) == kind], first)
                  for kind, first in kinds.items()]
    print(sum(counts), "pages")
    if sum(counts) != recorded["count"]:
        raise SystemExit(f"our papers have {recorded['count']} pages")


def _print_one(browser: press.Browser, pages: list[dict[str, Any]], first: dict[str, Any]) -> int:
    body = "\n".join(f'<div style="break-before:page">{page["html"]}</div>' for page in pages)
    sheet = browser.open_sheet("\n".join([*first["css"], *dict.fromkeys(page["own"] for page in pages)]))
    sheet.evaluate("html => { document.body.innerHTML = html; }", body)
    return page_count(sheet.pdf(*first["size"]))


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(sys.argv[2], Path(sys.argv[3]))
    else:
        print_all(Path(sys.argv[2]))
