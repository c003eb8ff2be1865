"""What a place more costs: what is a lesson's own is asked of the browser once for all places."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.engine.items import Bench
from generator.press.orders import Order
from generator.products.papers import leaflet, poster
from generator.products.papers.parts.bindery import BOOKLET, _own_orders
from generator.products.papers.parts.book import compose
from generator.products.papers.parts.printing import Paper
from generator.products.papers.parts.volumes import volumes
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


@pytest.mark.parametrize("name", ["phan-3", "nguoi-cao-tuoi"])
def test_answers_and_hard_words_are_printed_once_for_all_places(name: str) -> None:
    (frame, words), (other, same) = (own_orders(place, name) for place in ("viet-nam", "hai-phong"))
    assert words.key == same.key and frame.key != other.key
    assert "Đáp án" in words.body and "Cần giúp thì hỏi" not in words.body and 'class="solutions"' not in frame.body


def own_orders(place: str, name: str) -> tuple[Order, ...]:
    table = desk(handbook(place))
    volume = next(one for one in volumes(table.handbook) if one.name == name)
    book = compose(table, volume)
    return tuple(_own_orders(book, Paper(BOOKLET, name, name, book, subject=book.place)))
