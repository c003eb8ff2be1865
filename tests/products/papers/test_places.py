"""What a place more costs: what is a lesson's own is asked of the browser once for all places."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.engine.items import Bench
from generator.press.orders import Order
from generator.products.papers import leaflet, poster
from tests.desks import PROJECT, desk, handbook


def first_asked(product: ModuleType, place: str, slug: str) -> tuple[Order, ...]:
    item = next(one for one in product.plan(desk(handbook(place))) if one.name.endswith(f":{slug}"))
    asking: Any = item.begin(Bench(PROJECT, lambda: None, Path()))  # type: ignore[arg-type,return-value]
    orders: tuple[Order, ...] = next(asking)
    return orders


@pytest.mark.parametrize("slug", ["quet-ma-qr", "khai-sinh"])
@pytest.mark.parametrize("product", [leaflet, poster])
def test_words_of_a_lesson_are_measured_once_for_all_places(product: ModuleType, slug: str) -> None:
    (words, own), (same, others) = (first_asked(product, place, slug) for place in ("viet-nam", "hai-phong"))
    assert words.key == same.key and own.key != others.key
    assert (len(own.body) < len(words.body)) is (product is leaflet)  # a poster's words are fewer than its code's lines
    assert "Hỏi ai ở đây" in own.body and "<svg viewBox" in own.body and "Hỏi ai ở đây" not in words.body
