"""What published trees hold in a store's place: a note a tree, so that a torn one harms no other."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.ground.files import digest_of
from generator.ground.whole import read_sealed, seal, write_whole

State = tuple[int, int, int]
"""Which file that is."""


class Lent:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[str, State] = {}
        self._notes: dict[str, dict[str, Any]] = {}
        self._places: dict[str, list[tuple[Path, str]]] = {}
        self.look()

    def note(
        self, tree: Path, files: Mapping[str, str], items: Mapping[str, str], signed: Iterable[str]
    ) -> None:
        """By the way from here where both move together. With what the note beside the tree tells, too, for when that
        is torn."""
        project = self.folder.parents[1]
        where = os.path.relpath(tree, self.folder) if tree.is_relative_to(project) else str(tree)
        name = digest_of(where)[:16]
        body = json.dumps({"tree": where, "files": dict(files), "items": dict(items),
                           "signed": sorted(signed)}).encode()
        if read_sealed(self.folder / name, name) != body:
            write_whole(self.folder / name, seal(name, body))
        self.look()

    def places(self, sha: str) -> Iterator[Path]:
        """Where its bytes should lie."""
        return (tree / path for tree, path in self._places.get(sha, ()))

    def trees(self) -> list[Path]:
        """Those that are still there."""
        return [tree for note in self._notes.values() if (tree := self._tree(note)).exists()]

    def keys(self) -> set[str]:
        """Of the records trees were made of. A tree that is no more is forgotten; a disk may be away for a while."""
        for note in [*self._notes.values()]:
            tree = self._tree(note)
            if not tree.exists() and tree.parent.parent.exists():
                self.strike(tree)
        return {key for note in self._notes.values() for key in note.get("items", {}).values()}

    def told(self, tree: Path, files: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]] | None:
        """Items and what was signed, of a tree that holds just these files."""
        return next(((note["items"], frozenset(note["signed"])) for note in self._notes.values()
                     if self._tree(note) == tree and note["files"] == files and "items" in note), None)

    def strike(self, tree: Path) -> dict[str, str]:
        """Forgets a tree; gives what it held, path → digest."""
        found: dict[str, str] = {}
        for name, note in self._notes.items():
            if self._tree(note) == tree:
                (self.folder / name).unlink(missing_ok=True)
                found |= note["files"]
        self.look()
        return found

    def look(self) -> bool:
        """At the notes as they stand now; whether they are others than before."""
        seen = {path.name: state for path in self.folder.glob("*") if (state := state_of(path))}
        if seen == self._seen:
            return False
        bodies = {name: read_sealed(self.folder / name, name) for name in seen}
        self._seen, self._places = seen, {}
        self._notes = {name: json.loads(body) for name, body in bodies.items() if body is not None}
        for note in self._notes.values():
            tree = self._tree(note)
            for path, sha in note["files"].items():
                self._places.setdefault(sha, []).append((tree, path))
        return True

    def _tree(self, note: Mapping[str, Any]) -> Path:
        return Path(os.path.normpath(self.folder / note["tree"]))


def state_of(path: Path) -> State | None:
    """None when there is no such file; what is no plain file (a pipe would never end) is none."""
    try:
        state = path.lstat()
    except OSError:
        return None
    return (state.st_ino, state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


def file_sha(path: Path) -> str:
    """Empty for what is no plain file."""
    if state_of(path) is None:
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
