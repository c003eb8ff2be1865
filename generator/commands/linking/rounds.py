"""One round through all addresses: several hosts at once, each host's own addresses one after another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from generator.commands.linking.ask import Answer

AT_ONCE = 4
MOST_SECONDS = 900.0
"""A host that answers drop by drop must not hold the editor for ever."""

Ask = Callable[[str], Answer]


def ask_all(
    addresses: Iterable[str], ask: Ask, told: Callable[[int, int], None], *, most: float = MOST_SECONDS
) -> dict[str, Answer]:
    """Answers by address. Without one: whatever a host that wants to be left alone, or a late one, still owed."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        hosts.setdefault(urlsplit(address).hostname or "", []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    answers: dict[str, Answer] = {}
    total = sum(map(len, hosts.values()))
    workers = [threading.Thread(target=_work, args=(waiting, ask, answers), daemon=True) for _ in range(AT_ONCE)]
    for worker in workers:
        worker.start()
    end = time.monotonic() + most
    for worker in workers:
        while worker.is_alive() and time.monotonic() < end:
            worker.join(0.2)  # short, so that Ctrl-C is heard on Windows too
            told(len(answers), total)
    return dict(answers)


def _work(waiting: queue.SimpleQueue[list[str]], ask: Ask, answers: dict[str, Answer]) -> None:
    while True:
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            return
        for address in group:
            answers[address] = answer = ask(address)
            if answer.wait:
                break
