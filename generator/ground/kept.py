"""Every text git has kept of a project, wherever it lay inside its repository."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.ground.files import normal_text
from generator.ground.history import BEYOND, COMMIT, STAMP, Commit, ask_git, is_deep, own_prefix

TEXTS = (".md", ".yml")


@dataclass(frozen=True, slots=True)
class Version:
    """What git held of some files at one commit."""

    commit: str
    moment: int
    files: Mapping[str, str]
    """Each file's text, by its path from the project's root."""
    blobs: Mapping[str, str]
    """The id of each file's bytes: two with the same are the same file."""


class Change(NamedTuple):
    """A text that a file had, and the commit that first gave it."""

    file: str
    sha: str
    commit: str
    moment: int


@dataclass(frozen=True)
class Kept:
    """All that git holds of a project."""

    root: Path
    anchor: str
    """The file that tells where the project lay."""

    @cached_property
    def homes(self) -> list[str]:
        """Where it lies, then where it lay before; none without a full history."""
        prefix = own_prefix(self.root)
        if prefix is None or not is_deep(self.root):
            return []
        former = _former_homes(self.root, prefix, self.anchor)
        return [] if former is None else [prefix, *former]

    def versions(self, *paths: str) -> list[Version] | None:
        """Every state of some files (`a/b.csv`) and folders (`a/b/`) up to HEAD, oldest first, HEAD itself last."""
        commits = _commits(self.root, "--reverse", "HEAD", *self._specs(*paths)) if self.homes else None
        if commits is None:
            return None
        head = [("HEAD", stamp) for _, stamp in commits[-1:]]
        return _states(self.root, [*commits, *head], self.homes, paths)

    def elsewhere(self, path: str) -> list[Version]:
        """What branches, tags, stashes and git's own log hold of a file, and HEAD does not stand on."""
        commits = _commits(self.root, *BEYOND, *self._specs(path)) if self.homes else None
        return _states(self.root, commits or [], self.homes, [path]) or []

    def ever(self, path: str) -> list[Version] | None:
        """Every state of a file that any branch, tag, stash or git's own log holds, also in a copy cut short;
        None where git lacks some of it."""
        prefix = own_prefix(self.root)
        if prefix is None:
            return []
        homes = self.homes or [prefix]
        commits = _commits(self.root, "--all", "--reflog", "--", *(f":(top,literal){home}{path}" for home in homes))
        return None if commits is None else _states(self.root, commits, homes, [path])

    def at(self, commits: Iterable[Commit], *paths: str) -> list[Version]:
        """Files and folders as some commits hold them."""
        return _states(self.root, [(one.id, one.moment) for one in commits], self.homes, paths) or []

    def changes(self, *places: str, of: Iterable[Commit] | None = None) -> list[Change] | None:
        """Every text that files and all below folders ever had up to HEAD, oldest first; or what some commits made of
        them, in their order. None where git lacks some. Pictures and films beside them stay where they are."""
        which = ("--reverse", "HEAD") if of is None else ("--no-walk=unsorted", "--stdin")
        given = "".join(f"{one.id}\n" for one in of or ()).encode()
        listed = ask_git(self.root, *_LOG, "--raw", "--no-abbrev", "--no-renames", "-m", "-z", "--format=%x01%H %ct",
                         *which, *self._specs(*places), given=given) if self.homes else None
        words = (listed or b"").decode("utf-8", "replace").replace("\n", "").split("\0")
        found: dict[tuple[str, str], Change] = {}
        commit, moment = "", 0
        for head, file in pairwise(words):
            if said := _COMMIT.fullmatch(head):
                commit, moment = said[1], int(said[2])
            home = next((home for home in self.homes if file.startswith(tuple(f"{home}{one}" for one in places))), None)
            if home is not None and file.endswith(TEXTS) and (raw := _RAW.match(head)) and raw[1].strip("0"):
                name = file.removeprefix(home)
                found.setdefault((name, raw[1]), Change(name, raw[1], commit, moment))
        return None if listed is None else [*found.values()]

    def read(self, shas: Iterable[str]) -> dict[str, str] | None:
        """Texts by their ids; None where git lacks some."""
        return _texts(self.root, sorted({*shas}))

    def bytes_at(self, commit: str, path: str) -> bytes:
        """One file as it was; OSError where git does not hold it."""
        for home in self.homes:
            if f"{home}{path}" in self._names(commit, f"{home}{path}".rpartition("/")[0]) and (
                    data := ask_git(self.root, "cat-file", "blob", f"{commit}:{home}{path}")) is not None:
                return data
        raise FileNotFoundError(path)

    def _names(self, commit: str, folder: str) -> frozenset[str]:
        """What lay in a folder then; asked once, for many files that may be there."""
        if (commit, folder) not in self._listed:
            told = ask_git(self.root, "ls-tree", "--name-only", "-z", "--full-tree", commit, f"{folder}/") or b""
            self._listed[commit, folder] = frozenset(told.decode("utf-8", "replace").split("\0"))
        return self._listed[commit, folder]

    @cached_property
    def _listed(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def files_at(self, commit: str, *places: str) -> dict[str, bytes] | None:
        """Plain files and all below folders as they were, wherever the project lay then; none where it held no anchor,
        None where git lacks some. What leads elsewhere is left out, and a name that no folder of ours would hold."""
        for home in self.homes or [own_prefix(self.root) or ""]:
            listed = ask_git(self.root, "ls-tree", "-r", "-z", "--full-tree", commit, "--",
                             *(f"{home}{place}" for place in places)) or b""
            rows = {name.removeprefix(home): sha for name, sha in _plain_files(listed)}
            if self.anchor in rows:
                return _all_bytes(self.root, rows)
        return {}

    def _specs(self, *paths: str) -> list[str]:
        return ["--", *(f":(top,literal){home}{path}" for home in self.homes for path in paths)]


_LOG = ("log", "--full-history", "--topo-order")
_COMMIT = re.compile(r"\x01([0-9a-f]+) (\d{1,10})")
_RAW = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ")


def _commits(root: Path, *which: str) -> list[tuple[str, int]] | None:
    listed = ask_git(root, *_LOG, "--format=%H %ct", *which, shape=rb"(?:%b %b\n)*" % (COMMIT, STAMP))
    rows = (line.split() for line in (listed or b"").decode().splitlines())
    return None if listed is None else [(commit, int(stamp)) for commit, stamp in rows]


def _former_homes(root: Path, prefix: str, anchor: str) -> list[str] | None:
    """Folders where the project lay before it came here: they held its `anchor` while there was none here; None when
    git does not tell."""
    own = f":(top,literal){prefix}{anchor}"
    began = ask_git(root, *_LOG, "--diff-filter=A", "--no-renames", "-m", "--format=%H", "HEAD", "--", own,
                    shape=rb"(?:%b\n)*" % COMMIT)
    listed = None if began is None else ask_git(
        root, *_LOG, "--name-only", "--no-renames", "-m", "-z", "--format=%x00%H", *began.decode().split(),
        "--", f":(top,glob)**/{anchor}")  # a long walk: only before it began here
    if listed is None:
        return None
    pairs, commit = [], ""
    for word in filter(None, listed.decode("utf-8", "surrogateescape").replace("\n", "").split("\0")):
        if word.endswith(anchor):
            pairs.append((commit, word))
        else:
            commit = word
    others = dict.fromkeys(pair for pair in pairs if pair[1] != f"{prefix}{anchor}")
    asked = [(f"{commit}:{name}", f"{commit}:{prefix}{anchor}", f"HEAD:{name}") for commit, name in others]
    held = _objects(root, [name for names in asked for name in names], b"blob") or []
    there = [blob is not None for blob in held]
    was = [name for (_, name), index in zip(others, range(0, len(there), 3), strict=False)
           if there[index : index + 3] == [True, False, False]]
    return [name[: -len(anchor)] for name in dict.fromkeys(was)]


def _states(
    root: Path, commits: Sequence[tuple[str, int]], homes: Sequence[str], paths: Sequence[str]
) -> list[Version] | None:
    """None when git lacks some of it."""
    folders = list(dict.fromkeys(path.rpartition("/")[0] for path in paths))
    states = [(commit, stamp, home) for commit, stamp in commits for home in reversed(homes)]  # today's own last
    trees = _objects(root, [f"{commit}:{f'{home}{folder}'.rstrip('/')}" for commit, _, home in states
                            for folder in folders], b"tree")
    if trees is None:
        return None
    width = len(commits[0][0]) // 2 if commits else 0
    listed = {tree: _entries(tree, width) for tree in {*trees} if tree is not None}
    found: list[tuple[str, int, dict[str, str]]] = []
    for commit, stamp, _ in states:
        held: dict[str, str] = {}
        at = len(found) * len(folders)
        for folder, tree in zip(folders, trees[at : at + len(folders)], strict=True):
            inside = {f"{folder}/{name}".lstrip("/"): sha for name, sha in (listed[tree] if tree else {}).items()}
            held |= {name: sha for name, sha in inside.items() if name in paths or f"{folder}/" in paths}
        found.append((commit, stamp, held))
    texts = _texts(root, sorted({sha for _, _, held in found for sha in held.values()}))
    return None if texts is None else [
        Version(commit, stamp, {name: texts[sha] for name, sha in held.items()}, held)
        for commit, stamp, held in found if held]


def _entries(tree: bytes, width: int) -> dict[str, str]:
    """Files of a folder as git keeps it (`mode name NUL id`), with their ids of so many bytes."""
    found, start = {}, 0
    while start < len(tree):
        end = tree.index(b"\0", start)
        mode, _, name = tree[start:end].partition(b" ")
        if mode.startswith((b"10", b"12")):  # files and links, neither folders nor other repositories
            found[name.decode("utf-8", "replace")] = tree[end + 1 : end + 1 + width].hex()
        start = end + 1 + width
    return found


AT_ONCE = 200
"""Things asked for at one go: pictures and films of a whole book need not lie in memory twice."""


def _plain_files(listed: bytes) -> Iterator[tuple[str, str]]:
    for row in listed.decode("utf-8", "replace").split("\0"):
        head, _, name = row.partition("\t")
        if head.startswith("100") and not {"..", "."} & {*PurePosixPath(name).parts} and not set(name) & {*'\\:\ufffd'}:
            yield name, head.split()[2]


def _all_bytes(root: Path, rows: Mapping[str, str]) -> dict[str, bytes] | None:
    found: dict[str, bytes] = {}
    for first in range(0, len(rows), AT_ONCE):
        some = [*rows.items()][first : first + AT_ONCE]
        for (name, _), data in zip(some, _objects(root, [sha for _, sha in some], b"blob") or [None], strict=False):
            if data is None:
                return None
            found[name] = data
    return found


def _texts(root: Path, shas: Sequence[str]) -> dict[str, str] | None:
    """As `read_source` would have given them; None when one is not here, as in a partial copy."""
    blobs = _objects(root, shas, b"blob")
    if blobs is None or None in blobs:
        return None
    return {sha: normal_text((blob or b"").decode("utf-8", "replace")) for sha, blob in zip(shas, blobs, strict=True)}


_HEAD = re.compile(rb"(%b) ([a-z]+) (\d+)\n|[^\n]* [a-z]+\n" % COMMIT)
"""Of one thing, with its size; or a name, and a word of why it is not there: `missing`, `ambiguous`."""


def _digest(kind: bytes, data: bytes, width: int) -> bytes:
    """The id git gives to a thing. It does not look again when it reads."""
    name = "sha1" if width == 40 else "sha256"
    return hashlib.new(name, b"%b %d\0%b" % (kind, len(data), data), usedforsecurity=False).hexdigest().encode()


def _objects(root: Path, names: Sequence[str], kind: bytes) -> list[bytes | None] | None:
    """Their bytes in this order, None for what is not there or something else; None for all when git fails or raves."""
    if not names:
        return []
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    output = ask_git(root, "cat-file", "--batch", given=given)
    if output is None or given.count(b"\n") != len(names):
        return None
    found: list[bytes | None] = []
    start = 0
    for _ in names:
        if not (head := _HEAD.match(output, start)):
            return None
        size = int(head[3] or -1)
        data = output[head.end() : head.end() + size] if size >= 0 else b""
        if head[1] and head[1] != _digest(head[2], data, len(head[1])):
            return None
        found.append(data if head[2] == kind else None)
        start = head.end() + size + 1
    return found if start == len(output) else None
