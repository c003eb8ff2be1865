"""Faults of composition in a bound book, found by where its words and its ink stand, whatever drew them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from generator.press.binder.facts import destinations
from generator.press.proof import Leaf, Word, letters, opened, words

SECTIONS = {"Chuẩn bị", "Các bước", "Thực hành", "Lỗi hay gặp", "An toàn", "Nhớ 3 điều", "Tự kiểm tra", "Đáp án",
            "Cần mang", "Nộp ở đâu", "Theo dõi", "Học tiếp"}
CLOSING = ("Học tiếp", "Quét mã để xem lại")
KEPT = "Nhớ 3 điều"
ASKED, FIRST, ANSWERED = ("Biết.", "Hiểu.", "Dùng."), re.compile(r"A |Tôi đã làm được"), re.compile(r"[B-D] ")
A5_MM = 210.0
SIDE_MM = 12.5
"""What lies nearer the edges is no part of the text, nor what stands in head and foot."""
THIRD = 1 / 3
GLUED_MM = 3.0
EDGE_MM = 6.0
"""Nearer the lower edge no printer at home draws for certain."""
GREY = 200


@dataclass(frozen=True)
class Fault:
    kind: str
    page: int
    what: str = ""


@dataclass(frozen=True)
class Line:
    text: str
    top: float
    bottom: float
    left: float
    size: float


class Sheet:
    """One page: its lines of text without what is stamped on its edges, and how far down its ink reaches."""

    def __init__(self, leaf: Leaf) -> None:
        self.number = leaf.number
        self.all = words(letters(leaf))
        width, self.height = leaf.size_mm
        self.head, foot = (17.0, 16.0) if self.height < A5_MM + 1 else (24.0, 22.0)
        self.end = self.height - foot
        self.body = [word for word in self.all if word.area.y > self.head and word.area.bottom < self.end
                     and word.area.x > SIDE_MM and word.area.right < width - SIDE_MM]
        self.lines = [*_lines(self.body)]
        self.ink = leaf.grey(72)
        self.scale = self.ink.shape[0] / self.height

    @property
    def numerals(self) -> dict[int, Word]:
        """Of steps, by far the largest figures in the text."""
        return {int(word.text): word for word in self.body if word.size >= 29 and word.text.isdigit()}

    @property
    def filled(self) -> float:
        """The part of the text's height that is used."""
        side = round(SIDE_MM * self.scale)
        rows = np.flatnonzero((self.ink[:, side:-side] < GREY).any(axis=1)) / self.scale
        inside = rows[(rows > self.head) & (rows < self.end)]
        return float(inside.max() - self.head) / (self.end - self.head) if inside.size else 0.0

    def gap_above(self, word: Word) -> float:
        """White above a numeral, in its own column, up to the next ink that is no word."""
        left, right = (round(value * self.scale) for value in (word.area.x, word.area.right))
        top = round(word.area.y * self.scale) - 1
        column = np.flatnonzero((self.ink[:top, left : right + 1] < GREY).any(axis=1))
        edge = column.max() / self.scale if column.size else 0.0
        near = any(line.top - 1 < edge < line.bottom + 1 for line in self.lines
                   if line.bottom < word.area.bottom - 1  # not its own
                   and (line.left < word.area.right or line.text in SECTIONS))  # their pictograms are no warnings
        return self.height if near else word.area.y - edge


def _lines(found: list[Word]) -> Iterator[Line]:
    def middle(word: Word) -> float:
        return word.area.y + word.area.height / 2

    rows: list[list[Word]] = []
    for word in sorted(found, key=middle):
        if rows and abs(middle(word) - middle(rows[-1][-1])) < 1.6:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.area.x)
        yield Line(" ".join(word.text for word in row), min(word.area.y for word in row),
                   max(word.area.bottom for word in row), row[0].area.x, row[0].size)


def faults_of(pdf: bytes) -> list[Fault]:
    """Of all lessons, page by page; of every page, what stands too near its edge."""
    places = destinations(pdf)
    starts = {name[2:]: page for name, page in places.items() if name.startswith("t-")}
    with opened(pdf) as paper:
        sheets = [Sheet(leaf) for leaf in paper.leaves()]
    found = [fault for slug, first in starts.items()
             for fault in _of_lesson([sheets[page - 1] for page in range(first, places[f"q-{slug}"] + 1)])]
    return sorted((*found, *(fault for sheet in sheets for fault in _of_edges(sheet))),
                  key=lambda fault: (fault.kind, fault.page))


def _of_lesson(sheets: list[Sheet]) -> Iterator[Fault]:
    for sheet, following in zip(sheets, [*sheets[1:], None], strict=True):
        for number, numeral in sheet.numerals.items():
            if sheet.gap_above(numeral) < GLUED_MM:
                yield Fault("glued warning", sheet.number, str(number))
        if following is None:
            yield from _of_close(sheets)
            continue
        if ANSWERED.match(following.lines[0].text if following.lines else "") or _is_asked_last(sheet):
            yield Fault("torn question", sheet.number)
        if sheet.lines and sheet.lines[-1].text in SECTIONS:
            yield Fault("heading last", sheet.number, sheet.lines[-1].text)
        if [*sheet.numerals] == [1] and 2 in following.numerals and any(
                line.text == "Các bước" for line in sheet.lines):
            yield Fault("single step", sheet.number)
        if sheet.filled < THIRD:
            yield Fault("poor page", sheet.number, f"{sheet.filled:.0%}")


def _of_close(sheets: list[Sheet]) -> Iterator[Fault]:
    """The code has company: what to keep of the lesson where it says so, and at least a third of its page."""
    *before, last = sheets
    if before and last.lines and last.lines[0].text.startswith(CLOSING):
        yield Fault("lone code", last.number)
    if before and last.filled < THIRD:
        yield Fault("poor close", last.number, f"{last.filled:.0%}")
    if any(line.text == KEPT for sheet in before for line in sheet.lines):
        yield Fault("parted from the code", last.number, KEPT)


def _is_asked_last(sheet: Sheet) -> bool:
    """No answer stands below the last question of the page."""
    asked = [at for at, line in enumerate(sheet.lines) if line.text.startswith(ASKED)]
    return bool(asked) and not any(FIRST.match(line.text) for line in sheet.lines[asked[-1]:])


def _of_edges(sheet: Sheet) -> Iterator[Fault]:
    low = [word.text for word in sheet.all if word.area.bottom > sheet.height - EDGE_MM]
    if low:
        yield Fault("near the edge", sheet.number, " ".join(low))


def counted(faults: list[Fault]) -> dict[str, int]:
    return {kind: len([*some]) for kind, some in groupby(faults, key=lambda fault: fault.kind)}
