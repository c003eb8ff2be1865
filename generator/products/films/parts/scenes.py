"""The scenes of a lesson's film: what is seen and what is said, from the table of a topic or from a card's own text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generator.handbook.model import Act, Card, Paragraph, Phrase, Scene, Screen, Step, Topic
from generator.handbook.spoken import count
from generator.press.pages import plain
from generator.products.lesson import Lesson, lesson_file

ShotKind = Literal["title", "step", "safety", "list", "picture", "close", "call"]
MOST_WORDS = 140
"""Of a film that a card is turned into; a table may hold more."""
TAP_WORDS = 10
"""That are said while a finger comes, presses and shows what comes of it: a step of fewer takes no less time."""
NOTHING = Phrase("")
UNCOUNTED = "Cách làm"
"""Above a step that is shown without its number."""


@dataclass(frozen=True)
class Shot:
    """One scene: its picture and its words."""

    kind: ShotKind
    words: str
    """As spoken, plain."""
    label: str = ""
    """`Bước 2`."""
    text: Phrase = NOTHING
    more: tuple[Phrase, ...] = ()
    """The goal below a title, the warnings below a step, the lines of a list."""
    screen: Screen | None = None
    file: str = ""
    """A picture, from the project's root."""
    direction: str = ""
    acts: tuple[Act, ...] = ()
    """Who does what, in the order of the row."""
    drawing: str = ""
    """The name of another scene than the lesson's own."""
    meant: tuple[Phrase, ...] = ()
    """Of numbers to call: who answers there."""
    own: bool = False
    """The row asks for a whole scene, not for people."""

    @property
    def has_tap(self) -> bool:
        return self.screen is not None and self.screen.tap_index is not None


def shots_of(lesson: Lesson) -> tuple[Shot, ...]:
    """The last one repeats the message; number, code and whom to ask stand in it."""
    shots = tuple(_from_table(lesson) if isinstance(lesson, Topic) else _from_card(lesson))
    if not shots:
        return ()
    *before, last = shots
    return (*before, replace(last, kind="close", text=Phrase(message_of(last.words)), screen=None, file="", more=()))


# A topic's table.


def _from_table(topic: Topic) -> Iterator[Shot]:
    for scene in topic.clip:
        if plain(scene.words).strip():
            shot = _seen(topic, scene)
            label = shot.label if scene.kind != "step" or _in_order(topic, scene) else UNCOUNTED
            yield replace(shot, words=" ".join(plain(scene.words).split()), direction=scene.direction, label=label,
                          acts=scene.acts)


def _in_order(topic: Topic, scene: Scene) -> bool:
    """A step that comes after a later one has no number: that has been told, and who watches would look for it."""
    before = topic.clip[: next(at for at, one in enumerate(topic.clip) if one is scene)]
    steps = [one.index for one in before if one.kind == "step" and not one.uncounted]
    return not scene.uncounted and scene.index >= max(steps, default=0)


def _seen(topic: Topic, scene: Scene) -> Shot:
    first = Phrase(sentences(plain(scene.words))[0])
    if scene.kind == "step" and 1 <= scene.index <= len(topic.steps):
        return _step(topic.steps[scene.index - 1])
    if scene.kind == "call":
        numbers = scene.file.split()
        meant = tuple(Phrase(meaning_of(topic, number)) for number in numbers)
        return Shot("call", "", more=tuple(map(Phrase, numbers)), meant=meant)
    if scene.kind == "scene":
        return Shot("picture", "", text=first, drawing=scene.file, own=not scene.acts)
    if scene.kind == "safety" and 1 <= scene.index <= len(topic.safety):
        return Shot("safety", "", "An toàn", topic.safety[scene.index - 1])
    if scene.kind == "remember":
        return Shot("list", "", "Nhớ 3 điều", more=topic.remember)
    if scene.kind == "number":
        return Shot("close", "", text=Phrase(message_of(plain(scene.words))))
    if scene.kind == "file":
        folder = posixpath.dirname(lesson_file(topic))
        file = posixpath.normpath(posixpath.join(folder, scene.file))
        return Shot("picture", "", text=first, file=file)
    return title_shot(topic)


