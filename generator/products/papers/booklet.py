"""The books as A5 booklets: the whole handbook, each part, each path."""

from __future__ import annotations

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import BOOKLET, Look, plan_books
from generator.products.product import Product

PRODUCT = Product("booklet", Text("tập sách", "booklets"), (BOOKLET,),
                  signed=True, theme=("print/chapter.html", "print/stamps.html"))

A5 = Look("booklet", BOOKLET, "")


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, A5)
