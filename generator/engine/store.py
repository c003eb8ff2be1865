"""What was made before, kept by digest in `.hocso/`: blobs once, and a small record an item."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.engine.items import Codes, Result
from generator.ground.findings import Text


@dataclass(frozen=True, slots=True)
class Made:
    """An item's result as kept: its files by digest of their bytes."""

    key: str
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    facts: Mapping[str, Any]
    notes: tuple[Text, ...]
    codes: Mapping[str, Codes] = field(default_factory=dict)


class Store:
    def __init__(self, folder: Path) -> None:
        self.blobs = folder / "blobs"
        self.records = folder / "made"
        self.blobs.mkdir(parents=True, exist_ok=True)
        self.records.mkdir(parents=True, exist_ok=True)

    def blob(self, sha: str) -> Path:
        return self.blobs / sha[:2] / sha

    def find(self, key: str) -> Made | None:
        """The record of a key, if all its bytes are still there."""
        try:
            data = json.loads((self.records / f"{key}.json").read_text("utf-8"))
            notes = tuple(Text(*note) for note in data["notes"])
            codes = {path: {int(page): set(there) for page, there in pages.items()}
                     for path, pages in data["codes"].items()}
            made = Made(key, data["files"], data["sizes"], data["facts"], notes, codes)
            whole = all(self.blob(sha).stat().st_size == made.sizes[path] for path, sha in made.files.items())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return made if whole else None

    def keep(self, key: str, result: Result) -> Made:
        files = {path: self.keep_bytes(data) for path, data in sorted(result.files.items())}
        sizes = {path: len(data) for path, data in sorted(result.files.items())}
        made = Made(key, files, sizes, dict(result.facts), result.notes, result.codes)
        codes = {path: {page: sorted(there) for page, there in pages.items()} for path, pages in result.codes.items()}
        record = {"files": files, "sizes": sizes, "facts": made.facts, "notes": made.notes, "codes": codes}
        write_whole(self.records / f"{key}.json", json.dumps(record, ensure_ascii=False).encode())
        return made

    def keep_bytes(self, data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        path = self.blob(sha)
        if not path.exists() or path.stat().st_size != len(data):
            path.parent.mkdir(exist_ok=True)
            write_whole(path, data)
            path.chmod(0o444)
        return sha

    def read(self, sha: str) -> bytes:
        return self.blob(sha).read_bytes()

    def forget_all_but(self, used: Iterable[str], most: int) -> None:
        """Keeps what this build used and the newest others, so that the folder does not grow for ever."""
        used = set(used)
        records = sorted(self.records.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        others = [path for path in records if path.stem not in used]
        if len(others) <= most:
            return
        for path in others[most // 2 :]:
            path.unlink(missing_ok=True)
        alive = {sha for path in self.records.glob("*.json") for sha in _shas(path)}
        for blob in self.blobs.glob("*/*"):
            if blob.name not in alive:
                blob.unlink(missing_ok=True)


def _shas(record: Path) -> Iterable[str]:
    try:
        return list(json.loads(record.read_text("utf-8"))["files"].values())
    except (OSError, ValueError, KeyError):
        return []


def write_whole(path: Path, data: bytes) -> None:
    """Never half a file under its name, also when killed while writing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
