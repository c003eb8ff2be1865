"""Many processes at once: tasks go out, results come back, and what one that died had in hand goes to another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from generator.ground.children import end_with_parent, interrupts_held
from generator.ground.errors import ClusterError

T = TypeVar("T")
Done = TypeVar("Done")

LOOK_SECONDS = 2.0
MOST_DEATHS = 3
"""Pools in a row that end with nothing done."""
END_SECONDS = 5.0


def _run(work: Callable[[Path | None, T], Done], task: T) -> Done:
    return work(None, task)


@dataclass(frozen=True)
class Pool:
    """Whoever takes tasks, on this machine or on others."""

    executor: Executor
    workers: int
    look: Callable[[], None] = lambda: None
    """Raises when nobody is left to work."""
    lost: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)
    """What a task raises whose worker died."""
    run: Callable[..., Any] = _run
    """Runs there: hands the work a folder that ends with the worker, if that has one, and the task."""


class Crew:
    """Workers that outlive the death of some; use it in a `with`."""

    def __init__(self, open_pool: Callable[[], AbstractContextManager[Pool]]) -> None:
        self._open = open_pool
        self._stack = ExitStack()
        self.pool = Pool(Executor(), 0)

    def __enter__(self) -> Crew:
        with interrupts_held():
            self.pool = self._stack.enter_context(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, problem, trace)

    def each_done(self, work: Callable[[Path | None, T], Done], tasks: Sequence[T]) -> Iterator[tuple[T, Done]]:
        """Every task with its result, as they come."""
        left, deaths = list(tasks), 0
        while left:
            before = len(left)
            for task, result in self._round(work, left):
                left.remove(task)
                yield task, result
            if left:
                deaths = 0 if len(left) < before else deaths + 1
                if deaths == MOST_DEATHS:
                    raise ClusterError(
                        "Các tiến trình cứ bị dừng giữa chừng (máy hết bộ nhớ?). Dựng lại với --workers nhỏ hơn.",
                        "Workers keep dying (is the memory full?). Build again with fewer --workers.",
                    )
                self._stack.close()
                self.__enter__()

    def _round(self, work: Callable[[Path | None, T], Done], tasks: Sequence[T]) -> Iterator[tuple[T, Done]]:
        """One pool's life at most; tasks whose worker died are simply not among the results."""
        pool, given = self.pool, dict[Future[Done], T]()
        with interrupts_held(), suppress(BrokenExecutor):
            for task in tasks:
                given[pool.executor.submit(pool.run, work, task)] = task
        waiting = set(given)
        while waiting:
            done, waiting = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
            if not done:
                pool.look()
            for future in done:
                try:
                    result = future.result()
                except pool.lost:
                    continue
                yield given[future], result


@contextmanager
def local_pool(workers: int) -> Iterator[Pool]:
    """Processes of this machine. On the way out of trouble they end at once: what they made until then is kept."""
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), end_with_parent)
    try:
        yield Pool(executor, workers)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
            child.join(END_SECONDS)
        raise
    executor.shutdown()
