"""The books for a print shop, on request: the A5 booklet with its colour beyond the cut, and marks to cut by."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import BOOKLET, Look, plan_books
from generator.products.product import A5_MM, Product

EDGE_MM = 10.0
"""Bleed, and room for marks outside of it."""

BOOK = replace(BOOKLET, file="print/booklets/*-shop.pdf", styles=(*BOOKLET.styles, "shop.css"), shelf=None,
               size_mm=(A5_MM[0] + 2 * EDGE_MM, A5_MM[1] + 2 * EDGE_MM), edge_mm=EDGE_MM)
PRODUCT = Product("shop", Text("tập sách cho xưởng in", "booklets for a print shop"), (BOOK,), standard=False)

SHOP = Look("shop", BOOK, ", cho xưởng in", tabs_px=(124, 620))


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, SHOP)
