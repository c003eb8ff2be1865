"""The handbook as frozen data: what was read, nothing computed. `None` or `()` means: not written.

Places say where each thing stands; they take no part in comparison or in `repr`, so moving a line
changes no digest. What editors write is Vietnamese; `keys.py` holds the one table between the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from generator.findings import Place

NOWHERE = Place("", 1, 1)


def _place() -> Place:
    return field(default=NOWHERE, repr=False, compare=False)


Status = Literal["draft", "reviewed", "approved"]
VisitState = Literal["open", "unsure", "failed", "dead"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line or paragraph of inline Markdown, as written; may hold `{{ … }}`."""

    text: str
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a screen: `kind: text`; `label = value` is split for the kinds that have a value."""

    kind: str
    text: str
    value: str = ""
    tap: bool = False
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Screen:
    """A phone screen described in rows."""

    rows: tuple[Row, ...]
    seen: str = ""
    """What stands after `đã xem:`; empty means nobody held it against the real app yet."""
    place: Place = _place()

    @property
    def tap_index(self) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.tap), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the topic's folder; `alt` empty means decorative."""

    file: str
    """Path from the project's root."""
    alt: str
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Phrase, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Heading:
    phrase: Phrase


Block = Paragraph | Bullets | Quote | Heading | Picture | Screen


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


@dataclass(frozen=True, slots=True)
class Quiz:
    know: Question
    understand: Question
    use: Phrase
    """The one thing done by hand."""
    use_done: Phrase
    """What the reader ticks when it is done."""


SceneKind = Literal["title", "step", "safety", "remember", "number", "file"]


@dataclass(frozen=True, slots=True)
class Scene:
    kind: SceneKind
    index: int
    """Which step or safety line; 0 where the kind has none."""
    file: str
    """Picture of the topic's folder, only for the kind `file`."""
    direction: str
    """For those who film."""
    words: Phrase


@dataclass(frozen=True, slots=True)
class TrainerRow:
    minutes: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Trainer:
    rows: tuple[TrainerRow, ...]
    notes: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    day: date
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Office:
    """The office's words about a topic or card: its front matter."""

    minutes: int
    audiences: tuple[Phrase, ...]
    unit: str
    status: Status
    reviewed: date
    approval: Approval | None = None
    open_facts: tuple[Phrase, ...] = ()
    sources: tuple[str, ...] = ()
    prerequisites: tuple[Phrase, ...] = ()
    frames: tuple[tuple[str, tuple[str, ...]], ...] = ()
    film: Phrase | None = None
    changes: tuple[Change, ...] = ()
    """Newest first."""
    places: tuple[tuple[str, Place], ...] = field(default=(), repr=False, compare=False)

    def place_of(self, key: str, otherwise: Place = NOWHERE) -> Place:
        return dict(self.places).get(key, otherwise)


@dataclass(frozen=True, slots=True)
class Topic:
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
    body: str = field(default="", repr=False, compare=False)
    """The text below the front matter as read, for checks that look at Markdown itself."""
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = _place()

    @property
    def kind(self) -> Literal["topic"]:
        return "topic"

    @property
    def screens(self) -> tuple[Screen, ...]:
        return tuple(step.screen for step in self.steps if step.screen)


@dataclass(frozen=True, slots=True)
class Card:
    """A short procedure: what to bring, where, how, how to follow."""

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
    body: str = field(default="", repr=False, compare=False)
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = _place()

    @property
    def kind(self) -> Literal["card"]:
        return "card"

    @property
    def screens(self) -> tuple[Screen, ...]:
        return tuple(step.screen for step in self.steps if step.screen)


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
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    number: int
    title: str
    topics: tuple[Phrase, ...]
    """Slugs with their places."""
    booklet_title: str = ""
    """A cover title of its own; empty means the part's title."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Path:
    id: str
    title: str
    audience: Phrase
    topics: tuple[Phrase, ...]
    minutes: int | None = None
    """The total the editor states; empty means: add up."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Signpost:
    """One question of the entry card: yes leads to a path, no to the next question."""

    question: Phrase
    path: Phrase
    otherwise: Phrase | None = None
    """Where *no* leads after the last question."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to do, and the lesson that helps."""

    words: Phrase
    lesson: Phrase


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing the plans ask of the handbook, and what answers it."""

    id: str
    group: str
    text: str
    answers: tuple[Phrase, ...] = ()
    """Slugs of topics or cards, ids of paths, or names of products (`sản phẩm: site`)."""
    reason: str = ""
    """Why nothing answers it yet."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Audience:
    name: str
    address: str
    """How these readers are spoken to: `bà con`; empty means without address."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    gloss: Phrase
    aliases: tuple[str, ...] = ()
    replace: bool = False
    """★: learners' text uses the gloss instead of the term."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Platform:
    name: str
    address: str
    owner: str
    scope: str
    checked: date | None
    place: Place = _place()

    @property
    def host(self) -> str:
        return self.address.split("://", 1)[-1].split("/", 1)[0].lower()


