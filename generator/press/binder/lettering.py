"""The words of a page's drawing, read back through its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pikepdf

_TOKEN = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>|([-\d.]+)\s+Tm|(?<=\s)([qQ])\s")
_STATE = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf|(?<=\s)([qQ])\s")
_SINGLE = re.compile(r"^<(\w+)> *<(\w+)>$", re.MULTILINE)
_RANGE = re.compile(r"^<(\w+)> *<(\w+)> *<(\w+)>$", re.MULTILINE)

Letters: TypeAlias = tuple[int, Mapping[int, str]]
"""Of a font: the bytes a letter takes, and what each stands for."""


class Words:
    """Of a page or form; fonts that its file shares among pages are read once."""

    def __init__(self, holder: Any, known: dict[tuple[int, int], Letters]) -> None:
        fonts = holder.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
        for font in fonts.values():
            if font.objgen not in known:
                known[font.objgen] = letters_of(font)
        self._fonts = {name.removeprefix("/").encode(): known[font.objgen] for name, font in fonts.items()}
        self._font: Letters = (2, {})
        self._kept: list[Letters] = []

    def read(self, data: bytes, start: int, end: int) -> str:
        """A stretch of the drawing; lines are apart."""
        content = data[start:end]
        if not 0 < content.find(b" Tf") < content.find(b"<") or b"Q\n" in content:  # its font was chosen before it
            for font, state in _STATE.findall(data[:start]):
                self._turn(font, state)
        return "".join(self._read(content))

    def _read(self, content: bytes) -> Iterator[str]:
        before = b""
        for font, glyphs, line, state in _TOKEN.findall(content):
            if font or state:
                self._turn(font, state)
            elif line:
                yield "" if line == before else " "
                before = line
            else:
                yield from self._signs(bytes.fromhex(glyphs.decode()))

    def _turn(self, font: bytes, state: bytes) -> None:
        """To another font; a state that was kept brings its own back."""
        if font:
            self._font = self._fonts.get(font, self._font)
        elif state == b"q":
            self._kept.append(self._font)
        elif self._kept:
            self._font = self._kept.pop()

    def _signs(self, glyphs: bytes) -> Iterator[str]:
        width, letters = self._font
        for at in range(0, len(glyphs), width):
            yield letters.get(int.from_bytes(glyphs[at : at + width]), "\ufffd")


def letters_of(font: Any) -> Letters:
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    table = font.get("/ToUnicode")
    text = table.read_bytes().decode("latin-1") if isinstance(table, pikepdf.Stream) else ""
    letters = {int(code, 16): _sign(sign) for code, sign in _SINGLE.findall(text)}
    for first, last, sign in _RANGE.findall(text):
        start = int(first, 16)
        letters |= {code: chr(int(sign, 16) + code - start) for code in range(start, int(last, 16) + 1)}
    return width, letters


def _sign(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
