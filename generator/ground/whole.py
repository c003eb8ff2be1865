"""Whole or not at all: files that change by one rename, and bytes that prove to be what was once written."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

DRAFT = ".new"
"""Ending of what is not finished; nobody reads it."""
_HEAD = 32


def write_whole(path: Path, data: bytes, mode: int | None = None) -> None:
    """Never half a file under its name, also when killed while writing or when others write the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident():x}{DRAFT}")
    try:
        draft.write_bytes(data)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def seal(name: str, body: bytes) -> bytes:
    """With a digest before it, of what it is called too: what was swapped is as wrong as what was torn."""
    return _digest(name, body) + body


def unseal(name: str, data: bytes) -> bytes | None:
    """The body; None when it is not what was sealed under this name."""
    head, body = data[:_HEAD], data[_HEAD:]
    return body if head == _digest(name, body) else None


def read_sealed(path: Path, name: str) -> bytes | None:
    """None also when there is none."""
    try:
        return unseal(name, path.read_bytes())
    except OSError:
        return None


def _digest(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + body).digest()
