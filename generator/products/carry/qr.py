"""The code of every number as a file, for posters, stickers and other people's leaflets."""

from __future__ import annotations

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Entry
from generator.press.drawer import code_png, code_svg_file, number_code
from generator.products.product import Beside, Kind, Product

CODE = Kind("qr/*.png", about="number")
PRODUCT = Product("qr", Text("mã QR", "codes"), (CODE,), beside=(Beside("qr/*.svg", "code"),))

WIDTH_MM = 25.0
"""The smallest width these files are meant for; it decides the error level."""


def drawn_today(url: str) -> bytes:
    """A code as lines of its own file."""
    return code_svg_file(number_code(url, WIDTH_MM))


def plan(desk: Desk) -> list[Item]:
    return [_plan_row(desk, entry) for entry in desk.handbook.ledger]


def _plan_row(desk: Desk, entry: Entry) -> Item:
    url = desk.handbook.edition.number_url(entry.number)

    def make(_: Bench) -> Result:
        code = number_code(url, WIDTH_MM)
        stem = f"qr/{entry.number}"
        return Result({f"{stem}.svg": drawn_today(url), f"{stem}.png": code_png(code)}, {"url": url})

    return Item("qr", f"qr:{entry.number}", desk.digest("qr", url, WIDTH_MM), make, ("qr/ledger.csv", "mkdocs.yml"))
