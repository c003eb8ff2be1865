"""Lines → blocks: paragraphs, lists, quotes, pictures, screens. Clumsy indentation never loses a line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from generator.ground.findings import Place
from generator.handbook.lesson.screens import read_screen
from generator.handbook.lesson.sections import FENCE, Line, Sheet
from generator.handbook.model import Block, Bullets, Heading, Paragraph, Phrase, Picture, Quote, Screen

BULLET = re.compile(r"^(\s*(?:[-*+]\s+|-(?=\[[ xX]?\])))(.*)$")
NUMBERED = re.compile(r"^(\s*\d{1,3}[.)](?:\s+|(?=[^\W\d_]|\*\*)|$))(.*)$")
"""Also without the space, as people type: `1.Mở máy`."""
QUOTE = re.compile(r"^(\s*>\s?)(.*)$")
SUBHEADING = re.compile(r"^(\s*#{2,6}\s+)(.*)$")
PICTURE = re.compile(r"^\s*!\[(?P<alt>[^\]]*)\]\((?P<src>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
"""Windows likes file names such as `anh (1).png`."""


class Cursor:
    """Goes through lines; whoever finds out what begins at one takes it, and what nobody takes is passed over."""

    def __init__(self, sheet: Sheet, lines: Sequence[Line]) -> None:
        self.sheet = sheet
        self.lines = lines
        self.index = 0

    def __iter__(self) -> Iterator[Line]:
        while self.index < len(self.lines):
            start = self.index
            if not self.lines[start].blank:
                yield self.lines[start]
            if self.index == start:
                self.index += 1

    def take_text(self, prefix: int) -> Phrase:
        """The line and those that continue it; `prefix` characters of the first are marks, not words."""
        start, self.index = self.index, self._text_end()
        if self.index > start + 1 and not self.lines[start].text[prefix:].strip():
            start, prefix = start + 1, 0
        first, *rest = self.lines[start : self.index]
        words = first.text[prefix:]
        lead = len(words) - len(words.lstrip())
        text = "\n".join([words.strip(), *(line.text.strip() for line in rest)])
        return Phrase(text, self.sheet.place(first, prefix + lead + 1))

    def _text_end(self) -> int:
        end = self.index + 1
        while end < len(self.lines) and not self.lines[end].blank and not _starts_block(self.lines[end].text):
            end += 1
        return end

    def take_block(self) -> Block | None:
        text = self.lines[self.index].text
        if FENCE.match(text):
            return self.take_fence()
        if PICTURE.match(text):
            return self.take_picture()
        if QUOTE.match(text):
            quote = self.take_quote()
            return Quote(quote) if quote else None
        for pattern, ordered in ((BULLET, False), (NUMBERED, True)):
            if pattern.match(text):
                return self._take_list(pattern, ordered)
        if heading := SUBHEADING.match(text):
            self.index += 1
            return Heading(Cursor(self.sheet, self.lines[self.index - 1 : self.index]).take_text(heading.end(1)))
        return Paragraph(self.take_text(0))

    def _take_list(self, pattern: re.Pattern[str], ordered: bool) -> Bullets:
        items = []
        while self.index < len(self.lines) and (match := pattern.match(self.lines[self.index].text)):
            item = self.take_text(match.end(1))
            items += [item] if item.text else []
            below = self.lines[self.index : self.index + 2]
            if len(below) == 2 and below[0].blank and pattern.match(below[1].text):
                self.index += 1
        return Bullets(tuple(items), ordered)

    def take_quote(self) -> Phrase | None:
        """Two quotes apart stay two."""
        quoted = []
        while self.index < len(self.lines) and (match := QUOTE.match(self.lines[self.index].text)):
            quoted.append((self.lines[self.index], match))
            self.index += 1
        words = [(line, match) for line, match in quoted if match.group(2).strip()]
        if not words:
            return None
        first, mark = words[0]
        text = "\n".join(match.group(2).strip() for _, match in words)
        return Phrase(text, self.sheet.place(first, mark.end(1) + 1))

    def take_picture(self) -> Picture:
        line = self.lines[self.index]
        self.index += 1
        match = PICTURE.match(line.text)
        assert match is not None
        src = unquote(match["src"].strip().split(' "', 1)[0].strip("<> "))
        whole = "://" in src or src.startswith(("/", "data:"))
        file = src if whole else posixpath.normpath(posixpath.join(posixpath.dirname(self.sheet.source.file), src))
        return Picture(file, match["alt"].strip(), self.sheet.place(line))

    def take_fence(self) -> Screen | None:
        """A `man-hinh` fence; any other kind is a finding."""
        index, place = self.index, self.sheet.place(self.lines[self.index])
        mark = FENCE.match(self.lines[index].text)
        assert mark is not None
        kind = mark.group(2)
        end, closed = self._fence_end(mark.group(1))
        if not closed and not kind:
            self.sheet.report("fence.stray", place)
            self.index += 1
            return None
        self.index = end + closed
        if not closed:
            self.sheet.report("fence.open", place)
        if kind != "man-hinh":
            self.sheet.report("fence.unknown/named" if kind else "fence.unknown", place, kind=kind)
            return None
        first = Place(place.file, place.line + 1)
        screen, findings = read_screen([line.text for line in self.lines[index + 1 : end]], first)
        self.sheet.findings += findings
        return screen

    def _fence_end(self, mark: str) -> tuple[int, bool]:
        """Where the fence ends, and whether a closing mark stands there."""
        for index in range(self.index + 1, len(self.lines)):
            found = FENCE.match(self.lines[index].text)
            if found and found.group(2):
                break  # another one begins
            if found and found.group(1).startswith(mark):
                return index, True
        return self._text_end(), False


def _starts_block(text: str) -> bool:
    patterns = (BULLET, NUMBERED, QUOTE, SUBHEADING, PICTURE, FENCE)
    return any(pattern.match(text) for pattern in patterns)


def read_blocks(sheet: Sheet, lines: Sequence[Line]) -> tuple[Block, ...]:
    cursor = Cursor(sheet, lines)
    return tuple(block for _ in cursor if (block := cursor.take_block()))
