"""The press's memory: what the browser drew and measured in earlier builds is not drawn again.

An answer is remembered by all that goes into it: style, body, what ran on the page since, the question, the window, the
browser and our code that drives it. So a change of code that draws the same starts no browser at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.ground.code import our_code
from generator.ground.errors import ProofError
from generator.ground.files import digest_of
from generator.ground.whole import Stock
from generator.press.orders import Answer, Order, Picture, Pictured, Piece, Printed
from generator.press.which_browser import browser_version, find_browser

if TYPE_CHECKING:
    from generator.press import browser

    Act = Callable[[browser.Sheet], Any]

WINDOW = (1280, 720)
"""Of a sheet nobody has taken a picture of yet."""


@dataclass(frozen=True)
class Step:
    """What was done to a page, and by digest where it stands since."""

    state: str
    act: Act


class Press:
    """Stands before the browser, and starts it at the first question nobody asked before."""

    def __init__(self, start: Callable[[], browser.Browser], stock: Stock) -> None:
        self._start = start
        self.stock = stock

    def answer(self, orders: Sequence[Order]) -> list[Answer]:
        """What papers ask; those nobody asked before are answered at one go."""
        known = [self.stock.find(_key(order)) for order in orders]
        fresh = [order for order, told in zip(orders, known, strict=True) if told is None]
        answers = iter(self._start().answer(fresh) if fresh else ())
        return [self._keep(order, next(answers)) if told is None else _unpack(order, told)
                for order, told in zip(orders, known, strict=True)]

    def _keep(self, order: Order, told: Answer) -> Answer:
        if not isinstance(told, ProofError):
            self.stock.keep(_key(order), _pack(told))
        return told

    def warm_sheet(self, style: str) -> Sheet:
        return Sheet(self, style)

    def real(self, style: str) -> browser.Sheet:
        return self._start().warm_sheet(style)


class Sheet:
    """A page that is filled, measured and pictured again and again, in one dress."""

    def __init__(self, press: Press, style: str) -> None:
        self._press = press
        self._style = style
        self._window = WINDOW
        self._steps: list[Step] = []

    def fill(self, html_body: str, title: str, css: str = "") -> None:
        """Swaps the body and `css`; a printed link leads to an id in the body or to a whole address."""
        window = self._window

        def act(sheet: browser.Sheet) -> None:
            sheet.resize(*window)
            sheet.fill(html_body, title, css)

        self._steps = []
        self._ask(digest_of(_browser(), self._style, window, html_body, title, css), act)

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """It may change the page, so what is asked after it is another question."""
        state = digest_of(self._state, "evaluate", script, json.dumps(argument))
        return self._ask(state, lambda sheet: sheet.evaluate(script, argument))

    def png(self, width_px: int, height_px: int) -> bytes:
        """The top left of the page as a picture of exactly this size."""
        self._window = width_px, height_px
        state = digest_of(self._state, "png", width_px, height_px)
        self._steps.append(Step(state, lambda sheet: sheet.resize(width_px, height_px)))
        return self._press.stock.again(state, lambda: self._real().png(width_px, height_px))

    @property
    def _state(self) -> str:
        return self._steps[-1].state

    def _ask(self, state: str, act: Act) -> Any:
        """The answer; and a step that must be taken before a real sheet can be asked anything else."""

        def answer() -> bytes:
            sheet = self._real()
            told = json.dumps(act(sheet)).encode()
            sheet.lies = state
            return told

        told = self._press.stock.again(state, answer)
        self._steps.append(Step(state, act))
        return json.loads(told)

    def _real(self) -> browser.Sheet:
        """A real sheet, brought to where this one stands by the steps it has not taken yet."""
        sheet = self._press.real(self._style)
        states = [step.state for step in self._steps]
        taken = states.index(sheet.lies) + 1 if sheet.lies in states else 0
        for step in self._steps[taken:]:
            step.act(sheet)
            sheet.lies = step.state
        return sheet


def _key(order: Order) -> str:
    return digest_of(_browser(), order)


def _pack(told: Answer) -> bytes:
    """A line of facts, then the file as it is."""
    if isinstance(told, Pictured):
        return json.dumps([told.told]).encode() + b"\n" + told.data
    piece = told.piece if isinstance(told, Printed) else None
    facts = [told.told, piece.pages, piece.strange_fonts] if piece else [told]
    return json.dumps(facts).encode() + b"\n" + (piece.data if piece else b"")


def _unpack(order: Order, data: bytes) -> Answer:
    line, _, file = data.partition(b"\n")
    told, *piece = json.loads(line)
    if isinstance(order, Picture):
        return Pictured(file, told)
    return Printed(Piece(file, piece[0], tuple(piece[1])), told) if piece else told


def _browser() -> str:
    return digest_of(our_code().digest(__name__, "generator.press.browser"), browser_version(find_browser()))
