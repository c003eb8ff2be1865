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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.engine.store import Store, damaged, file_sha
from generator.ground.errors import DiskError
from generator.ground.whole import read_sealed, seal, write_whole

MANIFEST = "build.json"
TREES = "trees"
LINKS = os.name != "nt"


@dataclass(frozen=True, slots=True)
class Published:
    """One file of a tree: which bytes, which product, from what."""

    sha: str
    product: str
    sources: tuple[str, ...]
    voice: str = ""
    """Whose voice speaks in it; only films and sound have one."""

    @property
    def row(self) -> dict[str, object]:
        told: dict[str, object] = {"sha256": self.sha, "product": self.product, "sources": sorted(self.sources)}
        return told | ({"voice": self.voice} if self.voice else {})


@dataclass(frozen=True)
class Tree:
    """What a published tree holds: files by path, and for the next build the items they came from."""

    files: Mapping[str, Published] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    """Item name, with its edition, → key in the store."""


@contextmanager
def build_lock(private: Path, say_waiting: Callable[[], None]) -> Iterator[None]:
    """One build at a time in one project; the lock dies with its process."""
    private.mkdir(parents=True, exist_ok=True)
    with (private / "lock").open("a+b") as lock:
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


def read_tree(out: Path) -> Tree:
    """What stands published; an empty tree when there is none or it was not made by us. The manifest alone tells the
    files where our own note of them is gone or damaged."""
    tree = out.resolve()
    try:
        note = read_sealed(_sidecar(tree), tree.name)
        manifest = (out / MANIFEST).read_bytes()
        record = json.loads(note) if note else _from_manifest(tree, manifest)
        files = {path: Published(sha, product, tuple(sources), *voice) for path, (sha, product, sources, *voice) in
                 record["files"].items()}
        return Tree(files, record["items"])
    except (OSError, ValueError, KeyError, TypeError):
        return Tree()


def _from_manifest(tree: Path, data: bytes) -> dict[str, Any]:
    """A tree of ours is called by its manifest's digest, so that a damaged one is not believed."""
    if LINKS and tree.parent.name == TREES and not tree.name.startswith(_tree_name(data)):
        return {}
    rows = json.loads(data)["files"]
    files = {row["path"]: (row["sha256"], row["product"], row["sources"], row.get("voice", "")) for row in rows}
    return {"files": files, "items": {}}


def _tree_name(main_manifest: bytes) -> str:
    return hashlib.sha256(main_manifest).hexdigest()[:16]


def lost_files(store: Store, out: Path, tree: Tree) -> dict[str, Published]:
    """What stands published but is nowhere whole any more, neither in the store nor in `out`."""
    return {path: file for path, file in tree.files.items()
            if not store.whole(file.sha) and not _rescued(store, out / path, file.sha)}


def _rescued(store: Store, file: Path, sha: str) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != sha:
        return False
    store.keep_bytes(data)
    return True


def _sidecar(tree: Path) -> Path:
    """Beside the tree, so that it is never served."""
    return tree.with_name(f"{tree.name}.items.json")


def voice_of(path: str, facts: Mapping[str, Any]) -> str:
    """What the manifest says of a film or a sound: `giọng người đọc`, `phim không tiếng` …"""
    return str(facts.get("voice", "")) if path.endswith((".mp4", ".mp3")) else ""


def manifest(commit: str, edition: str, files: Mapping[str, Published]) -> bytes:
    rows = [{"path": path, **file.row} for path, file in sorted(files.items())]
    data = {"commit": commit, "edition": edition, "files": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def publish(store: Store, private: Path, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Leads `out` to the tree; False when exactly this already stands there."""
    current = out / MANIFEST
    if current.is_file() and current.read_bytes() == main_manifest and _whole(store, out, tree):
        _write_sidecar(out.resolve(), tree)
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
    staging = private / "staging" / f"{_tree_name(main_manifest)}-{os.getpid()}"
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


def _write_sidecar(tree_folder: Path, tree: Tree) -> None:
    files = {path: (file.sha, file.product, file.sources, file.voice) for path, file in tree.files.items()}
    data = seal(tree_folder.name, json.dumps({"files": files, "items": dict(tree.items)}, ensure_ascii=False).encode())
    sidecar = _sidecar(tree_folder)
    if not sidecar.is_file() or sidecar.read_bytes() != data:
        write_whole(sidecar, data)


def _swap_link(private: Path, out: Path, staged: Path, tree: Tree) -> None:
    trees = private / TREES
    trees.mkdir(parents=True, exist_ok=True)
    final = trees / f"{staged.name.split('-')[0]}-{time.time_ns():x}"
    _write_sidecar(final, tree)
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
    _write_sidecar(out, tree)
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
        _sidecar(path).unlink(missing_ok=True)


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


def edition_prefix(edition: str, root: str) -> str:
    return "" if edition == root else f"editions/{edition}/"


def changed_paths(before: Mapping[str, Published], after: Mapping[str, Published]) -> Sequence[str]:
    """What is new, other or gone, for the one line that tells it."""
    return sorted({*before, *after} - {path for path in after if before.get(path) == after[path]})
