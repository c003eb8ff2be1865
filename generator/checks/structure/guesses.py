"""Cả sách: chưa đọc bài nào, cứ theo một mẹo mà chọn thì không trúng nhiều hơn 45 trong 100 câu tự kiểm tra."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.looking.guessing import STRATEGIES, Asked, odds, score
from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, warning
from generator.handbook.model import OUTLINE

MOST = 0.45
"""Three answers give 0.33 by chance."""
FEWEST = 30
"""Of fewer questions chance alone makes a pattern."""
NAMED = 5


def check(matter: Matter) -> Iterator[Finding]:
    asked = matter.asked
    if len(asked) < FEWEST:
        return
    scores = {name: score(asked, signs) for name, signs in STRATEGIES.items()}
    name = max(scores, key=lambda name: scores[name])
    if scores[name] > MOST:
        lessons = ", ".join(feeding(asked, STRATEGIES[name])[:NAMED])
        yield warning("quiz.pattern", Place(OUTLINE), name=name, score=round(100 * scores[name]),
                      questions=len(asked), most=round(100 * MOST), lessons=lessons)


def feeding(asked: Sequence[Asked], signs: Sequence[str]) -> list[str]:
    """Lessons by how much better than chance the guess does in them, the most first."""
    gains: dict[str, float] = {}
    for one in asked:
        gain = odds(one, signs) - 1 / len(one.answers)
        gains[one.topic.slug] = gains.get(one.topic.slug, 0.0) + gain
    return sorted(gains, key=lambda slug: -gains[slug])
