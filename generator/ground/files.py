"""Files of a project: finding its root, reading text as editors' machines write it, digests."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.ground.errors import DiskError, UsageError
from generator.ground.findings import Finding, Place, error

MAX_TEXT_BYTES = 1_000_000
"""No lesson is longer; a larger file is a mistake (a picture named .md) and would only be slow."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text file, normalised: no BOM, line ends `\\n`, letters NFC."""

    file: str
    """Path from the project's root, with `/`."""
    text: str
    was_nfc: bool = True
    """False when an editor's machine had written decomposed letters."""

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def place(self, offset: int) -> Place:
        before = self.text[:offset]
        return Place(self.file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


@dataclass(frozen=True, slots=True)
class Project:
    """The folder a command works on, and where its themes are."""

    root: Path
    theme: Path = field(default=Path())

    def path(self, name: str) -> Path:
        return self.root / name

    @property
    def private(self) -> Path:
        """Cache, staging and finished trees; always safe to delete."""
        return self.root / ".hocso"


def find_project(start: Path) -> Project:
    """Upwards to `mkdocs.yml`; a project without a `theme/` of its own uses the generator's."""
    folder = start.resolve()
    if not folder.is_dir():
        raise UsageError(f"Không có thư mục {start}.", f"There is no folder {start}.")
    for root in (folder, *folder.parents):
        if (root / "mkdocs.yml").is_file():
            own = root / "theme"
            return Project(root, own if own.is_dir() else Path(__file__).resolve().parents[2] / "theme")
    raise UsageError(
        f"Không thấy mkdocs.yml trong {start} hay các thư mục bên trên. Mở đúng thư mục sách rồi gõ lại.",
        f"No mkdocs.yml in {start} or above it. Change to the handbook's folder and try again.",
    )


def read_source(root: Path, file: str) -> Source | Finding:
    """The text of a file, or the one finding that says why it cannot be read."""
    try:
        data = (root / file).read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return error("file.unreadable", Place(file), reason=reason)
    return decode_source(file, data)


def decode_source(file: str, data: bytes) -> Source | Finding:
    if len(data) > MAX_TEXT_BYTES:
        return error("file.too-large", Place(file), size=len(data))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        good = data[: problem.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        place = Source(file, good).place(len(good))
        return error("file.not-utf8", place, byte=data[problem.start])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        return error("file.nul", Source(file, text).place(text.index("\0")))
    composed = unicodedata.normalize("NFC", text)
    return Source(file, composed, was_nfc=composed == text)


def walk_files(folder: Path) -> Iterator[Path]:
    """Every file below, in one fixed order; hidden ones and links to folders are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        raise DiskError(
            f"Không đọc được thư mục {folder}: {problem.strerror}.",
            f"The folder {folder} cannot be read: {problem.strerror}.",
        ) from problem
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk_files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def relative_name(root: Path, path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def digest_of(*parts: object) -> str:
    """One digest of many things; bytes as they are, all else by its text."""
    total = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def digest_tree(folder: Path, suffixes: tuple[str, ...] = ()) -> str:
    """Digest of all files below a folder: names and bytes, compiled Python left out."""
    parts: list[object] = []
    for path in walk_files(folder):
        if "__pycache__" in path.parts or (suffixes and path.suffix not in suffixes):
            continue
        parts += [relative_name(folder, path), path.read_bytes()]
    return digest_of(*parts)


def fold(text: str) -> str:
    """Letters without accents, đ as d, small: how people type and how we compare names."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
