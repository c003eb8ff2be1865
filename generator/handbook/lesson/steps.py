"""`Các bước`: our own cut, so that indentation never loses what belongs to a step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.ground.findings import Edit, Text
from generator.handbook.keys import DEVICES
from generator.handbook.lesson.blocks import BULLET, NUMBERED, PICTURE, QUOTE, Cursor
from generator.handbook.lesson.naming import name_rows
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
    cursor = Cursor(sheet, section.lines if any(NUMBERED.match(line.text) for line in section.lines) else ())
    for line in cursor:
        if QUOTE.match(line.text):
            quote = cursor.take_quote()
            guards += [quote] if quote else []
        elif numbered := NUMBERED.match(line.text):
            written = int(numbered.group(1).strip().rstrip(".)"))
            drafts.append(_Draft(written, line, cursor.take_text(numbered.end(1)), tuple(guards)))
            if not drafts[-1].phrase.text:
                sheet.report("steps.empty", sheet.place(line), number=written)
            guards.clear()
        elif drafts:
            _take_belonging(cursor, line, drafts[-1])
        else:
            sheet.report("steps.before-first", sheet.place(line))
            if FENCE.match(line.text):
                cursor.take_fence()
            else:
                cursor.take_text(0)
    if guards:
        sheet.report("steps.guard-last", guards[0].place)
    _check_numbers(sheet, section, drafts)
    return tuple(
        Step(position, d.phrase, d.guards, tuple(d.variants), tuple(d.notes),
             d.screen and name_rows(d.screen, d.phrase), d.picture)
        for position, d in enumerate(drafts, start=1)
    )


def _take_belonging(cursor: Cursor, line: Line, draft: _Draft) -> None:
    second = None
    if FENCE.match(line.text):
        screen = cursor.take_fence()
        second = _SCREENS if screen and draft.screen else None
        draft.screen = draft.screen or screen
    elif PICTURE.match(line.text):
        picture = cursor.take_picture()
        second = _PICTURES if draft.picture else None
        draft.picture = draft.picture or picture
    elif (variant := _VARIANT.match(line.text)) and variant["device"].strip() in DEVICES:
        draft.variants.append(Variant(variant["device"].strip(), cursor.take_text(variant.end("head"))))
    else:  # `- **Lưu ý:** …` is a note like any other; only device names are special
        bullet = BULLET.match(line.text)
        draft.notes.append(cursor.take_text(bullet.end(1) if bullet else 0))
    if second:
        cursor.sheet.report("steps.second-picture", cursor.sheet.place(line), written=draft.written, what=second)


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
