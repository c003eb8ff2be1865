"""Words turned into outlines are known from drawings by their letters alone; no shipped drawing is taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.handbook.recorded.composing import compose
from generator.handbook.recorded.outlines import holds_words, shapes_of
from generator.press.fonts import FACES, outlined
from tests.projects import ROOT

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><title>Bác quét mã</title>'
WORDS = ("Zalo", "VNeID", "Mã QR", "OTP", "112", "Bấm vào đây", "500.000 đ", "lừa đảo", "SOS", "Chợ phiên")
_SAID = re.compile(r"((?:[-\d.]+ )*)([mlch])")


def path_of(words: str, weight: int = 400, size: float = 40) -> str:
    """As a drawing program writes it."""
    told = outlined(words, weight, size)[0]
    return " ".join(_turn(numbers.split(), how) for numbers, how in _SAID.findall(re.sub(r"\s+", " ", told)))


def _turn(numbers: list[str], how: str) -> str:
    if how == "h":
        return "Z"
    downwards = [number if at % 2 == 0 else str(100 - float(number)) for at, number in enumerate(numbers)]
    return how.upper() + " ".join(downwards)


def rules(body: str) -> list[str]:
    return [slip.rule for slip in compose("x", f"{HEAD}{body}</svg>", {}).slips]


@pytest.mark.parametrize("weight", FACES)
@pytest.mark.parametrize("words", WORDS)
def test_words_of_every_typeface_are_found(words: str, weight: int) -> None:
    assert holds_words(shapes_of(path_of(words, weight)))


def test_however_a_program_writes_them() -> None:
    d = path_of("Zalo")
    letters = "".join(f'<path d="{one}"/>' for one in re.findall(r"M[^M]+", d))
    assert "drawing.slip/words" in rules(f'<path d="{d}"/>')
    assert "drawing.slip/words" in rules(f'<g fill="#fff">{letters}</g>')
    assert "drawing.slip/words" not in rules(f'<g fill="none" stroke="#000" stroke-width="5">{letters}</g>')


@pytest.mark.parametrize("d", [
    "M0 0h20v20h-20zM30 0h20v20h-20zM60 0h20v20h-20z",  # windows
    "M0 9a9 9 0 1 0 18 0a9 9 0 1 0-18 0zM30 9a9 9 0 1 0 18 0a9 9 0 1 0-18 0zM60 9a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
    " ".join(f"M{x} 0l4 9 9 1-7 6 2 9-8-5-8 5 2-9-7-6 9-1z" for x in (0, 30, 60, 90)),  # stars, each as the others
    "M5 5c1-1", "M0", "", "z", "l 1 2 3 q",
])
def test_what_stands_in_a_row_is_no_word(d: str) -> None:
    assert not holds_words(shapes_of(d))


def test_a_sign_of_two_letters_is_none() -> None:
    assert not holds_words(shapes_of(path_of("đ?")))


@pytest.mark.parametrize("svg", sorted((ROOT / "content/pictures").rglob("*.svg")), ids=lambda path: path.stem)
def test_no_shipped_drawing_is_taken_for_words(svg: Path) -> None:
    piece = svg.parent.name == "pieces"
    assert "drawing.slip/words" not in [slip.rule for slip in compose(
        svg.stem, svg.read_text("utf-8"), {}, piece=piece).slips]
