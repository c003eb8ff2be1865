"""Workers of other machines, by Dask: `dask scheduler`, `dask worker`, or processes it starts here (`local`)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import dask
from distributed import Client, LocalCluster, get_worker
from distributed.scheduler import KilledWorker

from generator.engine.crew import Pool
from generator.ground.errors import ClusterError

T = TypeVar("T")
Done = TypeVar("Done")

LOCAL = "local"
CONNECT_SECONDS = 10
START_SECONDS = 180
"""Processes of our own are slow to start on a busy machine, and nobody else can be meant."""
WORKERS_SECONDS = 30.0
"""So long a cluster may be without a worker."""
_ONE_THREAD = ThreadPoolExecutor(1)


@contextmanager
def cluster_pool(address: str, workers: int = 0) -> Iterator[Pool]:
    """Those who are there when we come, or `workers` of our own."""
    _hush()
    with ExitStack() as stack:
        try:
            client = stack.enter_context(_client(address, workers, stack))
            client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            count = sum(client.nthreads().values())
        except (OSError, TimeoutError, ValueError, ImportError) as problem:
            raise _no_cluster(address, problem) from problem
        yield Pool(client.get_executor(pure=False), count, partial(_look, client, address, [time.monotonic()]),
                   (KilledWorker, CancelledError), _run_there)


def _hush() -> None:
    """What goes wrong and matters comes to us as errors. Some of their loggers have a level of their own."""
    names = {"distributed", "asyncio", "tornado"}
    for name in (*names, *(known for known in logging.root.manager.loggerDict if known.partition(".")[0] in names)):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _client(address: str, workers: int, stack: ExitStack) -> Client:
    if address != LOCAL:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    with dask.config.set({"distributed.comm.timeouts.connect": f"{START_SECONDS}s"}):
        own = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0",  # None is 8787
                           silence_logs=logging.CRITICAL)
        return Client(stack.enter_context(own), set_as_default=False)


def _look(client: Client, address: str, seen: list[float]) -> None:
    """Raises when the scheduler is gone, or has had no worker for long; `seen` holds when there last was one."""
    try:
        there = client.status == "running" and bool(client.nthreads())
    except Exception as problem:  # whatever a connection that broke just now raises
        raise _no_cluster(address, problem) from problem
    if there:
        seen[0] = time.monotonic()
    elif client.status != "running" or time.monotonic() - seen[0] > WORKERS_SECONDS:
        raise _no_cluster(address, "no worker is left" if client.status == "running" else "the scheduler is gone")


def _no_cluster(address: str, problem: object) -> ClusterError:
    why = " ".join(str(problem).split()) or type(problem).__name__
    return ClusterError(f"Cụm máy {address} không trả lời: {why}. Bản cũ còn nguyên.",
                        f"The cluster {address} does not answer: {why}. The last build stands.")


def _run_there(work: Callable[[Path, T], Done], task: T) -> Done:
    """On a worker: always in the same thread, for a browser is bound to its own."""
    return _ONE_THREAD.submit(work, Path(get_worker().local_directory), task).result()
