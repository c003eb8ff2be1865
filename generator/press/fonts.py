"""The two typefaces of what we print, for text and for titles: files, rules for the browser, widths of letters."""

from __future__ import annotations

import struct
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont, TTLibError

from generator.ground.errors import MissingProgramError
from generator.ground.said import said

FAMILY = "Roboto"
WEIGHTS = {400: "Roboto-Regular.ttf", 500: "Roboto-Medium.ttf", 700: "Roboto-Bold.ttf"}
TITLES, TITLE_WEIGHT = "Be Vietnam Pro", 800
"""Titles alone; what it has no letter for is set in the other."""
FACES = {**WEIGHTS, TITLE_WEIGHT: "BeVietnamPro-ExtraBold.ttf"}
"""Files by weight: no weight is there twice."""
UNKNOWN_WIDTH = 1.0
"""Ems of a letter the font lacks: whatever the browser borrows is seldom wider."""


def font_file(weight: int) -> Path:
    name = FACES[weight]
    try:
        titles = weight == TITLE_WEIGHT
        package = resources.files("fontpkg_be_vietnam_pro") if titles else resources.files("font_roboto")
        path = Path(str(package / "files" / name))
    except ModuleNotFoundError:
        path = Path(name)
    if not path.is_file():
        raise MissingProgramError(*said("fonts/missing", name=name, package=package_of(name)))
    return path


def package_of(name: str) -> str:
    """What to install for a file of letters."""
    return "fontpkg-be-vietnam-pro" if name == FACES[TITLE_WEIGHT] else "font-roboto"


def font_face_css(base: str) -> str:
    """Rules for every weight; `base` is the address of the fonts' folder and ends with `/`."""
    return "".join(
        f'@font-face{{font-family:"{family_of(weight)}";font-style:normal;font-weight:{weight};font-display:block;'
        f'src:url("{base}{name}") format("truetype")}}\n'
        for weight, name in FACES.items()
    )


def family_of(weight: int) -> str:
    return TITLES if weight == TITLE_WEIGHT else FAMILY


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Length of one line in the unit of `size`, before kerning, so never too short."""
    widths = _widths(700 if bold else 400)
    return size * sum([widths.get(letter, UNKNOWN_WIDTH) for letter in unicodedata.normalize("NFC", text)])


def missing_glyphs(text: str) -> list[str]:
    """The letters some weight cannot draw, each once, in the order they stand in the text."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    known = [_widths(weight) for weight in WEIGHTS]
    return [letter for letter in letters if not all(letter in widths for widths in known)]


@contextmanager
def _opened(weight: int) -> Iterator[Any]:
    path = font_file(weight)
    try:
        with TTFont(path, lazy=True) as font:
            yield font
    except (TTLibError, struct.error, KeyError, AssertionError) as problem:
        raise MissingProgramError(
            *said("fonts/broken", name=path.name, why=problem, package=package_of(path.name))) from problem


@cache
def _widths(weight: int) -> dict[str, float]:
    """Ems per letter. Line ends and tabs are known and take no room, as in the browser's own lines."""
    with _opened(weight) as font:
        em: int = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        widths = {chr(code): advances[name][0] / em for code, name in font.getBestCmap().items()}
    return widths | dict.fromkeys("\n\r\t", 0.0)


@cache
def outlined(text: str, weight: int, size: float) -> tuple[str, float]:
    """One line as a path in the words of PDF, and how long it is. Opening a font takes longer than cutting a paper."""
    with _opened(weight) as font:
        glyphs, known, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
        at, path = 0.0, _Path(glyphs)
        for letter in unicodedata.normalize("NFC", text):
            path.at, path.scale = at, scale
            glyph = glyphs[known[ord(letter)]]
            glyph.draw(path)
            at += glyph.width * scale
    return "".join(path.rows), at


