"""Lời dặn đứng trước bước dễ sai; bắt đầu bằng "Không…" hoặc "Dừng lại nếu…", nhiều nhất 20 chữ.
Mục An toàn nói cả điều nên làm ("Đọc tên…", "Gọi lại…"), chứ không chỉ cấm: ít nhất một nửa số dòng.
Bài chạm tới tiền, mã OTP, VNeID (tên bài, câu Học xong, các bước có từ trong words/money-words.txt): bắt buộc,
và An toàn có 3 đến 5 dòng."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Told, Wording, plain_words
from generator.checks.looking.wordlists import WordList, begins_with, word_list
from generator.ground.findings import Finding, error, warning
from generator.handbook.model import Card, Phrase, Step, Topic
from generator.handbook.spoken import count

LONGEST = 20
FEWEST_LINES, MOST_LINES = 3, 5
_FORBIDDEN = ("không ", "đừng ")
_BEGINNINGS = (*_FORBIDDEN, "dừng lại nếu ")

_WORDS = re.compile(r"[^\W_]+")

Report = Callable[..., Finding]


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        lesson = wording.lesson
        if isinstance(lesson, Topic | Card):
            grave = is_about_money(wording)
            report: Report = error if grave else warning
            for told in wording.of(("guard", "safety")):
                length = count(told.plain)
                if length > LONGEST:
                    yield report("warning.long", told.phrase.place, length=length, longest=LONGEST)
                if not _begins_well(told):
                    yield report("warning.beginning", told.phrase.place)
            yield from _only_no(lesson.safety)
            yield from _number(lesson, report, FEWEST_LINES if grave else 0)
            if grave:
                yield from _order(lesson)


def _begins_well(told: Told) -> bool:
    """A guard stops the hand; a line of An toàn may also say what to do."""
    text = told.plain.lower()
    return text.startswith(_BEGINNINGS) or (told.role == "safety" and bool(begins_with(text, "action-verbs")))


def _only_no(lines: Sequence[Phrase]) -> Iterator[Finding]:
    """Who hears only what is forbidden does not know what to do."""
    forbidden = [line for line in lines if plain_words(line.text).lower().startswith(_FORBIDDEN)]
    if len(lines) >= FEWEST_LINES and 2 * len(forbidden) > len(lines):
        yield warning("warning.only-no", forbidden[-1].place, forbidden=len(forbidden), lines=len(lines))


def is_about_money(wording: Wording) -> bool:
    """Known by the words of title, goal and steps: no tag to forget."""
    listed = word_list("money-words")
    if not any(entry.parts <= wording.words for entry in listed.entries):
        return False
    return any(_holds(told.plain.lower(), listed) for told in wording.of(("title", "goal", "step")))


def _holds(text: str, listed: WordList) -> bool:
    for right in listed.right:
        text = text.replace(right.words.lower(), " ")
    padded = " ".join(("", *_WORDS.findall(text), ""))
    return any(f" {entry.words.lower()} " in padded for entry in listed.entries if entry.words.lower() in text)


def _number(lesson: Topic | Card, report: Report, fewest: int) -> Iterator[Finding]:
    lines = len(lesson.safety)
    if not lines and not any(step.guards for step in lesson.steps):
        yield report("warning.none", lesson.place)
    elif lines and not fewest <= lines <= MOST_LINES:  # of none at all the reader tells
        place = lesson.safety[min(lines, MOST_LINES) - 1].place
        rule = "warning.count/few" if lines < fewest else "warning.count"
        yield report(rule, place, lines=lines, fewest_lines=FEWEST_LINES, most_lines=MOST_LINES)


def _order(lesson: Topic | Card) -> Iterator[Finding]:
    """In topics of money the first risky step has a warning before it, not after."""
    guarded = False
    for step in lesson.steps:
        guarded = guarded or bool(step.guards)
        if not guarded and _is_risky(step):
            yield error("warning.late", step.phrase.place, number=step.number)
            return
    if not guarded:
        yield error("warning.late/none", lesson.steps[0].phrase.place)


def _is_risky(step: Step) -> bool:
    words = " ".join(plain_words(phrase.text) for phrase in (step.phrase, *(v.phrase for v in step.variants)))
    return _holds(words.lower(), word_list("risky-words"))
