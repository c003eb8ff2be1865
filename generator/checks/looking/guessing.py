"""How a self-check is answered by somebody who has not read the lesson: by place, by length, by the careful word."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from generator.checks.looking.wording import plain_words
from generator.checks.looking.wordlists import begins_with, word_list
from generator.ground.findings import Text
from generator.handbook.keys import UNWRITTEN
from generator.handbook.model import Handbook, Phrase, Question, Topic
from generator.handbook.spoken import count

REFUSALS, ASKS, EXCUSES, ACTIONS = "refusals", "asks", "excuses", "action-verbs"
_MORE = 1000
"""A sign that comes first outweighs all that come later."""
_WORD = re.compile(r"\w+")
_HESITATION = re.compile(r"(?<!\w)(?:không|chờ|đợi|thôi)(?!\w)")
_BOLD_OR_NUMBER = re.compile(r"\*\*|\d")
_CLAUSE = r"(?:^|[,;:.!?…]\s+|\s(?:rồi|và|hoặc|thì)\s+)(?:(?:thì|hãy|cứ|nên|bác|mình)\s+)*"


@dataclass(frozen=True)
class Asked:
    """A question as it stands before somebody who knows only the lesson's title."""

    topic: Topic
    question: Question
    level: int
    """0 for `Biết`, 1 for `Hiểu`."""

    @cached_property
    def answers(self) -> tuple[str, ...]:
        return tuple([plain_words(answer.phrase.text).lower() for answer in self.question.answers])

    @property
    def right(self) -> int:
        return [answer.right for answer in self.question.answers].index(True)

    @cached_property
    def signs(self) -> dict[str, Sequence[int]]:
        return _weigh(self)


def asked_in(book: Handbook) -> Iterator[Asked]:
    """Every question that can be asked already."""
    for topic in book.topics:
        for level, question in enumerate((topic.quiz.know, topic.quiz.understand)):
            truths = [answer.right for answer in question.answers if UNWRITTEN not in answer.phrase.text]
            if len(truths) == len(question.answers) > 1 and truths.count(True) == 1:
                yield Asked(topic, question, level)


@cache
def _beginning(listed: str) -> re.Pattern[str]:
    """A clause that begins with a word of the list, and not with one of its groups in which that is at home."""
    homes = _either([home.words for home in word_list(listed).right])
    return re.compile(rf"{_CLAUSE}(?!{homes}){_either(word_list(listed).names)}")


@cache
def _anywhere(*lists: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_either([word for listed in lists for word in word_list(listed).names])}")


def _either(words: Collection[str]) -> str:
    return rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True))) or '(?!)'})(?!\w)"


# What speaks for each answer; the most is chosen.


def _weigh(asked: Asked) -> dict[str, Sequence[int]]:
    """Every check passes here for every question of the book: few calls."""
    answers = asked.answers
    long, letters = [count(answer) for answer in answers], [len(answer) for answer in answers]
    twice = max(long) + min(long)
    refuses, asks = _beginning(REFUSALS).search, _beginning(ASKS).search
    refusing = [refuses(answer) is not None for answer in answers]
    asking = [asks(answer) is not None for answer in answers]
    guarded = [one or other for one, other in zip(refusing, asking, strict=True)]
    careful, hesitates = _many(answers, REFUSALS, ASKS), _HESITATION.search
    marked, find = _BOLD_OR_NUMBER.search, _WORD.findall
    words = [set(find(answer)) for answer in answers]
    return {
        "long": long,
        "short": [-length for length in long],
        "letters": letters,
        "few letters": [-length for length in letters],
        "middle": [-((2 * length - twice) ** 2) for length in long],
        "refuses": refusing,
        "asks": asking,
        "guarded": guarded,
        "unguarded": [not careful for careful in guarded],
        "active": [not careful and bool(begins_with(answer, ACTIONS))
                   for answer, careful in zip(answers, guarded, strict=True)],
        "careful": careful,
        "careless": [-times for times in careful],
        "unhesitant": [hesitates(answer) is None for answer in answers],
        "unexcused": [-times for times in _many(answers, EXCUSES)],
        "title": _like(words, asked.topic.title),
        "question": _like(words, asked.question.phrase),
        "marked": [marked(answer.phrase.text) is not None for answer in asked.question.answers],
    }


def _many(answers: Sequence[str], *lists: str) -> list[int]:
    """How many words of these lists, wherever in an answer."""
    find = _anywhere(*lists).findall
    return [len(find(answer)) for answer in answers]


