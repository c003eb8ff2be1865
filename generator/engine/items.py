"""The one door of every product: `plan(desk) -> items`, and an item's `make(bench) -> Result`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator.ground.errors import DiskError
from generator.ground.files import Project, digest_of
from generator.ground.findings import Finding, Text
from generator.ground.said import said
from generator.handbook.model import Handbook
from generator.press.orders import Asking, finish
from generator.press.pages import Theme

if TYPE_CHECKING:
    from generator.ground.history import Past
    from generator.press.browser import Browser
    from generator.press.remember import Press

Codes = Mapping[int, Collection[str]]
"""Payloads by page; pages not named hold none. Page 0: somewhere in the file."""
DRAWN, SPOKEN, SEEN = "drawn", "voices", "seen"
"""Folders of what the press remembers, and those who read what it made."""
MOST_KEPT = 2_000_000
"""Bytes of a file that is kept in mind: pictures and short recordings, no films."""
ALL_BEFORE = "*"
"""Among needs: every item of the standard products made before this one."""


@dataclass(frozen=True)
class Desk:
    """What planning knows. Nothing here is made or written."""

    project: Project
    handbook: Handbook
    """Of one edition, after `select`."""
    moment: int
    """The month of *now*, as its first second: nothing finer may shape a page, or each commit would print all anew."""
    browser: str
    """Version of the browser; empty when there is none."""
    labels: Mapping[str, Text] = field(default_factory=dict)
    """What each product is called."""
    past: Past | None = None
    """When each file of the project last changed; None where nobody asked."""
    lacking: frozenset[str] = frozenset()
    """Standard products this tree will not hold: neither asked for nor published before. No page leads to them."""
    rewritten: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Of lessons signed once and changed since, words before and now, for who signs again."""
    develop: Callable[[Project, str, bytes], bytes] = lambda _project, _file, data: data
    """What readers get of a file. Handed in, for keys hold what came out, not how."""

    @cached_property
    def theme(self) -> Theme:
        return Theme(self.project.theme)

    def showing(self, handbook: Handbook) -> Desk:
        """The same with another handbook; what was read stays read."""
        other = replace(self, handbook=handbook)
        other.__dict__.update(theme=self.theme, _read=self._read)
        return other

    def digest(self, *parts: object) -> str:
        """Digest of all that goes into an item besides code and theme, which the engine adds."""
        return digest_of(*parts)

    def picture(self, file: str) -> bytes:
        """Bytes of what stands beside a lesson: a picture as readers get it, a recording, a film. Products open no file
        themselves."""
        if file in self._read:
            return cast("bytes", self._read[file])
        data = self.develop(self.project, file, self.project.path(file).read_bytes())
        if len(data) <= MOST_KEPT:
            self._read[file] = data
        elif self._read.setdefault(("digest", file), now := digest_of(data)) != now:
            raise DiskError(*said("desk/changed", file=file))
        return data

    def original(self, file: str) -> bytes:
        """As it lies beside the lesson: what an approval is about."""
        return cast("bytes", self._once(("original", file), lambda: self.project.path(file).read_bytes()))

    @cached_property
    def _read(self) -> dict[object, Any]:
        """Once a build: what was saved meanwhile is not made under the key of what stood there before."""
        return {}

    def _once(self, what: object, look: Callable[[], Any]) -> Any:
        if what not in self._read:
            self._read[what] = look()
        return self._read[what]

    @property
    def settings(self) -> bytes:
        """`mkdocs.yml`, for whoever hands it to MkDocs."""
        return self.picture("mkdocs.yml")

    def has(self, file: str) -> bool:
        return bool(self._once(("has", file), self.project.path(file).is_file))


@dataclass(frozen=True)
class Result:
    """What an item made: files by their path below the edition's tree (`site/…`, `print/…`, `qr/…`)."""

    files: Mapping[str, bytes]
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Small things others ask for, JSON only: `{"pages": 2}`."""
    findings: tuple[Finding, ...] = ()
    """What the build tells the editor: a screen left out, a recording read too fast."""
    codes: Mapping[str, Codes] = field(default_factory=dict)
    """What the proofreader must find in a file under `print/`."""


@dataclass(frozen=True)
class Handed:
    """What a needed item hands over."""

    sizes: Mapping[str, int]
    facts: Mapping[str, Any]
    read: Callable[[str], bytes]
    codes: Mapping[str, Codes] = field(default_factory=dict)


@dataclass
class Bench:
    """Where items are made: one warm browser, a memory of earlier builds, what was needed."""

    project: Project
    start_browser: Callable[[], Browser | Press]
    memory: Path
    needed: Mapping[str, Handed] = field(default_factory=dict)
    """By item name; an item that could not be made is absent."""

    @property
    def browser(self) -> Press:
        """Or a browser itself, which can all that its memory can."""
        return cast("Press", self.start_browser())

    def recall(self, key: str) -> Any:
        """What an earlier build remembered; a hint that may be wrong or gone, never an input."""
        try:
            return json.loads((self.memory / f"{key}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def remember(self, key: str, value: Any) -> None:
        self.memory.mkdir(parents=True, exist_ok=True)
        (self.memory / f"{key}.json").write_text(json.dumps(value), "utf-8")


@dataclass(frozen=True)
class Item:
    product: str
    name: str
    """Unique: `leaflet:quet-ma-qr`."""
    digest: str
    begin: Callable[[Bench], Result | Asking]
    """The result, or a paper on its way: it asks the browser for this and that, with others at one go."""
    sources: tuple[str, ...]
    """Project paths of what an editor wrote for it."""
    needs: tuple[str, ...] = ()
    """Items made before this one and handed over; absent ones (no browser, not asked for) are left out."""
    paper: bool = False
    """True when it takes a browser."""
    together: bool = False
    """True for papers that are begun together."""

    def make(self, bench: Bench) -> Result:
        """By itself."""
        return finish({self.name: partial(self.begin, bench)}, bench.start_browser)[self.name]
