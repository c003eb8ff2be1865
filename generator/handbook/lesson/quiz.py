"""`Tự kiểm tra`, `1 phút học số` and `Cho người hướng dẫn`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.ground.files import fold
from generator.ground.findings import Finding, Place, error
from generator.handbook import model
from generator.handbook.lesson.blocks import QUOTE, Cursor, read_blocks
from generator.handbook.lesson.markup import to_plain
from generator.handbook.lesson.sections import FENCE, Line, Section, Sheet

LEVELS = ("Biết", "Hiểu", "Dùng")
_LEVEL = re.compile(r"^(\s*\*\*(Biết|Hiểu|Dùng)[.:]?\*\*[.:]?\s*)(.*)$")
_BOX = re.compile(r"^(\s*[-*+]\s*\[([ xX]?)\]\s*)(.*)$")
_RULER = re.compile(r":?-+:?")
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


_SCENES: dict[str, model.SceneKind] = {
    "tên bài": "title", "bước": "step", "an toàn": "safety", "nhớ": "remember", "số bài": "number",
}


def read_clip(sheet: Sheet, section: Section) -> tuple[model.Scene, ...]:
    rows = [line for line in section.lines if line.text.lstrip().startswith("|")]
    for line in section.lines:
        if rows and not line.blank and not line.text.lstrip().startswith("|"):
            sheet.remind("clip.stray", sheet.place(line))
    cells = [(line, _cells(line)) for line in rows]
    ruled = len(cells) > 1 and all(_RULER.fullmatch(cell) for cell, _ in cells[1][1])
    if not ruled or [cell for cell, _ in cells[0][1]] != ["Hình", "Lời"]:
        sheet.remind("clip.header", section.place)
        return ()
    scenes = [_scene(sheet, line, row) for line, row in cells[2:]]
    return tuple(scene for scene in scenes if scene)


def _cells(line: Line) -> list[tuple[str, int]]:
    """Cell texts with their columns; `\\|` is a written bar."""
    found = []
    for match in re.finditer(r"(?:\\.|[^|\\])+", line.text.strip().strip("|")):
        text = match.group()
        lead = len(text) - len(text.lstrip())
        offset = line.text.index("|") + 1 if "|" in line.text else 0
        found.append((text.strip().replace("\\|", "|"), offset + match.start() + lead + 1))
    return found


def _scene(sheet: Sheet, line: Line, cells: list[tuple[str, int]]) -> model.Scene | None:
    if len(cells) != 2 or not cells[0][0] or not cells[1][0]:
        sheet.remind("clip.row", sheet.place(line))
        return None
    (picture, column), (words, words_column) = cells
    name, _, direction = picture.partition(": ")
    name = name.strip().removesuffix(":")
    phrase = model.Phrase(words, Place(sheet.source.file, line.number, words_column))
    match = re.fullmatch(r"(tên bài|bước|an toàn|nhớ|số bài)(?: +(\d{1,2}))?", name.casefold())
    if match and (match.group(2) is not None) == (match.group(1) in ("bước", "an toàn")):
        return model.Scene(_SCENES[match.group(1)], int(match.group(2) or 0), "", direction.strip(), phrase)
    if re.search(r"\.[A-Za-z0-9]{2,4}$", name):
        return model.Scene("file", 0, name, direction.strip(), phrase)
    sheet.remind("clip.picture", Place(sheet.source.file, line.number, column), name=name)
    return model.Scene("title", 0, "", direction.strip(), phrase)


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

