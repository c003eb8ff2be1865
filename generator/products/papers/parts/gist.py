"""What a passer-by takes along from a lesson, for posters and pictures to share: always in the editor's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from generator.handbook.model import Card, Paragraph, Part, Phrase, Topic
from generator.press.compounds import hold_html
from generator.press.pages import plain
from generator.press.scene import print_scene
from generator.products.lesson import CARDS, Lesson, guard_kind, part_class, part_of
from generator.products.papers.parts import words
from generator.products.papers.parts.drawing import LessonPage
from generator.products.papers.parts.urgent import Call, urgent_calls

OTHERS = "Bài thêm"
"""Where a topic belongs that is of no part."""


def say(phrase: Phrase | str) -> Markup:
    """A bare address such as `vneid.gov.vn` wraps after a dot too."""
    parts = re.split(r"(<[^>]*>)", str(words.say(phrase)))
    return Markup("".join(p if p.startswith("<") else re.sub(r"(?<=\w)\.(?=[a-z])", ".<wbr>", p) for p in parts))


def goal_of(lesson: Lesson) -> Phrase:
    """A card without a goal is introduced by its first sentence."""
    if lesson.goal:
        return lesson.goal
    first = next((block.phrase for block in lesson.opening if isinstance(block, Paragraph)), lesson.title)
    return replace(first, text=re.split(r"(?<=[.!?])\s", first.text, maxsplit=1)[0])


def warning_of(lesson: Lesson) -> Phrase:
    """The safety line its editor chose for the film; else the first *stop*, else the first warning of a step."""
    if isinstance(lesson, Topic):
        for scene in lesson.clip:
            if scene.kind == "safety" and 0 < scene.index <= len(lesson.safety):
                return lesson.safety[scene.index - 1]
    guards = [guard for step in lesson.steps for guard in step.guards]
    stops = [guard for guard in guards if guard_kind(guard) == "stop"]
    return (*stops, *guards, *lesson.safety)[0]


def keep_of(lesson: Lesson) -> tuple[str, tuple[Phrase, ...]]:
    """Three things to remember; for a card, what to bring."""
    return ("Nhớ 3 điều", lesson.remember) if isinstance(lesson, Topic) else ("Cần mang", lesson.bring)


def show_warning(phrase: Phrase) -> Markup:
    """Its first words bold, as they are in the warnings of steps."""
    return say(replace(phrase, text=re.sub(r"^(Dừng lại nếu|Không)\b", r"**\1**", phrase.text)))


@dataclass(frozen=True)
class GistPage(LessonPage):
    """What the templates of such papers get."""

    def say(self, phrase: Phrase | str) -> Markup:
        return say(phrase)

    def whole(self, phrase: Phrase | str) -> Markup:
        """Of a title, a label, a line to read from afar: no word is torn."""
        return hold_html(say(phrase))

    @property
    def part(self) -> Part | None:
        return part_of(self.desk.handbook, self.lesson)

    @property
    def part_class(self) -> str:
        return part_class(self.desk.handbook, self.lesson)

    @property
    def part_title(self) -> Markup:
        """Empty where the lesson's own title begins so."""
        title = self.part.title if self.part else CARDS if isinstance(self.lesson, Card) else OTHERS
        return self.whole("" if plain(self.lesson.title).startswith(title) else title)

    @property
    def scene(self) -> Markup:
        return print_scene(self.lesson.drawing)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Whom to call in danger. One number alone is a step, not what the lesson is about."""
        calls = urgent_calls(self.lesson)
        return calls if len(calls) > 1 else ()

    @property
    def keep_title(self) -> str:
        return keep_of(self.lesson)[0]

    @property
    def keep(self) -> tuple[Phrase, ...]:
        return keep_of(self.lesson)[1]
