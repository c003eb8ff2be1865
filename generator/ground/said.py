"""What commands say, and why a paper is refused: one sentence by its name, out of `said.toml`, filled with words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from generator.ground.findings import Text, filled


def said(name: str, /, **words: object) -> Text:
    told = _sentences()[name]
    return filled(told["vi"], told["en"], words)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
