"""What git knows: the commit, its date, and how commits stand to each other. The only caller of git."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from generator.ground.errors import UsageError
from generator.ground.said import said

_SETTINGS = ("core.quotePath=false", "color.ui=false", "color.diff=false", "diff.relative=false", "diff.renames=false",
             f"diff.orderFile={os.devnull}", "log.follow=false", "log.showRoot=true",  # the first commit's files, too
             "log.diffMerges=separate", "log.showSignature=false", "i18n.logOutputEncoding=UTF-8",
             "core.checkStat=default", "core.trustctime=true", "core.untrackedCache=false",
             "core.commitGraph=false", "core.multiPackIndex=false",  # copies of the past that git would not compare
             "core.fsmonitor=false", f"core.hooksPath={os.devnull}")  # nobody's commands run by looking
"""Whatever somebody has set for their own reading: the same commits, files and words are told everywhere."""
_HEEDED = re.compile(r"(?!GIT_)|GIT_(?:CONFIG|TEST|EXEC_PATH$|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$)")
"""What else the surroundings say to git names another repository, index or past than that of the project's folder."""
_TRACES = dict.fromkeys(("GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"), "0")
_PLAIN = _TRACES | {
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",  # a partial copy must not ask its host for what it lacks
    "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull,  # nor may a past be put in place of the real one
}


STAMP = rb"[0-9]{1,10}"
COMMIT = rb"(?:[0-9a-f]{40}|[0-9a-f]{64})"


def ask_git(root: Path, *words: str, given: bytes = b"", shape: bytes = rb"(?s:.*)") -> bytes | None:
    """Output of one git command; None when git is missing, says no, or what it says has not this shape."""
    done = _run(root, words, given)
    return done.stdout if done and done.returncode == 0 and re.fullmatch(shape, done.stdout) else None


