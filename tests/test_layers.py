"""Who may import whom: the rooms of the house stand one above the other, and one library has one door."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path
         for path in sorted((ROOT / "generator").rglob("*.py"))}

ONE_DOOR = {
    "playwright": {"press.browser"},
    "pikepdf": {"press.binder"},
    "segno": {"press.drawer"},
    "pypdfium2": {"press.proof"},
    "zxingcpp": {"press.proof"},
    "cv2": {"press.proof"},
    "numpy": {"press.proof"},
    "fontTools": {"press.fonts"},
    "imageio_ffmpeg": {"press.film"},
    "yaml": {"handbook.yaml_tree"},
    "mkdocs": {"mkdocs_plugin"},
    "jinja2": {"press.pages"},
}
SMALL = {"errors", "files", "findings", "history"}
"""What every room may use; they use only each other."""
ROOMS = {
    # Room → the other rooms it may look into.
    "handbook": set(),
    "checks": {"handbook"},
    "press": {"handbook"},
    "products": {"handbook", "press", "items"},
    "proving": {"handbook", "press", "items", "store"},  # reads finished files; keeps what it saw in the store
    "linking": {"handbook", "checks", "store", "progress"},
    "preview": {"handbook", "checks", "press", "products", "items", "build", "make", "publish", "progress", "store"},
}
TOP = {"cli", "__main__", "serve", "fix", "new", "doctor", "due", "numbers", "proof_run", "schema"}
"""Commands: nothing but the command line knows them."""
EXCEPTIONS = {
    ("products.site", "mkdocs_plugin"),  # the site is MkDocs' work; the plugin is its door
    ("checks.demands", "products"),  # the names of products, nothing of their making
    ("checks.rules.freshness", "due"),  # after how many days a review is old
    ("new", "numbers"), ("cli", "*"), ("__main__", "cli"),
}


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
    known = imports(FILES[name]) & (set(FILES) | {f"generator.{room}" for room in ROOMS})
    return {module.removeprefix("generator.") for module in known if module != "generator"}


@cache
def is_product(name: str) -> bool:
    """A file in `products/` with the one door; the others are what products share."""
    tree = ast.parse(FILES[name].read_text("utf-8"))
    return name.startswith("generator.products.") and any(
        isinstance(node, ast.FunctionDef) and node.name == "plan" for node in tree.body)


def excused(name: str, target: str) -> bool:
    return bool({(name, target), (name, "*")} & EXCEPTIONS)


@pytest.mark.parametrize("library", ONE_DOOR)
def test_one_library_has_one_door(library: str) -> None:
    users = {name.removeprefix("generator.") for name, path in FILES.items()
             if any(module.split(".")[0] == library for module in imports(path))}
    doors = ONE_DOOR[library]
    assert users and all(any(user == door or user.startswith(f"{door}.") for door in doors) for user in users), users


@pytest.mark.parametrize("name", FILES)
def test_rooms_look_only_downwards(name: str) -> None:
    short = name.removeprefix("generator.")
    room = short.split(".")[0]
    wrong = set()
    for target in ours(name):
        other = target.split(".")[0]
        if excused(short, target) or other in SMALL or other == room:
            continue
        if room in SMALL or (room in ROOMS and other not in ROOMS[room]) or other in TOP:
            wrong.add(target)
    assert not wrong


@pytest.mark.parametrize("name", [name for name in FILES if is_product(name)])
def test_products_never_see_each_other(name: str) -> None:
    seen = {target for target in ours(name) if f"generator.{target}" in FILES and is_product(f"generator.{target}")}
    assert not seen - {name.removeprefix("generator.")}


def test_rooms_and_doors_are_there() -> None:
    """A rule about a room that was renamed would hold nothing."""
    rooms = {name.split(".")[1] for name in FILES if name.count(".") > 1}
    assert rooms >= set(ROOMS) and {f"generator.{name}" for name in SMALL | TOP} <= set(FILES)
    assert sum(is_product(name) for name in FILES) >= 5


def test_no_room_for_everything() -> None:
    forbidden = {"utils", "helpers", "manager", "common", "misc", "process"}
    assert not {part for name in FILES for part in name.split(".")} & forbidden
