"""Killed at any disk event of a build: what is served is whole, and the next build is the clean one, byte for byte."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import workshop
from generator.build import Order, build
from generator.engine import publish
from generator.engine.progress import Progress
from generator.ground.files import find_project
from tests.projects import edit, make_project
from tests.test_torture import complaint, digests

KILLS = 60 if os.environ.get("HOCSO_PROVE") == "1" else 9
SEED = 20261120
EVENTS = {"open": "written", "os.rename": "renamed", "os.link": "linked", "os.symlink": "led", "os.remove": "removed",
          "os.mkdir": "made", "os.rmdir": "taken away", "os.chmod": "opened", "shutil.rmtree": "cleared"}
"""What Python tells of whoever listens, by what it means for a file."""
LESSON = "content/topics/quet-ma-qr/index.md"

pytestmark = [pytest.mark.long, pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")]


def listening(root: Path, tell: Callable[[str], None]) -> Callable[[str, tuple[Any, ...]], None]:
    """Hears each change of a file below the project, just before it is done."""
    def hear(event: str, given: tuple[Any, ...]) -> None:
        writes = event != "open" or (isinstance(given[1], str) and given[1][:1] in "wxa")
        names = [os.path.relpath(str(one), root) for one in given if str(one).startswith(str(root))]
        if event in EVENTS and writes and names:
            tell(f"{EVENTS[event]} {' '.join(names)}")
    return hear


def in_a_child(root: Path, tell: Callable[[str], None], order: Order) -> int:
    """Another process that builds; its exit code, negative when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            sys.addaudithook(listening(root, tell))
            build(find_project(root), order, Progress(io.StringIO()))
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def events_of(root: Path, folder: Path, order: Order) -> list[str]:
    """Everything a build does to files, in order."""
    log = folder / "events"

    def note(event: str) -> None:
        with log.open("a", encoding="utf-8") as told:
            told.write(f"{event}\n")

    assert in_a_child(root, note, order) == 0
    return log.read_text("utf-8").splitlines()


def killer(at: int) -> Callable[[str], None]:
    left = [at]

    def tell(_event: str) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
    return tell


def moments(events: list[str]) -> list[int]:
    """Whatever is done to `dist` itself; then what is done to trees and notes as a whole, and some of every kind."""
    chance = random.Random(SEED)
    heart = [at for at, event in enumerate(events) if "dist" in event.split()]
    whole = [at for at, event in enumerate(events) if re.search(r" (\.dist\.trees/[^/ ]+|\.hocso/lent/.*)$", event)]
    kinds = [[at for at, event in enumerate(events) if event.startswith(kind)] for kind in EVENTS.values()]
    some = [chance.choice(kind) for _ in range(KILLS) for kind in kinds if kind]
    chance.shuffle(whole)
    return [*dict.fromkeys((*heart, *whole[: KILLS // 2], *some))][:KILLS]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_killed_at_any_disk_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setattr(workshop, "find_browser", lambda: None)
    monkeypatch.setattr(publish, "LINKS", links)
    root, order, want = make_project(tmp_path / "sach"), Order(("qr", "number", "deck")), []
    for turn in range(2):  # the second words' build is the one that is killed; it carries over what the first one made
        build(find_project(root), order if turn else Order((*order.products, "server")), Progress(io.StringIO()))
        want.append(digests(root / "dist"))
        if turn == 0:
            shutil.copytree(root, tmp_path / "first", symlinks=True)
            edit(root, LESSON, "giữ yên.", "giữ thật yên.")
    edit(tmp_path / "first", LESSON, "giữ yên.", "giữ thật yên.")
    shutil.copytree(tmp_path / "first", tmp_path / "heard", symlinks=True)
    events = events_of(tmp_path / "heard", tmp_path, order)
    assert {event.split()[0] for event in events} >= {"written", "renamed", "linked", "removed", "made"}
    wrong = []
    assert len(moments(events)) == KILLS
    for at in moments(events):
        root = tmp_path / f"killed-{at}"
        shutil.copytree(tmp_path / "first", root, symlinks=True)
        assert in_a_child(root, killer(at), order) == -signal.SIGKILL
        served = root / "dist"
        if links or served.exists():  # without links there is a moment between two renames, which is repaired
            told = complaint(served) or ("" if digests(served) in want else "neither the old build nor the new one")
            wrong += [f"{at} {events[at]}: {told}"] if told else []
        build(find_project(root), order, Progress(io.StringIO()))
        if digests(served) != want[1]:
            wrong.append(f"{at} {events[at]}: the next build is another")
        wrong += [f"{at} {events[at]}: {left.name} is left" for left in root.rglob("*.new")]
        shutil.rmtree(root)
    assert not wrong
