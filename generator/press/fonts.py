"""The one typeface of everything we print: its files, rules for the browser, widths of letters."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from generator.ground.errors import MissingProgramError

FAMILY = "Roboto"
WEIGHTS = {400: "Roboto-Regular.ttf", 500: "Roboto-Medium.ttf", 700: "Roboto-Bold.ttf"}
UNKNOWN_WIDTH = 1.0
"""Ems of a letter the font lacks: whatever the browser borrows is seldom wider."""


def font_file(weight: int) -> Path:
    name = WEIGHTS[weight]
    try:
        path = Path(str(resources.files("font_roboto") / "files" / name))
    except ModuleNotFoundError:
        path = Path(name)
    if not path.is_file():
        raise MissingProgramError(
            f"Thiếu phông chữ {name}. Cài lại: pip install --force-reinstall font-roboto",
            f"The font {name} is missing. Install it again: pip install --force-reinstall font-roboto",
        )
    return path


def font_face_css(base: str) -> str:
    """Rules for the three weights; `base` is the address of the fonts' folder and ends with `/`."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};font-display:block;'
        f'src:url("{base}{name}") format("truetype")}}\n'
        for weight, name in WEIGHTS.items()
    )


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Length of one line in the unit of `size`, before kerning, so never too short."""
    widths = _widths(700 if bold else 400)
    return size * sum([widths.get(letter, UNKNOWN_WIDTH) for letter in unicodedata.normalize("NFC", text)])


def missing_glyphs(text: str) -> list[str]:
    """The letters some weight cannot draw, each once, in the order they stand in the text."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    known = [_widths(weight) for weight in WEIGHTS]
    return [letter for letter in letters if not all(letter in widths for widths in known)]


@cache
def _widths(weight: int) -> dict[str, float]:
    """Ems per letter. Line ends and tabs are known and take no room, as in the browser's own lines."""
    font: Any
    with TTFont(font_file(weight), lazy=True) as font:
        em: int = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        widths = {chr(code): advances[name][0] / em for code, name in font.getBestCmap().items()}
    return widths | dict.fromkeys("\n\r\t", 0.0)
