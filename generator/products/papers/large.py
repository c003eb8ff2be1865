"""The books in large print, on request: 18 points on A4."""

from __future__ import annotations

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import Look, plan_books
from generator.products.papers.parts.printing import Dress
from generator.products.product import Product

PRODUCT = Product("large", Text("bản chữ lớn", "large print"), standard=False, paper=True)

A4 = Look("large", "-large", ", chữ to", Dress("booklet.html", ("paper.css", "booklet.css", "large.css")))


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, A4)
