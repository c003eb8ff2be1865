"""Every table about products comes from what their files say: that they say enough, and nothing twice."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from generator.checks.structure.names import ENDINGS
from generator.engine.items import Item, Result
from generator.engine.tree import Part, Published, Tree, join
from generator.ground.history import Past
from generator.products import NAMES, known_paper, plan_product, products, strange_files, takes_browser
from generator.products.product import OFFERED, Kind
from generator.standing import still_made
from generator.workshop import Setting, wanted_products
from tests.desks import MOMENT, desk, handbook

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
KINDS = {kind.file: kind for product in products().values() for kind in product.papers}
OF_NO_PRODUCT = ("tokens.css", "diff", "preview", "proof", "parts")
"""What all share, and what only commands show."""
PULLED_IN = re.compile(r"{%-? *(?:import|include|extends|from) *\"([^\"]+)\"")


def test_what_is_laid_out_of_signed_papers_says_so_too() -> None:
    """The same words stand on it: who approved it, and when; and its own note must name that row."""
    owners = {kind.file: product for product in products().values() for kind in product.papers}
    laid = [(product.name, owners[kind.made_of].name) for product in products().values() for kind in product.papers
            if kind.made_of and owners[kind.made_of].signed and not product.signed]
    assert not laid


def test_no_name_ends_like_papers_of_another() -> None:
    """What stands behind the name of a lesson or book in papers' files is known to whoever checks names."""
    ends = {file.partition("*")[2].removesuffix(".pdf") for file in KINDS if "*" in file and file.endswith(".pdf")}
    assert ends - {""} <= {*ENDINGS}


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
    assert not kind.made_of or not KINDS[kind.made_of].laid
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


# What stands published.


def standing() -> Tree:
    """One file and one item of every product."""
    return Tree({f"print/{name}.pdf": Published("0", name, ()) for name in NAMES},
                {f"viet-nam/{name}:a": "key" for name in NAMES})


@pytest.mark.parametrize("name", NAMES)
def test_a_product_takes_a_browser_if_one_of_its_items_does(name: str) -> None:
    """Whoever does not say so would have its papers taken out by a build on a machine without one."""
    assert any(item.paper for item in plan_product(name, desk())) == takes_browser(name)


@pytest.mark.parametrize("asked", [(), *((name,) for name in NAMES if not takes_browser(name))], ids=str)
def test_without_a_browser_no_paper_disappears(asked: tuple[str, ...]) -> None:
    setting = Setting(handbook(), MOMENT, "", Past(), asked)
    wanted = wanted_products(setting)
    left = join(standing(), [Part("viet-nam", wanted, {}, {})])
    kept = {name for name in NAMES if takes_browser(name) or (asked and name not in asked)}
    assert len(kept) > 10 and {file.product for file in left.files.values()} >= kept
    assert {item.split("/")[1].split(":")[0] for item in left.items} >= kept


def test_what_a_product_that_is_no_more_has_left_goes() -> None:
    gone = Published("0", "brochure", ())
    tree = Tree({**standing().files, "print/old.pdf": gone}, {**standing().items, "viet-nam/brochure:old": "key"})
    assert still_made(tree) == standing()


@pytest.mark.parametrize(("change", "said"), [
    ({"name": "share:a"}, "share:a"), ({"product": "leaflet"}, "of the product `leaflet`"),
    ({"paper": True}, "browser"),
])
def test_an_item_says_whose_it_is(monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str) -> None:
    from generator.products.carry import qr

    item = replace(Item("qr", "qr:1041", "", lambda _: Result({}), ()), **change)  # type: ignore[arg-type]
    monkeypatch.setattr(qr, "plan", lambda _desk: [item])
    with pytest.raises(TypeError, match=re.escape(said)):
        plan_product("qr", desk())


def test_a_file_of_no_kind_is_strange() -> None:
    files = ["print/leaflets/a.pdf", "print/giay-la/a.pdf", "site/x.png", "print/posters/a.txt"]
    assert strange_files("leaflet", files) == ["print/giay-la/a.pdf", "print/posters/a.txt"]
    assert strange_files("poster", files[3:]) == []
    assert strange_files("qr", files[:1]) == files[:1]
