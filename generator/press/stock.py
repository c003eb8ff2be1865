"""What was drawn, encoded or spoken before, kept between builds, cuts and editions."""

from __future__ import annotations

from collections.abc import Callable
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

    def again(self, key: str, make: Callable[[], bytes]) -> bytes:
        """As before, or made now. What goes wrong is not kept."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found

    def forget(self, most_bytes: int) -> None:
        """Keeps those used last."""
        if not self.folder.is_dir():
            return
        left = most_bytes
        files = [(path, path.stat()) for path in self.folder.iterdir()]
        for path, state in sorted(files, key=lambda file: file[1].st_mtime, reverse=True):
            left -= state.st_size
            if left < 0:
                path.unlink(missing_ok=True)
