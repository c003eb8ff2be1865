"""What was made before, kept by digest in `.hocso/`: blobs once, and a small record an item.

It never lies: a record proves itself, a blob's bytes are its name, and what is not so counts as absent. Many processes
may find and keep at once, for everything is written whole and under the name of what it is; only whoever holds the
build lock forgets.

What a published tree holds is not kept a second time, and shares no file with it either: the blob is given away, and a
note says where its bytes lie now. They are hashed like any other before somebody believes them.

A record that came from a store others write to says so, and under which key it was believed: who has a key now believes
of those only what was vouched for with it. What was taken before there was a key may be anybody's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.engine.items import SEEN, Codes, Result
from generator.engine.lent import Lent, State, file_sha, state_of
from generator.engine.tree import Tree
from generator.ground.errors import DiskError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Text
from generator.ground.said import said
from generator.ground.whole import DRAFT, read_plain, seal, unseal, write_whole

KEY = "HOCSO_STORE_KEY"
_MARK = 32
_SHA = re.compile(r"[0-9a-f]{64}")
_PART = r"(?!\.\.?(?:/|$))[^/\\\0]+"
_PATH = re.compile(rf"(?![A-Za-z]:){_PART}(?:/{_PART})*")


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
    def __init__(self, folder: Path, own: bytes | None = None) -> None:
        """`own`: the key of those whose records are believed; the one of this machine unless told."""
        self.own = own_key() if own is None else own
        self.blobs = folder / "blobs"
        self.records = folder / "made"
        self.lent = Lent(folder / "lent")
        self.seen = folder / SEEN
        """Of those who read what was made."""
        self.blobs.mkdir(parents=True, exist_ok=True)
        self.records.mkdir(parents=True, exist_ok=True)
        self._sure: dict[str, tuple[Path, State]] = {}
        """Where bytes were read and found right, and which file that was."""

    def blob(self, sha: str) -> Path:
        return self.blobs / sha[:2] / sha

    def path(self, sha: str) -> Path | None:
        """Where these bytes lie whole, here or in a tree; read once for whoever asks again and again."""
        if sha in self._sure and state_of(self._sure[sha][0]) == self._sure[sha][1]:
            return self._sure[sha][0]
        for path in self._candidates(sha):
            with suppress(OSError):
                state = state_of(path)
                if state and file_sha(path) == sha:
                    self._sure[sha] = path, state
                    return path
        return None

    def _candidates(self, sha: str) -> Iterator[Path]:
        """Others may publish meanwhile: who finds nothing looks at the notes again."""
        yield self.blob(sha)
        yield from self.lent.places(sha)
        if self.lent.look():
            yield from self.lent.places(sha)

    def whole(self, sha: str) -> bool:
        """Whether its bytes are anywhere what its name says."""
        return self.path(sha) is not None

    def find(self, key: str) -> Made | None:
        """The record of a key, if all its bytes are still there and still the same."""
        made = read_record(key, self._body(key))
        return made if made is not None and all(map(self.whole, made.files.values())) else None

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
        return sha

    def read(self, sha: str) -> bytes:
        for path in self._candidates(sha):
            with suppress(OSError):
                data = read_plain(path)
                if hashlib.sha256(data).hexdigest() == sha:
                    return data
        raise DiskError(*said("store/damaged", sha=sha[:12]))

    def size(self, sha: str) -> int:
        return self.file(sha).stat().st_size

    def file(self, sha: str) -> Path:
        """As `path`, of what was whole a moment ago."""
        found = self.path(sha)
        if found is None:
            raise DiskError(*said("store/damaged", sha=sha[:12]))
        return found

    def give(self, where: Path, tree: Tree) -> None:
        """A tree now holds these files; what it shares with us is ours no longer."""
        files = tree.shas
        self.lent.note(where, files, tree.items, tree.signed)
        for blob in map(self.blob, set(files.values())):
            with suppress(OSError):
                if blob.stat().st_nlink > 1:
                    blob.unlink()

    def recalled(self, where: Path, tree: Tree) -> Tree:
        """With what we know of it ourselves, where the note beside it is torn or gone: what came from which item, and
        what was signed then."""
        told = None if tree.items else self.lent.told(where, tree.shas)
        return tree if told is None else replace(tree, items=told[0], signed=told[1])

    def take_back(self, tree: Path, lies: Path) -> None:
        """Before a tree goes, which may lie elsewhere by now: what only it holds may be wanted again."""
        for path, sha in self.lent.strike(tree).items():
            if not self.blob(sha).exists() and next(self.lent.places(sha), None) is None:
                with suppress(OSError):
                    self.blob(sha).parent.mkdir(exist_ok=True)
                    (lies / path).replace(self.blob(sha))

    def told(self) -> tuple[Text, ...]:
        """What went wrong and was mended since somebody asked."""
        return ()

    def forget_all_but(self, used: Iterable[str], most: int) -> None:
        """Keeps what this build used and the newest others, so that the folder does not grow for ever."""
        used = {*used, *self.lent.keys()}
        records = sorted(self.records.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        others = [path for path in records if path.stem not in used]
        if len(others) <= most:
            return
        for path in others[most // 2 :]:
            path.unlink(missing_ok=True)
        alive = {sha for path in self.records.glob("*.json") for sha in self._shas(path.stem)}
        for blob in self.blobs.glob("*/*"):
            if blob.name not in alive and blob.suffix != DRAFT:
                blob.unlink(missing_ok=True)

    def doubts(self, key: str) -> bool:
        """Whether its record was taken from others, and nobody who has our key vouched for it."""
        return bool(self.own) and self._read(key)[0] not in (b"", _mark(self.own))

    def _body(self, key: str) -> bytes | None:
        """Of a record we made, or believe."""
        mark, body = self._read(key)
        return body if not self.own or mark in (b"", _mark(self.own)) else None

    def _read(self, key: str) -> tuple[bytes, bytes | None]:
        """Under whose key it was taken, nothing for our own; and what it says."""
        try:
            data = read_plain(self._record(key))
        except OSError:
            return b"", None
        if (body := unseal(key, data)) is not None:
            return b"", body
        mark = data[:_MARK]
        body = unseal(_taken(key, mark), data[_MARK:])
        return (b"", None) if body is None else (mark, body)

    def _take(self, key: str, body: bytes) -> None:
        """Keeps what another machine made."""
        mark = _mark(self.own)
        write_whole(self._record(key), mark + seal(_taken(key, mark), body))

    def _shas(self, key: str) -> Iterable[str]:
        made = read_record(key, self._body(key))
        return made.files.values() if made else ()

    def _record(self, key: str) -> Path:
        return self.records / f"{key}.json"


def own_key() -> bytes:
    """Of those who share a store and believe each other; none is empty."""
    return os.environ.get(KEY, "").strip().encode()


def _mark(own: bytes) -> bytes:
    """Tells one key from another, and gives none away."""
    return hmac.digest(own, b"taken", "sha256")


def _taken(key: str, mark: bytes) -> str:
    return f"{key} {mark.hex()}"


def read_record(key: str, body: bytes | None) -> Made | None:
    """None for what we never write so, whoever sealed it: files lie below the tree, and bytes are named by digests."""
    try:
        data = json.loads(body or b"")
        findings = tuple(map(Finding.from_row, data["findings"]))
        codes = {path: {int(page): set(there) for page, there in pages.items()}
                 for path, pages in data["codes"].items()}
        files, sizes, facts, reads = data["files"], data["sizes"], data["facts"], data["reads"]
        right = (files.keys() == sizes.keys() and isinstance(facts, dict) and all(map(_PATH.fullmatch, files))
                 and all(map(_SHA.fullmatch, files.values())) and all(type(size) is int for size in sizes.values())
                 and all(isinstance(sha, str) for sha in reads.values()))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Made(key, files, sizes, facts, findings, codes, reads) if right else None
