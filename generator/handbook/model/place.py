"""Editions, and the handbook that holds everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator.ground.findings import Place
from generator.handbook.model.lesson import Alert, Card, Drawing, Topic
from generator.handbook.model.registers import (
    Approval,
    Audience,
    Demand,
    Entry,
    Part,
    Path,
    Platform,
    Signpost,
    Term,
    Visit,
    Wish,
)
from generator.handbook.model.words import Block, Phrase, here

ROOT = "viet-nam"
"""The edition that all others stand on."""
CONTACT = "đầu mối"
"""The role of whom readers ask first."""


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
    words: str = ""
    """The name of its own words, of the root also of those around lessons."""
    unsigned: str = ""
    """The same while nobody has signed them; its papers are trials as long."""
    around_unsigned: bool = False
    """Of what stands around lessons in every place."""

    def channel(self, key: str) -> Channel:
        return dict(self.channels).get(key, Channel())

    def helper(self, role: str) -> Help:
        return next((h for h in self.help if h.role == role), Help(role))

    @property
    def contact(self) -> Help:
        """Whom readers ask when nothing more exact is known; without a unit it is a box to write or stamp in."""
        helper = self.helper(CONTACT)
        return helper if helper.unit else next((one for one in self.help if one.unit), Help(CONTACT))

    def number_url(self, number: str) -> str:
        """The QR payload, printed letter for letter under the code."""
        return f"{self.address}{number}"


@dataclass(frozen=True, slots=True)
class Home:
    title: Phrase
    blocks: tuple[Block, ...]
    body: str = field(default="", repr=False, compare=False)
    body_line: int = field(default=1, repr=False, compare=False)
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Site:
    """What `mkdocs.yml` says about addresses and paper."""

    address: str
    """`site_url`, always with a final slash."""
    former: tuple[str, ...]
    name: str
    place: Place = here()
    paper_mm: float = 0.1
    """How thick the copier's paper is, for booklets to fold."""
    speech: str = ""
    """The command that reads words aloud (`extra.tts`); empty means the machine's own voice."""
    speech_place: Place = here()

    @property
    def placeholder(self) -> bool:
        host = self.address.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
        return not host or f".{host}".endswith((".example", ".invalid", ".test", ".localhost", ".example.com"))


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
    """That of the last commit."""
    shown_on: date = date.max
    """The day of the build: what begins later is not shown yet."""
    apps: tuple[Platform, ...] = ()
    """Of platforms.yml what has a name and no address."""
    left_out: tuple[str, ...] = ()
    """Slugs that this edition cannot show; their number pages say whom to ask."""
    held_back: tuple[str, ...] = ()
    """Of those, slugs that a release keeps back until they are approved."""
    shortened: frozenset[str] = frozenset()
    """Lists of which a release holds only a part so far, as the ledger calls them."""
    approvals: tuple[Approval, ...] = ()
    written: Mapping[str, Topic | Card] = field(default_factory=dict, repr=False, compare=False)
    """After `select`: every lesson by its slug as it was written, for all editions."""
    wishes: tuple[Wish, ...] = ()
    visits: tuple[Visit, ...] = ()
    """One an address, in the order of addresses."""
    drawings: tuple[Drawing, ...] = field(default=(), repr=False)
    pieces: tuple[Drawing, ...] = field(default=(), repr=False)
    unsigned_words: str = ""
    """The name of the glossary's text while nobody has signed it."""

    def shows(self, alert: Alert) -> bool:
        return alert.first_day <= self.shown_on and self.today <= alert.last_day

    def explained(self, *lessons: Topic | Card) -> tuple[Term, ...]:
        """The glossary beside these lessons: meanings that nobody has signed stand beside drafts only, which say so."""
        hidden = self.unsigned_words and all(lesson.approved for lesson in lessons)
        return () if hidden else self.glossary

    @cached_property
    def is_mixed(self) -> bool:
        """Some of its lessons are approved and some are not, so whatever lists them says which."""
        return len({lesson.approved for lesson in self.lessons}) > 1

    @cached_property
    def dead_addresses(self) -> frozenset[str]:
        return frozenset(visit.address for visit in self.visits if visit.state == "dead")

    @cached_property
    def by_slug(self) -> Mapping[str, Topic | Card]:
        return {lesson.slug: lesson for lesson in self.lessons}

    @cached_property
    def lists(self) -> Mapping[str, Part | Path]:
        """As the ledger calls them: `part:<id>`, `path:<id>`."""
        return {f"part:{part.id}": part for part in self.parts} | {f"path:{path.id}": path for path in self.paths}

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

    @cached_property
    def guarded(self) -> Mapping[str, str]:
        """Whatever printed numbers open, also those that are retired and lead on, → one of these numbers."""
        led = ((row.moved_to, row.number) for row in self.ledger if row.until and row.moved_to)
        return {**dict(led), **self.numbers}

    @property
    def nation(self) -> Edition:
        """The edition above all others: what is passed on far beyond one place leads there, and is made once."""
        return next((one for one in self.editions if one.id == self.edition.layers[0]), self.edition)

    def number_of(self, target: str) -> str:
        """The number of a slug, `path:<id>` …; empty when the ledger has none."""
        return self.numbers.get(target, "")
