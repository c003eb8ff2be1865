"""What commands say, and why a paper is refused: one sentence by its name, out of `said.toml`, filled with words."""

from __future__ import annotations

from generator.ground.findings import Text, filled, said_beside


def said(name: str, /, **words: object) -> Text:
    told = said_beside(__file__)[name]
    return filled(told["vi"], told["en"], words)
