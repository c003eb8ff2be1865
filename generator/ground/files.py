"""Files of a project: finding its root, reading text as editors' machines write it, digests."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from generator.ground.errors import DiskError, UsageError
from generator.ground.findings import Finding, Place, error
from generator.ground.unseen import shown

MAX_TEXT_BYTES = 1_000_000
"""The ledger of the largest handbook is not longer; a larger file is a mistake and would only be slow."""
MAX_TABLE_BYTES = 300_000
"""Of `.yml`: a glossary of four thousand words."""
MAX_LESSON_BYTES = 120_000
"""Of `.md`: twenty times a lesson, and what was pasted into one by mistake is told before anybody reads it."""
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
DEEPEST = 20
"""Folders in folders; what goes deeper goes round in a circle."""


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
    cache: Path | None = None
    """None: its own."""

    def path(self, name: str) -> Path:
        return self.root / name

    def leads_away(self, name: str) -> bool:
        """True when a link stands in the way: what is written there would change another place."""
        root = self.root.resolve()
        return (root / name).resolve() != root / name

    @property
    def private(self) -> Path:
        """The cache; always safe to delete."""
        return self.cache or self.root / ".hocso"


def find_project(start: Path) -> Project:
    """Upwards to `mkdocs.yml`; a project without a `theme/` of its own uses the generator's."""
    folder, named = Path(os.path.realpath(start)), shown(str(start))
    if not folder.is_dir():
        raise UsageError(f"Không có thư mục {named}.", f"There is no folder {named}.")
    for root in (folder, *folder.parents):
        if (root / "mkdocs.yml").is_file():
            own = root / "theme"
            return Project(root, own if own.is_dir() else Path(__file__).resolve().parents[2] / "theme")
    raise UsageError(
        f"Không thấy mkdocs.yml trong {named} hay các thư mục bên trên. Mở đúng thư mục sách rồi gõ lại.",
        f"No mkdocs.yml in {named} or above it. Change to the handbook's folder and try again.",
    )


def read_source(root: Path, file: str) -> Source | Finding:
    """The text of a file, or the one finding that says why it cannot be read."""
    path = root / file
    try:
        state = path.lstat()
        if strange := _strangeness(state.st_mode):
            return error(strange, Place(file))
        if state.st_size > _most_bytes(file):
            return error("file.too-large", Place(file), size=state.st_size, most=_most_bytes(file))
        data = path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return error("file.unreadable", Place(file), reason=reason)
    return decode_source(file, data)


def _most_bytes(file: str) -> int:
    return {".md": MAX_LESSON_BYTES, ".yml": MAX_TABLE_BYTES}.get(PurePosixPath(file).suffix, MAX_TEXT_BYTES)


def decode_source(file: str, data: bytes) -> Source | Finding:
    if len(data) > _most_bytes(file):
        return error("file.too-large", Place(file), size=len(data), most=_most_bytes(file))
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


def normal_text(text: str) -> str:
    """One text however it was saved: no BOM, line ends `\\n`, letters NFC."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def walk_files(folder: Path) -> Iterator[Path]:
    """Every plain file below, in one fixed order; hidden ones and whatever leads elsewhere are passed over."""
    return (path for path, strange in walk_all(folder) if not strange)


def walk_all(folder: Path, depth: int = 0) -> Iterator[tuple[Path, str]]:
    """Also what nobody may read, each with the rule that says why."""
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
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path), _strangeness(entry.stat(follow_symlinks=False).st_mode)
        elif depth == DEEPEST:
            yield Path(entry.path), "file.elsewhere/deep"
        else:
            yield from walk_all(Path(entry.path), depth + 1)


def _strangeness(mode: int) -> str:
    """Of what is no plain file: it may lead to any file of this machine, or never end."""
    if stat.S_ISLNK(mode):
        return "file.elsewhere/link"
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "file.elsewhere/pipe"


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


_ACCENTS = dict.fromkeys(range(0x300, 0x370))


def fold(text: str) -> str:
    """Letters without accents, đ as d, small: how people type and how we compare names."""
    return unicodedata.normalize("NFD", text.casefold()).replace("đ", "d").translate(_ACCENTS)


def shown_name(file: str) -> str:
    """What a file of `content/` is called below `site/`: every host and disk takes it, and no two become one."""
    return "/".join(map(_plain_name, file.removeprefix("content/").split("/")))


def _plain_name(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name
    path = PurePosixPath(name)
    stem = re.sub(r"[^a-z0-9]+", "-", fold(path.stem)).strip("-")
    return f"{stem or 'hinh'}-{digest_of(name)[:6]}{path.suffix.lower()}"


def beside(module: str, suffix: Literal[".js", ".txt"]) -> str:
    """Data beside a module, under its own name: it is part of the module's digest, so of the key of what it makes."""
    return Path(module).with_suffix(suffix).read_text("utf-8")
