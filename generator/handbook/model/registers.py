"""What stands in lists: parts, paths, terms, platforms, numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from generator.ground.files import digest_of
from generator.ground.findings import Place
from generator.handbook.model.words import Phrase, VisitState, here

PART_COLOURS = 7
"""Those that `theme/tokens.css` has."""


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    number: int
    title: str
    topics: tuple[Phrase, ...]
    """Slugs with their places."""
    booklet_title: str = ""
    """A cover title of its own; empty means the part's title."""
    place: Place = here()

    @property
    def colour(self) -> int:
        """Where there are more parts than colours these come anew; numbers tell such parts apart."""
        return (self.number - 1) % PART_COLOURS + 1


@dataclass(frozen=True, slots=True)
class Path:
    id: str
    title: str
    audience: Phrase
    topics: tuple[Phrase, ...]
    minutes: int | None = None
    """The total the editor states; empty means: add up."""
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Signpost:
    """One question of the entry card: yes leads to a path, no to the next question."""

    question: Phrase
    path: Phrase
    otherwise: Phrase | None = None
    """Where *no* leads after the last question."""
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to do, and the lesson that helps."""

    words: Phrase
    lesson: Phrase
    place: Place = here()


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
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Audience:
    name: str
    address: str
    """How these readers are spoken to: `bà con`, or what a book for them reads instead, such as `em`; empty means
    without address."""
    place: Place = here()


GLOSSARY, HOME, OUTLINE = "content/glossary.yml", "content/index.md", "content/handbook.yml"
DEMANDS, PLATFORMS = "content/demands.yml", "content/platforms.yml"


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    gloss: Phrase
    aliases: tuple[str, ...] = ()
    replace: bool = False
    """★: learners' text uses the gloss instead of the term."""
    place: Place = here()


APP = "ứng dụng"


@dataclass(frozen=True, slots=True)
class Platform:
    name: str
    address: str
    owner: str
    scope: str
    checked: date | None = None
    kind: str = ""
    """`APP`, or empty: a site."""
    place: Place = here()

    @property
    def host(self) -> str:
        return self.address.split("://", 1)[-1].split("/", 1)[0].lower()


LINKS = "content/links.yml"
"""The visits of outside addresses."""


def host_of(address: str) -> str:
    """`www.` is only another name of the same site."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


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
    numbers: str = ""
    """Of an edition's own address: the numbers that opened their pages there, with spaces between."""
    place: Place = here()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger. `until` or `moved_to` filled means: retired."""

    number: str
    target: str
    since: str
    until: str
    moved_to: str
    note: str = field(repr=False)
    """For whoever keeps the ledger: no product knows it, so no key holds it."""
    place: Place = here()


def led_on(entries: Iterable[Entry], target: str, known: Container[str]) -> str:
    """Where readers of a retired number arrive: what it leads to, or where that leads when it was retired itself.
    Empty when the way ends nowhere."""
    ways = {entry.target: entry.moved_to for entry in entries if entry.until and entry.moved_to}
    passed: set[str] = set()
    while target not in known:
        passed.add(target)
        target = ways.get(target, "")
        if not target or target in passed:
            return ""
    return target


APPROVALS = "content/approvals.csv"
"""The book of approvals."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One row of the book of approvals: a unit approved one text of one lesson."""

    slug: str
    text: str
    """Short name of the text as a reader gets it."""
    unit: str
    day: date
    sheet: str = field(default="", repr=False, compare=False)
    """Where the signed sheet is kept."""
    note: str = field(default="", repr=False, compare=False)
    place: Place = here()
    unclear: bool = field(default=False, repr=False, compare=False)
    """Read as a withdrawal, though it does not say so as we write it."""

    @property
    def signer(self) -> str:
        """By whom and when, in one word: papers print it."""
        return f"@{digest_of(self.text, self.unit, f'{self.day:%Y-%m-%d}')[:12]}"
