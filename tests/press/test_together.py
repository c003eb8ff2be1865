"""Papers printed at one go are what each would be by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from generator.engine.items import Bench, Item
from generator.ground.errors import ProofError
from generator.ground.whole import Stock
from generator.press import together
from generator.press.binder import cutting
from generator.press.binder.facts import about, destinations, embedded_fonts, outline, page_count
from generator.press.browser import Browser, Sheet
from generator.press.judge import breaches
from generator.press.orders import APPROVED, NO_LESSON, PARTLY, About, Asking, Order, Picture, Piece, Print, finish
from generator.press.remember import Press
from generator.products import NAMES, plan_product
from generator.products.films import clip
from generator.products.papers import grandchild, leaflet, poster
from tests.desks import PROJECT, desk, handbook
from tests.finished import links
from tests.samples import sample
from tests.seen import page_png, page_text, page_texts
from tests.test_unapproved import grey

pytestmark = pytest.mark.long
STYLE = """@page { size: 148mm 210mm; margin: 20mm } p { font: 14pt Roboto } h1 { font: 700 20pt/1.37 Roboto }
a { text-decoration: none }"""


def paper(name: str, lines: int = 3, more: str = "") -> Print:
    body = f'<h1 id="{name}">Tờ {name}</h1>' + "".join(
        f'<p>Dòng {line} của <a href="#{name}">tờ {name}</a></p>' for line in range(lines)) + more
    return Print(STYLE, body, About(name, "ai", "về", 1_795_000_000), size_mm=(148.0, 210.0))


MANY = [paper("một"), paper("hai", 90), paper("ba", more="<p>Ễ ợ</p>"), paper("bốn", 40)]


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each print had."""
    seen: list[int] = []
    plain = Sheet.pdf

    def counted(self: Sheet, width_mm: float, height_mm: float) -> bytes:
        pdf = plain(self, width_mm, height_mm)
        seen.append(page_count(pdf))
        return pdf

    monkeypatch.setattr(Sheet, "pdf", counted)
    return seen


@pytest.mark.browser
def test_company_changes_nothing(browser: Browser, prints: list[int]) -> None:
    forth, back = browser.answer(MANY), browser.answer(MANY[::-1])[::-1]
    assert len(prints) == 2
    alone = [one for order in MANY for one in browser.answer([order])]
    assert forth == back == alone
    assert [one.piece.pages > 1 for one in forth] == [False, True, False, True]


DRAWN = '<svg viewBox="0 0 9 9" width="40" height="40"><path d="M1 1h7v7z"/></svg>'


def rich(name: str, lines: int) -> Print:
    """Begins a page with what a page may begin with, and holds all that has a tag of its own."""
    rows = "".join(f"<tr><th scope=row>{line}<td>{name} <strong>{line}</strong>" for line in range(lines))
    return paper(name, lines, f"""<section style="break-before:page">{DRAWN}<h2>Hình trước</h2>
<table><tr><th scope=col>Số<th scope=col>Chữ{rows}</table></section><aside style="break-before:page">bên
<ol><li>một <em>hai</em><li><a href="#{name}">ba</a></ol></aside>
<div style="break-before:page;position:relative"><p>dưới</p><b style="position:absolute;top:0">trên</b>{DRAWN}</div>""")


RICH = [rich("một", 2), paper("hai", 1), rich("ba", 60), paper("bốn", 70), rich("năm", 9)]


@pytest.mark.browser
def test_no_neighbour_shows(browser: Browser) -> None:
    """Neither in the spelling of tags nor in a drawing: what begins a page leaves a mark on the page before, and a page
    may begin with a drawing."""
    alone = [one for order in RICH for one in browser.answer([order])]
    for company in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [0, 3], [2, 0], [1, 4, 0], [4, 1]):
        made = browser.answer([RICH[index] for index in company])
        assert made == [alone[index] for index in company]
    assert [breaches(one.piece.data) for one in alone] == [[]] * len(RICH)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Print]:
    """What was printed, by key."""
    prints: dict[str, Print] = {}
    plain = Browser.answer

    def noted(self: Browser, orders: Sequence[Order]) -> list[Any]:
        prints.update({order.key: order for order in orders if isinstance(order, Print) and not order.css})
        return plain(self, orders)

    monkeypatch.setattr(Browser, "answer", noted)
    return prints


