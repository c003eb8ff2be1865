"""Lời dặn đứng trước bước dễ sai; bắt đầu bằng "Không…" hoặc "Dừng lại nếu…", nhiều nhất 20 chữ.
Bài chạm tới tiền, mã OTP, VNeID (tên bài, câu Học xong, các bước có từ trong words/money-words.txt): bắt buộc,
và An toàn có 3 đến 5 dòng."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import Told, Wording, plain_words
from generator.checks.looking.wordlists import WordList, word_list
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.model import Card, Step, Topic
from generator.handbook.spoken import count

LONGEST = 20
FEWEST_LINES, MOST_LINES = 3, 5
_BEGINNINGS = ("không ", "dừng lại nếu ", "đừng ")

_WORDS = re.compile(r"[^\W_]+")

Report = Callable[[str, Place, tuple[str, str], tuple[str, str]], Finding]


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        lesson = wording.lesson
        if isinstance(lesson, Topic | Card):
            grave = is_about_money(wording)
            report: Report = error if grave else warning
            for told in wording.of(("guard", "safety")):
                yield from _line(told, report)
            yield from _number(lesson, grave)
            if grave:
                yield from _order(lesson)


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


def _line(told: Told, report: Report) -> Iterator[Finding]:
    length = count(told.plain)
    if length > LONGEST:
        yield report(
            "warning.long", told.phrase.place,
            (f"Lời dặn này dài {length} chữ, nhiều nhất {LONGEST}.", f"{length} chữ, {LONGEST} at most."),
            ("Giữ lại đúng một điều phải tránh.", "Keep the one thing to avoid."),
        )
    if not told.plain.lower().startswith(_BEGINNINGS):
        yield report(
            "warning.beginning", told.phrase.place,
            ("Lời dặn phải bắt đầu bằng “Không…” hoặc “Dừng lại nếu…”.", "It begins “Không…” or “Dừng lại nếu…”."),
            ("Viết `Không …` cho điều cấm, `Dừng lại nếu …` cho dấu hiệu lạ.", "Write `Không …` or `Dừng lại nếu …`."),
        )


def _number(lesson: Topic | Card, grave: bool) -> Iterator[Finding]:
    lines = len(lesson.safety)
    guards = sum(len(step.guards) for step in lesson.steps)
    if not lines + guards:
        yield (error if grave else warning)(
            "warning.none", lesson.place,
            ("Bài không có lời dặn an toàn nào.", "There is no warning at all."),
            ("Viết ít nhất một dòng trong mục An toàn.", "Write at least one line in An toàn."),
        )
    elif lines > MOST_LINES or (grave and lines < FEWEST_LINES):
        place = lesson.safety[min(lines, MOST_LINES) - 1].place if lines else lesson.place
        yield (error if grave else warning)(
            "warning.count", place,
            (f"Mục An toàn có {lines} dòng; từ {FEWEST_LINES} đến {MOST_LINES}.",
             f"Lines under An toàn: {lines}; there should be {FEWEST_LINES} to {MOST_LINES}."),
            ("Giữ những điều làm mất tiền, lộ mã; bỏ điều phụ.", "Keep what costs money or codes; drop the rest."),
        )


def _order(lesson: Topic | Card) -> Iterator[Finding]:
    """In topics of money the first risky step has a warning before it, not after."""
    guarded = False
    for step in lesson.steps:
        guarded = guarded or bool(step.guards)
        if not guarded and _is_risky(step):
            yield error(
                "warning.late", step.phrase.place,
                (f"Bước {step.number} dễ mất tiền, lộ mã mà trước đó chưa có lời dặn.",
                 f"Step {step.number} is risky and no warning stands before it."),
                ("Thêm dòng `> **Không** …` hoặc `> **Dừng lại nếu** …` ngay trên bước này.",
                 "Add `> **Không** …` or `> **Dừng lại nếu** …` above this step."),
            )
            return
    if not guarded:
        yield error(
            "warning.late", lesson.steps[0].phrase.place,
            ("Bài về tiền, mã, VNeID mà các bước không có lời dặn nào.", "No step has a warning."),
            ("Thêm dòng `> **Không** …` trước bước dễ sai nhất.", "Add `> **Không** …` before the riskiest step."),
        )


def _is_risky(step: Step) -> bool:
    words = " ".join(plain_words(phrase.text) for phrase in (step.phrase, *(v.phrase for v in step.variants)))
    return _holds(words.lower(), word_list("risky-words"))
