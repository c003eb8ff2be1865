"""The order in which readers meet the answers of a question: on paper, page and wall the same, however written."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from generator.handbook.model import Handbook, Question, Topic


def shuffled_book(book: Handbook) -> Handbook:
    return replace(book, topics=tuple(shuffled(topic, book.number_of(topic.slug)) for topic in book.topics))


def shuffled(topic: Topic, number: str) -> Topic:
    """By the number, which never changes; only a lesson without one goes by its slug."""
    quiz, seed = topic.quiz, number or topic.slug
    return replace(topic, quiz=replace(
        quiz, know=_shuffle(quiz.know, f"{seed} know"), understand=_shuffle(quiz.understand, f"{seed} understand")))


def _shuffle(question: Question, seed: str) -> Question:
    """What an answer says, and whether it is right, moves nothing."""
    order = sorted(range(len(question.answers)), key=lambda place: sha256(f"{seed} {place}".encode()).digest())
    return replace(question, answers=tuple(question.answers[place] for place in order))
