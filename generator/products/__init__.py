"""Products: one file each, one door: `PRODUCT` and `plan(desk) -> items`. They never see each other.

The files are the registry: whatever stands in one of the four rooms is a product, and says itself what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from generator.engine.items import Desk, Item
from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.handbook.mistakes import nearest
from generator.handbook.model import Handbook
from generator.products.lesson import without_office
from generator.products.product import SITE, Beside, Kind, Product

ROOMS = ("papers", "films", "pages", "carry")
"""In the order they are made: pages offer papers and films, and the last room carries all others."""
_HOME = {path.stem: room for room in ROOMS for path in sorted((Path(__file__).parent / room).glob("*.py"))
         if path.stem != "__init__"}
READ = ("print/", "qr/")
"""What is handed out on paper, or drawn for it."""
FILMS = ("clip", "vertical")
"""At their end a code stands, which opens a page of the country."""
OFFICE = ("review", "screens", "storyboard")
"""Papers of those who make the book: nobody hands them out."""
NAMES = tuple(_HOME)
"""Known without opening a file: who only asks for names does not pay for what they use."""


def _module(name: str) -> ModuleType:
    return import_module(f"generator.products.{_HOME[name]}.{name}")


@cache
def products() -> dict[str, Product]:
    """All there are, by name; a file that does not say what it is ends the program here."""
    found: dict[str, Product] = {}
    for name in NAMES:
        module = _module(name)
        product = getattr(module, "PRODUCT", None)
        if not isinstance(product, Product) or product.name != name or not hasattr(module, "plan"):
            raise TypeError(f"generator/products/{_HOME[name]}/{name}.py needs PRODUCT = Product({name!r}, …) and plan")
        if any(kind.holds == "words" for kind in product.beside) != hasattr(module, "said_today"):
            raise TypeError(f"generator/products/{_HOME[name]}/{name}.py needs said_today, for its words alone")
        found[name] = product
    patterns = [kind.file for product in found.values() for kind in product.papers]
    if twice := {file for file in patterns if patterns.count(file) > 1}:
        raise TypeError(f"two kinds of paper under one name: {', '.join(sorted(twice))}")
    return found


class Known(NamedTuple):
    """What is known of a paper from its name alone."""

    product: Product
    kind: Kind
    name: str
    """What the `*` of its kind stands for."""


@lru_cache(maxsize=4096)
def known_paper(path: str) -> Known | None:
    """By the kind that says most of the name; None when no product makes such a file."""
    found = [Known(product, kind, match[1]) for product in products().values() for kind in product.papers
             if (match := kind.pattern.search(path))]
    return max(found, key=lambda known: len(known.kind.file), default=None)


@lru_cache(maxsize=4096)
def known_beside(path: str) -> tuple[Beside, str] | None:
    """What it is, and its lesson if it is of one, by the kind that says most of the name."""
    found = [(kind, "".join(match.groups())) for product in products().values() for kind in product.beside
             if (match := kind.pattern.search(path))]
    return max(found, key=lambda known: len(known[0].file), default=None)


def standard() -> tuple[str, ...]:
    """Made when no product is named."""
    return tuple(name for name, product in products().items() if product.standard)


def prints(names: Iterable[str]) -> bool:
    """Whether one of them shows codes that are printed, or is one."""
    return any(kind.code_mm or kind.about for name in names for kind in products()[name].papers)


def takes_browser(name: str) -> bool:
    return products()[name].takes_browser


def is_laid(name: str) -> bool:
    return any(kind.is_laid for kind in products()[name].papers)


def modules_of(name: str) -> tuple[str, ...]:
    """What runs when it is made, besides what these import: a browser is handed over at the bench."""
    return (f"generator.products.{_HOME[name]}.{name}", *(("generator.press.browser",) if takes_browser(name) else ()))


def plan_product(name: str, desk: Desk) -> list[Item]:
    """Items that say whose they are: what stands published is known by it."""
    product = products()[name]
    seen = desk if product.office else desk.showing(without_office(desk.handbook, signed=product.signed))
    items: list[Item] = _module(name).plan(seen)
    for item in items:
        if item.product != name or item.name.partition(":")[0] != name:
            raise TypeError(f"an item of `{name}` is called `{item.name}`, of the product `{item.product}`")
        if item.paper and not takes_browser(name):
            raise TypeError(f"`{item.name}` takes a browser, and PRODUCT of `{name}` does not say so")
    return items


def strange_files(name: str, files: Iterable[str]) -> list[str]:
    """Files outside the site that a product made and does not say it makes: nobody would know how to prove them."""
    product = products()[name]
    own = [*(kind.pattern for kind in product.papers), *(kind.pattern for kind in product.beside)]
    return [file for file in files if not file.startswith(SITE) and not any(pattern.search(file) for pattern in own)]


def words_today(kind: Beside, book: Handbook, slug: str) -> str:
    """What such a file of this lesson would say today in the edition shown; as a build sees the book."""
    seen = without_office(book)
    name = next(product.name for product in products().values() if kind in product.beside)
    told: str = _module(name).said_today(seen, seen.by_slug[slug])
    return told


def code_today(kind: Beside, address: str) -> bytes:
    """The drawing that such a file holds of this address."""
    name = next(product.name for product in products().values() if kind in product.beside)
    drawn: bytes = _module(name).drawn_today(address)
    return drawn


def folders() -> tuple[str, ...]:
    """Where files lie that a proof opens; the site holds copies of them."""
    opened = [kind.file for product in products().values() for kind in product.papers]
    opened += [kind.file for product in products().values() for kind in product.beside if kind.holds]
    return tuple(sorted({file.partition("/")[0] for file in opened if not file.startswith(SITE)}))


def known_product(name: str) -> str:
    if name not in NAMES:
        known = ", ".join(NAMES)
        if likely := nearest(name, NAMES):
            raise UsageError(*said("cli/no-product", name=name, likely=likely, known=known))
        raise UsageError(*said("cli/no-product-like", name=name, known=known))
    return name