def _like(words: Sequence[set[str]], phrase: Phrase) -> list[int]:
    """How many words an answer has in common with these."""
    there = set(_WORD.findall(plain_words(phrase.text).lower()))
    return [len(there & found) for found in words]


STRATEGIES: dict[Text, tuple[str, ...]] = {
    Text("dài nhất", "the longest"): ("long",),
    Text("ngắn nhất", "the shortest"): ("short",),
    Text("nhiều chữ cái nhất", "of the most letters"): ("letters",),
    Text("ít chữ cái nhất", "of the fewest letters"): ("few letters",),
    Text("dài vừa", "of middle length"): ("middle",),
    Text("từ chối", "that refuses"): ("refuses",),
    Text("hỏi, gọi, chờ ai", "that asks, calls or waits"): ("asks",),
    Text("từ chối hoặc hỏi", "that refuses or asks"): ("guarded",),
    Text("nhiều lời dè dặt nhất", "of the most careful words"): ("careful",),
    Text("không từ chối, không hỏi", "that neither refuses nor asks"): ("unguarded",),
    Text("làm ngay", "that acts"): ("active",),
    Text("giống tên bài nhất", "most like the title"): ("title",),
    Text("giống câu hỏi nhất", "most like the question"): ("question",),
    Text("có chữ đậm hoặc số", "with bold words or a number"): ("marked",),
    Text("ít lời biện hộ nhất", "of the fewest excuses"): ("unexcused",),
    Text("từ chối hoặc hỏi, rồi dài nhất", "that refuses or asks, then the longest"): ("guarded", "long"),
    Text("từ chối hoặc hỏi, rồi ngắn nhất", "that refuses or asks, then the shortest"): ("guarded", "short"),
    Text("từ chối, rồi hỏi, rồi dài nhất", "that refuses, then asks, then the longest"): ("refuses", "asks", "long"),
    Text("hỏi, rồi ngắn nhất", "that asks, then the shortest"): ("asks", "short"),
    Text("làm ngay, rồi dài nhất", "that acts, then the longest"): ("active", "long"),
    Text("làm ngay, rồi ngắn nhất", "that acts, then the shortest"): ("active", "short"),
    Text("dè dặt nhất, rồi dài nhất", "the most careful, then the longest"): ("careful", "long"),
    Text("giống tên bài nhất, rồi dài nhất", "most like the title, then the longest"): ("title", "long"),
    Text("ít biện hộ nhất, rồi dè dặt nhất", "the fewest excuses, then the most careful"): ("unexcused", "careful"),
    Text("ít biện hộ nhất, rồi ít dè dặt nhất", "the fewest excuses, then the least careful"):
        ("unexcused", "careless"),
    Text("ít dè dặt nhất", "the least careful"): ("careless",),
    Text("ít dè dặt nhất, rồi nhiều chữ cái nhất", "the least careful, then the most letters"): ("careless", "letters"),
    Text("ít dè dặt nhất, rồi ít chữ cái nhất", "the least careful, then the fewest"): ("careless", "few letters"),
    Text("không có chữ “không”, “chờ”", "without “không”, “chờ”"): ("unhesitant",),
    Text("không có “không”, “chờ”, rồi nhiều chữ cái nhất", "without “không”, “chờ”, then the most letters"):
        ("unhesitant", "letters"),
    Text("không có “không”, “chờ”, rồi ít chữ cái nhất", "without “không”, “chờ”, then the fewest letters"):
        ("unhesitant", "few letters"),
    Text("không có “không”, “chờ”, rồi ít biện hộ nhất", "without “không”, “chờ”, then the fewest excuses"):
        ("unhesitant", "unexcused"),
}
"""Who guesses looks at these one after another, as far as answers are equal. That nobody guesses by place is the
shuffling's work, not the editors'."""


def odds(asked: Asked, signs: Sequence[str]) -> float:
    """That the right answer is chosen; among equals by chance."""
    most, equal, right = -math.inf, 0, 0
    for place, answer in enumerate(asked.question.answers):
        weight = 0
        for sign in signs:
            weight = weight * _MORE + asked.signs[sign][place]
        if weight > most:
            most, equal, right = weight, 0, 0
        if weight == most:
            equal += 1
            right += answer.right
    return right / equal


def score(asked: Sequence[Asked], signs: Sequence[str]) -> float:
    return sum([odds(one, signs) for one in asked]) / len(asked)
