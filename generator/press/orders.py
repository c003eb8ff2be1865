"""What papers ask of the browser, told as data: so many of them can be answered at one go, or from memory."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class About:
    """What a finished file says of itself."""

    title: str
    author: str = ""
    subject: str = ""
    moment: int = 0
    """When its sources were written."""


@dataclass(frozen=True)
class Order:
    """One paper as it lies on the sheet."""

    style: str
    body: str
    about: About
    script: str = ""
    """A function of the paper's own element and `argument`: it measures or fits what lies there."""
    argument: Any = None


@dataclass(frozen=True)
class Print(Order):
    """To be printed as it lies, after `script`."""

    size_mm: tuple[float, float] = (210.0, 297.0)
    css: str = ""
    """The style of this one paper: then it is printed by itself."""


class Piece(NamedTuple):
    """A finished file."""

    data: bytes
    pages: int
    strange_fonts: tuple[str, ...] = ()
    """Borrowed for signs that ours lacks."""


class Printed(NamedTuple):
    piece: Piece
    told: Any
    """What `script` gave back."""


Answer = Any
"""`Printed`, or what the script of a bare order gave back."""
Asking = Generator[Order, Answer, Any]
"""A paper on its way: it hands out one order after another and is sent the answers."""
