"""Who may import whom: the rooms of the house stand one above the other, and one library has one door."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path
         for path in sorted((ROOT / "generator").rglob("*.py"))}

ONE_DOOR = {
    "playwright": {"press.browser"},
    "pikepdf": {"press.binder"},
    "page": {"press.judge"},
    "segno": {"press.drawer"},
    "pypdfium2": {"press.proof"},
    "zxingcpp": {"press.proof"},
    "cv2": {"press.proof"},
    "numpy": {"press.proof"},
    "fontTools": {"press.fonts"},
    "imageio_ffmpeg": {"press.film"},
    "PIL": {"handbook.recorded.pictures"},
    "pypandoc": {"commands.importing.word"},
    "yaml": {"handbook.yaml_tree"},
    "mkdocs": {"press.framer"},
    "jinja2": {"press.pages"},
    "distributed": {"engine.cluster"},
    "fsspec": {"engine.depot"},
    "zstandard": {"engine.depot"},
    "rcssmin": {"press.squeeze"},
    "rjsmin": {"press.squeeze"},
}
GROUND = "ground"
"""What every room may use; it uses only itself."""
DATA = {"engine.items", "engine.store", "engine.progress"}
"""Of the engine: what products are made of, and what keeps them."""
ROOMS: dict[str, set[str]] = {
    # Room → the other rooms it may look into.
    "ground": set(),
    "handbook": set(),
    "checks": {"handbook"},
    "press": {"handbook"},
    "engine": {"handbook", "press"},
    "products": {"handbook", "press", "engine.items"},
    "proof": {"handbook", "press", "signatures", *DATA},  # keeps what it saw in the store
    "workshop": {"handbook", "press", "engine", "products", "proof"},
    "foreman": {"press", "engine", "products", "workshop"},
    "signatures": {"handbook", "press"},
    "handout": {"handbook", "press", "engine", "products", "signatures"},
    "lapsed": {"handbook", "engine"},
    "standing": {"handbook", "engine", "products", "lapsed", "workshop"},
    "telling": {"handbook", "press", "engine", "products", "handout", "lapsed"},
    "released": {"handbook", "engine", "products", "handout", "signatures", "telling"},
    "build": {"handbook", "checks", "press", "engine", "products", "workshop", "foreman", "handout", "telling",
              "released", "lapsed", "standing"},
    "mkdocs_plugin": {"handbook", "checks", "press", "products"},
    "commands": {"handbook", "checks", "press", "engine", "products", "proof", "workshop", "build"},
    "console": {"handbook"},
    "cli": {"console", "handbook", "checks", "press", "engine", "products", "proof", "foreman", "build", "commands"},
    "__main__": {"cli"},
}
EXCEPTIONS = {
    ("proof.folder", "products"), ("proof.folder", "products.product"),  # what they promise of their papers
    ("checks.records.demands", "products"),  # the names of products, nothing of their making
}
SIDES = {"papers", "pages", "films", "carry"}


@cache
def imports(path: Path) -> set[str]:
    """Every module named in an import, with and without the name taken from it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import hides the room"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def ours(name: str) -> set[str]:
    """Modules of ours that a module imports, below `generator.`."""
    known = {*FILES, *(file.removesuffix(".__init__") for file in FILES)}
    return {module.removeprefix("generator.") for module in imports(FILES[name]) & known} - {"generator"}


@cache
def is_product(name: str) -> bool:
    """A file in a room of products with the one door; what they share lies in `parts/`."""
    tree = ast.parse(FILES[name].read_text("utf-8"))
    return name.startswith("generator.products.") and any(
        isinstance(node, ast.FunctionDef) and node.name == "plan" for node in tree.body)


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


@pytest.mark.parametrize("library", ONE_DOOR)
def test_one_library_has_one_door(library: str) -> None:
    users = {name.removeprefix("generator.") for name, path in FILES.items()
             if any(module.split(".")[0] == library for module in imports(path))}
    doors = ONE_DOOR[library]
    assert users and all(any(inside(user, door) for door in doors) for user in users), users


