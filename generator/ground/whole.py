"""Whole or not at all: files that change by one rename, bytes that prove to be what was once written, and a stock."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from generator.ground.errors import ContentError, DiskError
from generator.ground.files import Project
from generator.ground.said import said

DRAFT = ".new"
"""Ending of what is not finished; nobody reads it."""
DRAFT_SECONDS = 3600
_OWN_DRAFT = re.compile(r"\.(\d{1,9})(-[0-9a-f]+)?\.new$")
_HEAD = 32


def write_whole(path: Path, data: bytes, mode: int | None = None, *, lasting: bool = False) -> None:
    """Never half a file under its name, also when killed while writing or when others write the same one. Who could
    read or write the old one can the new one, unless `mode` says otherwise. `lasting`: what people wrote, which also
    outlives a power cut; what can be made again need not, and that is quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode is None and path.is_file():
        mode = path.stat().st_mode & 0o777
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident():x}{DRAFT}")
    try:
        (_write_lasting if lasting else Path.write_bytes)(draft, data)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _write_lasting(path: Path, data: bytes) -> None:
    """On the disk itself: some file systems keep a rename through a power cut and not what stands under the name."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_new(path: Path, data: bytes) -> None:
    """The same for a name that nothing may have yet: what is there, or comes meanwhile, stays (FileExistsError)."""
    draft = path.with_name(f"{path.name}.{os.getpid()}{DRAFT}")
    try:
        _write_lasting(draft, data)
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def open_folder(path: Path) -> None:
    """With all above it, for everybody to read whatever the umask says: a web server is somebody else."""
    if not path.is_dir():
        open_folder(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(path.stat().st_mode | 0o755)


def clear_drafts(folder: Path, below: str = "**/") -> None:
    """What those left unfinished who are no more; `below` nothing: in this folder alone."""
    for draft in folder.glob(f"{below}*{DRAFT}"):
        if (found := _OWN_DRAFT.search(draft.name)) and not _is_at_work(int(found[1]), draft):
            draft.unlink(missing_ok=True)


def _is_at_work(process: int, draft: Path) -> bool:
    """Whether another process may still be writing; where it cannot be asked, those of the last hour may."""
    if os.name == "nt":
        with suppress(OSError):
            return time.time() - draft.stat().st_mtime < DRAFT_SECONDS
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def seal(name: str, body: bytes) -> bytes:
    """With a digest before it, of what it is called too: what was swapped is as wrong as what was torn."""
    return _digest(name, body) + body


def unseal(name: str, data: bytes) -> bytes | None:
    """The body; None when it is not what was sealed under this name."""
    head, body = data[:_HEAD], data[_HEAD:]
    return body if head == _digest(name, body) else None


def read_plain(path: Path) -> bytes:
    """A pipe would never end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    return path.read_bytes()


def read_sealed(path: Path, name: str) -> bytes | None:
    """None also when there is none."""
    try:
        return unseal(name, read_plain(path))
    except OSError:
        return None


def _digest(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + body).digest()


class Stock:
    """What was drawn, encoded or spoken before, kept between builds, cuts and editions by the digest of all that is in
    it; never an input, always safe to lose."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> bytes | None:
        body = read_sealed(self.folder / key, key)
        if body is not None:
            with suppress(OSError):
                (self.folder / key).touch()  # used lately, so it stays
        return body

    def keep(self, key: str, body: bytes) -> bytes:
        write_whole(self.folder / key, seal(key, body))
        return body

    def again(self, key: str, make: Callable[[], bytes]) -> bytes:
        """As before, or made now. What goes wrong is not kept."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found

    def forget(self, most_bytes: int) -> None:
        """Keeps those used last."""
        if not self.folder.is_dir():
            return
        left = most_bytes
        files = [(path, path.stat()) for path in self.folder.iterdir()]
        for path, state in sorted(files, key=lambda file: file[1].st_mtime, reverse=True):
            left -= state.st_size
            if left < 0:
                path.unlink(missing_ok=True)


def write_all(project: Project, files: Mapping[str, bytes]) -> None:
    """All of them or none. Drafts first, so that a full disk stops us before any name changes; then one rename each."""
    for name in filter(project.leads_away, files):
        raise ContentError(*said("file/link", file=name))
    with ExitStack() as undo:
        try:
            drafts = {}
            for name, data in files.items():
                drafts[project.path(name)] = _draft(project.path(name), data, undo)
            for path, draft in drafts.items():
                before = path.read_bytes() if path.is_file() else None
                draft.replace(path)
                undo.callback(path.unlink if before is None else partial(path.write_bytes, before))
        except OSError as problem:
            raise DiskError(*said("new/disk", file=problem.filename or name, reason=problem.strerror)) from problem
        undo.pop_all()


def _draft(path: Path, data: bytes, undo: ExitStack) -> Path:
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
        undo.callback(path.parent.rmdir)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    undo.callback(draft.unlink, missing_ok=True)
    _write_lasting(draft, data)
    if path.is_file():
        draft.chmod(path.stat().st_mode & 0o777)
    return draft
