"""The books in large print, on request: 18 points on A4."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import BOOKLET, Look, plan_books
from generator.products.product import A4_MM, Product

BOOK = replace(BOOKLET, file="print/booklets/*-large.pdf", styles=(*BOOKLET.styles, "large.css"), size_mm=A4_MM,
               points=18)
PRODUCT = Product("large", Text("bản chữ lớn", "large print"), (BOOK,), standard=False, signed=True)

A4 = Look("large", BOOK, ", chữ to", mark="Chữ to", inwards_px=0,
          room_px=(642.0, 939.0), tabs_px=(122, 880))


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, A4)
