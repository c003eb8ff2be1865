"""Lines → blocks: paragraphs, lists, quotes, pictures, screens. Clumsy indentation never loses a line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
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


def phrase_of(sheet: Sheet, lines: Sequence[Line], prefix: int) -> Phrase:
    """One phrase from its lines; `prefix` characters of the first one are marks, not words."""
    first = lines[0].text[prefix:]
    if len(lines) > 1 and not first.strip():
        return phrase_of(sheet, lines[1:], 0)
    lead = len(first) - len(first.lstrip())
    rest = [line.text.strip() for line in lines[1:]]
    text = "\n".join([first.strip(), *rest])
    return Phrase(text, Place(sheet.source.file, lines[0].number, prefix + lead + 1))


def _starts_block(text: str) -> bool:
    patterns = (BULLET, NUMBERED, QUOTE, SUBHEADING, PICTURE, FENCE)
    return any(pattern.match(text) for pattern in patterns)


def take_text(lines: Sequence[Line], start: int) -> int:
    """Index after the lines that continue the one at `start`."""
    end = start + 1
    while end < len(lines) and not lines[end].blank and not _starts_block(lines[end].text):
        end += 1
    return end


def read_blocks(sheet: Sheet, lines: Sequence[Line]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        if lines[index].blank:
            index += 1
            continue
        block, index = read_block(sheet, lines, index)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def read_block(sheet: Sheet, lines: Sequence[Line], index: int) -> tuple[Block | None, int]:
    text = lines[index].text
    if FENCE.match(text):
        return read_fence(sheet, lines, index)
    if PICTURE.match(text):
        return read_picture(sheet, lines[index]), index + 1
    if QUOTE.match(text):
        phrase, index = read_quote(sheet, lines, index)
        return (Quote(phrase) if phrase else None), index
    for pattern, ordered in ((BULLET, False), (NUMBERED, True)):
        if pattern.match(text):
            return _read_list(sheet, lines, index, pattern, ordered)
    heading = SUBHEADING.match(text)
    if heading:
        return Heading(phrase_of(sheet, lines[index : index + 1], len(heading.group(1)))), index + 1
    end = take_text(lines, index)
    return Paragraph(phrase_of(sheet, lines[index:end], 0)), end


def _read_list(
    sheet: Sheet, lines: Sequence[Line], index: int, pattern: re.Pattern[str], ordered: bool
) -> tuple[Bullets, int]:
    items = []
    while index < len(lines):
        match = pattern.match(lines[index].text)
        if not match:
            break
        end = take_text(lines, index)
        item = phrase_of(sheet, lines[index:end], len(match.group(1)))
        items += [item] if item.text else []
        index = end
        while index + 1 < len(lines) and lines[index].blank and pattern.match(lines[index + 1].text):
            index += 1
    return Bullets(tuple(items), ordered), index


def read_quote(sheet: Sheet, lines: Sequence[Line], index: int) -> tuple[Phrase | None, int]:
    """A quote and the index after it; two quotes apart stay two."""
    start = index
    stripped = []
    prefix = 0
    while index < len(lines):
        match = QUOTE.match(lines[index].text)
        if not match:
            break
        prefix = prefix or len(match.group(1))
        stripped.append(Line(match.group(2).strip(), lines[index].number))
        index += 1
    words = [line for line in stripped if not line.blank]
    if not words:
        return None, index
    text = "\n".join(line.text for line in words)
    first = next(line for line in lines[start:index] if line.number == words[0].number)
    match = QUOTE.match(first.text)
    return Phrase(text, sheet.place(first, len(match.group(1)) + 1 if match else None)), index


def read_picture(sheet: Sheet, line: Line) -> Picture:
    match = PICTURE.match(line.text)
    assert match is not None
    src = unquote(match["src"].strip().split(' "', 1)[0].strip("<> "))
    folder = posixpath.dirname(sheet.source.file)
    file = src if "://" in src or src.startswith(("/", "data:")) else posixpath.normpath(posixpath.join(folder, src))
    return Picture(file, match["alt"].strip(), sheet.place(line))


def read_fence(sheet: Sheet, lines: Sequence[Line], index: int) -> tuple[Screen | None, int]:
    """A `man-hinh` fence; any other kind is a finding."""
    start = lines[index]
    mark = FENCE.match(start.text)
    assert mark is not None
    kind = mark.group(2)
    end, closed = _fence_end(lines, index, mark.group(1))
    after = end + 1 if closed else end
    if not closed and not kind:
        sheet.report("fence.stray", sheet.place(start))
        return None, index + 1
    if not closed:
        sheet.report("fence.open", sheet.place(start))
    if kind != "man-hinh":
        sheet.report("fence.unknown/named" if kind else "fence.unknown", sheet.place(start), kind=kind)
        return None, after
    first = Place(sheet.source.file, start.number + 1, 1)
    screen, findings = read_screen([line.text for line in lines[index + 1 : end]], first)
    sheet.findings += findings
    return screen, after


def _fence_end(lines: Sequence[Line], start: int, mark: str) -> tuple[int, bool]:
    """Where the fence ends, and whether a closing mark stands there."""
    for index in range(start + 1, len(lines)):
        found = FENCE.match(lines[index].text)
        if found and found.group(2):
            break  # another one begins
        if found and found.group(1).startswith(mark):
            return index, True
    end = start + 1
    while end < len(lines) and not lines[end].blank and not _starts_block(lines[end].text):
        end += 1
    return end, False
