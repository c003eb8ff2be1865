"""What there is to look at in a built tree, by product; and what stands beside it in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.commands.comparing.compare import PLACES, SUFFIXES
from generator.engine.tree import MANIFEST, edition_of, read_tree
from generator.ground.errors import UsageError
from generator.ground.files import walk_files
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.products import NAMES, known_paper, products

MOST = 64
"""Pictures of one product, on each side: more are chosen from evenly."""
KINDS = {**SUFFIXES, ".mp4": "film"}
USUAL = {"paper": 8, "film": 12, "page": 4, "picture": 1}
"""Pictures that show one file well enough, where it does not say itself how many it has."""
OTHER = Text("Khác", "Other")


@dataclass(frozen=True)
class Side:
    """A built tree, or a folder of files that came from one."""

    root: Path
    products: Mapping[str, str]
    """Path below it → its product; empty where nobody knows it."""

    def read(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True)
class Group:
    """Files of one product, in the order people ask for them."""

    name: str
    files: tuple[str, ...]
    """Those chosen to be shown."""
    more: int
    """Files that are not."""
    each: int
    """So many pictures of each at most."""

    @property
    def label(self) -> Text:
        label = products()[self.name].label if self.name in NAMES else Text(self.name, self.name)
        return Text(*(word[:1].upper() + word[1:] for word in label)) if self.name else OTHER


def find_side(folder: Path) -> Side:
    """What the tree tells of itself; of a folder without that, its files by their names."""
    if not folder.is_dir():
        raise UsageError(*said("look/nothing", path=folder))
    told = {path: file for path, file in read_tree(folder).files.items() if edition_of(path) == ROOT}
    found: dict[tuple[str, str], str] = {}
    for path in sorted(told, key=lambda one: (not one.startswith("print/"), one)):
        if kind_of(path, told[path].product) and (folder / path).is_file():
            found.setdefault((told[path].product, told[path].sha), path)  # for the site to offer: the same bytes
    if told:
        return Side(folder, {path: product for (product, _), path in found.items()})
    names = (path.relative_to(folder).as_posix() for path in walk_files(folder))
    return Side(folder, {name: known.product.name if (known := known_paper(name)) else ""
                         for name in names if kind_of(name, "")})


def kind_of(path: str, product: str) -> str:
    """Empty for what nobody looks at by itself: pictures of the site stand in its pages."""
    kind = KINDS.get(PurePosixPath(path).suffix, "")
    return "" if product == "site" and kind != "page" else kind


def narrowed(paths: Sequence[Path]) -> tuple[Path, tuple[str, ...]]:
    """The one tree in which all of them lie, and their places there. A folder of loose files is its own tree."""
    absolute = [path.absolute() for path in paths]
    for path in absolute:
        if not path.exists():
            raise UsageError(*said("look/nothing", path=path))
    first = absolute[0]
    above = (folder for folder in (first, *first.parents) if (folder / MANIFEST).is_file())
    root = next(above, first if first.is_dir() else first.parent)
    for path in absolute:
        if not path.is_relative_to(root):
            raise UsageError(*said("look/apart", path=path, root=root))
    return root, tuple(path.relative_to(root).as_posix() for path in absolute)


def groups(files: Mapping[str, str], within: Sequence[str]) -> list[Group]:
    """By product, papers first; `within` are the only places that are asked for."""
    wanted: dict[str, list[str]] = {}
    for path, product in files.items():
        if any(place in (".", path) or path.startswith(f"{place}/") for place in within):
            wanted.setdefault(product, []).append(path)
    order = {name: place for place, name in enumerate(NAMES)}
    return [_group(name, sorted(wanted[name], key=_asked_for))
            for name in sorted(wanted, key=lambda one: (order.get(one, len(order)), one))]


def _group(name: str, paths: Sequence[str]) -> Group:
    usual = sum(map(_usual, paths)) / len(paths)
    chosen = evenly(len(paths), max(1, round(MOST / usual)))
    return Group(name, tuple(paths[place] for place in chosen), len(paths) - len(chosen), max(1, MOST // len(chosen)))


def _usual(path: str) -> int:
    known = known_paper(path)
    return known.kind.pages if known and known.kind.pages else USUAL[kind_of(path, "")]


def _asked_for(path: str) -> tuple[int, str]:
    inside = path.removeprefix("site/")
    return next(place for place, start in enumerate(PLACES) if inside.startswith(start)), path


def evenly(count: int, most: int) -> list[int]:
    """Places from 0, first and last among them."""
    if count <= most:
        return list(range(count))
    return [round(step * (count - 1) / max(1, most - 1)) for step in range(most)]
