"""Which revision is meant, and its book laid out in a folder of ours: as data alone, nothing of it runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.ground.errors import UsageError
from generator.ground.files import Project
from generator.ground.history import COMMIT, ask_git, fork_of, is_deep, own_prefix, refused_owner
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.handbook.config import FILE
from generator.handbook.mistakes import nearest

BOOK = ("content", "qr", FILE)
"""What editors write. Our code and theme are today's on both sides."""
FORK = "..."
"""After a name: where HEAD's branch left it."""


@dataclass(frozen=True, slots=True)
class Revision:
    name: str
    """As it was typed."""
    commit: str


def find_revision(project: Project, typed: str) -> Revision:
    """Unsaid: the last commit when the book differs from it, else the one before the book's last change."""
    root = project.root
    if own_prefix(root) is None:
        raise UsageError(*said("diff/owner", folder=owner) if (owner := refused_owner(root)) else said("diff/no-git"))
    if typed:
        return Revision(typed, _commit(root, typed))
    changed = ask_git(root, "status", "--porcelain", "--untracked-files=all", "--", *BOOK)
    last = (ask_git(root, "rev-list", "-1", "HEAD", "--", *BOOK, shape=COMMIT + rb"\n") or b"").decode().strip()
    return Revision("HEAD", _commit(root, "HEAD")) if changed else Revision(
        f"{last[:7]}^", _commit(root, f"{last}^", f"{last[:7]}^"))


def _commit(root: Path, typed: str, shown: str = "") -> str:
    name = typed.removesuffix(FORK) or "HEAD"
    found = ask_git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", shape=COMMIT + rb"\n")
    commit = (found or b"").decode().strip()
    if commit and typed.endswith(FORK):
        commit = fork_of(root, commit, "HEAD")
    if commit:
        return commit
    if not is_deep(root):
        raise UsageError(*said("diff/shallow", name=shown or typed))
    if shown or not ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD"):
        raise UsageError(*said("diff/first"))
    listed = ask_git(root, "for-each-ref", "--format=%(refname:short)") or b""
    likely = nearest(name, ["HEAD", "HEAD~1", *listed.decode("utf-8", "replace").splitlines()])
    raise UsageError(*said("diff/unknown", name=typed, near=likely or "HEAD~1"))


@contextmanager
def laid_out(project: Project, revision: Revision) -> Iterator[Project]:
    """A project of its own with our cache. Whoever holds the build lock may use it; what a killed one left goes too."""
    folder = project.private / "before"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        files = Kept(project.root, FILE).files_at(revision.commit, *BOOK)
        if files is None:
            raise UsageError(*said("diff/partial", name=revision.name))
        if not files:
            raise UsageError(*said("diff/no-book", name=revision.name))
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        yield Project(folder, project.theme, project.private)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
