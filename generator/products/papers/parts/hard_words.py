"""Which hard words a book explains: those its readers meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache

from generator.ground.files import fold
from generator.handbook.model import Phrase, Term, written_in
from generator.press.pages import plain
from generator.products.lesson import Lesson


def used_terms(glossary: Sequence[Term], lessons: Sequence[Lesson]) -> tuple[Term, ...]:
    """The terms a reader of these lessons meets, by the alphabet."""
    met = frozenset().union(*(_terms_of(lesson, tuple(glossary)) for lesson in lessons))
    return tuple(sorted((glossary[index] for index in met), key=lambda term: fold(term.name)))


@lru_cache(maxsize=1024)
def _terms_of(lesson: Lesson, glossary: tuple[Term, ...]) -> frozenset[int]:
    """Many books hold the same lesson."""
    text = "\n".join(learner_words(lesson))
    return frozenset(index for index, term in enumerate(glossary)
                     if any(_stands(name, term, text) for name in (term.name, *term.aliases)))


def _stands(name: str, term: Term, text: str) -> bool:
    """With a capital at a sentence's start too; a word we avoid only as it is (`app` is no `App Store`)."""
    forms = {name} if term.replace else {name, name[:1].upper() + name[1:]}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)


TRAINERS = ("trainer", "clip", "office", "body")


def learner_words(lesson: Lesson) -> Iterator[str]:
    """All words of a lesson that stand in this book."""
    parts = (getattr(lesson, field.name) for field in fields(lesson) if field.name not in TRAINERS)
    return (plain(phrase) for part in parts for phrase in written_in(part) if isinstance(phrase, Phrase))
