"""What was drawn, encoded or spoken before, kept between builds, cuts and editions."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path


class Stock:
    """Scenes and spoken sentences by the digest of all that is in them; never an input, always safe to lose."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> bytes | None:
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        head, body = data[:32], data[32:]
        if hashlib.sha256(body).digest() != head:
            return None
        with suppress(OSError):
            (self.folder / key).touch()  # used lately, so it stays
        return body

    def keep(self, key: str, body: bytes) -> bytes:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{key}.{os.getpid()}"
        draft.write_bytes(hashlib.sha256(body).digest() + body)
        draft.replace(self.folder / key)
        return body

    def forget(self, most: int = 1500) -> None:
        """Keeps those used last."""
        if not self.folder.is_dir():
            return
        kept = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[most:]:
            path.unlink(missing_ok=True)
