"""Step 6, publish: a finished tree beside `dist`, and `dist` led to it by one rename. Only here `dist/` changes.

Trees lie in a hidden folder beside what leads to them: on its disk, and of no other output. So whoever clears a cache,
unplugs another disk or builds elsewhere takes nothing away. Where there are no links (Windows, sticks), two renames do
it, and the next start repairs a half swap.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.engine.lent import file_sha
from generator.engine.store import Store
from generator.engine.tree import (
    MANIFEST,
    NOTE,
    Published,
    Tree,
    read_tree,
    sidecar_of,
    tree_name,
    trees_of,
    write_sidecar,
)
from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.ground.whole import open_folder

LINKS = os.name != "nt"
MOST_LINKS = 40
STAGING, REPLACED = "staging", "replaced"
LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini")
"""What file managers leave wherever somebody looks."""
FILE_MODE = 0o444


@contextmanager
def build_lock(folder: Path, say_waiting: Callable[[], None], name: str = "lock") -> Iterator[None]:
    """One build at a time in one project and into one output, or one writer of what `name` is for; the lock dies with
    its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a+b") as lock:
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


# Where to, and whether what lies there is ours.


def find_output(asked: Path) -> Path:
    """What people lead elsewhere by a link of their own lies there. Says in one line what must not be replaced."""
    out = _in_real_folder(asked)
    for _ in range(MOST_LINKS):
        if not out.is_symlink() or _is_own_link(out):
            break
        out = _in_real_folder(out.parent / out.readlink())
        if not out.parent.is_dir():
            raise UsageError(*said("out/away", out=asked, there=out.parent))
    else:
        raise UsageError(*said("out/away", out=asked, there=out))
    if os.path.ismount(out):
        raise UsageError(*said("out/disk", out=out))
    if tree := next((folder for folder in out.parents if read_tree(folder).files), None):
        raise UsageError(*said("out/inside", out=asked, tree=tree))
    if strange := strange_file(out):
        raise UsageError(*said("out/not-ours", out=asked, file=strange))
    return out


def _in_real_folder(path: Path) -> Path:
    """Itself it may be a link."""
    if path.name in ("", ".."):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def _is_own_link(out: Path) -> bool:
    """Into our trees; those of earlier versions lay in the cache."""
    trees = _in_real_folder(out.parent / out.readlink()).parent
    return trees == trees_of(out) or (trees.name, trees.parent.name) == ("trees", ".hocso")


def strange_file(out: Path) -> str:
    """The first file that the lists of what stands there do not name; empty when all is ours."""
    if not out.is_dir():
        return out.name if os.path.lexists(out) and not out.is_symlink() else ""
    files = read_tree(out).files
    known = {*files, MANIFEST} if files else frozenset[str]()
    return next((path for path in _all_below(out, "") if path not in known), "")


