"""The set-up: locks that hold every package, a bootstrap any Python can read, a make that works once."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BASE, PROVE = "requirements.lock", "requirements-prove.lock"
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)( ; [^\\]+)?(?: \\\n {4}--hash=sha256:[0-9a-f]{64})+$", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def lock_text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pins(name: str) -> dict[str, list[str]]:
    """Package → its versions: two where an older Python needs an older one."""
    found: dict[str, list[str]] = {}
    for match in PIN.finditer(lock_text(name)):
        found.setdefault(match[1], []).append(match[2])
    return found


def load_bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / ".ci" / "bootstrap.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = load_bootstrap()


@pytest.mark.parametrize("name", [BASE, PROVE])
def test_lock_holds_nothing_but_pins_with_hashes(name: str) -> None:
    assert PIN.sub("", lock_text(name)).strip() == ""


@pytest.mark.parametrize("name", [BASE, PROVE])
def test_lock_names_no_registry(name: str) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host", lock_text(name))


@pytest.mark.parametrize(
    ("name", "requirements"),
    [
        (BASE, PROJECT["dependencies"] + EXTRAS["dev"] + ["setuptools>=77"]),
        (PROVE, EXTRAS["prove"]),
    ],
)
def test_lock_satisfies_pyproject(name: str, requirements: list[str]) -> None:
    locked = pins(name)
    for requirement in map(Requirement, requirements):
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name}: not in {name}"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_prove_lock_only_adds() -> None:
    assert not pins(BASE).keys() & pins(PROVE).keys()


def test_builder_is_taken_from_the_lock() -> None:
    entry = bootstrap.lock_entry(lock_text(BASE), "setuptools")
    assert [match[1] for match in PIN.finditer(entry)] == ["setuptools"]
    assert PIN.sub("", entry).strip() == ""


def test_bootstrap_is_readable_for_an_old_python() -> None:
    source = (ROOT / ".ci" / "bootstrap.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 7))
    imported = {name.split(".")[0] for name in re.findall(r"^(?:import|from) (\S+)", source, re.MULTILINE)}
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("version", "has_ensurepip", "words"),
    [
        ((3, 10), True, ["Cần Python 3.11", "3.10", "is needed"]),
        ((3, 12), False, ["python3-venv", "thiếu", "lacks"]),
        ((3, 13), True, None),
    ],
)
def test_python_problem_is_said_in_both_languages(
    version: tuple[int, int], has_ensurepip: bool, words: list[str] | None
) -> None:
    problem = bootstrap.python_problem(version, has_ensurepip)
    if words is None:
        assert problem is None
    else:
        assert [word for word in words if word not in str(problem)] == []


@pytest.mark.parametrize(
    ("answers", "package"),
    [
        ({"chromium": "Package: chromium\nDescription: web browser, takes snapshots"}, "chromium"),
        ({"chromium-browser": "Description: Transitional package - chromium-browser -> chromium snap"}, None),
        ({"chromium": "", "chromium-browser": "Description: web browser"}, "chromium-browser"),
        ({}, None),
    ],
)
def test_a_pointer_to_a_snap_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], package: str | None
) -> None:
    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        text = answers.get(command[-1])
        return subprocess.CompletedProcess(command, 100 if text is None else 0, (text or "").encode())

    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    assert bootstrap.real_package(["chromium", "chromium-browser"]) == package


def test_the_question_for_a_browser_can_be_asked() -> None:
    asked = subprocess.run([sys.executable, "-c", bootstrap.LOOK], capture_output=True, text=True, cwd=ROOT)
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize(
    ("has", "appears_after", "root", "asked"),
    [
        ({"espeak-ng", "apt-get"}, 0, [], []),
        ({"apt-get"}, 1, [], ["install"]),
        ({"apt-get"}, 3, ["sudo", "-n"], ["install", "update", "install"]),
        ({"apt-get"}, 0, None, []),
        (set(), 0, [], []),
    ],
)
def test_the_voice_is_got_like_the_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has: set[str], appears_after: int, root: list[str] | None,
    asked: list[str],
) -> None:
    """And never stops the set-up: where it is not to be had, films are silent."""
    ran: list[list[str]] = []
    there = set(has)

    def run_logged(_venv: object, command: list[str], *_rest: object) -> bool:
        ran.append(command)
        if len(ran) == appears_after:
            there.add("espeak-ng")
        return True

    monkeypatch.delenv("HOCSO_NO_VOICE", raising=False)
    monkeypatch.setattr(bootstrap, "as_root", lambda: root)
    monkeypatch.setattr(bootstrap, "run_logged", run_logged)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name if name in there else None)
    bootstrap.get_voice(bootstrap.Venv(tmp_path))
    assert [command[len(root or []) + 1] for command in ran] == asked
    assert all(command[: len(root or [])] == root for command in ran)


def test_a_machine_without_voice_on_purpose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOCSO_NO_VOICE", "1")
    monkeypatch.setattr(bootstrap, "as_root", lambda: pytest.fail("asked for root"))
    bootstrap.get_voice(bootstrap.Venv(tmp_path))


@pytest.mark.parametrize(("npm", "works", "got", "said"), [
    (None, True, False, "Node.js"), ("npm", False, False, "--editor"), ("npm", True, True, "xong"),
])
def test_the_form_editor_is_whole_or_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    npm: str | None, works: bool, got: bool, said: str,
) -> None:
    """And never stops the set-up: without it the preview's page says how to get it."""
    ran: list[list[str]] = []

    def run_logged(_venv: object, command: list[str], *_rest: object) -> bool:
        ran.append(command)
        (Path(command[-1]) / "node_modules").mkdir()
        return works

    monkeypatch.delenv("HOCSO_EDITOR", raising=False)
    monkeypatch.setattr(bootstrap, "run_logged", run_logged)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: npm)
    venv = bootstrap.Venv(tmp_path)
    assert [bootstrap.get_editor(venv), bootstrap.get_editor(venv)] == [got, got]
    assert len(ran) == (0 if npm is None else 1 if works else 2), "what is there is not got again"
    assert (venv.editor / "node_modules").is_dir() is got
    assert said in capsys.readouterr().out


