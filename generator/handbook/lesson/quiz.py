"""`Tự kiểm tra` and `Cho người hướng dẫn`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.ground.files import fold
from generator.ground.findings import Finding, error
from generator.handbook import model
from generator.handbook.lesson.blocks import QUOTE, Cursor, read_blocks
from generator.handbook.lesson.markup import to_plain
from generator.handbook.lesson.sections import FENCE, Line, Section, Sheet

LEVELS = ("Biết", "Hiểu", "Dùng")
_LEVEL = re.compile(r"^(\s*\*\*(Biết|Hiểu|Dùng)[.:]?\*\*[.:]?\s*)(.*)$")
_BOX = re.compile(r"^(\s*[-*+]\s*\[([ xX]?)\]\s*)(.*)$")
_OFFLINE = re.compile(r"^(\s*[-*+]\s+không có mạng\s*:\s*)(.*)$", re.IGNORECASE)
_MINUTES = re.compile(r"^(\s*[-*+]\s+(\d{1,3})\s+phút\s*:\s*)(.*)$")


@dataclass(slots=True)
class _Group:
    level: str
    phrase: model.Phrase
    answers: list[model.Answer] = field(default_factory=list)
    reason: model.Phrase | None = None
    screen: model.Screen | None = None

    @property
    def may_show(self) -> bool:
        """A drawing stands between the words of a question and its answers; a task is done on the real phone."""
        return self.level != LEVELS[-1] and not self.answers and not self.reason


def read_quiz(sheet: Sheet, section: Section) -> model.Quiz | None:
    groups, strays = _read_groups(Cursor(sheet, section.lines))
    found = {group.level: group for group in groups}
    for level in LEVELS:
        if level not in found:
            sheet.report("quiz.missing", section.place, level=level)
    if len(found) < len(LEVELS):
        return None  # lines without a question belong to the one that is missing
    sheet.findings += strays
    know, understand = _question(sheet, found["Biết"]), _question(sheet, found["Hiểu"])
    use = found["Dùng"]
    done = use.answers[0].phrase if use.answers else None
    if done is None:
        sheet.report("quiz.no-box", use.phrase.place)
    if know is None or understand is None or done is None:
        return None
    return model.Quiz(know, understand, use.phrase, done)


def _read_groups(cursor: Cursor) -> tuple[list[_Group], list[Finding]]:
    """The questions, and the lines that belong to none."""
    groups: list[_Group] = []
    strays: list[Finding] = []
    for line in cursor:
        if level := _LEVEL.match(line.text):
            if any(group.level == level.group(2) for group in groups):
                cursor.sheet.report("quiz.twice", cursor.sheet.place(line), level=level.group(2))
            groups.append(_Group(level.group(2), cursor.take_text(level.end(1))))
        elif groups and (box := _BOX.match(line.text)):
            groups[-1].answers.append(model.Answer(cursor.take_text(box.end(1)), box.group(2) in ("x", "X")))
        elif groups and QUOTE.match(line.text):
            groups[-1].reason = cursor.take_quote()
        elif FENCE.match(line.text):
            strays += _take_screen(cursor, line, groups)
        else:
            strays.append(error("quiz.stray", cursor.sheet.place(line)))
            cursor.take_text(0)
    return groups, strays


def _take_screen(cursor: Cursor, line: Line, groups: Sequence[_Group]) -> Iterator[Finding]:
    """What the last question asks about, or what is wrong with it standing here."""
    screen, place = cursor.take_fence(), cursor.sheet.place(line)
    if screen is None:
        return  # which has been told already
    if not groups or not groups[-1].may_show:
        yield error("quiz.screen", place)
    elif groups[-1].screen:
        yield error("quiz.screen/twice", place, level=groups[-1].level)
    else:
        groups[-1].screen = screen


def _question(sheet: Sheet, group: _Group) -> model.Question | None:
    place = group.phrase.place
    right = sum(answer.right for answer in group.answers)
    if not 2 <= len(group.answers) <= 4:
        sheet.report("quiz.answers", place, level=group.level, count=len(group.answers))
    elif right != 1:
        sheet.report("quiz.right", place, level=group.level, right=right)
    seen: set[str] = set()
    for answer in group.answers:
        words = fold(to_plain(answer.phrase.text)).rstrip(" .")
        if words in seen:
            sheet.report("quiz.same", answer.phrase.place, level=group.level)
        seen.add(words)
    if group.reason is None:
        sheet.report("quiz.reason", place, level=group.level)
        return None
    return model.Question(group.phrase, tuple(group.answers), group.reason, group.screen)


def read_trainer(sheet: Sheet, section: Section, minutes: int | None) -> model.Trainer:
    rows = []
    taken: set[int] = set()
    offline: model.Phrase | None = None
    cursor = Cursor(sheet, section.lines)
    for line in cursor:
        start = cursor.index
        if match := _MINUTES.match(line.text):
            rows.append(model.TrainerRow(int(match.group(2)), cursor.take_text(match.end(1))))
        elif match := _OFFLINE.match(line.text):
            if offline:
                sheet.report("trainer.twice", sheet.place(line))
            offline = cursor.take_text(match.end(1))
        else:
            continue
        taken.update(range(start, cursor.index))
    rest = [line for index, line in enumerate(section.lines) if index not in taken]
    total = sum(row.minutes for row in rows)
    if rows and minutes is not None and total != minutes:
        sheet.report("trainer.minutes", rows[0].phrase.place, total=total, minutes=minutes)
    if not rows:
        sheet.report("trainer.rows", section.place)
    return model.Trainer(tuple(rows), read_blocks(sheet, rest), offline)