def _all_below(folder: Path, above: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _all_below(Path(entry.path), f"{above}{entry.name}/")
        elif not LITTER.fullmatch(entry.name):
            yield above + entry.name


def open_trees(out: Path) -> Path:
    """The folder of an output's trees; git need not be told of it."""
    trees = trees_of(out)
    open_folder(trees)
    if not (trees / ".gitignore").is_file():
        (trees / ".gitignore").write_text("*\n", "utf-8")
    return trees


def repair(out: Path) -> None:
    """At every start: finish a swap that was cut in two, clear what a killed build left."""
    old = trees_of(out) / REPLACED
    if os.path.lexists(old):
        if out.is_dir() and not any(out.iterdir()):  # somebody wondered where it was
            out.rmdir()
        if not os.path.lexists(out):
            old.rename(out)
        _remove(old)
    _remove(trees_of(out) / STAGING)


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def lost_files(store: Store, tree: Tree) -> dict[str, Published]:
    """What stands published but is nowhere whole any more."""
    broken = {sha for sha in {file.sha for file in tree.files.values()} if not store.whole(sha)}
    return {path: file for path, file in tree.files.items() if file.sha in broken}


# The swap.


def publish(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Leads `out` to the tree; False when exactly this already stands there."""
    trees, files = open_trees(out), {path: file.sha for path, file in tree.files.items()}
    if _stands(store, out, tree, main_manifest):
        write_sidecar(_noted_as(out, main_manifest), tree)
        store.give(out.resolve(), files, tree.items.values())
        return False
    if strange := strange_file(out):  # put there while we were at work
        raise UsageError(*said("out/not-ours", out=out, file=strange))
    staged = _stage(store, out, tree, main_manifest)
    before = out.resolve()
    lies = _swap(out, staged, tree)
    if os.path.lexists(trees / REPLACED):
        store.take_back(out, trees / REPLACED)
        _remove(trees / REPLACED)
    store.give(lies, files, tree.items.values())
    _drop_old_trees(store, out, {staged, before})
    return True


def _stands(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Byte for byte, and where we would put it: what was looked at just now needs no second look."""
    try:
        return ((out.resolve() == out or out.resolve().parent == trees_of(out))
                and (out / MANIFEST).read_bytes() == main_manifest
                and all(_same(store, out / path, file.sha) for path, file in tree.files.items()))
    except OSError:
        return False


def _same(store: Store, file: Path, sha: str) -> bool:
    known = store.path(sha)
    return (known is not None and file.samefile(known)) or file_sha(file) == sha


def _noted_as(out: Path, main_manifest: bytes) -> Path:
    """The name under which a tree is noted beside it; that of a folder is its manifest's."""
    if out.is_symlink():
        return out.resolve()
    name = tree_name(main_manifest)
    notes = sorted(trees_of(out).glob(f"{name}-*{NOTE}"))
    return notes[-1].with_name(notes[-1].name.removesuffix(NOTE)) if notes else trees_of(out) / f"{name}-0"


def _stage(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> Path:
    trees = trees_of(out)
    _remove(trees / STAGING)
    laid: dict[str, Path] = {}
    for path, file in tree.files.items():
        target = trees / STAGING / path
        open_folder(target.parent)
        _lay(store, out, file.sha, laid.get(file.sha), target)
        laid[file.sha] = target
    open_folder(trees / STAGING)
    (trees / STAGING / MANIFEST).write_bytes(main_manifest)
    (trees / STAGING / MANIFEST).chmod(FILE_MODE)
    final = trees / f"{tree_name(main_manifest)}-{time.time_ns():x}"
    (trees / STAGING).rename(final)
    return final


def _lay(store: Store, out: Path, sha: str, laid: Path | None, target: Path) -> None:
    """One file for equal bytes within an output; with another output it shares nothing but words."""
    source = laid or store.file(sha)
    own = laid is not None or any(map(source.is_relative_to, (store.blobs, trees_of(out), out)))
    with suppress(OSError):
        if own:
            os.link(source, target)
            return
    target.write_bytes(store.read(sha))
    target.chmod(FILE_MODE)


def _swap(out: Path, staged: Path, tree: Tree) -> Path:
    """Gives where the tree lies now."""
    write_sidecar(staged, tree)
    link = _link_to(staged, out)
    if os.path.lexists(out) and (link is None or not out.is_symlink()):
        out.rename(trees_of(out) / REPLACED)
    if link is None:
        staged.rename(out)
        return out
    link.replace(out)
    return staged


def _link_to(tree: Path, out: Path) -> Path | None:
    """None where there are no links."""
    draft = trees_of(out) / "link"
    draft.unlink(missing_ok=True)
    try:
        if LINKS:
            draft.symlink_to(os.path.relpath(tree, out.parent), target_is_directory=True)
            return draft
    except (OSError, NotImplementedError):
        pass
    return None


def _drop_old_trees(store: Store, out: Path, kept: set[Path]) -> None:
    """The one before stays a while: somebody may be downloading from it. So does what a link beside leads to."""
    linked = {path.resolve() for path in out.parent.iterdir() if path.is_symlink()}
    for tree in trees_of(out).iterdir():
        if tree.is_dir() and tree not in kept | linked:
            store.take_back(tree, tree)
            shutil.rmtree(tree, ignore_errors=True)
    for note in trees_of(out).glob(f"*{NOTE}"):
        if not (tree := note.with_name(note.name.removesuffix(NOTE))).is_dir() and tree not in kept:
            sidecar_of(tree).unlink(missing_ok=True)
