"""`hocso doctor`: what this machine has, what it lacks, and the one command that gets it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.ground import history
from generator.ground.errors import MissingProgramError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.handbook.ledger import FILE as LEDGER
from generator.press.film import film_version
from generator.press.fonts import WEIGHTS, font_file
from generator.press.voice import espeak_version, find_espeak, voice_hint
from generator.press.which_browser import browser_version, find_browser, install_hint

OLDEST_PYTHON = (3, 11)
LOCK = "requirements.lock"
ROOM_MB = 500
"""A full build with its cache, twice, for a handbook of the size we have."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a build needs or is better for. `mend` is empty when all is well."""

    name: Text
    state: Text
    mend: Text | None = None
    needed: bool = True


def examine(project: Project) -> tuple[str, int]:
    """A line a part; 2 when something needed is missing."""
    parts = list(_parts(project))
    missing = [part for part in parts if part.mend and part.needed]
    end = Text("Máy này đủ để dựng mọi thứ.", "This machine can build everything.")
    if missing:
        end = Text(f"Còn thiếu {len(missing)} thứ.", f"{len(missing)} missing.")
    return "\n".join([*map(_told, parts), "", str(end)]), 2 if missing else 0


def _told(part: Part) -> str:
    if part.mend is None:
        return f"✓ {part.name}: {part.state}"
    return f"{'✗' if part.needed else '!'} {part.name}: {part.state}\n    → {part.mend}"


def _parts(project: Project) -> Iterator[Part]:
    yield _python()
    yield _packages(project)
    yield _browser()
    yield _fonts()
    yield _films()
    yield _git(project)
    yield _rights(project)
    yield _room(project)


def _python() -> Part:
    name = ".".join(map(str, sys.version_info[:3]))
    where = Text(f"{name} ({sys.executable})", f"{name} ({sys.executable})")
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Part(Text("Python", "Python"), where, Text("Cài Python 3.11 trở lên, rồi: make PYTHON=python3.11",
                                                          "Install Python 3.11 or newer, then: make PYTHON=python3.11"))
    if sys.prefix == sys.base_prefix:
        state = Text(f"{where.vi}, ngoài môi trường .venv", f"{where.en}, outside .venv")
        return Part(Text("Python", "Python"), state, Text("make", "make"), needed=False)
    return Part(Text("Python", "Python"), where)


def _packages(project: Project) -> Part:
    name = Text("Các gói", "Packages")
    places = (project.path(LOCK), Path(__file__).resolve().parents[2] / LOCK)
    lock = next((path for path in places if path.is_file()), None)
    if lock is None:
        return Part(name, Text(f"không có {LOCK} để so", f"there is no {LOCK} to compare with"))
    wanted = locked_versions(lock.read_text("utf-8"))
    absent = sorted(package for package in wanted if not _installed(package))
    other = sorted(package for package, versions in wanted.items()
                   if package not in absent and _installed(package) not in versions)
    if absent or other:
        vi = [f"thiếu {', '.join(absent)}"] if absent else []
        en = [f"missing: {', '.join(absent)}"] if absent else []
        vi += [f"khác bản khóa: {', '.join(other)}"] if other else []
        en += [f"not as locked: {', '.join(other)}"] if other else []
        command = f'"{sys.executable}" -m pip install --require-hashes --no-deps -r {LOCK}'
        return Part(name, Text("; ".join(vi), "; ".join(en)), Text(command, command))
    return Part(name, Text(f"{len(wanted)} gói, đúng bản khóa", f"{len(wanted)}, as locked"))


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


def _browser() -> Part:
    name = Text("Trình duyệt để in", "Browser that prints")
    try:
        found = find_browser()
    except MissingProgramError as problem:
        return Part(name, problem.text, Text("unset HOCSO_BROWSER", "unset HOCSO_BROWSER"))
    if found is None:
        return Part(name, Text("chưa có; trang và mã vẫn dựng được, giấy thì chưa",
                               "none; site and codes can be built, papers cannot"), install_hint())
    state = f"{browser_version(found)} ({found.path})"
    return Part(name, Text(state, state))