class _Path(BasePen):
    """Its names are those fontTools calls."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)  # type: ignore[no-untyped-call]  # fontTools says none
        self.rows: list[str] = []
        self.at, self.scale = 0.0, 1.0

    def _say(self, how: str, *points: tuple[float, float]) -> None:
        spots = (f"{self.at + x * self.scale:.2f} {y * self.scale:.2f}" for x, y in points)
        self.rows.append(" ".join((*spots, how)) + "\n")

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._say("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._say("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._say("c", *points)

    def _closePath(self) -> None:  # noqa: N802
        self._say("h")


# What a finished paper carries of it.


@dataclass(frozen=True)
class Face:
    """One weight as a paper embeds it, told by numbers of glyphs, which stay what they are in the whole font."""

    tables: Mapping[str, bytes]
    starts: tuple[int, ...]
    """Where each glyph's outline begins in `glyf`; one more for the end of the last."""
    metrics: tuple[tuple[int, int], ...]
    """Of each glyph: how far on the next one stands, and where its outline begins."""
    letters: Mapping[int, str]
    """What each glyph stands for when it is copied or read aloud: the first letter it is drawn for."""
    em: int

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A font of these outlines alone. It is the same whatever else was printed beside it."""
        kept = sorted(self._with_parts({0, *glyphs}))
        count, outlines, starts = kept[-1] + 1, bytearray(), array("L")
        widths = bytearray(4 * count)
        for glyph in kept:
            starts.extend([len(outlines)] * (glyph + 1 - len(starts)))
            outlines += self._outline(glyph)
            outlines += bytes(-len(outlines) % 4)
            struct.pack_into(">Hh", widths, 4 * glyph, *self.metrics[glyph])
        head, hhea, maxp = (self.tables[name] for name in ("head", "hhea", "maxp"))
        return _font_of({
            "glyf": bytes(outlines), "head": head[:8] + bytes(4) + head[12:50] + b"\0\1" + head[52:],
            "hhea": hhea[:34] + struct.pack(">H", count), "hmtx": bytes(widths),
            "loca": struct.pack(f">{count + 1}L", *starts, len(outlines)),
            "maxp": maxp[:4] + struct.pack(">H", count) + maxp[6:],
            **{name: self.tables[name] for name in HINTS if name in self.tables},
        })

    def width(self, glyph: int) -> float:
        """In thousandths of an em, as a PDF tells it."""
        return round(1000 * self.metrics[glyph][0] / self.em, 5)

    def _outline(self, glyph: int) -> bytes:
        return self.tables["glyf"][self.starts[glyph] : self.starts[glyph + 1]]

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        """A letter with its marks is drawn of other glyphs."""
        kept, waiting = set(glyphs), list(glyphs)
        while waiting:
            parts = set(_parts_of(self._outline(waiting.pop()))) - kept
            kept |= parts
            waiting += parts
        return kept


@cache
def face(weight: int) -> Face:
    with _opened(weight) as font:
        tables = {name: font.reader[name] for name in ("glyf", "head", "hhea", "maxp", *HINTS) if name in font.reader}
        metrics = tuple(font["hmtx"].metrics[name] for name in font.getGlyphOrder())
        codes = sorted(font.getBestCmap().items(), reverse=True)
        letters = {font.getGlyphID(name): chr(code) for code, name in codes}
        return Face(tables, tuple(font["loca"].locations), metrics, letters, font["head"].unitsPerEm)


HINTS = ("cvt ", "fpgm", "prep")
"""What the outlines of some faces lean on: without it letters are drawn a little otherwise than in the whole font."""
ARE_WORDS, MORE, SCALE, TWO_SCALES, MATRIX = 0x1, 0x20, 0x8, 0x40, 0x80


def _parts_of(outline: bytes) -> Iterator[int]:
    """Of a compound glyph: flags, the part, where it lies; as OpenType's `glyf` table tells it."""
    at, flags = 10, MORE if outline[:1] >= b"\x80" else 0
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", outline, at)
        yield part
        at += 8 if flags & ARE_WORDS else 6
        at += 2 * bool(flags & SCALE) + 4 * bool(flags & TWO_SCALES) + 8 * bool(flags & MATRIX)


def _font_of(tables: Mapping[str, bytes]) -> bytes:
    """A TrueType file; nobody who reads a PDF asks for its checksums."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">LHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at, rows, bodies = 12 + 16 * len(tables), b"", b""
    for name, body in sorted(tables.items()):
        rows += struct.pack(">4sLLL", name.encode(), 0, at + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    return head + rows + bodies
