"""One topic, card or alert file → one whole object, or findings that say why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text
from generator.handbook import keys, model
from generator.handbook.fields import Collected, read_keys
from generator.handbook.lesson.blocks import BULLET, NUMBERED, Cursor, read_blocks
from generator.handbook.lesson.clip import read_clip
from generator.handbook.lesson.quiz import read_quiz, read_trainer
from generator.handbook.lesson.sections import Line, Section, Sheet, check_sections, cut_sheet
from generator.handbook.lesson.steps import read_steps
from generator.handbook.yaml_tree import read_yaml

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Scraps:
    """What could be read of a lesson that is not whole. Only checks look at it."""

    place: Place
    things: tuple[object, ...] = ()
    """Phrases, blocks, steps …, in the order of the page."""
    steps: tuple[model.Step, ...] = ()
    safety: tuple[model.Phrase, ...] = ()
    clip: tuple[model.Scene, ...] = ()
    office: Mapping[str, Any] = field(default_factory=dict)
    """The values of the front matter that are right."""


_GOAL = re.compile(r"^\*\*Học xong,[^*]*\*\*")
_TROUBLE = re.compile(r"^(\s*[-*+]\s+\*\*)(?P<problem>.+?):?\*\*:?\s*(?P<remedy>.*)$")


def read_topic(slug: str, source: Source) -> tuple[model.Topic | Scraps, list[Finding]]:
    sheet = cut_sheet(source)
    front = _front_values(sheet, keys.LESSON_KEYS, Text("bài", "topic"))
    office = _office(front)
    check_sections(sheet, keys.SECTIONS)
    title = _title(sheet)
    goal, opening = _opening(sheet, needs_goal=True)
    steps = _many(sheet, "Các bước", read_steps)
    quiz = _one(sheet, "Tự kiểm tra", read_quiz)
    clip = _many(sheet, "1 phút học số", read_clip)
    share_out = partial(read_trainer, minutes=office.minutes if office else None)
    trainer = _one(sheet, "Cho người hướng dẫn", share_out)
    troubles = _many(sheet, "Lỗi hay gặp", _troubles)
    safety = _many(sheet, "An toàn", _phrases)
    remember = _many(sheet, "Nhớ 3 điều", _remember)
    prepare, practice, further = (_many(sheet, name, _blocks) for name in ("Chuẩn bị", "Thực hành", "Học tiếp"))
    if not (office and title and goal and steps and quiz and trainer):
        things = (title, goal, opening, prepare, steps, practice, troubles, safety, remember, quiz, clip, further,
                  trainer)
        return Scraps(Place(source.file), things, steps, safety, clip, front.values), sheet.findings
    topic = model.Topic(
        slug=slug, title=title, goal=goal, opening=opening, steps=steps, troubles=troubles, safety=safety,
        remember=remember, quiz=quiz, clip=clip, trainer=trainer, office=office, body=sheet.body,
        body_line=sheet.body_line, place=Place(source.file), prepare=prepare, practice=practice, further=further,
    )
    return topic, sheet.findings


def read_card(slug: str, source: Source) -> tuple[model.Card | Scraps, list[Finding]]:
    sheet = cut_sheet(source)
    front = _front_values(sheet, keys.LESSON_KEYS, Text("thẻ", "card"))
    office = _office(front)
    check_sections(sheet, keys.CARD_SECTIONS)
    title = _title(sheet)
    goal, opening = _opening(sheet, needs_goal=False)
    steps = _many(sheet, "Các bước", read_steps)
    bring, safety = (_many(sheet, name, _phrases) for name in ("Cần mang", "An toàn"))
    where, follow = (_many(sheet, name, _blocks) for name in ("Nộp ở đâu", "Theo dõi"))
    if not (office and title and steps):
        things = (title, goal, opening, bring, where, steps, follow, safety)
        return Scraps(Place(source.file), things, steps, safety, office=front.values), sheet.findings
    card = model.Card(
        slug=slug, title=title, goal=goal, opening=opening, bring=bring, where=where, steps=steps,
        follow=follow, safety=safety, office=office, body=sheet.body, body_line=sheet.body_line,
        place=Place(source.file),
    )
    return card, sheet.findings


def read_alert(slug: str, source: Source) -> tuple[model.Alert | Scraps, list[Finding]]:
    sheet = cut_sheet(source)
    values = _front_values(sheet, keys.ALERT_KEYS, Text("cảnh báo", "alert"))
    check_sections(sheet, ())
    title = _title(sheet)
    blocks = read_blocks(sheet, sheet.intro)
    if not (title and values.complete):
        return Scraps(Place(source.file), (title, blocks)), sheet.findings
    alert = model.Alert(slug=slug, title=title, blocks=blocks, body=sheet.body, body_line=sheet.body_line,
                  place=Place(source.file), **values.values)
    return alert, sheet.findings


def read_home(source: Source) -> tuple[model.Home | None, list[Finding]]:
    sheet = cut_sheet(source)
    title = _title(sheet)
    lines = list(sheet.intro)
    for section in sheet.sections:
        lines += [Line(f"## {section.name}", section.place.line), *section.lines]
    blocks = read_blocks(sheet, lines)
    if title is None:
        return None, sheet.findings
    return model.Home(title, blocks, sheet.body, sheet.body_line, Place(source.file)), sheet.findings


def _front_values(sheet: Sheet, table: Sequence[keys.Key], what: Text) -> Collected:
    place = Place(sheet.source.file, 1, 1)
    if sheet.front is None and not any(f.rule == "front.open" for f in sheet.findings):
        sheet.report("front.missing", place, what=what, keys=", ".join(key.vi for key in table if key.required))
    if sheet.front is None:
        return Collected(findings=list(sheet.findings))
    node, findings = read_yaml(sheet.source, sheet.front, sheet.front_line)
    if node is None and findings:
        sheet.findings += findings
        return Collected(findings=findings)
    values = read_keys(node, table, place, what)
    values.findings += findings
    sheet.findings += values.findings
    return values


def _office(values: Collected) -> model.Office | None:
    required = {key.en for key in keys.LESSON_KEYS if key.required}
    if not required <= values.values.keys():
        return None
    return model.Office(**values.values, places=tuple(values.places.items()))


def _title(sheet: Sheet) -> model.Phrase | None:
    if sheet.title is None or not sheet.title.text:
        sheet.report("title.missing", Place(sheet.source.file, sheet.body_line, 1))
        return None
    return model.Phrase(sheet.title.text, Place(sheet.source.file, sheet.title.number, 3))


def _opening(sheet: Sheet, *, needs_goal: bool) -> tuple[model.Phrase | None, tuple[model.Block, ...]]:
    blocks = list(read_blocks(sheet, sheet.intro))
    for index, block in enumerate(blocks):
        if isinstance(block, model.Paragraph) and _GOAL.match(block.phrase.text):
            return block.phrase, tuple(blocks[:index] + blocks[index + 1 :])
    if needs_goal:
        line = sheet.title.number if sheet.title else sheet.body_line
        sheet.report("goal.missing", Place(sheet.source.file, line, 1))
    return None, tuple(blocks)


def _one(sheet: Sheet, name: str, reader: Callable[[Sheet, Section], Read]) -> Read | None:
    """What a section says; of one that is missing or empty nothing, which has been told already."""
    section = sheet.section(name)
    return reader(sheet, section) if section and section.written else None


def _many(sheet: Sheet, name: str, reader: Callable[[Sheet, Section], tuple[Read, ...]]) -> tuple[Read, ...]:
    return _one(sheet, name, reader) or ()


def _blocks(sheet: Sheet, section: Section) -> tuple[model.Block, ...]:
    return read_blocks(sheet, section.lines)


def _phrases(sheet: Sheet, section: Section) -> tuple[model.Phrase, ...]:
    """Every line of advice, whether written as list, quote or paragraph."""
    phrases: list[model.Phrase] = []
    for block in _blocks(sheet, section):
        if isinstance(block, model.Bullets):
            phrases += block.items
        elif isinstance(block, model.Paragraph | model.Quote):
            phrases.append(block.phrase)
    return tuple(phrases)


def _remember(sheet: Sheet, section: Section) -> tuple[model.Phrase, ...]:
    phrases = _phrases(sheet, section)
    if len(phrases) != 3:
        sheet.report("remember.count", section.place, count=len(phrases))
    return phrases


def _troubles(sheet: Sheet, section: Section) -> tuple[model.Trouble, ...]:
    troubles = []
    cursor = Cursor(sheet, section.lines)
    for line in cursor:
        match = _TROUBLE.match(line.text)
        remedy = cursor.take_text(match.start("remedy") if match else 0)
        if match and remedy.text:
            problem = model.Phrase(match["problem"], sheet.place(line, match.start("problem") + 1))
            troubles.append(model.Trouble(problem, remedy))
        else:
            _odd_trouble(sheet, line)
    return tuple(troubles)


def _odd_trouble(sheet: Sheet, line: Line) -> None:
    mark = BULLET.match(line.text) or NUMBERED.match(line.text)
    words = mark.group(2) if mark else line.text.strip()
    sheet.report("trouble.shape", sheet.place(line), words=words[:20].strip('* '))