def _fonts() -> Part:
    name = Text("Phông chữ in", "Fonts for print")
    try:
        for weight in WEIGHTS:
            font_file(weight)
    except MissingProgramError as problem:
        command = f'"{sys.executable}" -m pip install --force-reinstall --no-deps font-roboto'
        return Part(name, Text(problem.text.vi.split(".")[0], problem.text.en.split(".")[0]), Text(command, command))
    return Part(name, Text("Roboto, đủ ba độ đậm", "Roboto in its three weights"))


def _films() -> Part:
    """ffmpeg comes with the packages; the voice is a program of its own."""
    name = Text("Phim và giọng đọc", "Films and their voice")
    if not film_version():
        command = f'"{sys.executable}" -m pip install --force-reinstall --no-deps imageio-ffmpeg'
        return Part(name, Text("ffmpeg không chạy; chưa làm được phim", "ffmpeg does not run; no films"),
                    Text(command, command))
    if not find_espeak():
        return Part(name, Text("chưa có giọng; phim sẽ không tiếng", "no voice; films will be silent"), voice_hint(),
                    needed=False)
    return Part(name, Text(espeak_version(), espeak_version()))


def _git(project: Project) -> Part:
    """Without history everything is built; only the ledger cannot be compared."""
    name = Text("Lịch sử git", "Git history")
    if shutil.which("git") is None:
        return Part(name, Text("máy chưa có git", "git is not installed"),
                    Text("Cài git: https://git-scm.com/downloads", "Install git: https://git-scm.com/downloads"),
                    needed=False)
    versions = history.versions(project.root, LEDGER)
    if versions is not None:
        return Part(name, Text(f"đủ; sổ mã có {len(versions)} bản trước", f"whole; {len(versions)} of the ledger"))
    if history.commit_id(project.root) == "none":
        return Part(name, Text("thư mục này không lấy bằng git; sổ mã không so được với bản trước",
                               "not a git clone; the ledger cannot be compared"),
                    Text("git clone (địa chỉ kho của sách)", "git clone (the handbook's address)"), needed=False)
    return Part(name, Text("chỉ có phần ngọn; sổ mã không so được với bản trước", "shallow; the ledger cannot be "
                           "compared"), Text("git fetch --unshallow", "git fetch --unshallow"), needed=False)


def _rights(project: Project) -> Part:
    name = Text("Quyền ghi", "Right to write")
    folders = [project.root, *(folder for folder in (project.private, project.path("content"), project.path("qr"))
                               if folder.exists())]
    closed = [str(folder) for folder in folders if not os.access(folder, os.W_OK)]
    if closed:
        listed = " ".join(f'"{folder}"' for folder in closed)
        command = f"icacls {listed} /grant %USERNAME%:M /T" if os.name == "nt" else f"chmod -R u+w {listed}"
        return Part(name, Text(f"không ghi được vào {listed}", f"no right to write in {listed}"),
                    Text(command, command))
    return Part(name, Text("ghi được vào thư mục sách", "the handbook's folder can be written"))


def _room(project: Project) -> Part:
    name = Text("Chỗ trống trên đĩa", "Free disk space")
    free = shutil.disk_usage(project.root).free // 1_000_000
    state = Text(f"{free:,} MB".replace(",", "."), f"{free:,} MB")
    if free < ROOM_MB:
        return Part(name, Text(f"chỉ còn {state.vi}, nên có {ROOM_MB} MB", f"only {state.en}, {ROOM_MB} MB are wanted"),
                    Text("Xóa bớt tệp; thư mục .hocso lúc nào cũng xóa được.",
                         "Make room; the folder .hocso may always be deleted."))
    return Part(name, state)
