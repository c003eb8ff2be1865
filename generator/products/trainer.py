"""The books for those who teach, on request: each topic with its answers, timings and notes."""

from __future__ import annotations

from generator.items import Desk, Item
from generator.products.bindery import Look, plan_books

TRAINER = Look("trainer", "-trainer", ", sách người hướng dẫn", trainer=True)


def plan(desk: Desk) -> list[Item]:
    return plan_books(desk, TRAINER)
