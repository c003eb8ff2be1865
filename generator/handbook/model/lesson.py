"""Topics, cards and alerts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from generator.ground.findings import Place
from generator.handbook.model.registers import Approval
from generator.handbook.model.words import NOWHERE, Block, Phrase, Picture, Screen, Status, here


@dataclass(frozen=True, slots=True)
class Variant:
    """How a step goes on one kind of phone: `Android`, `iPhone` or `Máy đời cũ`."""

    device: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    phrase: Phrase
    guards: tuple[Phrase, ...] = ()
    """Warnings that stand before this step."""
    variants: tuple[Variant, ...] = ()
    notes: tuple[Phrase, ...] = ()
    """Other lines that belong to the step."""
    screen: Screen | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    problem: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True)
class Answer:
    phrase: Phrase
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    phrase: Phrase
    answers: tuple[Answer, ...]
    reason: Phrase
    screen: Screen | None = None
    """What it asks about: stands between its words and the answers."""


@dataclass(frozen=True, slots=True)
class Quiz:
    know: Question
    understand: Question
    use: Phrase
    """The one thing done by hand."""
    use_done: Phrase
    """What the reader ticks when it is done."""


SceneKind = Literal["title", "step", "safety", "remember", "number", "file", "scene", "call"]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody or something, and what it does: words of the closed list in `handbook/lesson/acts.py`."""

    who: str
    verb: str


@dataclass(frozen=True, slots=True)
class Scene:
    kind: SceneKind
    index: int
    """Which step or safety line; 0 where the kind has none."""
    file: str
    """Picture of the topic's folder for the kind `file`, the name of a drawing for `scene` (empty: the lesson's own),
    numbers to call for `call`, with spaces between."""
    direction: str
    """For those who film."""
    words: Phrase
    acts: tuple[Act, ...] = ()
    uncounted: bool = False
    """A step that is shown without its number."""
    drawing: Drawing | None = None
    """Of the kind `scene`, where it names another than the lesson's own."""
    place: Place = field(default=NOWHERE, repr=False, compare=False)
    """Of what the column `Hình` says."""


@dataclass(frozen=True, slots=True)
class TrainerRow:
    minutes: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Trainer:
    rows: tuple[TrainerRow, ...]
    notes: tuple[Block, ...] = ()
    offline: Phrase | None = None
    """What to do with this lesson in a hall without a network."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What front matter said of an approval before there was a book of them."""

    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    day: date
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Drawing:
    """A scene drawn by us, pieces put in, or such a piece; `svg` is what stands inside its frame."""

    name: str
    alt: str
    svg: str
    view: str = "0 0 400 300"


@dataclass(frozen=True, slots=True)
class Office:
    """The office's words about a topic or card: its front matter."""

    minutes: int
    audiences: tuple[Phrase, ...]
    unit: str
    status: Status
    reviewed: date
    """As it is printed and counted: never later than the day on which this text was approved."""
    approval: Approval | None = None
    """Of this very text: the row of the book of approvals that names it. No editor writes it here."""
    claim: Claim | None = None
    open_facts: tuple[Phrase, ...] = ()
    confirmed: tuple[str, ...] = ()
    """Facts that were open once: when and by whom they were confirmed."""
    sources: tuple[str, ...] = ()
    prerequisites: tuple[Phrase, ...] = ()
    asked_for: tuple[str, ...] = ()
    """What people type who want this, beside the words of the title. Searched, never shown."""
    frames: tuple[tuple[str, tuple[str, ...]], ...] = ()
    film: Phrase | None = None
    scene: str = ""
    """The name of a drawing; empty means the one called like the lesson."""
    seen_pictures: tuple[Phrase, ...] = ()
    """Photographs beside the lesson in which somebody looked for faces, cards and numbers."""
    changes: tuple[Change, ...] = ()
    """Newest first."""
    unsigned_review: date | None = None
    """What is written instead, where that is a later day: no sheet was signed since, so it is not told to readers."""
    places: tuple[tuple[str, Place], ...] = field(default=(), repr=False, compare=False)

    @property
    def review_written(self) -> date:
        return self.unsigned_review or self.reviewed

    def place_of(self, key: str, otherwise: Place = NOWHERE) -> Place:
        return dict(self.places).get(key, otherwise)


@dataclass(frozen=True, slots=True)
class Topic:
    kind: ClassVar[Literal["topic"]] = "topic"
    slug: str
    title: Phrase
    goal: Phrase
    """The whole sentence with its bold beginning."""
    opening: tuple[Block, ...]
    prepare: tuple[Block, ...]
    steps: tuple[Step, ...]
    practice: tuple[Block, ...]
    troubles: tuple[Trouble, ...]
    safety: tuple[Phrase, ...]
    remember: tuple[Phrase, ...]
    quiz: Quiz
    clip: tuple[Scene, ...]
    further: tuple[Block, ...]
    """`Học tiếp`."""
    trainer: Trainer
    office: Office
    drawing: Drawing | None = None
    """The lesson's own scene, or its part's."""
    voices: tuple[str, ...] = ()
    """Recordings of its words that lie beside it, as they are spoken and signed."""
    body: str = field(default="", repr=False, compare=False)
    """The text below the front matter as read, for checks that look at Markdown itself."""
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = here()

    @property
    def screens(self) -> tuple[Screen, ...]:
        return tuple(step.screen for step in self.steps if step.screen)

    @property
    def approved(self) -> bool:
        return self.office.approval is not None


@dataclass(frozen=True, slots=True)
class Card:
    """A short procedure: what to bring, where, how, how to follow."""

    kind: ClassVar[Literal["card"]] = "card"
    slug: str
    title: Phrase
    goal: Phrase | None
    opening: tuple[Block, ...]
    bring: tuple[Phrase, ...]
    where: tuple[Block, ...]
    steps: tuple[Step, ...]
    follow: tuple[Block, ...]
    safety: tuple[Phrase, ...]
    office: Office
    drawing: Drawing | None = None
    """The lesson's own scene, or its part's."""
    voices: tuple[str, ...] = ()
    """Recordings of its words that lie beside it, as they are spoken and signed."""
    body: str = field(default="", repr=False, compare=False)
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = here()

    @property
    def screens(self) -> tuple[Screen, ...]:
        return tuple(step.screen for step in self.steps if step.screen)

    @property
    def approved(self) -> bool:
        return self.office.approval is not None


@dataclass(frozen=True, slots=True)
class Alert:
    """A dated warning; gone after `last_day`."""

    slug: str
    title: Phrase
    blocks: tuple[Block, ...]
    first_day: date
    last_day: date
    topics: tuple[Phrase, ...]
    unit: str
    body: str = field(default="", repr=False, compare=False)
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = here()
