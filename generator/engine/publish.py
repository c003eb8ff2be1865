"""Step 6, publish: a finished tree in `.hocso/trees/`, and `dist` led to it by one rename. Only here `dist/` changes.

Where links need rights people do not have (Windows), two renames do it, and the next start repairs a half swap.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.engine.store import Store, damaged, file_sha
from generator.engine.tree import MANIFEST, TREES, Published, Tree, sidecar_of, tree_name, write_sidecar
from generator.ground.errors import DiskError
from generator.ground.whole import write_whole

LINKS = os.name != "nt"


@contextmanager
def build_lock(private: Path, say_waiting: Callable[[], None], name: str = "lock") -> Iterator[None]:
    """One build at a time in one project, or one writer of what `name` is for; the lock dies with its process."""
    private.mkdir(parents=True, exist_ok=True)
    with (private / name).open("a+b") as lock:
        if not _try_lock(lock.fileno()):
            say_waiting()
            while not _try_lock(lock.fileno()):
                time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def lost_files(store: Store, out: Path, tree: Tree) -> dict[str, Published]:
    """What stands published but is nowhere whole any more, neither in the store nor in `out`."""
    broken = {sha for sha in {file.sha for file in tree.files.values()} if not store.whole(sha)}
    return {path: file for path, file in tree.files.items()
            if file.sha in broken and not store.whole(file.sha) and not _rescued(store, out / path, file.sha)}


def _rescued(store: Store, file: Path, sha: str) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != sha:
        return False
    store.keep_bytes(data)
    return True


def publish(store: Store, private: Path, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Leads `out` to the tree; False when exactly this already stands there."""
    current = out / MANIFEST
    if current.is_file() and current.read_bytes() == main_manifest and _whole(store, out, tree):
        write_sidecar(out.resolve(), tree)
        return False
    _refuse_foreign(out)
    staged = _stage(store, private, tree, main_manifest)
    if LINKS:
        _swap_link(private, out, staged, tree)
    else:
        _swap_folders(private, out, staged, tree)
    _drop_old_trees(private, out)
    return True


def _whole(store: Store, out: Path, tree: Tree) -> bool:
    """Byte for byte: what is one file with a blob that was looked at needs no second look."""
    try:
        return all(_same(store, out / path, file.sha) for path, file in tree.files.items())
    except OSError:
        return False


def _same(store: Store, file: Path, sha: str) -> bool:
    return (store.whole(sha) and file.samefile(store.blob(sha))) or file_sha(file) == sha


def _refuse_foreign(out: Path) -> None:
    """A folder somebody else filled is never replaced."""
    if out.is_symlink() or not out.exists() or (out / MANIFEST).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise DiskError(
            f"{out} đã có thứ khác, không phải bản dựng của sách; không ghi đè. Chọn thư mục khác với --out.",
            f"{out} holds something that is no build of ours; it is left alone. Choose another folder with --out.",
        )


def _stage(store: Store, private: Path, tree: Tree, main_manifest: bytes) -> Path:
    staging = private / "staging" / f"{tree_name(main_manifest)}-{os.getpid()}"
    shutil.rmtree(private / "staging", ignore_errors=True)
    folders: set[Path] = set()
    for path, file in tree.files.items():
        target = staging / path
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        if not store.whole(file.sha):
            raise damaged(file.sha)
        _link(store.blob(file.sha), target)
    staging.mkdir(parents=True, exist_ok=True)
    (staging / MANIFEST).write_bytes(main_manifest)
    return staging


def _link(blob: Path, target: Path) -> None:
    try:
        os.link(blob, target)
    except OSError:
        shutil.copyfile(blob, target)


def _swap_link(private: Path, out: Path, staged: Path, tree: Tree) -> None:
    trees = private / TREES
    trees.mkdir(parents=True, exist_ok=True)
    final = trees / f"{staged.name.split('-')[0]}-{time.time_ns():x}"
    write_sidecar(final, tree)
    staged.rename(final)
    if out.is_dir() and not out.is_symlink():  # a folder of ours from another way of publishing, or an empty one
        out.rename(private / f"replaced-{time.time_ns():x}")
    link = out.with_name(f".{out.name}.{os.getpid()}.new")
    link.unlink(missing_ok=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    inside = out.parent.resolve() == private.parent.resolve()
    link.symlink_to(os.path.relpath(final, out.parent.resolve()) if inside else final.resolve(),
                    target_is_directory=True)
    link.replace(out)


def _swap_folders(private: Path, out: Path, staged: Path, tree: Tree) -> None:
    old = private / "replaced"
    shutil.rmtree(old, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.exists():
        out.rename(old)
    write_sidecar(out, tree)
    staged.rename(out)


def prepare(private: Path, out: Path) -> None:
    """At every start: finish a swap that was cut in two, clear what a killed build left."""
    old = private / "replaced"
    if not LINKS and not out.exists() and old.is_dir():
        old.rename(out)
    shutil.rmtree(private / "staging", ignore_errors=True)
    for left in private.glob("replaced-*"):
        shutil.rmtree(left, ignore_errors=True)
    for draft in out.parent.glob(f".{out.name}.*.new"):
        draft.unlink(missing_ok=True)


def _drop_old_trees(private: Path, out: Path) -> None:
    """The one before stays a while: somebody may be downloading from it."""
    kept = _linked_trees(private, out)
    trees = sorted((path for path in (private / TREES).glob("*") if path.is_dir()),
                   key=lambda path: path.stat().st_ctime_ns, reverse=True)
    others = [path for path in trees if path.resolve() not in kept]
    for path in others[1:]:
        shutil.rmtree(path, ignore_errors=True)
        sidecar_of(path).unlink(missing_ok=True)


def _linked_trees(private: Path, out: Path) -> set[Path]:
    """Trees some output still leads to; every output is noted once."""
    notes = private / "outputs.json"
    try:
        outputs = set(json.loads(notes.read_text("utf-8")))
    except (OSError, ValueError):
        outputs = set()
    outputs.add(str(out.absolute()))
    alive = sorted(path for path in outputs if Path(path).is_symlink() and Path(path).exists())
    write_whole(notes, json.dumps(alive).encode())
    return {Path(path).resolve() for path in alive}

