"""What was drawn, encoded or spoken before, kept between builds, cuts and editions."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from generator.ground.whole import read_sealed, seal, write_whole


class Stock:
    """Scenes and spoken sentences by the digest of all that is in them; never an input, always safe to lose."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> bytes | None:
        body = read_sealed(self.folder / key, key)
        if body is not None:
            with suppress(OSError):
                (self.folder / key).touch()  # used lately, so it stays
        return body

    def keep(self, key: str, body: bytes) -> bytes:
        write_whole(self.folder / key, seal(key, body))
        return body

    def forget(self, most: int = 1500) -> None:
        """Keeps those used last."""
        if not self.folder.is_dir():
            return
        kept = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[most:]:
            path.unlink(missing_ok=True)
