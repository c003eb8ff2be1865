"""What git knows: the commit, its date, and every version of the ledger. The only caller of git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from generator.ground.errors import UsageError
from generator.ground.files import normal_text
from generator.ground.said import said

_PLAIN = {
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",  # a partial copy must not ask its host for what it lacks
    "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull,  # nor may a past be put in place of the real one
}


def _git(root: Path, *words: str, given: bytes = b"") -> bytes | None:
    """Output of one git command; None when git is missing or says no."""
    command = ["git", "-c", "core.quotePath=false", "-c", "safe.directory=*", "-c", "log.showSignature=false", *words]
    environment = {**os.environ, **_PLAIN}
    try:
        done = subprocess.run(command, cwd=root, input=given, capture_output=True, env=environment, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _own_prefix(root: Path) -> str | None:
    """The project's folder inside its repository; None when a repository above merely surrounds it."""
    prefix = _git(root, "rev-parse", "--show-prefix")
    if prefix is None or _git(root, "ls-files", "--error-unmatch", "mkdocs.yml") is None:
        return None
    return prefix.decode().strip()


def commit_id(root: Path) -> str:
    """Full id, `-changed` when the work tree differs, `none` outside git."""
    if _own_prefix(root) is None:
        return "none"
    head = _git(root, "rev-parse", "HEAD")
    if head is None:
        return "none"
    changed = _git(root, "status", "--porcelain", "--untracked-files=normal", "--", ".")
    return head.decode().strip() + ("-changed" if changed else "")


LATEST = 4_102_444_799
"""The last second of 2099: what is printed in papers and packed in archives has four digits for a year."""


def moment(root: Path) -> int:
    """*Now* in seconds: `SOURCE_DATE_EPOCH`, else the commit's, else the real clock (outside git)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not (re.fullmatch("[0-9]{1,10}", given) and int(given) <= LATEST):
        raise UsageError(*said("epoch/odd", given=repr(given[:20]), latest=LATEST))
    if given:
        return int(given)
    stamp = _git(root, "log", "-1", "--format=%ct") if _own_prefix(root) is not None else None
    seconds = int(stamp) if stamp and stamp.strip() else int(datetime.now(UTC).timestamp())
    return min(max(0, seconds), LATEST)


def month_moment(root: Path) -> int:
    """The first second of the month of *now*."""
    day = today(root)
    return int(datetime(day.year, day.month, 1, tzinfo=UTC).timestamp())


def today(root: Path) -> date:
    return datetime.fromtimestamp(moment(root), UTC).date()


@dataclass(frozen=True, slots=True)
class Version:
    """What git held of some files at one commit."""

    commit: str
    moment: int
    files: Mapping[str, str]
    """Each file's text, by its path from the project's root."""


@dataclass(frozen=True)
class History:
    """All that git holds of a project, wherever it lay inside its repository."""

    root: Path
    anchor: str
    """The file that tells where the project lay."""

    @cached_property
    def homes(self) -> list[str]:
        """Where it lies, then where it lay before; none without a full history."""
        prefix = _own_prefix(self.root)
        if prefix is None or _git(self.root, "rev-parse", "--is-shallow-repository") != b"false\n":
            return []
        return [prefix, *_former_homes(self.root, prefix, self.anchor)]

    def versions(self, *paths: str) -> list[Version] | None:
        """Every state of some files (`a/b.csv`) and folders (`a/b/`) up to HEAD, oldest first, HEAD itself last."""
        commits = _commits(self.root, "--reverse", "HEAD", *self._specs(*paths)) if self.homes else None
        if commits is None:
            return None
        head = [("HEAD", stamp) for _, stamp in commits[-1:]]
        return _states(self.root, [*commits, *head], self.homes, paths)

    def elsewhere(self, path: str) -> list[Version]:
        """What branches, tags, stashes and git's own log hold of a file, and HEAD does not stand on."""
        commits = _commits(self.root, "--all", "--reflog", "--not", "HEAD", *self._specs(path)) if self.homes else None
        return _states(self.root, commits or [], self.homes, [path]) or []

    def texts(self, *places: str) -> list[tuple[str, str]]:
        """Every text that files and all below folders ever had up to HEAD, oldest first."""
        listed = _git(self.root, *_LOG, "--reverse", "--raw", "--no-abbrev", "--no-renames", "-m", "-z", "--format=",
                      "HEAD", *self._specs(*places)) if self.homes else None
        words = (listed or b"").decode("utf-8", "replace").replace("\n", "").split("\0")
        found: dict[tuple[str, str], None] = {}
        for head, file in pairwise(words):
            home = next((home for home in self.homes if file.startswith(home)), None)
            if head.startswith(":") and home is not None and (sha := head.split()[3]).strip("0"):
                found[file.removeprefix(home), sha] = None
        known = _texts(self.root, sorted({sha for _, sha in found})) or {}
        return [(file, known[sha]) for file, sha in found if sha in known]

    def _specs(self, *paths: str) -> list[str]:
        return ["--", *(f":(top,literal){home}{path}" for home in self.homes for path in paths)]


_LOG = ("log", "--full-history", "--topo-order")


def _commits(root: Path, *which: str) -> list[tuple[str, int]] | None:
    listed = _git(root, *_LOG, "--format=%H %ct", *which)
    rows = (line.split() for line in (listed or b"").decode().splitlines())
    return None if listed is None else [(commit, int(stamp)) for commit, stamp in rows]


