#!/usr/bin/env python3
"""Gets a machine ready: .venv from the hashed locks, a browser, a voice, the form editor. Needs nothing but Python.

`make` runs it once per state of the locks. It is kept readable for Python 3.7, so that a Python
that is too old can still say so.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
LOOK = (
    "from generator.press.which_browser import find_browser\n"
    "found = find_browser()\n"
    "print(found or '')"
)
DRIVER_LIBRARY = "libatomic1"  # Playwright's driver needs it, and neither it nor Debian's chromium brings it
APT_OPTIONS = ["-q", "-o=Acquire::Retries=1", "-o=Acquire::http::Timeout=20", "-o=DPkg::Lock::Timeout=60"]
BROWSER_SECONDS = 600
VOICE = "espeak-ng"
EDITOR = ROOT / ".ci" / "editor"
GET_EDITOR = "python .ci/bootstrap.py --editor"
NPM_SECONDS = 300


class SetupError(Exception):
    """Ends the set-up with one line in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi + "\n" + en)


class Venv(NamedTuple):
    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def unfinished(self) -> Path:
        """Stands while packages go in: if it is still there next time, begin anew."""
        return self.folder / "setting-up"

    @property
    def editor(self) -> Path:
        """The packages of the form editor, whole or not there."""
        return self.folder / "editor"

    @property
    def log(self) -> Path:
        return self.folder / "setup.log"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Sets up .venv and a browser.")
    parser.add_argument("--prove", action="store_true", help="also what only `make prove` needs")
    parser.add_argument("--editor", action="store_true", help="only the form editor of `hocso serve`")
    asked = parser.parse_args(arguments)
    prove = asked.prove
    speak_utf8()
    try:
        check_python()
        venv = Venv(ROOT / ".venv")
        if asked.editor:
            return 0 if get_editor(venv) else 2
        make_venv(venv)
        install_packages(venv, ["requirements.lock"] + (["requirements-prove.lock"] if prove else []))
        if not prove:  # it was looked for before
            get_browser(venv)
            get_voice(venv)
            get_editor(venv)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        where = problem.filename or ROOT
        print(
            f"Không ghi hoặc đọc được: {where}\nCannot read or write: {where} ({problem.strerror})",
            file=sys.stderr,
        )
        return 2
    return 0


def speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(vi: str, en: str) -> None:
    print(en if os.environ.get("HOCSO_LANG") == "en" else vi, flush=True)


# Python and its packages


def check_python() -> None:
    """Goes on with a newer Python of this machine when the one called is too old."""
    if sys.version_info[:2] < MINIMUM:
        for newer in filter(None, map(shutil.which, NEWER)):
            os.execv(newer, [newer, *sys.argv])
    problem = python_problem(sys.version_info[:2], importlib.util.find_spec("ensurepip") is not None)
    if problem:
        raise problem


def python_problem(version: tuple[int, int], has_ensurepip: bool) -> SetupError | None:
    name = ".".join(map(str, version))
    if version < MINIMUM:
        return SetupError(
            f"Cần Python 3.11 trở lên, máy này có {name}. Cài bản mới rồi gõ lại: make PYTHON=python3.12",
            f"Python 3.11 or newer is needed, this is {name}. Install one, then: make PYTHON=python3.12",
        )
    if not has_ensurepip:
        return SetupError(
            "Python của máy thiếu phần venv. Trên Debian, Ubuntu: sudo apt-get install python3-venv",
            "This Python lacks venv. On Debian and Ubuntu: sudo apt-get install python3-venv",
        )
    return None


