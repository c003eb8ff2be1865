"""`Các bước`: our own cut, so that indentation never loses what belongs to a step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.ground.findings import Edit, Text
from generator.handbook.keys import DEVICES
from generator.handbook.lesson.blocks import (
    BULLET,
    NUMBERED,
    PICTURE,
    QUOTE,
    phrase_of,
    read_fence,
    read_picture,
    read_quote,
    take_text,
)
from generator.handbook.lesson.sections import FENCE, Line, Section, Sheet
from generator.handbook.model import Phrase, Picture, Screen, Step, Variant

FEWEST, MOST = 3, 7
_SCREENS, _PICTURES = Text("màn hình", "screens"), Text("hình", "pictures")
_VARIANT = re.compile(r"^(?P<head>\s*[-*+]\s+\*\*(?P<device>[^*:]+):\*\*\s*)(?P<text>.*)$")


@dataclass(slots=True)
class _Draft:
    written: int
    line: Line
    phrase: Phrase
    guards: tuple[Phrase, ...]
    variants: list[Variant] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)
    screen: Screen | None = None
    picture: Picture | None = None


def read_steps(sheet: Sheet, section: Section) -> tuple[Step, ...]:
    drafts: list[_Draft] = []
    guards: list[Phrase] = []
    lines = section.lines if any(NUMBERED.match(line.text) for line in section.lines) else []
    index = 0
    while index < len(lines):
        index = _take(sheet, lines, index, drafts, guards)
    if guards:
        sheet.report("steps.guard-last", guards[0].place)
    _check_numbers(sheet, section, drafts)
    return tuple(
        Step(position, d.phrase, d.guards, tuple(d.variants), tuple(d.notes), d.screen, d.picture)
        for position, d in enumerate(drafts, start=1)
    )


def _take(sheet: Sheet, lines: Sequence[Line], index: int, drafts: list[_Draft], guards: list[Phrase]) -> int:
    """Reads what begins at `index`; returns the index after it."""
    line = lines[index]
    if line.blank:
        return index + 1
    if QUOTE.match(line.text):
        phrase, end = read_quote(sheet, lines, index)
        guards += [phrase] if phrase else []
        return end
    numbered = NUMBERED.match(line.text)
    if numbered:
        end = take_text(lines, index)
        phrase = phrase_of(sheet, lines[index:end], len(numbered.group(1)))
        written = int(numbered.group(1).strip().rstrip(".)"))
        drafts.append(_Draft(written, line, phrase, tuple(guards)))
        if not phrase.text:
            sheet.report("steps.empty", sheet.place(line), number=written)
        guards.clear()
        return end
    if not drafts:
        return _before_first_step(sheet, lines, index)
    return _take_belonging(sheet, lines, index, drafts[-1])


def _before_first_step(sheet: Sheet, lines: Sequence[Line], index: int) -> int:
    sheet.report("steps.before-first", sheet.place(lines[index]))
    if FENCE.match(lines[index].text):
        return read_fence(sheet, lines, index)[1]
    return take_text(lines, index)


def _take_belonging(sheet: Sheet, lines: Sequence[Line], index: int, draft: _Draft) -> int:
    line = lines[index]
    if FENCE.match(line.text):
        screen, end = read_fence(sheet, lines, index)
        if screen and draft.screen:
            sheet.report("steps.second-picture", sheet.place(line), written=draft.written, what=_SCREENS)
        draft.screen = draft.screen or screen
        return end
    if PICTURE.match(line.text):
        if draft.picture:
            sheet.report("steps.second-picture", sheet.place(line), written=draft.written, what=_PICTURES)
        draft.picture = draft.picture or read_picture(sheet, line)
        return index + 1
    end = take_text(lines, index)
    variant = _VARIANT.match(line.text)
    if variant:
        _take_variant(sheet, lines[index:end], variant, draft)
        return end
    bullet = BULLET.match(line.text)
    draft.notes.append(phrase_of(sheet, lines[index:end], len(bullet.group(1)) if bullet else 0))
    return end


def _take_variant(sheet: Sheet, lines: Sequence[Line], match: re.Match[str], draft: _Draft) -> None:
    device = match["device"].strip()
    phrase = phrase_of(sheet, lines, len(match["head"]))
    if device not in DEVICES:
        # `- **Lưu ý:** …` is a note like any other; only device names are special.
        bullet = BULLET.match(lines[0].text)
        draft.notes.append(phrase_of(sheet, lines, len(bullet.group(1)) if bullet else 0))
        return
    draft.variants.append(Variant(device, phrase))


def _check_numbers(sheet: Sheet, section: Section, drafts: Sequence[_Draft]) -> None:
    if not FEWEST <= len(drafts) <= MOST:
        place = sheet.place(drafts[MOST].line) if len(drafts) > MOST else section.place
        rule = "steps.count" if drafts else "steps.count/none"
        sheet.report(rule, place, count=len(drafts), fewest=FEWEST, most=MOST)
    wrong = [(position, draft) for position, draft in enumerate(drafts, start=1) if draft.written != position]
    for position, draft in wrong[:1]:  # the order on the page is right, the written numbers are not
        edits = (Edit(sheet.place(late.line), re.split(r"[.)]", late.line.text)[0].strip(), str(number))
                 for number, late in wrong)
        sheet.report("steps.number", sheet.place(draft.line), tuple(edits), written=draft.written, position=position)
