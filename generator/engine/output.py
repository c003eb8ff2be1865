"""Where a build goes, and whether what lies there is ours to replace."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.engine.lent import file_sha
from generator.engine.tree import BOOK, MANIFEST, NAME, NOTE, Tree, is_noted, read_tree, trees_of
from generator.ground.errors import UsageError
from generator.ground.said import said

MOST_LINKS = 40
STAGING, REPLACED, LINK = "staging", "replaced", "link"
OF_THE_BOOK = frozenset({"content", "qr", "theme"})
HIDDEN = re.compile(r"\.git|\.hocso|\..+\.trees", re.IGNORECASE)
LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini")
"""What file managers leave wherever somebody looks; it is kept."""
SIGNS = frozenset({".gitignore", "lock"})
"""Laid before all else where trees are to lie."""
AMONG_TREES = re.compile(rf"{STAGING}|{REPLACED}|{LINK}|{NAME.pattern}({re.escape(NOTE)})?|.+\.new")


def find_output(asked: Path) -> Path:
    """What people lead elsewhere by a link of their own lies there. Says in one line what must not be replaced."""
    out = _in_real_folder(asked)
    for _ in range(MOST_LINKS):
        if strange := _strange_among(trees_of(out)):
            raise UsageError(*said("out/not-ours", out=out.parent, file=strange))
        if not out.is_symlink() or _is_own_link(out):
            break
        out = _in_real_folder(out.parent / out.readlink())
        if not out.parent.is_dir():
            raise UsageError(*said("out/away", out=asked, there=out.parent))
    else:
        raise UsageError(*said("out/away", out=asked, there=out))
    if os.path.ismount(out):
        raise UsageError(*said("out/disk", out=out))
    refuse_within(asked, out)
    if strange := strange_file(out):
        raise UsageError(*said("out/not-ours", out=asked, file=strange))
    return out


def refuse_within(asked: Path, out: Path) -> None:
    """What is read as the book, or goes with a build."""
    if folder := _taken(out):
        raise UsageError(*said("out/taken", out=asked, folder=folder))
    if tree := next((folder for folder in out.parents if read_tree(folder).files), None):
        raise UsageError(*said("out/inside", out=asked, tree=tree))


def _in_real_folder(path: Path) -> Path:
    """Itself it may be a link."""
    if path.name in ("", ".."):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def _is_own_link(out: Path) -> bool:
    """Into our trees; those of earlier versions lay in the cache."""
    trees = _in_real_folder(out.parent / out.readlink()).parent
    return trees == trees_of(out) or (trees.name, trees.parent.name) == ("trees", ".hocso")


def _taken(out: Path) -> Path | None:
    """The folder of a book, of git or of ours in which it would be read, or go."""
    for folder in (out, *out.parents):
        if (folder / "mkdocs.yml").is_file():
            return None
        of_a_book = folder.name.casefold() in OF_THE_BOOK and (folder.parent / "mkdocs.yml").is_file()
        if of_a_book or HIDDEN.fullmatch(folder.name):
            return folder
    return None


def _strange_among(trees: Path) -> str:
    """The first of what lies where the trees are to lie and is none of ours: old ones go, so must nothing else."""
    if not trees.is_dir() or trees.is_symlink():
        return trees.name if os.path.lexists(trees) else ""
    entries = sorted(os.scandir(trees), key=lambda entry: entry.name)
    ours = any(entry.name in SIGNS for entry in entries)
    return next((f"{trees.name}/{entry.name}" for entry in entries
                 if not _is_litter(entry) and not (ours and _is_of_trees(entry))), "")


def _is_of_trees(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return entry.name in (LINK, REPLACED)
    return bool(entry.name in SIGNS or AMONG_TREES.fullmatch(entry.name)) and (entry.is_dir() or entry.is_file())


def strange_file(out: Path) -> str:
    """The first file that the lists of what stands there do not name, or name with other bytes where nothing but a
    manifest tells of them; empty when all is ours."""
    if not out.is_dir():
        return out.name if os.path.lexists(out) and not out.is_symlink() else ""
    files = read_tree(out).files
    shas = {path: file.sha for path, file in files.items()} if not out.is_symlink() and not is_noted(out) else {}
    known = {*files, MANIFEST} if files else frozenset[str]()
    return next((path for path, litter in _all_below(out, "") if not litter and (
        path not in known or (path in shas and file_sha(out / path) != shas[path]))), "")


def litter_of(out: Path) -> list[str]:
    return [path for path, litter in _all_below(out, "") if litter] if out.is_dir() else []


def _all_below(folder: Path, above: str) -> Iterator[tuple[str, bool]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _all_below(Path(entry.path), f"{above}{entry.name}/")
        else:
            yield above + entry.name, _is_litter(entry)


def _is_litter(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and bool(LITTER.fullmatch(entry.name))


def refuse_other_book(out: Path, home: Path, standing: Tree, mark: str) -> None:
    """Where no project but ours is, a build is ours only if it bears our mark (its digest); at home its address may
    have changed."""
    at_home = next((folder for folder in out.parents if (folder / "mkdocs.yml").is_file()), None) == home
    if standing.files and not at_home and (BOOK not in standing.files or standing.files[BOOK].sha != mark):
        whose = (out / BOOK).read_text("utf-8", "replace").split() if (out / BOOK).is_file() else []
        raise UsageError(*said("out/other-book", out=out, whose=whose[0] if whose else "?"))
