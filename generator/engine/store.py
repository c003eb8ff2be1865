"""What was made before, kept by digest in `.hocso/`: blobs once, and a small record an item.

It never lies: a record proves itself, a blob's bytes are its name, and what is not so counts as absent. Many processes
may find and keep at once, for everything is written whole and under the name of what it is; only whoever holds the
build lock forgets.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from generator.engine.items import Codes, Result
from generator.ground.errors import DiskError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Text
from generator.ground.whole import DRAFT, read_sealed, seal, write_whole

DRAFT_SECONDS = 3600
"""So long a draft may belong to a process that is still writing it."""


@dataclass(frozen=True, slots=True)
class Made:
    """An item's result as kept: its files by digest of their bytes."""

    key: str
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    facts: Mapping[str, Any]
    findings: tuple[Finding, ...]
    codes: Mapping[str, Codes] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    """Files of the theme it was made of, and their digests: with others it is another result."""

    @property
    def handed(self) -> str:
        """Digest of what it hands to those that need it: made again to the same, it changes nobody's key."""
        codes = {path: {str(page): sorted(there) for page, there in pages.items()} for path, pages in
                 sorted(self.codes.items())}
        return digest_of(sorted(self.files.items()), json.dumps([self.facts, codes], sort_keys=True))


class Store:
    def __init__(self, folder: Path) -> None:
        self.blobs = folder / "blobs"
        self.records = folder / "made"
        self.blobs.mkdir(parents=True, exist_ok=True)
        self.records.mkdir(parents=True, exist_ok=True)
        self._sure: dict[str, tuple[int, int, int]] = {}
        """Blobs whose bytes were read and found right, and which file that was."""

    def blob(self, sha: str) -> Path:
        return self.blobs / sha[:2] / sha

    def whole(self, sha: str) -> bool:
        """Whether a blob's bytes are what its name says. Each is read once by whoever asks for it again and again."""
        path = self.blob(sha)
        try:
            seen = _state(path)
            if self._sure.get(sha) != seen and file_sha(path) == sha:
                self._sure[sha] = seen
        except OSError:
            return False
        return self._sure.get(sha) == seen

    def find(self, key: str) -> Made | None:
        """The record of a key, if all its bytes are still there and still the same."""
        try:
            data = json.loads(read_sealed(self._record(key), key) or b"")
            findings = tuple(map(Finding.from_row, data["findings"]))
            codes = {path: {int(page): set(there) for page, there in pages.items()}
                     for path, pages in data["codes"].items()}
            made = Made(key, data["files"], data["sizes"], data["facts"], findings, codes, data["reads"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return made if all(map(self.whole, made.files.values())) else None

    def keep(self, key: str, result: Result, reads: Mapping[str, str] | None = None) -> Made:
        files = {path: self.keep_bytes(data) for path, data in sorted(result.files.items())}
        sizes = {path: len(data) for path, data in sorted(result.files.items())}
        made = Made(key, files, sizes, dict(result.facts), result.findings, result.codes, reads or {})
        codes = {path: {page: sorted(there) for page, there in pages.items()} for path, pages in result.codes.items()}
        record = {"files": files, "sizes": sizes, "facts": made.facts, "codes": codes, "reads": made.reads,
                  "findings": [astuple(finding) for finding in made.findings]}
        write_whole(self._record(key), seal(key, json.dumps(record, ensure_ascii=False).encode()))
        return made

    def keep_bytes(self, data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        if not self.whole(sha):
            write_whole(self.blob(sha), data, mode=0o444)
            self._sure[sha] = _state(self.blob(sha))
        return sha

    def read(self, sha: str) -> bytes:
        data = self.blob(sha).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha:
            raise damaged(sha)
        return data

    def told(self) -> tuple[Text, ...]:
        """What went wrong and was mended since somebody asked."""
        return ()

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
        old = time.time() - DRAFT_SECONDS
        for blob in self.blobs.glob("*/*"):
            if blob.name not in alive and not (blob.suffix == DRAFT and blob.stat().st_mtime > old):
                blob.unlink(missing_ok=True)

    def _record(self, key: str) -> Path:
        return self.records / f"{key}.json"


def _shas(record: Path) -> Iterable[str]:
    try:
        return list(json.loads(read_sealed(record, record.stem) or b"")["files"].values())
    except (ValueError, KeyError):
        return []


def _state(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def file_sha(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def damaged(sha: str) -> DiskError:
    """For what was whole a moment ago."""
    return DiskError(
        f"Tệp {sha[:12]} trong .hocso vừa hỏng giữa chừng; chưa phát hành, bản cũ còn nguyên. Dựng lại lần nữa.",
        f"The file {sha[:12]} in .hocso was damaged a moment ago; nothing is published. Build once more.",
    )