def make_venv(venv: Venv) -> None:
    if venv.unfinished.exists() or not is_sound(venv):
        say("Dựng môi trường Python trong .venv …", "Making the Python environment in .venv …")
        command = [sys.executable, "-m", "venv", "--clear", str(venv.folder)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            raise SetupError(
                f"Không dựng được .venv: {last_line(done.stdout)}",
                f"Cannot make .venv: {last_line(done.stdout)}",
            )
    venv.unfinished.touch()
    venv.log.write_bytes(b"")


def is_sound(venv: Venv) -> bool:
    """False also after the system's Python was replaced under it."""
    look = f"import pip, sys; sys.exit(sys.version_info[:2] < {MINIMUM})"
    try:
        return subprocess.run([str(venv.python), "-c", look], capture_output=True).returncode == 0
    except OSError:
        return False


def last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else "?"


def install_packages(venv: Venv, locks: list[str]) -> None:
    """Only what the locks name: font-roboto comes as source, so its builder, setuptools, goes in first."""
    say("Cài các gói theo bản khóa …", "Installing the locked packages …")
    builder = venv.folder / "setuptools.lock"
    builder.write_text(lock_entry((ROOT / "requirements.lock").read_text("utf-8"), "setuptools"), "utf-8")
    hashed = ["--require-hashes", "--no-deps", "--no-build-isolation"]
    pip(venv, *hashed, "-r", str(builder))
    for lock in locks:
        pip(venv, *hashed, "-r", str(ROOT / lock))
    pip(venv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    venv.unfinished.unlink()


def lock_entry(lock: str, name: str) -> str:
    """The lines of one package: the pin and, indented under it, its hashes."""
    taken: list[str] = []
    for line in lock.splitlines():
        if line.startswith(f"{name}==") or (taken and line.startswith(" ")):
            taken.append(line)
        elif taken:
            break
    return "\n".join(taken) + "\n"


def pip(venv: Venv, *arguments: str) -> None:
    command = [str(venv.python), "-m", "pip", "install", "--quiet", *arguments]
    if run_logged(venv, command, pip_environment(), None):
        return
    tail = venv.log.read_text("utf-8", "replace").strip().splitlines()[-12:]
    print("\n".join(f"  {line}" for line in tail), file=sys.stderr)
    raise SetupError(
        f"Chưa cài được các gói, cần mạng tới kho gói Python. Toàn văn: {venv.log}",
        f"The packages could not be installed; a package index must be in reach. In full: {venv.log}",
    )


def pip_environment() -> dict[str, str]:
    """As a variable, because an option some pip does not know would stop it; a variable does not."""
    own = {"PIP_USE_PEP517": "1", "PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    return {**kept, **own}


def run_logged(venv: Venv, command: list[str], environment: dict[str, str], seconds: float | None) -> bool:
    with venv.log.open("ab") as log:
        log.write(("\n$ " + " ".join(command) + "\n").encode())
        log.flush()
        try:
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=seconds,
                cwd=ROOT,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            log.write(f"{problem}\n".encode())
            return False
    return done.returncode == 0


# The browser


def get_browser(venv: Venv) -> None:
    """Never fatal: without one all that needs none is still built, and the build says what helps."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1" or os.environ.get("HOCSO_BROWSER") or browser_runs(venv):
        return
    root = as_root()
    if root is not None and shutil.which("apt-get"):
        say("Cài trình duyệt bằng apt-get …", "Installing a browser with apt-get …")
        try_in_turn(venv, system_packages(root))
    if not browser_runs(venv):
        say("Tải trình duyệt Chromium của Playwright …", "Downloading Playwright's Chromium …")
        try_in_turn(venv, playwright_download(venv, root))
    if not browser_runs(venv):
        say(f"Chưa có trình duyệt (toàn văn: {venv.log}).", f"No browser yet (in full: {venv.log}).")


def try_in_turn(venv: Venv, commands: Iterable[list[str]]) -> None:
    for command in commands:
        run_logged(venv, command, {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, BROWSER_SECONDS)


def browser_runs(venv: Venv) -> bool:
    """A browser, and the driver that steers it."""
    found = ask(venv, "-c", LOOK)
    return bool(found) and bool(ask(venv, "-m", "playwright", "--version"))


def ask(venv: Venv, *arguments: str) -> bytes:
    done = subprocess.run([str(venv.python), *arguments], capture_output=True, cwd=tempfile.gettempdir())
    return b"" if done.returncode else done.stdout.strip()


def system_packages(root: list[str]) -> Iterator[list[str]]:
    """One package a command, because not every system knows all of them."""
    yield [*root, "apt-get", "update", *APT_OPTIONS]
    for package in (DRIVER_LIBRARY, real_package(["chromium", "chromium-browser"]), "chromium-sandbox"):
        if package:
            yield [*root, "apt-get", "install", "--yes", "--no-install-recommends", *APT_OPTIONS, package]


def playwright_download(venv: Venv, root: list[str] | None) -> Iterator[list[str]]:
    command = [str(venv.python), "-m", "playwright"]
    if root is not None:
        yield [*root, *command, "install-deps", "chromium"]
    yield [*command, "install", "chromium"]


def get_voice(venv: Venv) -> None:
    """Reads the words of films aloud. Never fatal: without it films are silent, and `hocso doctor` says so."""
    if os.environ.get("HOCSO_NO_VOICE") == "1" or shutil.which(VOICE):
        return
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        return
    say("Cài giọng đọc cho phim bằng apt-get …", "Installing a voice for films with apt-get …")
    for command in voice_packages(root):
        if not shutil.which(VOICE):
            try_in_turn(venv, [command])


def voice_packages(root: list[str]) -> Iterator[list[str]]:
    """The lists are asked for anew only when they do not know the voice yet."""
    install = [*root, "apt-get", "install", "--yes", "--no-install-recommends", *APT_OPTIONS, VOICE]
    yield install
    yield [*root, "apt-get", "update", *APT_OPTIONS]
    yield install


def get_editor(venv: Venv) -> bool:
    """Of the page /sua/ of the preview, from its own lock. Never fatal: without it the page says how to get it."""
    if os.environ.get("HOCSO_EDITOR") or same_locks(venv.editor):
        return True
    npm = shutil.which("npm")
    if npm is None:
        say(f"Chưa có trình sửa bài /sua/: cần Node.js (nodejs.org), rồi gõ: {GET_EDITOR}",
            f"No form editor /sua/ yet: it needs Node.js (nodejs.org), then: {GET_EDITOR}")
        return False
    say("Cài trình sửa bài /sua/ …", "Installing the form editor /sua/ …")
    draft = venv.folder / "editor.new"
    shutil.rmtree(str(draft), ignore_errors=True)
    shutil.copytree(str(EDITOR), str(draft))
    if not run_logged(venv, [npm, "ci", "--prefix", str(draft)], dict(os.environ), NPM_SECONDS):
        shutil.rmtree(str(draft), ignore_errors=True)
        say(f"Chưa cài được trình sửa bài /sua/ (toàn văn: {venv.log}). Có mạng thì gõ: {GET_EDITOR}",
            f"The form editor /sua/ could not be installed (in full: {venv.log}). With a network: {GET_EDITOR}")
        return False
    shutil.rmtree(str(venv.editor), ignore_errors=True)
    draft.rename(venv.editor)
    say("Đã cài xong trình sửa bài: hocso serve, rồi mở /sua/.",
        "The form editor is installed: hocso serve, then open /sua/.")
    return True


def same_locks(folder: Path) -> bool:
    lock = folder / "package-lock.json"
    return lock.is_file() and lock.read_bytes() == (EDITOR / "package-lock.json").read_bytes()


def as_root() -> list[str] | None:
    """What to put before a command that needs root; None when that is not to be had without asking."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0:
        return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def real_package(names: list[str]) -> str | None:
    """Ubuntu's packages of these names hold no browser, only a pointer to a snap."""
    for name in names:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True)
        if shown.returncode == 0 and shown.stdout.strip() and not re.search(rb"\bsnap\b", shown.stdout):
            return name
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