@dataclass(frozen=True, slots=True)
class Visit:
    """What `hocso links` saw when it last asked for one outside address."""

    address: str
    state: VisitState
    """`unsure`: somebody answered but does not let machines look; `failed`: not yet long enough to be `dead`."""
    day: date
    since: date
    """The first day of an unbroken row of failures; otherwise the day itself."""
    reason: str = ""
    """Why it did not open, in an editor's words."""
    moved_to: str = ""
    """Another host, to which the old one sends its visitors."""
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger. `until` or `moved_to` filled means: retired."""

    number: str
    target: str
    since: str
    until: str
    moved_to: str
    note: str
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Channel:
    """A name people read and, where known, its address."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Who to ask: a unit, never a person."""

    role: str
    unit: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The handbook for one place, all layers resolved. Empty means: not known there."""

    id: str
    name: str
    layers: tuple[str, ...]
    """From the root down to this one."""
    address: str
    """What a number is appended to: `https://hocso.example/`."""
    trial: bool
    """True while papers must say that they are not to be handed out."""
    code: str = ""
    lower_units: str = ""
    channels: tuple[tuple[str, Channel], ...] = ()
    help: tuple[Help, ...] = ()
    bank: str = ""
    learning_places: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    report_calendar: tuple[str, ...] = ()
    extra_topics: tuple[Phrase, ...] = ()
    accent: str = ""
    """`north`, `central` or `south`, as films are spoken here; empty where only the code tells."""
    empty: tuple[str, ...] = ()
    """Names of the values still to fill in."""

    def channel(self, key: str) -> Channel:
        return dict(self.channels).get(key, Channel())

    def helper(self, role: str) -> Help:
        return next((h for h in self.help if h.role == role), Help(role))


@dataclass(frozen=True, slots=True)
class Home:
    title: Phrase
    blocks: tuple[Block, ...]
    body: str = field(default="", repr=False, compare=False)
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Site:
    """What `mkdocs.yml` says about addresses and paper."""

    address: str
    """`site_url`, always with a final slash."""
    former: tuple[str, ...]
    name: str
    place: Place = _place()
    paper_mm: float = 0.1
    """How thick the copier's paper is, for booklets to fold."""
    speech: str = ""
    """The command that reads words aloud (`extra.tts`); empty means the machine's own voice."""
    speech_place: Place = _place()

    @property
    def placeholder(self) -> bool:
        host = self.address.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
        return not host or host.endswith((".example", ".invalid", ".test", "localhost", "example.com"))


@dataclass(frozen=True)
class Handbook:
    """Everything in `content/` and the ledger. After `select` the phrases are those of one edition."""

    name: str
    site: Site
    home: Home
    parts: tuple[Part, ...]
    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    alerts: tuple[Alert, ...]
    audiences: tuple[Audience, ...]
    paths: tuple[Path, ...]
    glossary: tuple[Term, ...]
    platforms: tuple[Platform, ...]
    editions: tuple[Edition, ...]
    ledger: tuple[Entry, ...]
    signposts: tuple[Signpost, ...]
    demands: tuple[Demand, ...]
    edition: Edition
    """The one selected; right after reading, the root layer."""
    today: date
    left_out: tuple[str, ...] = ()
    """Slugs that this edition cannot show; their number pages say whom to ask."""
    wishes: tuple[Wish, ...] = ()
    visits: tuple[Visit, ...] = ()
    """One an address, in the order of addresses."""

    @cached_property
    def dead_addresses(self) -> frozenset[str]:
        return frozenset(visit.address for visit in self.visits if visit.state == "dead")

    @cached_property
    def by_slug(self) -> Mapping[str, Topic | Card]:
        return {lesson.slug: lesson for lesson in self.lessons}

    def topic(self, slug: str) -> Topic | None:
        lesson = self.by_slug.get(slug)
        return lesson if isinstance(lesson, Topic) else None

    @property
    def lessons(self) -> tuple[Topic | Card, ...]:
        return (*self.topics, *self.cards)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Target → its number, the first one still valid."""
        found: dict[str, str] = {}
        for row in sorted(self.ledger, key=lambda row: bool(row.until)):
            found.setdefault(row.target, row.number)
        return found

    def number_of(self, target: str) -> str:
        """The number of a slug, `path:<id>` …; empty when the ledger has none."""
        return self.numbers.get(target, "")
