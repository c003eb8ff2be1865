"""A process that helps: it finds the project, on this disk or out of a parcel, and keeps one workshop open."""

from __future__ import annotations

import pickle
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tree import Part
from generator.ground.code import our_code
from generator.ground.errors import ClusterError
from generator.ground.files import Project, digest_of, relative_name, walk_files
from generator.press.film import film_version
from generator.press.voice import espeak_version
from generator.press.which_browser import browser_version, find_browser
from generator.products import NAMES, modules_of
from generator.workshop import Setting, Task, Workshop

OWN = ("content", "qr", "mkdocs.yml")
THEME = "theme"


@dataclass(frozen=True)
class Home:
    """Where a worker finds what a build is about."""

    parcel: str
    """Digest of its setting, and of the project's files where the worker has another disk."""
    root: Path
    theme: Path
    depot: str = ""
    """Address of the shared store; empty: the project's own disk holds everything."""
    machine: str = ""
    """The kind of machine that makes the same bytes; asked of those with another disk."""


_open: tuple[Home, Workshop] | None = None


def work(home: Home, folder: Path | None, task: Task) -> Part:
    """One task, in the workshop that was opened for the first one of this build."""
    global _open
    if _open is None or _open[0] != home:
        if _open is not None:
            _open[1].__exit__(None, None, None)
        _open = home, _unpack(home, folder) if folder and home.depot else _step_in(home)
    return _open[1].make(task)


def pack(project: Project, setting: Setting, *, whole: bool) -> bytes:
    """`whole`: with the project's own files."""
    return pickle.dumps((setting, dict(_files(project)) if whole else {}))


def _files(project: Project) -> Iterator[tuple[str, bytes]]:
    for name in OWN:
        path = project.path(name)
        for file in walk_files(path) if path.is_dir() else [path]:
            yield relative_name(project.root, file), file.read_bytes()
    for file in walk_files(project.theme):
        yield f"{THEME}/{relative_name(project.theme, file)}", file.read_bytes()


def _step_in(home: Home) -> Workshop:
    project = Project(home.root, home.theme)
    store = Store(project.private)
    setting, _ = pickle.loads(store.read(home.parcel))
    return Workshop(project, setting, store, Progress.unseen(), helped=False)


def _unpack(home: Home, folder: Path) -> Workshop:
    from generator.engine.depot import Depot, SharedStore

    if kind_of_machine() != home.machine:
        name = platform.node()
        raise ClusterError(
            f"Máy {name} khác máy này ở bộ dựng, thư viện, trình duyệt hay giọng: cài cho giống. Bản cũ còn nguyên.",
            f"{name} has another generator, library, browser or voice than this machine. The last build stands.",
        )
    depot, root = Depot(home.depot), folder / "hocso"
    parcel = depot.bytes_of(home.parcel)
    if parcel is None:
        raise ClusterError("Kho chung thiếu gói sách của lần dựng này.", "The shared store lacks this build's parcel.")
    setting, files = pickle.loads(parcel)  # its digest came with the task, so these are the bytes we packed
    shutil.rmtree(root, ignore_errors=True)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    project = Project(root, root / THEME)
    return Workshop(project, setting, SharedStore(project.private, depot), Progress.unseen(), helped=False)


def kind_of_machine() -> str:
    """Two of one kind make the same bytes of the same words."""
    found = find_browser()
    modules = ("generator.proof.made", *(module for name in NAMES for module in modules_of(name)))
    return digest_of(our_code().digest(*modules), browser_version(found) if found else "", film_version(),
                     espeak_version())
