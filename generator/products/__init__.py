"""Products: one file each, one door: `plan(desk) -> items`. They never see each other."""

from __future__ import annotations

from importlib import import_module

from generator.errors import UsageError
from generator.items import Desk, Item

STANDARD = (
    "qr", "leaflet", "booklet", "fold", "entry", "poster", "sheet", "grandchild", "clip", "film", "deck", "number",
    "site", "server", "stick",
)
"""Made when no product is named."""
FINAL = ("server", "stick")
"""Made of what all others made: of use to whoever carries the site away, not to whoever previews it."""
ON_REQUEST = ("review", "screens", "large", "trainer", "picture", "vertical", "led", "storyboard", "loudspeaker")
"""Made only by name."""
PAPERS = frozenset({
    "leaflet", "booklet", "fold", "entry", "poster", "sheet", "grandchild", "clip",
    "review", "screens", "large", "trainer", "picture",
    "vertical", "led", "storyboard", "loudspeaker",
})
"""Take a browser."""


def plan_product(name: str, desk: Desk) -> list[Item]:
    items: list[Item] = import_module(f"generator.products.{name}").plan(desk)
    return items


def known_product(name: str) -> str:
    if name not in (*STANDARD, *ON_REQUEST):
        known = ", ".join((*STANDARD, *ON_REQUEST))
        raise UsageError(f"Không có sản phẩm `{name}`. Có: {known}.", f"There is no product `{name}`: {known}.")
    return name
