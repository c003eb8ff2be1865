"""Bước nào tay bấm, vuốt, giữ, kéo, gạt, gõ trên máy thì có hình vẽ riêng, một dòng có dấu `=>`.
Chữ in đậm trong bước là đúng chữ của dòng ấy; trên hình không còn dòng nào khác mang cùng chữ."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.taps import find_fault, shown_words
from generator.ground.findings import Finding, error, warning
from generator.handbook.model import Card, Step, Topic


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        if isinstance(parts.lesson, Topic | Card):
            for step in parts.lesson.steps:
                yield from _step(step)


def _step(step: Step) -> Iterator[Finding]:
    fault, row = find_fault(step)
    if fault == "step.no-screen":
        yield warning("step.no-screen", step.phrase.place, number=step.number)
    elif fault == "screen.no-tap" and step.screen:
        yield warning("screen.no-tap", step.screen.place, number=step.number)
    elif fault == "screen.two-rows" and row:
        yield error("screen.two-rows", row.place, row=f"{row.kind}: {row.text}")
    elif fault == "screen.other-words" and row:
        yield warning("screen.other-words", row.place, row=shown_words(row), number=step.number)
