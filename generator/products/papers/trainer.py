"""The books for those who teach, on request: each topic with its answers, timings and notes."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.bindery import BOOKLET, Look, plan_books
from generator.products.product import Product

BOOK = replace(BOOKLET, file="print/booklets/*-trainer.pdf")
PRODUCT = Product("trainer", Text("bản cho người hướng dẫn", "trainers' books"), (BOOK,), standard=False)

TRAINER = Look("trainer", BOOK, ", sách người hướng dẫn", trainer=True, mark="Sách người hướng dẫn")


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, TRAINER)
