"""Gives the editions of a build out: to this process, to others of this machine, or to a cluster."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec

from generator.engine.crew import Crew, Pool, local_pool
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tree import Part
from generator.ground.errors import MissingProgramError, UsageError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.worker import Home, kind_of_machine, pack, work
from generator.workshop import Setting, Task, Workshop

LOCAL = "local"
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
    with progress.step("make", str(Text(f"{len(tasks)} bản", f"{len(tasks)} editions"))):
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
            progress.count(COMMON, count, len(shares))
        for task, part in crew.each_done(doing, tasks):
            for trouble in part.troubles:
                progress.say(trouble)
            if hands.depot and not all(map(store.find, (*part.items.values(), *part.proofs))):
                again.append(task)
                continue
            yield replace(part, fresh=part.fresh + fresh)
            fresh = 0
    yield from _made_here(project, setting, store, again, hands.jobs, Progress.unseen())
    for trouble in store.told():
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

    depot = Depot(hands.depot)
    depot.try_out()
    shared = SharedStore(project.private, depot)
    if setting.asked:  # what stands published and is not made now may be needed
        for key in {key for task in tasks for key in task.known.values()}:
            shared.send(key)
    parcel = depot.put_bytes(pack(project, setting, whole=True))
    return shared, Home(parcel, project.root, project.theme, hands.depot, kind_of_machine())


def check_hands(hands: Hands) -> None:
    """Says what a cluster lacks before anything is read."""
    if hands.depot and not hands.cluster:
        raise UsageError("--store chỉ đi với --cluster.", "--store goes with --cluster only.")
    if hands.cluster not in ("", LOCAL) and not re.fullmatch(r"[a-z]+://[^/]+:\d+/?", hands.cluster):
        raise UsageError(f"--cluster {hands.cluster}? Viết như tcp://10.0.0.5:8786, hoặc local.",
                         f"--cluster {hands.cluster}? Write it like tcp://10.0.0.5:8786, or local.")
    if hands.cluster not in ("", LOCAL) and not hands.depot:
        raise UsageError("Thiếu --store ĐỊA_CHỈ: kho chung mà các máy trong cụm (--cluster) cùng đọc và ghi.",
                         "--store URL is missing: the store that the machines of a --cluster share.")
    lacking = [name for name in ("distributed", "fsspec", "zstandard") if hands.cluster and not find_spec(name)]
    if lacking:
        raise MissingProgramError(f"Chưa có {', '.join(lacking)}: cài thêm bằng pip install 'hocso[cluster]'.",
                                  f"{', '.join(lacking)} missing: pip install 'hocso[cluster]'.")
