"""What the browser drew before is not drawn again; another question is never given an old answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.ground.errors import ProofError
from generator.ground.whole import Stock
from generator.press.browser import Browser
from generator.press.orders import About, Order, Print
from generator.press.remember import Press, Sheet

pytestmark = pytest.mark.browser
CSS = "@page { margin: 0 } p { margin: 0; font-size: 20px } .large { font-size: 60px }"
HIGH = "() => document.querySelector('p').offsetHeight"
ENLARGE = "([name]) => { document.querySelector('p').className = name; return name; }"
WIDE = "() => document.documentElement.clientWidth"


def stopped() -> Browser:
    raise AssertionError("a browser was started")


def stroll(sheet: Sheet) -> list[Any]:
    """Some of everything, in an order that matters."""
    sheet.fill("<p>Một</p>", "Một")
    answers: list[Any] = [sheet.evaluate(HIGH), sheet.evaluate(ENLARGE, ["large"]), sheet.evaluate(HIGH)]
    answers += [sheet.png(300, 200), sheet.evaluate(WIDE), sheet.png(200, 300), sheet.evaluate(WIDE)]
    sheet.fill("<p>Hai</p>", "Hai", "p { color: red }")
    answers += [sheet.evaluate(WIDE), sheet.png(200, 300)]
    return answers


@pytest.fixture(scope="module")
def real(browser: Browser) -> list[Any]:
    """The same on a sheet that remembers nothing."""
    sheet = browser.warm_sheet(CSS)
    sheet.resize(1280, 720)
    return stroll(sheet)  # type: ignore[arg-type]  # it can all that the other can


def test_answers_are_those_of_the_browser_and_need_it_once(browser: Browser, tmp_path: Path, real: list[Any]) -> None:
    assert stroll(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS)) == real
    assert stroll(Press(stopped, Stock(tmp_path)).warm_sheet(CSS)) == real
    assert real[2] > real[0] and real[3] != real[5] and real[4] == 300 and real[6] == real[7] == 200


def test_one_forgotten_answer_is_found_again_where_it_stood(browser: Browser, tmp_path: Path, real: list[Any]) -> None:
    """The page is brought there by all that was done to it before, whatever the real sheet was used for since."""
    stroll(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS))
    for name in sorted(path.name for path in tmp_path.iterdir()):
        (tmp_path / name).unlink()
        browser.warm_sheet("p { color: blue }").fill("<p>Khác</p>", "Khác")
        assert stroll(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS)) == real
        assert (tmp_path / name).is_file()


def test_a_damaged_answer_is_drawn_anew(browser: Browser, tmp_path: Path, real: list[Any]) -> None:
    stroll(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS))
    files = sorted(tmp_path.iterdir())
    bodies = [path.read_bytes() for path in files]
    for path, other in zip(files, (*bodies[1:], bodies[0]), strict=True):
        path.write_bytes(other)
    assert stroll(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS)) == real
    assert stroll(Press(stopped, Stock(tmp_path)).warm_sheet(CSS)) == real


def ask(sheet: Sheet, css: str = "", body: str = "<p>Một</p>", script: str = HIGH, size: int = 50) -> None:
    sheet.fill(body, "Một", css)
    sheet.evaluate(script)
    sheet.png(size, 50)


@pytest.mark.parametrize("other", [
    lambda press: ask(press.warm_sheet(CSS), css="p { color: red }"),
    lambda press: ask(press.warm_sheet(CSS), body="<p>Hai</p>"),
    lambda press: ask(press.warm_sheet(CSS), script=WIDE),
    lambda press: ask(press.warm_sheet(CSS), size=51),
    lambda press: ask(press.warm_sheet(CSS + " ")),
], ids=["style of one", "body", "script", "size", "style"])
def test_another_question_needs_the_browser(
    other: Callable[[Press], None], browser: Browser, tmp_path: Path
) -> None:
    ask(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS))
    ask(Press(stopped, Stock(tmp_path)).warm_sheet(CSS))
    with pytest.raises(AssertionError, match="started"):
        other(Press(stopped, Stock(tmp_path)))


@pytest.mark.parametrize("part", ["find_browser", "our_code"])
def test_another_browser_or_other_code_is_another_question(
    part: str, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS))

    class Other:
        def digest(self, *_: str) -> str:
            return "other code"

    monkeypatch.setattr(f"generator.press.remember.{part}", (lambda: None) if part == "find_browser" else Other)
    with pytest.raises(AssertionError, match="started"):
        ask(Press(stopped, Stock(tmp_path)).warm_sheet(CSS))


def test_what_went_wrong_is_not_remembered(browser: Browser, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ProofError):
            Press(lambda: browser, Stock(tmp_path)).warm_sheet(CSS).fill('<a href="#nowhere">?</a>', "Sai")
    assert not list(tmp_path.iterdir())


def test_the_memory_keeps_what_was_used_last(tmp_path: Path) -> None:
    stock = Stock(tmp_path)
    for index in range(10):
        stock.keep(str(index), bytes(1000))
        os.utime(tmp_path / str(index), (index, index))
    stock.find("0")
    stock.forget(4 * 1032)
    assert {path.name for path in tmp_path.iterdir()} == {"0", "7", "8", "9"}


ORDERS = [
    Order(CSS, "<p>Một</p>", About("Một"), "(paper, most) => paper.offsetHeight + most", 7),
    Print(CSS, "<p>Hai</p>", About("Hai", moment=1_795_000_000), "paper => paper.id", None, (100.0, 100.0)),
    Print(CSS, "<p>Ba</p>", About("Ba", moment=1_795_000_000), "", None, (100.0, 100.0)),
]


def test_what_papers_ask_is_remembered_one_by_one(browser: Browser, tmp_path: Path) -> None:
    """However many are asked at one go."""
    real = browser.answer(ORDERS)
    assert Press(lambda: browser, Stock(tmp_path)).answer(ORDERS[:2]) == real[:2]
    with pytest.raises(AssertionError, match="started"):
        Press(stopped, Stock(tmp_path)).answer(ORDERS)
    assert Press(lambda: browser, Stock(tmp_path)).answer(ORDERS) == real
    assert Press(stopped, Stock(tmp_path)).answer(ORDERS[::-1]) == real[::-1]
    others = [replace(ORDERS[0], argument=8), replace(ORDERS[1], about=About("Bốn")), replace(ORDERS[2], body="")]
    for other in others:
        with pytest.raises(AssertionError, match="started"):
            Press(stopped, Stock(tmp_path)).answer([other])


def test_a_refused_paper_is_asked_again(browser: Browser, tmp_path: Path) -> None:
    wrong = Print(CSS, '<p><a href="#nowhere">?</a></p>', About("Sai"))
    for _ in range(2):
        good, refused = Press(lambda: browser, Stock(tmp_path)).answer([ORDERS[2], wrong])
        assert isinstance(refused, ProofError) and good.piece.pages == 1
    with pytest.raises(AssertionError, match="started"):
        Press(stopped, Stock(tmp_path)).answer([wrong])
