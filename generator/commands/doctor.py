"""`hocso doctor`: what this machine has, what it lacks, and the one command that gets it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from generator.commands.forms.installed import GET, is_installed, packages
from generator.ground import history
from generator.ground.errors import MissingProgramError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.handbook.ledger import FILE as LEDGER
from generator.press.film import film_version
from generator.press.fonts import FACES, font_file, package_of
from generator.press.voice import espeak_version, find_espeak, voice_hint
from generator.press.which_browser import browser_version, find_browser, install_hint

OLDEST_PYTHON = (3, 11)
LOCK = "requirements.lock"
REINSTALL = f'"{sys.executable}" -m pip install --force-reinstall --no-deps'
ROOM_MB = 500
"""A full build with its cache, twice, for a handbook of the size we have."""


class State(NamedTuple):
    """How one thing stands that a build needs or is better for."""

    told: Text | str
    mend: Text | str = ""
    """Empty when all is well."""
    needed: bool = True


def examine(project: Project) -> tuple[str, int]:
    """A line a thing; 2 when something needed is missing."""
    states = [(name, look(project)) for name, look in LOOKS]
    missing = sum(bool(state.mend) and state.needed for _, state in states)
    end = said("doctor/missing", missing=missing) if missing else said("doctor/all-well")
    return "\n".join([*(_line(*row) for row in states), "", str(end)]), 2 if missing else 0


def _line(name: Text, state: State) -> str:
    sign = ("✗" if state.needed else "!") if state.mend else "✓"
    return f"{sign} {name}: {state.told}" + (f"\n    → {state.mend}" if state.mend else "")


def _python(_project: Project) -> State:
    where = f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return State(where, said("doctor/old-python"))
    if sys.prefix == sys.base_prefix:
        return State(said("doctor/outside-venv", where=where), "make", needed=False)
    return State(where)


def _packages(project: Project) -> State:
    places = (project.path(LOCK), Path(__file__).resolve().parents[2] / LOCK)
    lock = next((path for path in places if path.is_file()), None)
    if lock is None:
        return State(said("doctor/no-lock", file=LOCK))
    wanted = locked_versions(lock.read_text("utf-8"))
    absent = [package for package in sorted(wanted) if not _installed(package)]
    other = [package for package in sorted(wanted) if _installed(package) not in ("", *wanted[package])]
    wrong = [f"{word} {', '.join(packages)}" for word, packages in (
        (said("doctor/absent"), absent), (said("doctor/other"), other)) if packages]
    if wrong:
        return State("; ".join(wrong), f'"{sys.executable}" -m pip install --require-hashes --no-deps -r {LOCK}')
    return State(said("doctor/as-locked", count=len(wanted)))


def locked_versions(lock: str) -> dict[str, set[str]]:
    """Versions by package; a package only some machines need counts only where it is installed."""
    wanted: dict[str, set[str]] = {}
    always: set[str] = set()
    for name, number, marker in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)\s*(;?)", lock, re.MULTILINE):
        wanted.setdefault(name, set()).add(number)
        if not marker:
            always.add(name)
    return {name: numbers for name, numbers in wanted.items() if name in always or _installed(name)}


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _browser(_project: Project) -> State:
    try:
        found = find_browser()
    except MissingProgramError as problem:
        return State(problem.text, "unset HOCSO_BROWSER")
    if found is None:
        return State(said("doctor/no-browser"), install_hint())
    return State(f"{browser_version(found)} ({found})")


def _fonts(_project: Project) -> State:
    try:
        for weight in FACES:
            font_file(weight)
    except MissingProgramError as problem:
        return State(str(problem).split(".")[0], f"{REINSTALL} {package_of(FACES[weight])}")
    return State(said("doctor/fonts"))


def _films(_project: Project) -> State:
    """ffmpeg comes with the packages; the voice is a program of its own."""
    if not film_version():
        return State(said("doctor/no-ffmpeg"), f"{REINSTALL} imageio-ffmpeg")
    if not find_espeak():
        return State(said("doctor/no-voice"), voice_hint(), needed=False)
    return State(espeak_version())


def _git(project: Project) -> State:
    """Without history everything is built; only the ledger cannot be compared."""
    if shutil.which("git") is None:
        return State(said("doctor/no-git"), said("doctor/get-git"), needed=False)
    versions = Kept(project.root, LEDGER).versions(LEDGER)
    if versions is not None:
        return State(said("doctor/history", count=max(len(versions) - 1, 0)))
    if folder := history.refused_owner(project.root):
        return State(said("doctor/anothers", folder=folder), f'git config --global --add safe.directory "{folder}"',
                     needed=False)
    if history.commit_id(project.root) == "none":
        return State(said("doctor/no-clone"), said("doctor/clone"), needed=False)
    return State(said("doctor/shallow"), "git fetch --unshallow", needed=False)


def _rights(project: Project) -> State:
    folders = (project.private, project.path("content"), project.path("qr"))
    closed = [folder for folder in (project.root, *filter(Path.exists, folders)) if not os.access(folder, os.W_OK)]
    if closed:
        listed = " ".join(f'"{folder}"' for folder in closed)
        return State(said("doctor/no-right", listed=listed),
                     f"icacls {listed} /grant %USERNAME%:M /T" if os.name == "nt" else f"chmod -R u+w {listed}")
    return State(said("doctor/rights"))


def _room(project: Project) -> State:
    free = shutil.disk_usage(project.root).free // 1_000_000
    told = Text(f"{free:,} MB".replace(",", "."), f"{free:,} MB")
    if free < ROOM_MB:
        return State(said("doctor/little-room", told=told, least=ROOM_MB), said("doctor/make-room"))
    return State(told)


def _editor(_project: Project) -> State:
    if is_installed():
        return State(str(packages()))
    return State(said("doctor/no-editor"), said("doctor/get-editor", command=GET), needed=False)


LOOKS: tuple[tuple[Text, Callable[[Project], State]], ...] = (
    (Text("Python", "Python"), _python),
    (Text("Các gói", "Packages"), _packages),
    (Text("Trình duyệt để in", "Browser that prints"), _browser),
    (Text("Phông chữ in", "Fonts for print"), _fonts),
    (Text("Phim và giọng đọc", "Films and their voice"), _films),
    (Text("Trình sửa bài /sua/", "Form editor /sua/"), _editor),
    (Text("Lịch sử git", "Git history"), _git),
    (Text("Quyền ghi", "Right to write"), _rights),
    (Text("Chỗ trống trên đĩa", "Free disk space"), _room),
)
