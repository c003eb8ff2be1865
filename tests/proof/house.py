"""Papers as a build prints them, with the ledger that is their witness."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.engine.items import Bench, Desk, Handed, Item, Result
from generator.handbook.model import Entry
from generator.press.browser import Browser, Sheet
from generator.products import plan_product
from generator.proof.faults import FileProof
from generator.proof.file import prove_file
from generator.proof.folder import Promise

PROVE = os.environ.get("HOCSO_PROVE") == "1"
PRODUCTS = ("qr", "leaflet", "booklet", "fold", "entry", "poster", "sheet", "grandchild", "large", "trainer", "picture",
            "review", "screens", "shop", "ink", "inkbook")


@dataclass(frozen=True)
class House:
    papers: Mapping[str, bytes]
    """What would lie in `print/` and `qr/`, by its path."""
    ledger: Mapping[str, Entry]
    wraps: Mapping[str, str] = field(default_factory=dict)
    """How each heading was to be broken into lines."""
    signs: Mapping[str, str] = field(default_factory=dict)
    """What stands beside each warning."""

    def prove(self, name: str, data: bytes | None = None, ledger: Mapping[str, Entry] | None = None) -> FileProof:
        """As it was printed, or what has become of it."""
        return prove_file(self.papers[name] if data is None else data, Promise(f"dist/{name}"), ledger or self.ledger,
                          self.reading(name))

    def reading(self, name: str) -> bytes | None:
        beside = Promise(name).to_read
        return self.papers[f"{name.rpartition('/')[0]}/{beside}"] if beside else None

    @property
    def pdfs(self) -> dict[str, bytes]:
        return {path: data for path, data in self.papers.items() if path.endswith(".pdf")}

    @property
    def to_read(self) -> dict[str, bytes]:
        return {path: data for path, data in self.pdfs.items() if not Promise(path).kind.laid}


def print_house(table: Desk, wanted: Iterable[str], browser: Browser, memory: Path) -> House:
    """`wanted` are names of items or of products; none for all of all products."""
    items = {item.name: item for product in PRODUCTS for item in plan_product(product, table)}
    done: dict[str, Result] = {}
    with _watching() as seen:
        for name in dict.fromkeys(_with_needs(items, wanted)):
            needed = {need: _hand(done[need]) for need in items[name].needs}
            done[name] = items[name].make(Bench(table.project, lambda: browser, memory, needed))
    papers = {path: data for made in done.values() for path, data in made.files.items()
              if path.startswith(("print/", "qr/")) and path.endswith((".pdf", ".png"))}
    return House(papers, {entry.number: entry for entry in reversed(table.handbook.ledger)}, *seen)


SEEN = """() => [
  [...document.querySelectorAll('h1, h2, h3, h4, .cover .title')].map(one =>
    [one.textContent.trim(), getComputedStyle(one).textWrap.replace('wrap ', '')]),
  [...document.querySelectorAll('.guard, .warn')].map(one =>
    [one.textContent.trim(), (one.querySelector('.icon') || one).classList.value]),
]"""


@contextmanager
def _watching() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Whatever is printed or photographed meanwhile is asked how its headings break and which sign a warning has."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    with pytest.MonkeyPatch.context() as patch:
        for name in ("pdf", "png"):
            machine = getattr(Sheet, name)

            def look(sheet: Sheet, *size: float, machine: Callable[..., bytes] = machine) -> bytes:
                for kept, seen in zip(found, sheet.evaluate(SEEN), strict=True):
                    kept.update(seen)
                return machine(sheet, *size)

            patch.setattr(Sheet, name, look)
        yield found


def _with_needs(items: Mapping[str, Item], wanted: Iterable[str]) -> Iterator[str]:
    for want in wanted or items:
        found = [name for name in items if want in (name, items[name].product)]
        assert found, f"no item {want}"
        for name in found:
            yield from items[name].needs
            yield name


def _hand(result: Result) -> Handed:
    return Handed({path: len(data) for path, data in result.files.items()}, result.facts, result.files.__getitem__)
