"""Tự kiểm tra: chưa đọc bài thì không đoán được. Câu đúng không phải câu dài nhất hẳn, cũng không phải câu duy nhất
từ chối, hỏi hay chờ (words/refusals.txt, words/asks.txt)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, warning

CLEARLY = 3
"""So many chữ more than any other answer are not seen."""


def check(matter: Matter) -> Iterator[Finding]:
    for asked in matter.asked:
        answers, lengths = asked.question.answers, asked.signs["long"]
        right = asked.right
        place, others = answers[right].phrase.place, (*lengths[:right], *lengths[right + 1 :])
        if lengths[right] > max(others) + CLEARLY:
            yield warning("quiz.longest", place, length=lengths[right], other=max(others))
        if asked.signs["guarded"] == [answer.right for answer in answers]:
            yield warning("quiz.only-refusal", place)
