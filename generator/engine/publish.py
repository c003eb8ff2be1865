"""Step 6, publish: a finished tree beside `dist`, and `dist` led to it by one rename. Only here `dist/` changes.

Trees lie in a hidden folder beside what leads to them: on its disk, and of no other output. So whoever clears a cache,
unplugs another disk or builds elsewhere takes nothing away. Where there are no links (Windows, sticks), two renames do
it, and the next start repairs a half swap.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.engine.lent import file_sha
from generator.engine.output import LINK, REPLACED, STAGING, litter_of, strange_file
from generator.engine.store import Store
from generator.engine.tree import (
    MANIFEST,
    NOTE,
    Published,
    Tree,
    edition_of,
    is_own,
    moment_of,
    notes_of,
    prefix_of,
    product_of,
    tree_name,
    trees_of,
    write_sidecar,
)
from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.ground.whole import open_folder, read_plain

LINKS = os.name != "nt"
FILE_MODE = 0o444
FORMER = 4
"""Trees before the current one that stay a while: somebody may be downloading from one, or lead there."""
A_WHILE = 24 * 3600 * 10**9
TURN = "ledger-lock"
"""Of those who write what people signed and what is printed: nobody does while a tree is led to."""
now = time.time_ns


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


# The trees.


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
    """What stands published but is nowhere whole any more, or may be anybody's."""
    broken = {sha for sha in {file.sha for file in tree.files.values()} if not store.whole(sha)}
    return {path: file for path, file in tree.files.items() if file.sha in broken} | _doubted(store, tree)


def _doubted(store: Store, tree: Tree) -> dict[str, Published]:
    """With a key: of a product of which an item was taken while nobody vouched for it, or made again since and stands
    here as it was, all that no record we believe holds."""
    doubted, sure = set[tuple[str, str]](), dict[str, str]()
    for name, key in tree.items.items() if store.own else ():
        edition, _, item = name.partition("/")
        made = store.find(key)
        own = {prefix_of(edition) + path: sha for path, sha in made.files.items()} if made else {}
        sure |= own
        if store.doubts(key) or any(path in tree.files and tree.files[path].sha != sha for path, sha in own.items()):
            doubted.add((edition, product_of(item)))
    return {path: file for path, file in tree.files.items()
            if (edition_of(path), file.product) in doubted and sure.get(path) != file.sha}


# The swap.


def publish(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Leads `out` to the tree; False when exactly this already stands there."""
    trees = open_trees(out)
    if _stands(store, out, tree, main_manifest):
        write_sidecar(_noted_as(out, main_manifest), tree)
        store.give(out.resolve(), tree)
        return False
    if strange := strange_file(out):  # put there while we were at work
        raise UsageError(*said("out/not-ours", out=out, file=strange))
    staged = _stage(store, out, tree, main_manifest)
    before = Path(os.path.realpath(out))
    lies = _swap(out, staged, tree)
    if os.path.lexists(trees / REPLACED):
        store.take_back(out, trees / REPLACED)
        _remove(trees / REPLACED)
    store.give(lies, tree)
    _drop_old_trees(store, out, staged, before)
    return True


def _stands(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> bool:
    """Byte for byte, and where we would put it: what was looked at just now needs no second look."""
    try:
        return ((out.resolve() == out or out.resolve().parent == trees_of(out))
                and read_plain(out / MANIFEST) == main_manifest
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
    for path in litter_of(out):
        open_folder((trees / STAGING / path).parent)
        shutil.copyfile(out / path, trees / STAGING / path)
    final = trees / f"{tree_name(main_manifest)}-{now():x}"
    (trees / STAGING).rename(final)
    return final


def _lay(store: Store, out: Path, sha: str, laid: Path | None, target: Path) -> None:
    """One file for equal bytes within an output; with another output it shares nothing but words. Looked at when it
    lies there: a disk may have flipped a bit since somebody found it right."""
    source = laid or store.file(sha)
    own = laid is not None or any(map(source.is_relative_to, (store.blobs, trees_of(out), out)))
    with suppress(OSError):
        if own:
            os.link(source, target)
            if laid is not None or file_sha(target) == sha:
                return
            target.unlink()
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
    draft = trees_of(out) / LINK
    draft.unlink(missing_ok=True)
    try:
        if LINKS:
            draft.symlink_to(os.path.relpath(tree, out.parent), target_is_directory=True)
            return draft
    except (OSError, NotImplementedError):
        pass
    return None


def _drop_old_trees(store: Store, out: Path, current: Path, before: Path) -> None:
    """The one before stays, what a link beside leads to, and the last few that were current within a day."""
    linked = {Path(os.path.realpath(path)) for path in out.parent.iterdir() if path.is_symlink()}
    trees, left = sorted(filter(is_own, trees_of(out).iterdir()), key=moment_of, reverse=True), now()
    for place, tree in enumerate(trees):
        if (place > FORMER or left < now() - A_WHILE) and tree not in {current, before} | linked:
            store.take_back(tree, tree)
            shutil.rmtree(tree, ignore_errors=True)
        left = moment_of(tree)
    for note in [*notes_of(out)]:
        tree = note.with_name(note.name.removesuffix(NOTE))
        if not tree.is_dir() and tree != current:
            note.unlink(missing_ok=True)