FAKE_BOOTSTRAP = """
import pathlib, sys
pathlib.Path(".venv/bin").mkdir(parents=True, exist_ok=True)
run = pathlib.Path(".venv/bin/python")
run.write_text('#!/bin/sh\\necho "$@" >> done.txt\\n')
run.chmod(0o755)
with open("done.txt", "a") as done:
    print("set-up", *sys.argv[1:], file=done)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Our Makefile in a folder with an awkward name, over a bootstrap that only takes notes."""
    folder = tmp_path / "một thư mục 'lạ'"
    (folder / ".ci").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", BASE, PROVE):
        shutil.copy(ROOT / name, folder)
    (folder / ".ci" / "bootstrap.py").write_text(FAKE_BOOTSTRAP, "utf-8")
    return folder


def make(folder: Path, *targets: str) -> list[str]:
    """What was done since the last time, one line a command."""
    notes = folder / "done.txt"
    notes.unlink(missing_ok=True)
    own = {name: value for name, value in os.environ.items()
           if not name.startswith("MAKE") and name != "ALL"}  # what make was told that runs these tests
    command = ["make", f"PYTHON={sys.executable}", *targets]
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return notes.read_text("utf-8").splitlines()


PYTEST = "-m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder"
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="Windows goes the pip way")


@needs_make
def test_second_make_does_no_set_up_work(clone: Path) -> None:
    assert make(clone) == ["set-up", "-m generator build"]
    for path in clone.iterdir():
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert make(clone) == ["-m generator build"]
    assert make(clone, "test", "ALL=1") == [PYTEST]
    assert make(clone, "test") == [f"{PYTEST} --sampled"]


@needs_make
@pytest.mark.parametrize("name", [BASE, "pyproject.toml"])
def test_a_changed_lock_sets_up_again(clone: Path, name: str) -> None:
    make(clone)
    with (clone / name).open("a") as file:
        file.write("# changed\n")
    assert make(clone)[0] == "set-up"
    assert make(clone) == ["-m generator build"]


@needs_make
def test_a_moved_folder_sets_up_again(clone: Path) -> None:
    make(clone)
    moved = clone.rename(clone.with_name("moved"))
    assert make(moved)[0] == "set-up"


@needs_make
def test_prove_adds_its_own_lock_once(clone: Path) -> None:
    make(clone)
    assert make(clone, "prove") == ["set-up --prove", "-m pytest -q"]
    assert make(clone, "prove") == ["-m pytest -q"]


FOLDERS = {".ci", ".github", ".vscode", "content", "generator", "qr", "tests", "theme"}


def test_nothing_a_run_left_behind_is_kept() -> None:
    """What tests and builds remember is no part of the tree; twice it was saved with it."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git here")
    assert {name.partition("/")[0] for name in listed.stdout.splitlines() if "/" in name} <= FOLDERS
