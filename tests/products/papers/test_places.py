"""What a place more costs: what is a lesson's own is asked of the browser once for all places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
import pytest

from generator.engine.items import Bench
from generator.handbook.printed import printed_of
from generator.press.binder.facts import about
from generator.press.binder.file import saved
from generator.press.orders import Order, Piece, Printed
from generator.products.papers import leaflet, poster
from generator.products.papers.fold import TEST_SHEET
from generator.products.papers.parts.bindery import BOOKLET, _own_orders
from generator.products.papers.parts.book import compose
from generator.products.papers.parts.drawing import PaperPage
from generator.products.papers.parts.printing import Paper, print_paper
from generator.products.papers.parts.volumes import volumes
from tests.desks import PROJECT, desk, handbook, with_edition


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
    assert "Đáp án" in words.body and "Cần giúp thì hỏi" not in words.body and 'class="solutions ' not in frame.body


def own_orders(place: str, name: str) -> tuple[Order, ...]:
    table = desk(handbook(place))
    volume = next(one for one in volumes(table.handbook) if one.name == name)
    book = compose(table, volume)
    return tuple(_own_orders(book, Paper(BOOKLET, name, name, book, subject=book.place)))


@pytest.mark.parametrize("of_place", [True, False])
def test_what_places_print_alike_is_printed_once_and_says_of_which_it_is_last(of_place: bool) -> None:
    """The name of its place is put into the finished file; what shows no place has none."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        blank = saved(pdf)
    orders, places, kind = [], [], replace(TEST_SHEET, of_place=of_place)
    for place in ("viet-nam", "hai-phong"):
        table = desk(with_edition(handbook(place), trial=False, around_unsigned=False))
        making = print_paper(table, Paper(kind, "", "Tờ", PaperPage(table)))
        [order] = next(making)
        with pytest.raises(StopIteration) as done:
            making.send([Printed(Piece(blank, 1), None)])
        orders.append(order.key)
        places.append(about(done.value.value.files[TEST_SHEET.path()]).get("Place"))
    assert orders[0] == orders[1]
    assert places == ([printed_of(handbook(place), []) for place in ("viet-nam", "hai-phong")] if of_place else
                      [None, None])
