"""A product's key holds the code that runs when it is made, and no other."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.ground import code as ground
from generator.ground.code import HOME, Code
from generator.products import NAMES, modules_of, plan_product, standard
from tests.desks import desk
from tests.haste import seconds

pytestmark = pytest.mark.long
MOST_REMADE = 0.19
"""Of all items: 80 of the 425 that a book of 32 lessons has."""
"""Items a change of one module's code makes again, on average over all modules."""


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was parsed before: only what a case changes is parsed again."""
    folder = tmp_path_factory.mktemp("memory")
    Code(folder).digest(*modules_of("site"))
    return folder


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our code that may be changed; nothing of it runs."""
    copy = tmp_path / "generator"
    shutil.copytree(HOME, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(ground, "HOME", copy)
    return copy


def digests(memory: Path | None) -> dict[str, str]:
    known = Code(memory)
    return {name: known.digest(*modules_of(name)) for name in NAMES}


def changed(house: Path, memory: Path, file: str, old: str, new: str) -> set[str]:
    """Products whose key another text of this file changes."""
    before = digests(memory)
    text = (house / file).read_text("utf-8")
    assert old in text
    (house / file).write_text(text.replace(old, new, 1), "utf-8")
    after = digests(memory)
    return {name for name in NAMES if before[name] != after[name]}


BROWSERLESS = {"film", "qr", "server", "stick", "site", "number", "deck", "gallery"}
FILMS = {"clip", "vertical", "led", "storyboard", "loudspeaker"}
TABLE: dict[str, tuple[str, str, str, set[str]]] = {
    "one product": ("products/papers/leaflet.py", "make_leaflet)", "make_leaflet)[:]", {"leaflet"}),
    "what two share": ("products/papers/parts/two_sides.py", "SIDE_MM = 190.0", "SIDE_MM = 191.0", {"leaflet", "ink"}),
    "what some share": ("products/films/parts/reel.py", "LEAVE = 10", "LEAVE = 11", FILMS),
    "what no product takes": ("commands/doctor.py", "def ", "def x_", set()),
    "rules": ("checks/language/length.py", "def ", "def x_", set()),
    "what all stand on": ("engine/items.py", 'ALL_BEFORE = "*"', 'ALL_BEFORE = "**"', set(NAMES)),
    "a lazy import": ("press/framer.py", "assets/stylesheets/", "assets/style-sheets/", {"site"}),
    "the browser": ("press/browser/sheet.py", "width=1280", "width=1281",
                    set(NAMES) - BROWSERLESS),
    "data beside a module": ("press/browser/sheet.js", "innerHTML", "innerText",
                             set(NAMES) - BROWSERLESS),
    "words beside a product": ("products/papers/picture.txt", "joints: và", "joints: hay", {"picture"}),
    "what is said of mistakes": ("ground/findings.toml", "[", "[x", set()),
    "a comment": ("engine/items.py", 'ALL_BEFORE = "*"', 'ALL_BEFORE = "*"  # all', set()),
    "a docstring": ("engine/items.py", '"""What planning knows.', '"""All that planning knows.', set()),
}


@pytest.mark.parametrize("case", TABLE)
def test_a_change_reaches_those_who_run_it(house: Path, memory: Path, case: str) -> None:
    file, old, new, products = TABLE[case]
    assert changed(house, memory, file, old, new) == products


def test_a_new_import_brings_its_whole_closure(house: Path, memory: Path) -> None:
    line = "from generator.press import film\nPRODUCT ="
    assert changed(house, memory, "products/carry/qr.py", "PRODUCT =", line) == {"qr"}
    assert "generator.press.film" in Code(memory).closure(*modules_of("qr"))
    assert "qr" in changed(house, memory, "press/film.py", "FPS = 12", "FPS = 13")


def test_an_import_for_types_alone_runs_nothing(house: Path, memory: Path) -> None:
    line = "if TYPE_CHECKING:\n    from generator.press import film\nPRODUCT ="
    assert changed(house, memory, "products/carry/qr.py", "PRODUCT =", line) == {"qr"}
    assert "generator.press.film" not in Code(memory).closure(*modules_of("qr"))


def test_memory_changes_nothing(memory: Path) -> None:
    assert digests(memory) == digests(None)


def test_libraries_come_from_the_imports_themselves(memory: Path) -> None:
    known = Code(memory)

    def libraries(product: str) -> set[str]:
        return {line.split()[0] for line in known.libraries(known.closure(*modules_of(product)))}

    assert {"segno", "jinja2", "markupsafe"} <= libraries("qr")
    assert not {"mkdocs", "pikepdf", "fonttools", "imageio-ffmpeg"} & libraries("qr")
    assert {"mkdocs", "mkdocs-material", "markdown"} <= libraries("site")
    assert {"pikepdf", "fonttools", "font-roboto", "fontpkg-be-vietnam-pro", "playwright"} <= libraries("leaflet")
    assert {"imageio-ffmpeg", "zxing-cpp"} <= libraries("clip")
    assert all(re.fullmatch(r"[\w.-]+ \S+", line) for line in known.libraries(known.closure(*modules_of("clip"))))


def test_another_version_is_another_key(memory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, told = digests(memory), importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "99" if name == "pikepdf" else told(name))
    shutil.copyfile(memory / ground.MODULES, tmp_path / ground.MODULES)
    after = digests(tmp_path)
    assert {"leaflet", "booklet", "fold"} <= {name for name in NAMES if before[name] != after[name]} < set(NAMES)
    assert before["qr"] == after["qr"]


def test_a_module_changes_few_items_on_average(memory: Path) -> None:
    """Computed, not built: items of each product whose closure holds the module."""
    names = standard()
    count, known = Counter(item.product for name in names for item in plan_product(name, desk())), Code(memory)
    closures = {name: known.closure(*modules_of(name)) for name in count}
    remade = [sum(count[name] for name in count if module in closures[name]) for module in known.modules]
    assert sum(remade) / len(remade) <= MOST_REMADE * sum(count.values())
    assert max(remade) == sum(count.values())


def test_no_code_hides_from_the_closure() -> None:
    """Modules by a computed name, and docstrings that are read, would not be seen."""
    hidden = re.compile(r"import_module|__import__|\bexec\(|\beval\(|__doc__|runpy")
    found = {path.relative_to(HOME).as_posix() for path in HOME.rglob("*.py")
             if hidden.search(path.read_text("utf-8"))}
    scripts = {"press/together.py"}  # there it stands in a script
    rooms_are_lists = {"products/__init__.py", "checks/__init__.py"}  # their files are listed by name
    doors = {"cli.py"}  # no product stands on it
    assert found <= {"ground/code.py"} | scripts | rooms_are_lists | doors


def test_asking_again_costs_little(memory: Path) -> None:
    """A tenth of asking first, of what one run measures; three tries, since others use the machine too."""
    first = seconds(lambda: digests(None))
    assert min(seconds(lambda: digests(memory)) for _ in range(3)) < first / 10
