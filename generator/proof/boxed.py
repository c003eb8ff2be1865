"""A zip to carry away: what stands in it is judged as its like beside it. Who uploads it hands all of that out."""

from __future__ import annotations

import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from generator.ground.files import digest_of
from generator.ground.findings import Text
from generator.ground.whole import write_whole
from generator.handbook.model import Handbook
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.proof.faults import Fault
from generator.proof.listed import EDITIONS, edition_of

ZIP, PAGE = ".zip", ".html"
MOST_BYTES = 2_000_000_000
"""Unpacked: a bomb has more."""
_ELSEWHERE = re.compile(r"[:\\]")
"""A drive, or a folder as Windows writes it: what would be laid elsewhere than it says."""


def unpacked(box: Path, home: Path) -> dict[Path, str]:
    """What stands in it, laid where the proof keeps its own things, and its name in the box; in a folder of the box's
    edition, as it would lie there."""
    folder, place = home / "boxes" / digest_of(box.as_posix())[:16], edition_of(box)
    shutil.rmtree(folder, ignore_errors=True)
    below = folder / EDITIONS / place if place else folder
    found: dict[Path, str] = {}
    with zipfile.ZipFile(box) as archive:
        if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
            raise ValueError(box.name)
        for name in archive.namelist():
            inner = PurePosixPath(name)
            if name.endswith("/"):
                continue
            if inner.is_absolute() or ".." in inner.parts or _ELSEWHERE.search(name):
                raise ValueError(name)
            found[below / inner] = name
            write_whole(below / inner, archive.read(name))
    return found


def opened(boxes: Iterable[Path], home: Path) -> tuple[dict[Path, tuple[Path, str]], list[tuple[Path, Fault]]]:
    """What stands in them, each with its box and its name there; and those that cannot be opened."""
    found: dict[Path, tuple[Path, str]] = {}
    faults = []
    for box in boxes:
        try:
            found |= {path: (box, name) for path, name in unpacked(box, home).items()}
        except (OSError, EOFError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error,
                lzma.LZMAError) as problem:
            faults.append((box, _broken(problem)))
    return found, faults


def _broken(problem: Exception) -> Fault:
    return Fault("broken", Text(f"hỏng, không mở được ({type(problem).__name__})",
                                f"is broken and cannot be opened ({type(problem).__name__})"))


def prove_pages(book: Handbook, inner: Mapping[Path, tuple[Path, str]]) -> Iterator[tuple[Path, Fault]]:
    """Pages about one lesson, in folders of its name: of one that nobody approved they say so."""
    for path, (_, name) in inner.items():
        slug = PurePosixPath(name).parent.name
        if path.suffix == PAGE and slug in book.by_slug and not book.by_slug[slug].approved:
            said = normalize("NFC", plain(path.read_bytes().decode("utf-8", "replace")))
            if DRAFT not in said:
                yield path, Fault("unapproved", Text(
                    f"bài {slug} chưa duyệt, trang không có chữ {DRAFT}: dựng lại (hocso build stick)",
                    f"{slug} is not approved, and the page does not say {DRAFT}: build it again (hocso build stick)"))