def meaning_of(topic: Topic, number: str) -> str:
    """`Công an` of a line `Công an 113, cháy 114`: what the lesson itself says beside the number."""
    lines = [plain(phrase) for phrase in (*topic.remember, *topic.safety, *(step.phrase for step in topic.steps))]
    parts = (part.strip() for line in lines for part in re.split(r"[,;:.]", line))
    words = next((part for part in parts if re.search(rf"(?<!\d){number}(?!\d)", part)), "")
    said = " ".join(re.sub(rf"(?<!\d){number}(?!\d)", " ", words).split())
    return said[:1].upper() + said[1:]


def title_shot(lesson: Lesson) -> Shot:
    goal = (lesson.goal,) if lesson.goal else ()
    screens = [step.screen for step in lesson.steps if step.screen and not lesson.drawing]
    fullest = max(screens, key=lambda screen: len(screen.rows), default=None)
    return Shot("title", "", text=lesson.title, more=goal, screen=fullest and untapped(fullest))


def untapped(screen: Screen) -> Screen:
    return replace(screen, rows=tuple(replace(row, tap=False) for row in screen.rows))


def _step(step: Step) -> Shot:
    file = step.picture.file if step.picture else ""
    return Shot("step", "", f"Bước {step.number}", step.phrase, step.guards, step.screen, "" if step.screen else file)


# A card has no table: its own sentences are spoken.


def _from_card(card: Card) -> Iterator[Shot]:
    """Title, steps and the first safety line always; the rest as long as a minute lasts."""
    steps = [replace(_step(step), words=sentence(step.phrase)) for step in card.steps]
    guards = [" ".join(map(sentence, step.guards)) for step in card.steps]
    safety = [Shot("safety", sentence(line), "An toàn", line) for line in card.safety]
    bring = Shot("list", f"Mang theo: {listed(card.bring)}", "Cần mang", more=card.bring)
    opening = _opening(card)
    title = replace(title_shot(card), words=sentence(card.title))
    close = replace(safety[0], words=f"Nhớ nhé: {lowered(safety[0].words)} {safety[0].words}")
    left = MOST_WORDS - sum(max(count(shot.words), shot.has_tap * TAP_WORDS) for shot in (title, *steps, close))

    def room(words: str) -> bool:
        nonlocal left
        fits = bool(words) and count(words) <= left
        left -= count(words) if fits else 0
        return fits

    kept = [shot for shot in safety[1:] if room(shot.words)]
    with_bring = room(bring.words)
    spoken = [replace(step, words=f"{guard} {step.words}") if room(guard) else step
              for step, guard in zip(steps, guards, strict=True)]
    if room(opening):
        title = replace(title, words=f"{title.words} {opening}")
    yield from (title, *([bring] if with_bring else ()), *spoken, *kept, close)


def _opening(card: Card) -> str:
    first = next((block.phrase for block in card.opening if isinstance(block, Paragraph)), NOTHING)
    return " ".join(plain(first).split())


def listed(items: tuple[Phrase, ...]) -> str:
    told = [lowered(plain(item).rstrip(" .;")) for item in items]
    return "; ".join(told) + "." if told else ""


# Words.


def sentence(phrase: Phrase) -> str:
    """One phrase as a voice says it, ended by a full stop."""
    text = " ".join(plain(phrase).split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def lowered(text: str) -> str:
    """A sentence that goes on after a colon; names in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])\s+", " ".join(words.split())) if part]


def message_of(words: str) -> str:
    """The one message of the last row: what follows `nhớ …:`, else the last sentence."""
    parts = sentences(words)
    for part in parts:
        lead, found, rest = part.partition(": ")
        if found and "nhớ" in lead.casefold():
            return rest[:1].upper() + rest[1:]
    return parts[-1] if parts else ""
