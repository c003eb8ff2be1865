"""What git knows: the commit, its date, and every version of the ledger. The only caller of git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from generator.ground.errors import UsageError
from generator.ground.said import said


def _git(root: Path, *words: str, given: bytes = b"") -> bytes | None:
    """Output of one git command; None when git is missing or says no."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-c", "core.quotePath=false", "-c", "safe.directory=*", *words]
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
    """One committed text of a file."""

    commit: str
    text: str


def versions(root: Path, file: str) -> list[Version] | None:
    """Every text git holds of a file before HEAD, oldest first; None without a full history."""
    prefix = _own_prefix(root)
    if prefix is None or (_git(root, "rev-parse", "--is-shallow-repository") or b"true").strip() != b"false":
        return None
    listed = _git(root, "log", "--full-history", "--topo-order", "--reverse", "--format=%H", "--", file)
    if listed is None:
        return None
    commits = listed.decode().split()
    wanted = "".join(f"{commit}:{prefix}{file}\n" for commit in commits).encode()
    output = _git(root, "cat-file", "--batch", given=wanted)
    return None if output is None else list(_parse_batch(commits, output))


def _parse_batch(commits: list[str], output: bytes) -> list[Version]:
    found = []
    start = 0
    for commit in commits:
        end = output.index(b"\n", start)
        head = output[start:end].split()
        start = end + 1
        if head[-1] == b"missing":
            continue
        size = int(head[-1])
        found.append(Version(commit, output[start : start + size].decode("utf-8", "replace")))
        start += size + 1
    return found


def is_ancestor(root: Path, older: str, newer: str) -> bool:
    return _git(root, "merge-base", "--is-ancestor", older, newer) is not None


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
