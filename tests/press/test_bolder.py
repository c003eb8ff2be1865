"""On paper no line of a scene is thinner than a point: said by every drawing, then measured in the finished files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from generator.handbook.model import Drawing, Handbook
from generator.press.bolder import LEAST_PT, UNITS, bolder, least_units
from generator.press.browser import Browser
from generator.press.scene import PRINTED_MM
from generator.products.papers import booklet, large, leaflet, picture, poster
from generator.products.papers.parts.two_sides import SCENES, STAGE_MM
from tests.desks import desk, handbook, make, thinned

pytestmark = pytest.mark.long
WIDTHS_MM = (*(width - STAGE_MM for width, _ in SCENES), picture.SCENE_MM, PRINTED_MM)
POINT_MM = 25.4 / 72


def lines(element: ElementTree.Element, scale: float = 1, width: float = 1, stroke: str = "none") -> Iterator[float]:
    """How thick each drawn line is, in units of the scene."""
    turned = element.get("transform", "")
    for part in turned.split(")"):
        if "scale(" in part:
            scale *= min(abs(float(one)) for one in part.partition("scale(")[2].replace(",", " ").split())
    width, stroke = float(element.get("stroke-width", width)), element.get("stroke", stroke)
    if element.tag != "g" and stroke != "none":
        yield scale * width
    for child in element:
        yield from lines(child, scale, width, stroke)


@pytest.mark.parametrize("wide_mm", sorted({*WIDTHS_MM}))
def test_no_line_of_a_shipped_scene_is_thinner_than_a_point(wide_mm: float) -> None:
    thin = 0
    for drawing in handbook().drawings:
        before, after = (sorted(lines(ElementTree.fromstring(one.svg))) for one in (drawing, bolder(drawing, wide_mm)))
        assert len(before) == len(after) > 3
        assert after[0] * wide_mm / UNITS / POINT_MM >= LEAST_PT - 0.01, drawing.name
        assert before[-1] == pytest.approx(after[-1], rel=0.001) or before[-1] < least_units(wide_mm)
        thin += before[0] < least_units(wide_mm)
    assert thin, "or this shows nothing"


@pytest.mark.parametrize(("svg", "drawn"), [
    ('<g stroke="#000" stroke-width="5"><path d="M0 0h1"/></g>',
     '<g stroke="#000" stroke-width="8.00"><path d="M0 0h1"/></g>'),
    ('<g stroke="#000" stroke-width="8"><g transform="translate(1 2) scale(-.5 .5)"><path d="M0 0h1"/></g></g>',
     '<g stroke="#000" stroke-width="8"><g transform="translate(1 2) scale(-.5 .5)" stroke-width="16.00">'
     '<path d="M0 0h1"/></g></g>'),
    ('<g stroke-width="5"><path fill="#000" d="M0 0h1"/></g>',
     '<g stroke-width="5"><path fill="#000" d="M0 0h1"/></g>'),
    ('<g stroke="#000" stroke-width="9"><path stroke="none" d="M0 0h1"/><circle stroke-width="3" r="2"/></g>',
     '<g stroke="#000" stroke-width="9"><path stroke="none" d="M0 0h1"/><circle r="2" stroke-width="8.00"/></g>'),
])
def test_only_what_is_thin_becomes_thicker(svg: str, drawn: str) -> None:
    assert bolder(Drawing("x", "x", svg), UNITS / 8 * POINT_MM).svg == drawn


THIN = ('<g fill="none" stroke="#777" stroke-width="3"><path d="M0 0h400v300H0z"/>'
        '<g transform="scale(.4)"><path d="M20 20h600"/></g></g>')
MARKED = 0x77 / 255
SLUGS = ("ban-hang-tren-mang", "quet-ma-qr", "khai-sinh", "viec-khan-cap")
PRODUCTS = {"leaflet": leaflet, "poster": poster, "picture": picture, "booklet": booklet, "large": large}


def thinly_drawn() -> Handbook:
    """Every scene of thin grey lines, a grey that no paper draws with otherwise."""
    def drawn(name: str) -> Drawing:
        return Drawing(name, "Nét mảnh", THIN)

    book = thinned(*SLUGS)
    topics = tuple(replace(one, drawing=drawn(one.slug)) for one in book.topics)
    cards = tuple(replace(one, drawing=drawn(one.slug)) for one in book.cards)
    return replace(book, topics=topics, cards=cards, drawings=tuple(drawn(one.name) for one in book.drawings))


def marked_lines(pdf: bytes) -> Iterator[float]:
    """The points each line of that grey is thick on its page."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            scale, width, grey = 1.0, 1.0, False
            kept: list[tuple[float, float, bool]] = []
            for part in pikepdf.parse_content_stream(page):
                sign, words = str(part.operator), part.operands
                if sign == "q":
                    kept.append((scale, width, grey))
                elif sign == "Q":
                    scale, width, grey = kept.pop()
                elif sign == "cm":
                    scale *= abs(float(words[0]) * float(words[3]) - float(words[1]) * float(words[2])) ** 0.5
                elif sign == "gs":
                    width = float(page.Resources.ExtGState[str(words[0])].get("/LW", width))
                elif sign in ("RG", "G"):
                    grey = all(abs(float(one) - MARKED) < 0.002 for one in words)
                elif sign in ("S", "s", "B", "b") and grey:
                    yield scale * width


@pytest.mark.browser
@pytest.mark.parametrize("product", PRODUCTS)
def test_lines_of_scenes_are_a_point_thick_in_finished_files(product: str, browser: Browser, tmp_path: Path) -> None:
    book = thinly_drawn()
    wanted = {*SLUGS, "phan-1", "nguoi-cao-tuoi"}
    found: list[float] = []
    for item in PRODUCTS[product].plan(desk(book)):
        if item.name.partition(":")[2] in wanted:
            for path, data in make(item, browser, tmp_path).files.items():
                found += marked_lines(data) if path.endswith(".pdf") else ()
    assert len(found) >= 8
    assert min(found) >= LEAST_PT - 0.02, product