TOGETHER = ("booklet", "fold", "grandchild", "ink", "inkbook", "large", "leaflet", "loudspeaker", "picture", "poster",
            "shop", "storyboard", "trainer")
"""Of what they print, several papers go into one print."""


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("product", sample(TOGETHER, 3, "loudspeaker", "large"))
def test_prints_of_every_product_are_the_same_in_any_company(
    product: str, browser: Browser, asked: dict[str, Print], tmp_path: Path,
) -> None:
    """Of a book each chapter is a print."""
    items = items_of(product)
    few = items[:: max(1, len(items) // 4)] if product in ("leaflet", "loudspeaker", "picture", "ink") else items[:2]
    finish({item.name: partial(item.begin, bench(browser, tmp_path)) for item in few}, lambda: browser)
    prints = [*asked.values()][:9]
    assert prints

    def pieces(orders: Sequence[Order]) -> list[Piece]:
        return [one.piece for one in browser.answer(orders)]  # what its script measures is a hair different

    whole, alone = pieces(prints), pieces(prints[:1]) + pieces(prints[-1:])
    assert pieces(prints[::-1])[::-1] == whole and pieces(prints[1::2]) == whole[1::2]
    assert [whole[0], whole[-1]] == alone


def test_what_prints_together_is_known() -> None:
    """The others print but one paper, or each with a style of its own."""
    found = {name for name in NAMES if any(item.together for item in items_of(name))}
    assert found - {"entry", "screens", "sheet", "review"} == {*TOGETHER}


@cache
def items_of(product: str) -> list[Item]:
    return [item for item in plan_product(product, desk(handbook("xa-dai-son"))) if item.together]


@pytest.mark.browser
@pytest.mark.parametrize("product", [leaflet, grandchild, poster])
def test_a_paper_of_the_handbook_is_the_same_alone_and_among_all(
    product: object, browser: Browser, tmp_path: Path,
) -> None:
    items = [item for item in product.plan(desk(handbook("xa-dai-son"))) if item.together]  # type: ignore[attr-defined]
    assert len(items) > 20
    items = sample(items, 7, items[0])
    whole = finish({item.name: partial(item.begin, bench(browser, tmp_path)) for item in items}, lambda: browser)
    for item in (items[0], items[len(items) // 2], items[-1]):
        assert item.make(bench(browser, tmp_path)) == whole[item.name]


def bench(browser: Browser, folder: Path) -> Bench:
    """What books remember of their pages stays out of the tree."""
    return Bench(PROJECT, lambda: browser, folder / "memory")


@pytest.mark.browser
def test_a_picture_is_the_same_alone_among_others_and_remembered(browser: Browser, tmp_path: Path) -> None:
    """Slanted edges are softened by where they lie on the browser's own tiles, so each lies where it would alone."""
    wide = "(paper, more) => paper.offsetWidth + more"
    orders = [Picture(STYLE, f"""<svg viewBox="0 0 9 9" width="300"><path d="M0 {y}L9 {9 - y}V9z"/></svg><p>{y}</p>""",
                      About(str(y)), wide, y, size_px=(310 - 70 * (y % 2), 207)) for y in range(1, 7)]
    alone = [one for order in orders for one in browser.answer([order])]
    stock = Stock(tmp_path)
    drawn = Press(lambda: browser, stock).answer(orders)
    assert drawn == alone == Press(lambda: pytest.fail("a browser was started"), stock).answer(orders)
    assert [one.told for one in drawn] == [241, 312, 243, 314, 245, 316]
    assert len({one.data for one in drawn}) == 6


@pytest.mark.browser
def test_each_piece_is_a_whole_paper(browser: Browser) -> None:
    for order, made in zip(MANY, browser.answer(MANY), strict=True):
        name = order.about.title
        assert about(made.piece.data)["Title"] == name and about(made.piece.data)["Author"] == "ai"
        assert list(destinations(made.piece.data)) == [name]
        assert {link.target for link in links(made.piece.data)} == {f"#{name}"}
        assert [(line.level, line.title) for line in outline(made.piece.data)] == [(1, f"Tờ {name}")]
        assert all(font.embedded for font in embedded_fonts(made.piece.data))
        assert page_text(made.piece.data, 1).startswith(f"Tờ {name}")
        assert "." not in page_text(made.piece.data, made.piece.pages)
    assert "Ễ ợ" in page_text(browser.answer(MANY)[2].piece.data, 1)


@pytest.mark.browser
def test_what_is_too_long_goes_by_halves(
    browser: Browser, prints: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = browser.answer(MANY)
    monkeypatch.setattr(cutting, "MOST_POINTS", 2500.0)
    assert browser.answer(MANY) == whole
    assert len(prints) > 3


@pytest.mark.browser
def test_the_paper_at_fault_is_named(browser: Browser) -> None:
    wrong = paper("sai", more='<p><a href="#đâu">Không tới đâu</a></p>')
    *good, refused = browser.answer([*MANY, wrong])
    assert good == browser.answer(MANY)
    assert isinstance(refused, ProofError) and str(refused).startswith("“sai”: ")


@pytest.mark.browser
def test_a_style_of_its_own_is_for_one_paper(browser: Browser, prints: list[int]) -> None:
    foot = "@page { @bottom-left { font: 9pt Roboto; content: counter(page) '/' counter(pages) } }"
    own = [Print(one.style, one.body, one.about, size_mm=one.size_mm, css=foot) for one in MANY[:2]]
    made = browser.answer([*own, MANY[2]])
    assert prints == [one.piece.pages for one in made]
    assert f"1/{made[1].piece.pages}" in page_text(made[1].piece.data, 1) and "1/1" in page_text(made[0].piece.data, 1)


@pytest.mark.browser
def test_papers_ask_side_by_side(browser: Browser, prints: list[int]) -> None:
    """Each goes on with its own answers; what is no paper is done at once."""

    def going(order: Print) -> Asking:
        height = "(paper, more) => paper.offsetHeight + more"
        [tall] = yield (Order(order.style, order.body, order.about, height, 1000),)
        made, again = yield (order, order)
        assert made is again
        return order.about.title, tall, made.piece.pages

    begin: dict[str, Any] = {order.about.title: partial(going, order) for order in MANY} | {"xong": lambda: "xong"}
    done: dict[str, Any] = finish(begin, lambda: browser)
    assert list(done) == ["một", "hai", "ba", "bốn", "xong"] and done["xong"] == "xong"
    assert all(row[0] == name and row[1] > 1000 for name, row in done.items() if name != "xong")
    assert len(prints) == 1


def test_a_filling_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST_LETTERS", 3 * len(MANY[0].body))
    rows = [(index, paper(f"mt{index}")) for index in range(7)]
    assert [len(few) for few in together._fillings(rows)] == [3, 3, 1]
    assert [len(few) for few in together._fillings(rows[:2] + rows[:2])] == [2, 2], "links would lead into each other"


@pytest.mark.parametrize("style", sorted(path.name for path in PROJECT.theme.glob("print/*.css")))
def test_styles_draw_no_curves(style: str) -> None:
    """Their points are counted from the top of the whole print and lose a hair; drawings have their own scale."""
    css = (PROJECT.theme / "print" / style).read_text("utf-8")
    assert not re.search(r"radius|underline|list-style:\s*(disc|circle)", css)


def test_only_what_asks_goes_together() -> None:
    """Films draw one by one, each on a sheet it keeps."""
    assert all(item.together for item in poster.plan(desk()))
    assert not any(item.together for item in clip.plan(desk()))


@pytest.mark.browser
def test_drafts_alone_wear_the_tape_which_adds_no_word_and_no_tag(browser: Browser) -> None:
    said = (NO_LESSON, f"{APPROVED}hai BCDFGHKL", "", f"{PARTLY}hai BCDFGHKL")
    one = paper("hai", 90)
    pieces = [found.piece for found in browser.answer(
        [replace(one, about=replace(one.about, approval=approval)) for approval in said])]
    assert len({tuple(page_texts(piece.data)) for piece in pieces}) == 1
    assert [breaches(piece.data) for piece in pieces] == [[]] * 4
    for page in range(1, pieces[0].pages + 1):
        heads = [grey(page_png(piece.data, page, 72))[:22] for piece in pieces]
        assert [head.mean() > 250 for head in heads] == [True, True, False, False]
        assert heads[2].mean() < 120
