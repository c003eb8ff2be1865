"""What has no words to read: sound, films, and what no build made. The first say of themselves of which text and place
they were made, or a build notes of which lessons, and which were approved then; of the others only their names say what
they are about."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.handbook.printed import ADDRESS
from generator.press.captioned import captions
from generator.press.orders import DRAFT
from generator.proof.faults import Fault
from generator.proof.listed import edition_of, is_in_release
from generator.proof.today import Witness, misplaced, prove_today, silent

MEDIA = (".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".mov", ".m4v")
LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini")
"""What file managers leave."""
HEAD = 65536
"""In which a sound says its title."""
SHUT = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".cab", ".iso", ".eml", ".msg", ".mht", ".mhtml",
        ".mbox", ".doc", ".xls", ".ppt")
"""Others may stand in them, and no proof looks into them, nor any printer."""
_SHUT_BEGINS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07",
                b"MSCF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_TAR, _TAR_AT = b"ustar", 257
_MARKS = tuple(DRAFT.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Built:
    """What is noted of a built tree."""

    files: frozenset[str] = frozenset()
    """By their paths in it."""
    lessons: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of which lessons the bytes of a digest were made."""
    signed: frozenset[str] = frozenset()
    """Lesson and text of what was approved when it was published."""
    shas: Mapping[str, str] = field(default_factory=dict)
    """By path, the digest of what was published there."""

    @cached_property
    def digests(self) -> frozenset[str]:
        return frozenset(self.shas.values())

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(one.split(" ")[0] for one in self.signed)


Trees = Mapping[Path, Built]
"""By the folders in which they lie."""


def prove_strange(
    book: Handbook, witness: Witness, trees: Trees, files: Iterable[tuple[Path, str]],
) -> Iterator[tuple[Path, Fault]]:
    """Each with its name in the folder or zip."""
    for path, name in files:
        if is_media(path) and captions(data := path.read_bytes()):
            yield from ((path, fault) for fault in _prove_said(data, witness, _waiting(book, name), edition_of(path)))
            continue
        sha = _sha(path) if is_media(path) else ""
        tree = next((tree for tree in trees.values() if sha in tree.lessons), None)
        if tree:
            yield from ((path, fault) for slug in sorted(tree.lessons[sha])
                        for fault in _lapsed(book, tree, slug, path))
        elif (slug := _waiting(book, name)) and not (_wears(path) or (not is_media(path) and _is_made(trees, path))):
            yield path, Fault("unapproved", Text(
                f"bài {slug} chưa duyệt; tệp không ghi bản nào đã duyệt, không mang chữ {DRAFT}, và không bản dựng nào "
                "làm ra. Bỏ tệp này",
                f"{slug} is not approved; the file names no approved text, does not say {DRAFT}, and no build made it. "
                "Take it away"))


def _prove_said(data: bytes, witness: Witness, waiting: str, edition: str) -> Iterator[Fault]:
    """By its own words. Films of the whole country lie in the trees of all editions, sound in that of its own."""
    yield from prove_today(data, witness)
    if ADDRESS not in captions(data).get("Place", ""):
        yield from misplaced(data, edition)
    if waiting:
        yield from silent(data, waiting)


def prove_bytes(trees: Trees, files: Iterable[Path]) -> Iterator[tuple[Path, Fault]]:
    """What a build noted is still what it made: under its name somebody may have laid another file."""
    for path in files:
        tree = _tree_of(trees, path)
        noted = trees[tree].shas.get(path.absolute().relative_to(tree).as_posix()) if tree else None
        if noted and noted != _sha(path):
            yield path, Fault("changed", Text(
                "không phải tệp bản dựng đã làm ra: có ai sửa hay thay từ đó. Dựng lại (hocso build)",
                "is not the file that the build made: somebody changed or replaced it since. Build it again "
                "(hocso build)"))


def is_shut(path: Path) -> bool:
    """Something is packed in it in a way that nobody opens here; or a zip stands behind other bytes."""
    if path.suffix.lower() in SHUT:
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(_TAR_AT + len(_TAR))
        return head.startswith(_SHUT_BEGINS) or head[_TAR_AT:] == _TAR or zipfile.is_zipfile(path)
    except OSError:
        return False


def unjudged(files: Iterable[tuple[Path, Path]]) -> tuple[list[Path], list[tuple[Path, Fault]]]:
    """What is shut, each with the file that lies in a folder: by itself it is no fault, for whom it is meant nobody
    knows; in a released tree it would go out with the others."""
    released = {path: is_in_release(outer) for path, outer in files if is_shut(path)}
    return [path for path, leaves in released.items() if not leaves], [(path, Fault("unread", Text(
        "không mở ra soát được bên trong, mà nằm trong bản phát hành. Bỏ ra, hay mở nó ra rồi soát",
        "cannot be opened and proved, and lies in a release. Take it away, or unpack it and prove that")))
        for path, leaves in released.items() if leaves]


def is_media(path: Path) -> bool:
    return path.suffix.lower() in MEDIA


def strangers(trees: Trees, files: Iterable[Path]) -> list[Path]:
    """What lies in a built tree and no build put there."""
    return [path for path in files
            if not LITTER.fullmatch(path.name) and _tree_of(trees, path) and not is_known(trees, path)]


def is_known(trees: Trees, path: Path) -> bool:
    tree = _tree_of(trees, path)
    return tree is not None and path.absolute().relative_to(tree).as_posix() in trees[tree].files


def _is_made(trees: Trees, path: Path) -> bool:
    """Where a build put it, or the same bytes in a zip to carry away: drawings of scenes are called like lessons."""
    if is_known(trees, path):
        return True
    sha = _sha(path)
    return any(sha in tree.digests for tree in trees.values())


def _tree_of(trees: Trees, path: Path) -> Path | None:
    return next((folder for folder in path.absolute().parents if folder in trees), None)


def _sha(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _lapsed(book: Handbook, tree: Built, slug: str, path: Path) -> Iterator[Fault]:
    """Sound and films that were made while their lesson was approved wear no mark."""
    row = book.by_slug[slug].office.approval if slug in book.by_slug else None
    if slug not in tree.names or _wears(path):
        return
    if row is None:
        yield Fault("unapproved", Text(
            f"bài {slug} nay không còn được duyệt, tệp làm lúc còn duyệt nên không mang chữ {DRAFT}. Dựng lại tệp này",
            f"{slug} is approved no more; the file was made when it was, and does not say {DRAFT}. Build it again"))
    elif f"{slug} {row.text}" not in tree.signed:
        yield Fault("outdated", Text(f"chữ cũ: tệp làm từ bản cũ của bài {slug}. Dựng lại tệp này",
                                     f"old words: made of an older text of {slug}. Build it again"))


def _waiting(book: Handbook, name: str) -> str:
    """The lesson nobody approved that a file is called after: `quet-ma-qr.mp3`, `quet-ma-qr-led/1.mp4`."""
    parts = [part.split(".")[0] for part in PurePosixPath(name.replace("\\", "/")).parts[-2:]]
    found = [slug for slug in book.by_slug for part in parts if part == slug or part.startswith(f"{slug}-")]
    slug = max(found, key=len, default="")
    return slug if slug and not book.by_slug[slug].approved else ""


def _wears(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return any(mark in head for mark in _MARKS)
