"""The books as A5 booklets: the whole handbook, each part, each path."""

from __future__ import annotations

from generator.items import Desk, Item
from generator.products.bindery import Look, plan_books

A5 = Look("booklet", "-a5", "")


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, A5)
