"""The books for those who teach, on request: each topic with its answers, timings and notes."""

from __future__ import annotations

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import Look, plan_books
from generator.products.product import Product

PRODUCT = Product("trainer", Text("bản cho người hướng dẫn", "trainers' books"), standard=False, paper=True)

TRAINER = Look("trainer", "-trainer", ", sách người hướng dẫn", trainer=True)


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, TRAINER)
