"""What commands say, and why a paper is refused: one sentence by its name, out of `said.toml`, filled with words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.ground.findings import Text, filled, said_beside

MOST_NAMED = 3
"""Things named one by one."""


def said(name: str, /, **words: object) -> Text:
    told = said_beside(__file__)[name]
    return filled(told["vi"], told["en"], words)


def few(names: Sequence[str], most: int = MOST_NAMED) -> Text:
    """The first of them, and how many more there are."""
    first, more = ", ".join(names[:most]), len(names) - most
    return said("build/and-more", names=first, more=more) if more > 0 else Text(first, first)