@pytest.mark.parametrize("name", FILES)
def test_rooms_look_only_downwards(name: str) -> None:
    short = name.removeprefix("generator.").removesuffix(".__init__")
    if short == "__init__":
        return
    room = short.split(".")[0]
    allowed = {room, GROUND, *ROOMS[room]}
    wrong = {target for target in ours(name)
             if not any(inside(target, other) for other in allowed) and (short, target) not in EXCEPTIONS}
    assert not wrong


@pytest.mark.parametrize("name", [name for name in FILES if is_product(name)])
def test_products_never_see_each_other(name: str) -> None:
    seen = {target for target in ours(name) if f"generator.{target}" in FILES and is_product(f"generator.{target}")}
    assert not seen - {name.removeprefix("generator.")}


def edges() -> dict[str, set[str]]:
    """Who imports whom, where code runs; `TYPE_CHECKING` counts too, for a type is knowledge as well."""
    short = {name: name.removeprefix("generator.").removesuffix(".__init__") for name in FILES}
    return {short[name]: ours(name) - {short[name]} for name in FILES}


@pytest.mark.parametrize(("word", "door"), [("strange_fonts", "papers.parts.printing"),
                                            (".warm_sheet(", "films.parts.studio")])
def test_papers_are_printed_in_one_place(word: str, door: str) -> None:
    """Whoever finishes a paper by himself forgets its fonts, its pages or its twin. Films alone take a sheet."""
    hands = {name for name, path in FILES.items() if ".products." in name and word in path.read_text("utf-8")}
    assert hands == {f"generator.products.{door}"}


PAST_THE_DESK = re.compile(r"\b(read_bytes|read_text|r?glob|iterdir|stat|is_file|exists|open|project\.(path|theme))$")


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("generator.products.")])
def test_products_open_no_file_themselves(name: str) -> None:
    """They ask the desk, which knows what each item was made of: a file read past it would be missing in the key."""
    if name == "generator.products.__init__":  # the registry looks at its own rooms
        return
    tree = ast.walk(ast.parse(FILES[name].read_text("utf-8")))
    asked = {ast.unparse(node) for node in tree if isinstance(node, ast.Attribute | ast.Name)}
    assert not {text for text in asked if PAST_THE_DESK.search(text)}


def test_no_circles() -> None:
    """Taking away whoever imports nothing that is left must end with nobody."""
    left = edges()
    while free := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in free}
    assert not left, f"in a circle, or leaning on one: {sorted(left)}"


def test_every_room_has_its_place() -> None:
    """A rule about a room that was renamed would hold nothing, and a new room must say what it may see."""
    rooms = {name.removeprefix("generator.").split(".")[0] for name in FILES} - {"__init__"}
    assert rooms == set(ROOMS)
    seen = [(name.removeprefix("generator."), target) for name in FILES for target in ours(name)]
    assert set(seen) >= EXCEPTIONS
    assert sum(is_product(name) for name in FILES) >= 20


def test_products_stand_in_rooms_that_a_person_can_read_at_a_glance() -> None:
    products = ROOT / "generator/products"
    assert {path.name for path in products.iterdir() if path.is_dir()} - {"__pycache__"} == SIDES
    crowded = {folder.relative_to(products).as_posix() for folder in (products, *products.rglob("*"))
               if folder.is_dir() and len(list(folder.glob("*.py"))) > 16}
    assert not crowded


def test_no_module_grows_over_300_lines() -> None:
    assert not {name for name, path in FILES.items() if len(path.read_text("utf-8").splitlines()) > 300}


def test_no_room_for_everything() -> None:
    forbidden = {"utils", "helpers", "manager", "common", "misc", "process"}
    assert not {part for name in FILES for part in name.split(".")} & forbidden