def _run(root: Path, words: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    command = ["git", *(word for setting in _SETTINGS for word in ("-c", setting)), *words]
    environment = {name: text for name, text in os.environ.items() if _HEEDED.match(name)} | _PLAIN
    try:
        return subprocess.run(command, cwd=root, input=given, capture_output=True, env=environment, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None


def refused_owner(root: Path) -> str:
    """The repository git does not open because another user of this machine owns it; none is the empty text."""
    done = _run(root, ("rev-parse", "--git-dir"))
    found = done and re.search(rb"(?:dubious ownership in repository at |unsafe repository \()'([^'\n]+)'", done.stderr)
    return found[1].decode("utf-8", "replace") if found else ""


def own_prefix(root: Path) -> str | None:
    """The project's folder inside its repository; None when a repository above merely surrounds it."""
    listed = ask_git(root, "ls-files", "--full-name", "--error-unmatch", "-z", "mkdocs.yml",
                     shape=rb"(?:[^\0]*/)?mkdocs\.yml\0")
    return None if listed is None else listed.decode("utf-8", "surrogateescape").removesuffix("mkdocs.yml\0")


def commit_id(root: Path) -> str:
    """Full id, `-changed` when the work tree differs, `none` outside git."""
    if own_prefix(root) is None:
        return "none"
    head = ask_git(root, "rev-parse", "HEAD", shape=COMMIT + rb"\n")
    if head is None:
        return "none"
    changed = ask_git(root, "status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=none", "--", ".")
    same = changed == b"" and not _unwatched(root) and not _unseen(root)
    return head.decode().strip() + ("" if same else "-changed")


READ = ("content", "qr", "mkdocs.yml")
"""What a handbook is made of."""


def _unwatched(root: Path) -> bool:
    """Files git was told not to look at (`update-index --assume-unchanged`, `--skip-worktree`): it calls them the same
    whatever is in them."""
    listed = ask_git(root, "ls-files", "-v", "-z", "--", ".") or b""
    return any(row[:1] == b"S" or row[:1].islower() for row in listed.split(b"\0"))


def _unseen(root: Path) -> bool:
    """Files of the handbook that git was told to pass over; hidden ones and what machines leave are read by nobody."""
    listed = ask_git(root, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *READ) or b""
    names = (row.rpartition(b"/")[2] for row in listed.split(b"\0") if row)
    return any(not name.startswith((b".", b"~$")) and name.lower() not in LEFT_BY_MACHINES for name in names)


LEFT_BY_MACHINES = (b"thumbs.db", b"desktop.ini")


LATEST = 4_102_444_799
"""The last second of 2099: what is printed in papers and packed in archives has four digits for a year."""


def moment(root: Path) -> int:
    """*Now* in seconds: `SOURCE_DATE_EPOCH`, else the commit's, else the real clock (outside git)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given and not (re.fullmatch("[0-9]{1,10}", given) and int(given) <= LATEST):
        raise UsageError(*said("epoch/odd", given=repr(given[:20]), latest=LATEST))
    if given:
        return int(given)
    stamp = ask_git(root, "log", "-1", "--format=%ct", shape=STAMP + rb"\n") if own_prefix(root) is not None else None
    seconds = int(stamp) if stamp else int(datetime.now(UTC).timestamp())
    return min(max(0, seconds), LATEST)


def month_moment(root: Path) -> int:
    """The first second of the month of *now*."""
    day = today(root)
    return int(datetime(day.year, day.month, 1, tzinfo=UTC).timestamp())


def today(root: Path) -> date:
    return datetime.fromtimestamp(moment(root), UTC).date()


def calendar_day(root: Path) -> date:
    """The day somebody does something: the machine's calendar, or the last commit's where that is ahead."""
    return max(today(root), date.today())


def day_shown(root: Path) -> date:
    """The day on which what is built now is shown first: what begins later stays out of it. Whoever gives a moment
    means that one."""
    return today(root) if os.environ.get("SOURCE_DATE_EPOCH") else calendar_day(root)


def fork_of(root: Path, one: str, two: str) -> str:
    """The commit two others stand on: one of them, or where their branches parted; empty where there is none."""
    return (ask_git(root, "merge-base", one, two, shape=COMMIT + rb"\n") or b"").decode().strip()


def day_below(root: Path, commit: str) -> date:
    """The day of the newest commit that this one stands on; of the newest of all for what is in none yet."""
    stamp = _stamps(root, "-1", f"{commit}^@" if commit else "HEAD")
    return datetime.fromtimestamp(stamp[0], UTC).date() if stamp else date.min


def first_day(root: Path) -> date:
    """When the history HEAD stands on begins."""
    stamps = _stamps(root, "--max-parents=0", "HEAD")
    return datetime.fromtimestamp(min(stamps), UTC).date() if stamps else date.max


def _stamps(root: Path, *which: str) -> list[int]:
    """Seconds of some commits, newest first."""
    listed = ask_git(root, "rev-list", "--timestamp", *which, shape=rb"(?:%b %b\n)*" % (STAMP, COMMIT))
    return [int(stamp) for stamp in (listed or b"").split()[::2]]


def is_orphan(root: Path, elsewhere: Iterable[str]) -> bool:
    """True when some of these commits begin where HEAD does not: HEAD began anew, beside its real history."""
    if not (listed := "\n".join(elsewhere).encode()):
        return False
    begun = [ask_git(root, "rev-list", "--max-parents=0", "--stdin", given=given) or b"" for given in (listed, b"HEAD")]
    return not {*begun[0].split()} <= {*begun[1].split()}


class Commit(NamedTuple):
    id: str
    moment: int
    author: str
    """And the second they wrote it."""


def beyond(root: Path) -> list[Commit]:
    """What branches, tags, stashes and git's own log hold, and HEAD does not stand on."""
    return _written(root, *BEYOND)


BEYOND = ("--all", "--reflog", "--not", "HEAD")


def held_beyond(root: Path) -> frozenset[str]:
    """Commits that branches and tags hold, and HEAD does not stand on; what only git's own log knows is not among
    them."""
    return _ids(root, "--exclude=refs/stash", "--all", "--not", "HEAD")


def displaced(root: Path, others: Sequence[Commit]) -> frozenset[str]:
    """Commits in whose place others have come: this branch stood on them once, or a tag names them and no branch holds
    them, or they were written anew (`--amend`, `rebase`) and kept author and second. A branch ahead of HEAD is none."""
    if not others:
        return frozenset()
    branch = (ask_git(root, "symbolic-ref", "--quiet", "HEAD", shape=rb"refs/heads/[^\n]+\n") or b"").decode().strip()
    stood = ask_git(root, "log", "--walk-reflogs", "--format=%H", branch, "--") if branch else None
    listed = (stood or b"") + b"^HEAD\n"
    named = ("--tags", "--not", "HEAD", "--branches", "--remotes")
    found = _ids(root, "--stdin", given=listed) | _ids(root, *named) | _written_anew(root, others)
    ahead = (("--stdin",), named, tuple(BEYOND)) if found else ()
    return found.difference(*(_ids(root, "--ancestry-path", *which, given=listed) for which in ahead))


def _written_anew(root: Path, others: Sequence[Commit]) -> frozenset[str]:
    """Beside HEAD's past, with a twin in it, which is not older than what it was written from."""
    begun = min(int(one.author.split()[0]) for one in others)
    own = {one.author for one in _written(root, f"--since=@{begun}", "HEAD")}
    return frozenset(one.id for one in others if one.author in own)


def _written(root: Path, *which: str) -> list[Commit]:
    listed = ask_git(root, "log", "--format=%H %ct %at %ae", *which, "--",
                     shape=rb"(?:%b %b %b [^\n]*\n)*" % (COMMIT, STAMP, STAMP))
    rows = (line.split(" ", 2) for line in (listed or b"").decode("utf-8", "replace").split("\n") if line)
    return [Commit(commit, int(moment), author) for commit, moment, author in rows]


def _ids(root: Path, *which: str, given: bytes = b"") -> frozenset[str]:
    listed = ask_git(root, "rev-list", *which, given=given, shape=rb"(?:%b\n)*" % COMMIT)
    return frozenset((listed or b"").decode().split())


def lay_out(root: Path, commit: str, folder: Path) -> Path | None:
    """The project as a commit holds it, in an empty folder, a repository that stands on the same past: no tree of
    anybody's is touched, and nothing runs, of the commit or of whoever asks (a filter would). None where git cannot."""
    prefix = own_prefix(root)
    kept = [ask_git(root, "rev-parse", "--git-path", name) for name in ("objects", "shallow")]
    if prefix is None or None in kept or ask_git(folder, "init", "--quiet", "--template=", ".") is None:
        return None
    objects, shallow = ((root / os.fsdecode(name or b"").rstrip("\n")).resolve() for name in kept)
    for name, text in (("objects/info/alternates", objects.as_posix()), ("info/attributes", "* -filter -text -ident")):
        (folder / ".git" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / ".git" / name).write_text(f"{text}\n", "utf-8")
    if shallow.is_file():
        shutil.copyfile(shallow, folder / ".git/shallow")
    laid = ask_git(folder, "checkout", "--quiet", "--detach", commit)
    return None if laid is None else folder / prefix


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
    prefix = own_prefix(root)
    listed = None if prefix is None else ask_git(
        root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".")
    rows = (listed or b"").decode("utf-8", "replace").split("\0")
    changed = frozenset(row[3:].removeprefix(prefix or "") for row in rows if row)
    return Past(_newest_commits(root) if prefix is not None and is_deep(root) else {}, changed)


def _newest_commits(root: Path) -> dict[str, tuple[int, str, date]]:
    listed = ask_git(root, "log", "--relative", "--name-only", "--no-renames", "--format=%x00%h %ct", "--abbrev=7",
                     shape=rb"(?:\0[0-9a-f]{4,64} %b\n[^\0]*)*" % STAMP)
    found: dict[str, tuple[int, str, date]] = {}
    for newer, entry in enumerate((listed or b"").decode("utf-8", "replace").split("\0")[1:]):
        head, *files = entry.split("\n")
        short, stamp = head.split()
        for file in filter(None, files):
            found.setdefault(file, (newer, short, datetime.fromtimestamp(int(stamp), UTC).date()))
    return found


def is_deep(root: Path) -> bool:
    """A shallow copy knows one commit and would call every file as new as that."""
    return ask_git(root, "rev-parse", "--is-shallow-repository") == b"false\n"
