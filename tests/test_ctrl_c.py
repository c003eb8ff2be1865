"""Ctrl-C at any of 200 moments (`make prove`): one line, exit 130, no process left, what is published is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.projects import ROOT, commit_all, make_project, put
from tests.samples import SEED, sample

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="families are looked up in /proc")

ENDS = "Stopped; what is published is whole.\n"
COMMANDS: tuple[tuple[str, float], ...] = (
    # What is typed, and about how many seconds it runs.
    ("check", 1.0), ("check --fix", 1.0), ("build qr number", 2.0), ("build leaflet:quet-ma-qr", 4.0),
    ("proof dist/qr", 1.5), ("approve quet-ma-qr", 0.8), ("schema --check", 0.5), ("serve --port 0", 3.0),
    ("diff HEAD qr", 2.0), ("--help", 0.3),
)
STUB = """
import os, runpy, sys
pipe = int(sys.argv.pop(1))
def begun(event, what):
    if event == "import" and what[0] == "generator.cli" and begun.once:
        begun.once = False
        os.write(pipe, b".")
begun.once = True
sys.addaudithook(begun)
runpy.run_module("generator", run_name="__main__", alter_sys=True)
"""
"""Tells when our first line runs: what comes before is Python's own start."""
MOMENTS = [(number, *random.Random(SEED + number).choice(COMMANDS)) for number in range(200)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once, and something is new since."""
    root = make_project(tmp_path_factory.mktemp("stopped"), commit=True)
    subprocess.run([sys.executable, "-m", "generator", "-C", str(root), "build", "qr", "number"], cwd=ROOT, check=True,
                   capture_output=True)
    put(root, "qr/note.txt", "x")
    commit_all(root, "second")
    return root


def family(mark: str) -> list[str]:
    """Whoever carries our mark still."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit() and f"HOCSO_FAMILY={mark}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
    return found


@pytest.mark.parametrize(("number", "words", "seconds"), sample(MOMENTS, 0))
def test_ctrl_c_is_one_line_and_leaves_nothing(root: Path, number: int, words: str, seconds: float) -> None:
    mark, (heard, told) = f"{os.getpid()}-{number}", os.pipe()
    published = (root / "dist").resolve()
    process = subprocess.Popen(
        [sys.executable, "-c", STUB, str(told), "-C", str(root), *words.split()], cwd=ROOT, pass_fds=(told,),
        env={**os.environ, "HOCSO_LANG": "en", "HOCSO_FAMILY": mark}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL))
    os.close(told)
    assert os.read(heard, 1) == b"."
    os.close(heard)
    time.sleep(random.Random(SEED - number).uniform(0, seconds))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err and "Exception" not in err
    assert process.returncode in (0, 1, 130)
    assert err.count(ENDS) == (process.returncode == 130)  # a preview that serves ends by it, with 0
    assert (root / "dist").is_dir() and (published == (root / "dist").resolve() or words.startswith("build"))
    deadline = time.monotonic() + 60
    while family(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not family(mark)


def test_what_was_stopped_can_be_built(root: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "generator", "-C", str(root), "build", "qr", "number"], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (root / "dist/qr/1041.svg").is_file()
