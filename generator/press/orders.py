"""What papers ask of the browser, told as data: so many of them can be answered at one go, or from memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from generator.ground.errors import ProofError
from generator.ground.files import digest_of
from generator.ground.marks import DRAFT as DRAFT
from generator.ground.marks import TRIAL as TRIAL
from generator.ground.marks import UNSIGNED as UNSIGNED

APPROVED, PARTLY, NO_LESSON = "duyệt: ", "một phần duyệt: ", "không theo bài"
"""In the file itself, before the names of texts; so a proof can tell what was approved from what forgot its mark."""
ON_PAGE = re.compile(rf'data-signed"?[:=] ?"?{APPROVED}([^">]+)')
"""The same on a page, in a feed, in what is searched: approved texts, and who signed them."""


@dataclass(frozen=True)
class About:
    """What a finished file says of itself."""

    title: str
    author: str = ""
    subject: str = ""
    moment: int = 0
    """When its sources were written."""
    approval: str = NO_LESSON
    """Which texts it shows were approved; empty for drafts, whose pages say so themselves."""
    edge_mm: float = 0.0
    """So much of its pages is cut off on each side."""
    place: str = ""
    """Whose words stand on it besides lessons, and which; empty where it shows none. It is unseen, and no part of what
    is printed: there places share what looks the same."""

    @property
    def is_draft(self) -> bool:
        """In whole or in part."""
        return not self.approval or self.approval.startswith(PARTLY)


@dataclass(frozen=True)
class Order:
    """One paper as it lies on the sheet."""

    style: str
    body: str
    about: About
    script: str = ""
    """A function of the paper's own element and `argument`: it measures or fits what lies there."""
    argument: Any = None

    @cached_property
    def key(self) -> str:
        """The same for the same paper, whoever asks."""
        return digest_of(type(self).__name__, *(repr(value) for value in vars(self).values()))


@dataclass(frozen=True)
class Print(Order):
    """To be printed as it lies, after `script`."""

    size_mm: tuple[float, float] = (210.0, 297.0)
    css: str = ""
    """The style of this one paper: then it is printed by itself."""


@dataclass(frozen=True)
class Picture(Order):
    """To be photographed as it lies, after `script`, exactly so wide and high."""

    size_px: tuple[int, int] = (1280, 720)


class Piece(NamedTuple):
    """A finished file."""

    data: bytes
    pages: int
    strange_fonts: tuple[str, ...] = ()
    """Borrowed for signs that ours lacks."""


LEADS = "hocso:"
"""Begins the address of a link to a name that another piece of the same book may have."""
OWN = "--"
"""Ends what tells the names of one book from those of others in the same print."""


class Pictured(NamedTuple):
    data: bytes
    told: Any
    """What `script` gave back."""


class Printed(NamedTuple):
    piece: Piece
    told: Any
    """What `script` gave back."""


Answer = Any
"""`Printed`, `Pictured`, or what the script of a bare order gave back."""
Asking = Generator[tuple[Order, ...], list[Answer], Any]
"""A paper on its way: it hands out what it must know next, and is sent the answers."""


class Answering(Protocol):
    """A browser, or what remembers its answers."""

    def answer(self, orders: Sequence[Order]) -> list[Answer]: ...


T = TypeVar("T")


def _nothing_around(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


def finish(
    begin: Mapping[str, Callable[[], T | Asking]], browser: Callable[[], Answering],
    step: Callable[[str], AbstractContextManager[None]] = _nothing_around,
) -> dict[str, T]:
    """Papers go on side by side, each within its own `step`; what is no paper on its way is done when it has begun."""
    done: dict[str, T] = {}
    going: dict[str, Asking] = {}
    for name, start in begin.items():
        with step(name):
            thing = start()
        if hasattr(thing, "send"):
            going[name] = cast(Asking, thing)
        else:
            done[name] = thing
    replies: dict[str, list[Answer]] = {}
    while going:
        asked: dict[str, tuple[Order, ...]] = {}
        for name, paper in [*going.items()]:
            with step(name):
                orders, result = _go_on(paper, replies.get(name))
            if orders is None:
                done[name] = result
                del going[name]
            else:
                asked[name] = orders
        once = {order.key: order for orders in asked.values() for order in orders}
        known = dict(zip(once, browser().answer([*once.values()]), strict=True)) if once else {}
        replies = {name: [known[order.key] for order in orders] for name, orders in asked.items()}
    return {name: done[name] for name in begin}


def _go_on(paper: Asking, reply: list[Answer] | None) -> tuple[tuple[Order, ...] | None, Any]:
    """What it asks next; nothing, and what came of it, when it is done."""
    refused = next((one for one in reply or () if isinstance(one, ProofError)), None)
    try:
        return (paper.throw(refused) if refused else paper.send(reply)), None  # type: ignore[arg-type]  # begins
    except StopIteration as end:
        return None, end.value
