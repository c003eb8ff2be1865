"""Gives the editions of a build out: to this process, to others of this machine, or to a cluster, and works there."""

from __future__ import annotations

import hmac
import os
import pickle
import platform
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from generator.engine.crew import Crew, Pool, local_pool
from generator.engine.progress import Progress
from generator.engine.store import KEY, Store, own_key
from generator.engine.tasks import Task
from generator.engine.tree import Part
from generator.ground.code import our_code
from generator.ground.errors import ClusterError, MissingProgramError, UsageError
from generator.ground.files import Project, digest_of, relative_name, walk_files
from generator.ground.findings import Text
from generator.ground.said import said
from generator.press.film import film_version
from generator.press.voice import espeak_version
from generator.press.which_browser import browser_version, find_browser
from generator.products import NAMES, modules_of
from generator.workshop import Setting, Workshop

OWN = ("content", "qr", "mkdocs.yml")
THEME = "theme"
LOCAL = "local"
LEAST_KEY = 16
"""Bytes: who can read the store could guess a shorter one in peace."""
MOST_WORKERS = 4
"""Unless told otherwise: each has a browser of its own, which takes memory."""
EDITIONS = Text("bản", "editions")
COMMON = Text("phần chung", "what is common")


@dataclass(frozen=True, slots=True)
class Hands:
    """Who is to work."""

    jobs: int = 0
    workers: int = 0
    cluster: str = ""
    depot: str = ""
    """Address of the store a cluster shares."""


def make_parts(
    project: Project, setting: Setting, store: Store, tasks: Sequence[Task], hands: Hands, progress: Progress
) -> Iterator[Part]:
    """One part an edition, in any order."""
    workers = hands.workers or min(MOST_WORKERS, os.cpu_count() or 1, len(tasks))
    if len(tasks) == 1 and workers == 1 and not hands.cluster:
        yield from _made_here(project, setting, store, tasks, hands.jobs, progress)
        return
    with progress.step("make", str(said("build/editions", count=len(tasks)))):
        made = (_given_out(project, setting, tasks, replace(hands, workers=workers), progress)
                if workers > 1 or hands.cluster else
                _made_here(project, setting, store, tasks, hands.jobs, Progress.unseen()))
        for count, part in enumerate(made, start=1):
            progress.count(EDITIONS, count, len(tasks))
            yield part


def _made_here(
    project: Project, setting: Setting, store: Store, tasks: Sequence[Task], jobs: int, progress: Progress
) -> Iterator[Part]:
    with Workshop(project, setting, store, progress, jobs) as shop:
        for task in tasks:
            yield shop.make(task)


def _given_out(
    project: Project, setting: Setting, tasks: Sequence[Task], hands: Hands, progress: Progress
) -> Iterator[Part]:
    """First the items of the first edition that need no other, in shares: what is common is then there for all. What
    came back damaged is made here."""
    store, home = _send_off(project, setting, tasks, hands)
    doing, again, fresh = partial(work, home), list[Task](), 0
    with Crew(partial(_open_pool, hands)) as crew:
        shares = [replace(tasks[0], share=(first, crew.pool.workers)) for first in range(crew.pool.workers)]
        for count, (_, part) in enumerate(crew.each_done(doing, shares), start=1):
            fresh += part.fresh
            _tell(progress, part.troubles)
            progress.count(COMMON, count, len(shares))
        for task, part in crew.each_done(doing, tasks):
            _tell(progress, part.troubles)
            if hands.depot and not all(map(store.find, (*part.items.values(), *part.proofs))):
                again.append(task)
                continue
            yield replace(part, fresh=part.fresh + fresh)
            fresh = 0
    yield from _made_here(project, setting, store, again, hands.jobs, Progress.unseen())
    _tell(progress, store.told())


def _tell(progress: Progress, troubles: Sequence[Text]) -> None:
    for trouble in troubles:
        progress.say(trouble)


def _open_pool(hands: Hands) -> AbstractContextManager[Pool]:
    if not hands.cluster:
        return local_pool(hands.workers)
    from generator.engine.cluster import cluster_pool

    return cluster_pool(hands.cluster, hands.workers)


def _send_off(project: Project, setting: Setting, tasks: Sequence[Task], hands: Hands) -> tuple[Store, Home]:
    """Puts what the workers need where they find it; gives where we find what they make."""
    if not hands.depot:
        store = Store(project.private)
        return store, Home(store.keep_bytes(pack(project, setting, whole=False)), project.root, project.theme)
    from generator.engine.depot import Depot, SharedStore

    depot = Depot(hands.depot, own_key())
    depot.try_out()
    shared = SharedStore(project.private, depot)
    if setting.asked:  # what stands published and is not made now may be needed
        for key in {key for task in tasks for key in task.known.values()}:
            shared.send(key)
    parcel = depot.put_bytes(pack(project, setting, whole=True))
    mark = key_mark(parcel, depot.own)
    return shared, Home(parcel, project.root, project.theme, hands.depot, kind_of_machine(), mark)


def check_hands(hands: Hands) -> None:
    """Says what a cluster lacks before anything is read."""
    if hands.depot and not hands.cluster:
        raise UsageError(*said("cluster/store-alone"))
    if hands.cluster not in ("", LOCAL) and not re.fullmatch(r"[a-z]+://[^/]+:\d+/?", hands.cluster):
        raise UsageError(*said("cluster/address", address=hands.cluster))
    if hands.cluster not in ("", LOCAL) and not hands.depot:
        raise UsageError(*said("cluster/no-store"))
    if hands.depot and 0 < len(own_key()) < LEAST_KEY:
        raise UsageError(*said("cluster/short-key", variable=KEY, least=LEAST_KEY))
    lacking = [name for name in ("distributed", "fsspec", "zstandard") if hands.cluster and not find_spec(name)]
    if lacking:
        raise MissingProgramError(*said("cluster/packages", names=", ".join(lacking)))


# A process that helps: it finds the project, on this disk or out of a parcel, and keeps one workshop open.


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
    mark: str = ""
    """Made with the key of the store, so that a worker knows whether it has the same."""


_open: tuple[Home, Workshop] | None = None


def work(home: Home, folder: Path | None, task: Task) -> Part:
    """One task, in the workshop that was opened for the first one of this build."""
    global _open
    if _open is None or _open[0] != home:
        if _open is not None:
            _open[1].close()
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
        raise ClusterError(*said("cluster/other-machine", name=platform.node()))
    if key_mark(home.parcel, own_key()) != home.mark:
        raise ClusterError(*said("cluster/other-key", name=platform.node(), variable=KEY))
    depot, root = Depot(home.depot, own_key()), folder / "hocso"
    parcel = depot.bytes_of(home.parcel)
    if parcel is None:
        raise ClusterError(*said("cluster/no-parcel"))
    setting, files = pickle.loads(parcel)  # its digest came with the task, so these are the bytes we packed
    shutil.rmtree(root, ignore_errors=True)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    project = Project(root, root / THEME)
    return Workshop(project, setting, SharedStore(project.private, depot), Progress.unseen(), helped=False)


def key_mark(parcel: str, key: bytes) -> str:
    return hmac.new(key, parcel.encode(), "sha256").hexdigest() if key else ""


def kind_of_machine() -> str:
    """Two of one kind make the same bytes of the same words."""
    modules = ("generator.proof.made", *(module for name in NAMES for module in modules_of(name)))
    return digest_of(our_code().digest(*modules), browser_version(find_browser()), film_version(),
                     espeak_version())
