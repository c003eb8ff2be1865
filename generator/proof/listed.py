"""Which files no release lists: approved ones carry no mark, so nothing else tells them from those to hand out. And
lists that say who signed, where nobody stands by it any more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from generator.ground.findings import Text
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval
from generator.proof.faults import Fault
from generator.proof.folder import SITE, Promise
from generator.proof.today import Witness, no_more, written
from generator.signatures import JSON, TEXT, lines_gone, rows_gone

BUILT, LIST = "build.json", JSON
"""Beside the folders of every built tree; and of a released one."""
SHEETS = (JSON, TEXT)
EDITIONS = "editions"
"""Holds the trees of all places but the root."""


def unreleased(paths: Iterable[Path]) -> list[Path]:
    """Files of a built tree that its `phat-hanh.txt` does not list; of a file elsewhere nobody knows."""
    promised = (path for path in paths if Promise(path.as_posix()).is_released)
    return [path for path, own, listed in _in_trees(promised)
            if not own.startswith(SITE) and own not in listed]  # the site offers, nobody hands out from it


def released(paths: Iterable[Path]) -> list[Path]:
    """Those that lie in the tree of a release, whose list names them."""
    return [path for path, own, listed in _in_trees(paths) if own in listed]


def is_in_release(path: Path) -> bool:
    """Whether it lies in the tree of one, listed or not."""
    tree = _tree_of(path)
    return tree is not None and (tree / LIST).is_file()


def _in_trees(paths: Iterable[Path]) -> Iterator[tuple[Path, str, frozenset[str]]]:
    """Of those that a build made: their names in its tree, and what its release lists, read once a tree."""
    listed = cache(lambda tree: _listed(tree / LIST))
    for path in paths:
        if (tree := _tree_of(path)) is not None:
            yield path, path.absolute().relative_to(tree).as_posix(), listed(tree)


def _tree_of(path: Path) -> Path | None:
    return next((folder for folder in path.absolute().parents if (folder / BUILT).is_file()), None)


def edition_of(path: Path) -> str:
    """Whose tree it lies in; empty of a file elsewhere."""
    below = next((folder for folder in path.absolute().parents if folder.parent.name == EDITIONS), None)
    return below.name if below else ROOT if _tree_of(path) else ""


def _listed(sheet: Path) -> frozenset[str]:
    try:
        told: dict[str, Any] = json.loads(sheet.read_text("utf-8"))
        return frozenset([*(row["file"] for row in (*told["print"], *told["pictures"])), *told["qr"]])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def film_slugs(sheet: Path) -> list[str]:
    """Lessons whose films a release made; one of an older program does not tell."""
    try:
        return [*json.loads(written(sheet.read_bytes()))["film_codes"]["slugs"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def prove_sheets(
    witness: Witness, rows: Sequence[Approval], sheets: Iterable[Path],
) -> Iterator[tuple[Path, Fault]]:
    """What it says lay there when it was written; it is no list to print from once a row is taken back."""
    for path in sheets:
        told = written(path.read_bytes())
        for who, name in dict.fromkeys((rows_gone if path.suffix == Path(LIST).suffix else lines_gone)(rows, told)):
            yield path, Fault("unapproved", no_more(witness, name, Text(
                f"ghi {who} đã ký, sổ duyệt nay không còn dòng ấy. Phát hành lại (hocso build … --release), hay bỏ tệp "
                "này", f"says {who} has signed, a row that the book of approvals holds no more. Release again (hocso "
                "build … --release), or take this file away")))
