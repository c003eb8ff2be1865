"""The command under `extra.tts` that reads words aloud, as it is written."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path


def split_command(command: str) -> list[str]:
    """As a shell would; an open quotation mark makes one long word that cannot be run."""
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:
        return [command]
    return [word.strip('"') for word in words]


def missing_program(command: str, root: Path) -> str:
    """The program that is not on this machine; empty when it is."""
    words = split_command(command)
    if not words:
        return ""
    return "" if shutil.which(words[0]) or shutil.which(str(root / words[0])) else words[0]
