"""Which browser of this machine prints; kept apart so that asking starts nothing heavy."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.ground.errors import MissingProgramError
from generator.ground.findings import Text

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
WINDOWS_PATHS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
MACOS_PATHS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
DOWNLOAD_PATTERNS = (
    "chrome-*/chrome",
    "chrome-*/*headless*shell",
    "chrome-*/*.exe",
    "chrome-*/*.app/Contents/MacOS/*",
)
SYSTEM = platform.system()


def find_browser() -> Path | None:
    """The first browser here that can say its version; a wish that cannot be met is an error."""
    wish = os.environ.get("HOCSO_BROWSER", "").strip()
    if wish:
        place = shutil.which(wish)
        if place is None or not browser_version(Path(place)):
            raise MissingProgramError(
                f"HOCSO_BROWSER chỉ tới {wish}, nhưng không chạy được. Sửa lại hoặc xóa biến ấy đi.",
                f"HOCSO_BROWSER names {wish}, which does not run. Correct it or unset it.",
            )
        return Path(place)
    # Ubuntu's chromium-browser without snap is a script that only says so: hence the version.
    return next((found for found in _candidates() if browser_version(found)), None)


def _candidates() -> Iterator[Path]:
    yield from (Path(place) for place in map(shutil.which, COMMANDS) if place)
    yield from (path for path in (*_usual_paths(), *_playwright_paths()) if path.is_file())


def _usual_paths() -> Iterator[Path]:
    if SYSTEM == "Windows":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if base := os.environ.get(variable):
                yield from (Path(base) / name for name in WINDOWS_PATHS)
    elif SYSTEM == "Darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in MACOS_PATHS)


def _playwright_paths() -> Iterator[Path]:
    """Playwright's own downloads, the newest first; asking Playwright would start its driver."""
    for name in ("chromium", "chromium_headless_shell"):
        downloads = _playwright_folder().glob(f"{name}-*")
        for folder in sorted(downloads, key=lambda path: (len(path.name), path.name), reverse=True):
            for pattern in DOWNLOAD_PATTERNS:
                yield from sorted(folder.glob(pattern))


def _playwright_folder() -> Path:
    if own := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(own)
    if SYSTEM == "Windows":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "ms-playwright"
    caches = "Library/Caches" if SYSTEM == "Darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def browser_version(path: Path | None) -> str:
    """What tells one version from another; empty when the file is no working browser, or there is none."""
    if path is None or not path.is_file():
        return ""
    state = path.stat()
    return _version(path, state.st_mtime_ns, state.st_size)


@cache
def _version(path: Path, changed: int, size: int) -> str:
    if SYSTEM == "Windows":  # there, asking for the version opens a window
        return f"{path.stem} {size} {changed}"
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def install_hint() -> Text:
    """The one command that helps on this machine."""
    python = sys.executable if sys.prefix != sys.base_prefix else Path(sys.executable).name
    command = f"{python} -m playwright install chromium"
    if shutil.which("apt-get"):
        command = f"{python} -m playwright install --with-deps chromium"
        if _is_debian():  # Ubuntu's own package is only a pointer to snap
            command = ("" if is_root() else "sudo ") + "apt-get install -y chromium libatomic1"
    return Text(f"Cài trình duyệt: {command}", f"Install a browser: {command}")


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] in ("debian", "raspbian")
    except OSError:
        return False


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