def _former_homes(root: Path, prefix: str, anchor: str) -> list[str]:
    """Folders where the project lay before it came here: they held its `anchor` while there was none here."""
    listed = _git(root, *_LOG, "--name-only", "--no-renames", "-m", "-z", "--format=%x00%H", "HEAD",
                  "--", f":(top,glob)**/{anchor}") or b""
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
    states = [(commit, stamp, home) for commit, stamp in commits for home in homes]
    trees = _objects(root, [f"{commit}:{f'{home}{folder}'.rstrip('/')}" for commit, _, home in states
                            for folder in folders], b"tree")
    if trees is None:
        return None
    width = len(commits[0][0]) // 2 if commits else 0
    listed = {tree: _entries(tree, width) for tree in {*trees} if tree is not None}
    found: list[tuple[str, int, dict[str, str]]] = []
    for commit, stamp, _ in states:
        held: dict[str, str] = {}
        for folder, tree in zip(folders, trees[len(found) * len(folders) :], strict=False):
            inside = {f"{folder}/{name}".lstrip("/"): sha for name, sha in (listed[tree] if tree else {}).items()}
            held |= {name: sha for name, sha in inside.items() if name in paths or f"{folder}/" in paths}
        found.append((commit, stamp, held))
    texts = _texts(root, sorted({sha for _, _, held in found for sha in held.values()}))
    return None if texts is None else [
        Version(commit, stamp, {name: texts[sha] for name, sha in held.items()})
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


def _texts(root: Path, shas: Sequence[str]) -> dict[str, str] | None:
    """As `read_source` would have given them; None when one is not here, as in a partial copy."""
    blobs = _objects(root, shas, b"blob")
    if blobs is None or None in blobs:
        return None
    return {sha: normal_text((blob or b"").decode("utf-8", "replace")) for sha, blob in zip(shas, blobs, strict=True)}


def _objects(root: Path, names: Sequence[str], kind: bytes) -> list[bytes | None] | None:
    """Their bytes in this order, None for what is not there or something else; None for all when git fails."""
    if not names:
        return []
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    output = _git(root, "cat-file", "--batch", given=given)
    if output is None or given.count(b"\n") != len(names):
        return None
    found: list[bytes | None] = []
    start = 0
    for _ in names:
        end = output.index(b"\n", start)
        head = output[start:end].split()
        start = end + 1
        size = int(head[-1]) if head[-1].isdigit() else -1  # `missing`, or a word of why
        found.append(output[start : start + size] if size >= 0 and head[1] == kind else None)
        start += size + 1
    return found


def are_apart(root: Path, one: str, two: str) -> bool:
    """True for commits of two branches: they stand on one commit, and neither on the other."""
    base = _git(root, "merge-base", one, two)
    return base is not None and base.decode().strip() not in (one, two)


def day_below(root: Path, commit: str) -> date:
    """The day of the newest commit that this one stands on; of the newest of all for what is in none yet."""
    stamp = (_git(root, "rev-list", "-1", "--timestamp", f"{commit}^@" if commit else "HEAD") or b"").split()
    return datetime.fromtimestamp(int(stamp[0]), UTC).date() if stamp else date.min


def first_day(root: Path) -> date:
    """When the history HEAD stands on begins."""
    stamps = (_git(root, "rev-list", "--max-parents=0", "--timestamp", "HEAD") or b"").split()[::2]
    return datetime.fromtimestamp(min(map(int, stamps)), UTC).date() if stamps else date.max


def is_orphan(root: Path, elsewhere: Iterable[str]) -> bool:
    """True when some of these commits begin where HEAD does not: HEAD began anew, beside its real history."""
    if not (listed := "\n".join(elsewhere).encode()):
        return False
    begun = [_git(root, "rev-list", "--max-parents=0", "--stdin", given=given) or b"" for given in (listed, b"HEAD")]
    return not {*begun[0].split()} <= {*begun[1].split()}


@dataclass(frozen=True, slots=True)
class Past:
    """What git knows of a project's files, asked once for all who want to tell it."""

    commits: Mapping[str, tuple[int, str, date]] = field(default_factory=dict)
    """Each file's newest commit: how many are newer, its short id, its day."""
    changed: frozenset[str] = frozenset()
    """Files that differ from the last commit or are not in it yet."""

    def last(self, files: Iterable[str]) -> tuple[str, date] | None:
        """Short id and date of the newest commit among some files; None where no history is known."""
        found = min((self.commits[file] for file in files if file in self.commits), default=None)
        return found and found[1:]


def past_of(root: Path) -> Past:
    prefix = _own_prefix(root)
    listed = None if prefix is None else _git(
        root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".")
    rows = (listed or b"").decode("utf-8", "replace").split("\0")
    changed = frozenset(row[3:].removeprefix(prefix or "") for row in rows if row)
    return Past(_newest_commits(root) if _is_whole(root) else {}, changed)


def _newest_commits(root: Path) -> dict[str, tuple[int, str, date]]:
    listed = _git(root, "log", "--relative", "--name-only", "--no-renames", "--format=%x00%h %ct", "--abbrev=7")
    found: dict[str, tuple[int, str, date]] = {}
    for newer, entry in enumerate((listed or b"").decode("utf-8", "replace").split("\0")[1:]):
        head, *files = entry.split("\n")
        short, stamp = head.split()
        for file in filter(None, files):
            found.setdefault(file, (newer, short, datetime.fromtimestamp(int(stamp), UTC).date()))
    return found


@lru_cache(maxsize=8)
def _is_whole(root: Path) -> bool:
    """A shallow copy knows one commit and would call every file as new as that."""
    return _own_prefix(root) is not None and _git(root, "rev-parse", "--is-shallow-repository") == b"false\n"
