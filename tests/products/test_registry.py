"""Every table about products comes from what their files say: that they say enough, and nothing twice."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from generator.products import NAMES, known_paper, products
from generator.products.product import OFFERED, Kind

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
KINDS = {kind.file: kind for product in products().values() for kind in product.papers}
OF_NO_PRODUCT = ("tokens.css", "preview", "proof", "parts")
"""What all share, and what only commands show."""
PULLED_IN = re.compile(r"{%-? *(?:import|include|extends|from) *\"([^\"]+)\"")


def theme_files() -> set[str]:
    return {path.relative_to(THEME).as_posix() for path in THEME.rglob("*") if path.is_file()}


def belongs(file: str, owners: set[str]) -> bool:
    return any(file == owner or file.startswith(f"{owner}/") for owner in owners)


def with_what_they_pull_in(files: set[str]) -> set[str]:
    pulled = {name for file in files if file.endswith(".html") and not file.startswith("site/")
              for name in PULLED_IN.findall((THEME / file).read_text("utf-8"))}
    return files if pulled <= files else with_what_they_pull_in(files | pulled)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_product_wears_is_there(name: str) -> None:
    missing = {file for file in products()[name].theme_files if not (THEME / file).exists()}
    assert not missing, f"theme/ lacks what {name} names"


def test_every_file_of_the_theme_has_an_owner() -> None:
    named = set(chain.from_iterable(product.theme_files for product in products().values()))
    owners = with_what_they_pull_in({file for file in theme_files() if belongs(file, named)}) | named
    assert not {file for file in theme_files() if not belongs(file, owners | {*OF_NO_PRODUCT})}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_paper_is_known_by_its_name_wherever_it_lies(kind: Kind) -> None:
    name = "quet-ma-qr" if "*" in kind.file else ""
    for path in (kind.path(name), f"dist/editions/ha-noi/{kind.path(name)}", f"{OFFERED}{kind.path(name)}"):
        known = known_paper(path)
        assert known and known.kind is kind and known.name == name and kind in known.product.papers


@pytest.mark.parametrize("path", ["print/giay-la.pdf", "print/leaflets/a/b.pdf", "qr/1041.svg", "leaflets.pdf", ""])
def test_a_strange_name_is_known_to_nobody(path: str) -> None:
    assert known_paper(path) is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_was_laid_out_names_papers_that_are_printed(kind: Kind) -> None:
    assert not kind.made_of or KINDS[kind.made_of].template
    assert not kind.laid or kind.made_of


def test_shelves_stand_in_one_order() -> None:
    offered = [kind.shelf for kind in KINDS.values() if kind.shelf]
    shelves = {shelf for own in offered for shelf in (own, own.cards, own.whole) if shelf}
    assert len({shelf.place for shelf in shelves}) == len({shelf.title for shelf in shelves}) == len(shelves) > 5


def test_products_are_known_without_a_browser() -> None:
    """The proofreader asks them, and it may stand on a machine that prints nothing."""
    program = "import sys; from generator.products import products; products(); print('playwright' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
