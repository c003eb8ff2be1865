"""What machines share: `/ac/<key>` a sealed record, `/cas/<sha256>` bytes, both packed with zstd.

A folder, plain HTTP (GET and PUT, as bazel-remote serves them) or whatever fsspec reaches. What was damaged there is
known: a record proves itself, and bytes are their name. What was forged is known where those who build share a key
(`HOCSO_STORE_KEY`), for a seal alone anybody can make: before each record then stands who vouches for it.
"""

from __future__ import annotations

import hashlib
import hmac
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import fsspec
import zstandard

from generator.engine.items import Result
from generator.engine.store import Made, Store, read_record
from generator.ground.errors import ClusterError
from generator.ground.findings import Text
from generator.ground.whole import seal, unseal

SECONDS = 60.0
MOST_TOLD = 3
PROBE = b"hocso"
BAD = (OSError, ValueError, ImportError, urllib.error.URLError)
"""What a store out there raises: full, read-only, gone, of an unknown kind."""


def vouched(key: bytes, name: str, data: bytes) -> bytes:
    """Nothing without a key."""
    return hmac.digest(key, name.encode() + b"\0" + data, "sha256") if key else b""


class Depot:
    def __init__(self, address: str, own: bytes = b"") -> None:
        """`own`: the key of those who are believed."""
        self.address = address.rstrip("/")
        self.own = own
        self.plain_http = address.startswith(("http://", "https://"))
        self.troubles: list[str] = []
        """Names whose bytes were wrong."""

    def try_out(self) -> None:
        """Raises in one line when it cannot be read or written."""
        self.put_bytes(PROBE)
        if self.bytes_of(hashlib.sha256(PROBE).hexdigest()) != PROBE:
            raise _no_store(self.address, "other bytes came back")

    def record(self, key: str) -> bytes | None:
        """Still sealed, and whole."""
        told = self._unpacked(f"ac/{key}")
        if told is None:
            return None
        sealed = told[len(vouched(self.own, key, b"")) :]
        right = hmac.compare_digest(vouched(self.own, key, sealed) + sealed, told)
        if not right or read_record(key, unseal(key, sealed)) is None:
            self.troubles.append(f"ac/{key}")
            return None
        return sealed

    def put_record(self, key: str, sealed: bytes) -> None:
        self._send(f"ac/{key}", vouched(self.own, key, sealed) + sealed)

    def bytes_of(self, sha: str) -> bytes | None:
        data = self._unpacked(f"cas/{sha}")
        if data is not None and hashlib.sha256(data).hexdigest() != sha:
            self.troubles.append(f"cas/{sha}")
            return None
        return data

    def put_bytes(self, data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        self._send(f"cas/{sha}", data)
        return sha

    def _unpacked(self, name: str) -> bytes | None:
        try:
            packed = self._get(name)
        except BAD as problem:
            raise _no_store(self.address, problem) from problem
        try:
            return None if packed is None else zstandard.ZstdDecompressor().decompress(packed)
        except zstandard.ZstdError:
            self.troubles.append(name)
            return None

    def _send(self, name: str, data: bytes) -> None:
        try:
            self._put(name, zstandard.ZstdCompressor().compress(data))
        except BAD as problem:
            raise _no_store(self.address, problem) from problem

    def _get(self, name: str) -> bytes | None:
        if self.plain_http:
            try:
                with urllib.request.urlopen(f"{self.address}/{name}", timeout=SECONDS) as answer:
                    got: bytes = answer.read()
                    return got
            except urllib.error.HTTPError as answer:
                if answer.code == HTTPStatus.NOT_FOUND:
                    return None
                raise
        system, root = fsspec.core.url_to_fs(self.address)
        try:
            found: bytes = system.cat_file(f"{root}/{name}")
            return found
        except FileNotFoundError:
            return None

    def _put(self, name: str, data: bytes) -> None:
        if self.plain_http:
            request = urllib.request.Request(f"{self.address}/{name}", data, method="PUT")
            urllib.request.urlopen(request, timeout=SECONDS).close()
            return
        system, root = fsspec.core.url_to_fs(self.address)
        if "file" not in system.protocol:  # an object store shows whole objects only
            system.pipe_file(f"{root}/{name}", data)
            return
        draft = f"{root}/{name}.{uuid.uuid4().hex}.new"
        system.makedirs(str(Path(draft).parent), exist_ok=True)
        system.pipe_file(draft, data)
        system.mv(draft, f"{root}/{name}")


def _no_store(address: str, problem: object) -> ClusterError:
    why = " ".join(str(problem).split()) or type(problem).__name__
    return ClusterError(f"Kho chung {address} không đọc hay ghi được: {why}. Bản cũ còn nguyên.",
                        f"The shared store {address} cannot be read or written: {why}. The last build stands.")


class SharedStore(Store):
    """A store of one's own that asks a depot for what it lacks, and sends there what it makes."""

    def __init__(self, folder: Path, depot: Depot) -> None:
        super().__init__(folder, depot.own)
        self.depot = depot

    def find(self, key: str) -> Made | None:
        return super().find(key) or (super().find(key) if self._fetched(key) else None)

    def keep(self, key: str, result: Result, reads: Mapping[str, str] | None = None) -> Made:
        made = super().keep(key, result, reads)
        self.send(key)
        return made

    def send(self, key: str) -> None:
        """The record last: it promises the bytes."""
        made = super().find(key)
        for sha in made.files.values() if made else ():
            self.depot.put_bytes(self.read(sha))
        if made:
            self.depot.put_record(key, seal(key, self._body(key) or b""))

    def _fetched(self, key: str) -> bool:
        """Whether all of it came whole."""
        sealed = self.depot.record(key)
        body = unseal(key, sealed or b"")
        made = read_record(key, body)
        if body is None or made is None:
            return False
        for sha in made.files.values():
            if self.whole(sha):
                continue
            if (data := self.depot.bytes_of(sha)) is None:
                return False
            self.keep_bytes(data)
        self._take(key, body)
        return True

    def told(self) -> tuple[Text, ...]:
        wrong, self.depot.troubles = [*dict.fromkeys(self.depot.troubles)], []
        if len(wrong) > MOST_TOLD:  # as after the first key: all of them
            return (Text(f"Kho chung có {len(wrong)} tệp hỏng hoặc do máy không có khóa ghi, đã làm lại: {wrong[0]} …",
                         f"Made again, for {len(wrong)} files of the shared store were damaged or written without "
                         f"the key: {wrong[0]} …"),)
        return tuple(Text(f"Kho chung có tệp hỏng, đã làm lại: {name}.",
                          f"Made again, for it was damaged in the shared store: {name}.")
                     for name in wrong)
