"""Killed at any disk event of a command that writes what people signed or printed: old or new, nothing in between is
approved, and typed again it ends as if nothing had happened."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.ground.files import Project
from generator.handbook.approvals import HEAD
from generator.handbook.ledger import FILE
from generator.handbook.model import APPROVALS
from generator.handbook.read import read_handbook
from tests.engine.test_killed import killer, listening
from tests.projects import make_project, snapshot

SLUG = "quet-ma-qr"
LESSON = f"content/topics/{SLUG}/index.md"
WRITTEN = {APPROVALS, LESSON, FILE}
SIGNED = ("approve", SLUG, "--unit", "Sở Y tế", "--date", "20/11/2026")
ALL = (*SIGNED, "--confirm", "all", "--seen", "all", "--on", "Android 14")
ADDED = ("qr", "add", "channel:cong")
COMMANDS: dict[str, tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "a sheet typed": ((), ALL), "taken back": ((ALL,), (*SIGNED, "--withdraw", "sai số")),
    "undone": ((ALL,), ("approve", SLUG, "--undo")),
    "a number given": ((), ADDED), "a number retired": ((ADDED,), ("qr", "retire", "1041", "--to", "cai-vneid")),
}
"""What came before, and what is killed."""

pytestmark = [pytest.mark.long, pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")]


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), *words])


def in_a_child(root: Path, tell: Callable[[str], None], words: tuple[str, ...]) -> int:
    child = os.fork()
    if child == 0:
        try:
            sys.addaudithook(listening(root, tell))
            os._exit(run(root, *words))
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def left_in(root: Path) -> dict[str, bytes]:
    """A book of approvals without rows is none; drafts are nobody's."""
    return {file: data for file, data in snapshot(root).items()
            if not file.endswith(".new") and (file, data) != (APPROVALS, HEAD.encode())}


def is_whole(root: Path, name: str) -> bool:
    """Approved, and every fact and screen of it seen; or not approved. What is being taken back may have its facts open
    first: no release holds such a lesson."""
    lesson = read_handbook(Project(root)).handbook.by_slug[SLUG]
    seen = "cần xác nhận:" not in (root / LESSON).read_text("utf-8")
    return not lesson.approved or seen or (name == "taken back" and bool(lesson.office.open_facts))


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_disk_event(tmp_path: Path, name: str) -> None:
    first, (begun, words) = make_project(tmp_path / "first", commit=True), COMMANDS[name]
    for one in begun:
        assert run(first, *one) == 0
    old = left_in(first)
    done = Path(shutil.copytree(first, tmp_path / "done"))
    count = [0]

    def note(_event: str) -> None:
        count[0] += 1
        (tmp_path / "count").write_text(str(count[0]), "utf-8")

    assert in_a_child(done, note, words) == 0
    new, events = left_in(done), int((tmp_path / "count").read_text("utf-8"))
    assert new != old and {file for file in {*old, *new} if old.get(file) != new.get(file)} <= WRITTEN
    for at in range(events):
        root = Path(shutil.copytree(first, tmp_path / str(at)))
        assert in_a_child(root, killer(at), words) == -signal.SIGKILL
        left = left_in(root)
        assert all(left.get(file) in (old.get(file), new.get(file)) for file in {*left, *old, *new}), at
        assert is_whole(root, name), at
        if left != new and run(root, *words) != 0:  # the lesson is written, the row is not: it says how to go on
            assert run(root, "approve", SLUG, "--undo") == 0 and run(root, *words) == 0, at
        assert left_in(root) == new, at
        shutil.rmtree(root)
