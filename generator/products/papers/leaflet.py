"""Leaflets: one A5 sheet a lesson."""

from __future__ import annotations

from generator.engine.items import Desk, Item
from generator.ground.findings import Text
from generator.products.papers.parts.two_sides import LEAFLET, make_leaflet, plan_leaflets
from generator.products.product import Product

PRODUCT = Product("leaflet", Text("tờ rơi", "leaflets"), (LEAFLET,), signed=True)


def plan(desk: Desk) -> list[Item]:
    return plan_leaflets(desk, "leaflet", make_leaflet)
