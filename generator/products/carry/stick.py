"""The whole site in one file, for a USB stick: made last, it holds everything but itself."""

from __future__ import annotations

import io
import zipfile

from generator.engine.items import ALL_BEFORE, Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.products.product import Product

PRODUCT = Product("stick", Text("bản chép USB", "USB copy"), last=True)

FILE = "site/downloads/hoc-so-usb.zip"
SITE = "site/"
TIME = (1980, 1, 1, 0, 0, 0)
"""The oldest a zip knows. The same bytes whenever it is made."""
PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".mp4", ".zip")
"""Nothing to gain by packing them again."""


def plan(desk: Desk) -> list[Item]:
    return [Item("stick", "stick", desk.digest("stick"), _make, (), needs=(ALL_BEFORE,))]


def _make(bench: Bench) -> Result:
    where = {path: made for made in bench.needed.values() for path in made.sizes if path.startswith(SITE)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(where):
            archive.writestr(_entry(path.removeprefix(SITE)), where[path].read(path), compresslevel=6)
    return Result({FILE: packed.getvalue()})


def _entry(name: str) -> zipfile.ZipInfo:
    """Owner, machine and hour left out."""
    entry = zipfile.ZipInfo(name, TIME)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(PACKED) else zipfile.ZIP_DEFLATED
    return entry
