"""A zip to carry away: what stands in it is judged as its like beside it. Who uploads it hands all of that out."""

from __future__ import annotations

import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from generator.ground.files import digest_of
from generator.ground.findings import Text
from generator.proof.faults import Fault
from generator.proof.listed import EDITIONS, edition_of

ZIP = ".zip"
BEGINS = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
"""Whatever its name ends in."""
PAPERS = (".pdf", ".png")
MOST_BYTES, MOST_FILES, DEEPEST = 2_000_000_000, 50_000, 5
"""Unpacked, of all zips of one proof: a bomb has more. So many zips within each other are no help to any reader."""
LONGEST = 255
"""Bytes of a name that file systems keep."""
ELSEWHERE = re.compile(r"[:\\]|^/|(?:^|/)\.\.(?:/|$)")
"""A drive, a folder as Windows writes it, a way out: what would be laid elsewhere than it says."""
FAILS = (OSError, EOFError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error,
         lzma.LZMAError)


@dataclass
class Unpacking:
    """All zips of one proof, and what stands in them."""

    home: Path
    found: dict[Path, tuple[Path, str]] = field(default_factory=dict)
    """Each with the zip that lies in the folder, and its name there: `trong.zip/leaflets/x.pdf`."""
    faults: list[tuple[Path, Fault]] = field(default_factory=list)
    size: int = 0

    def open_all(self, boxes: Iterable[Path]) -> None:
        """And the zips in them, whose files are told by the zip that lies there."""
        for box in boxes:
            self._open(box, box, "", 1)

    def _open(self, box: Path, outer: Path, above: str, depth: int) -> None:
        if box.suffix.lower() in PAPERS:
            self._tell(box, Text("không phải tệp PDF hay PNG: bên trong là tệp zip hay tệp văn phòng",
                                 "is neither a PDF nor a PNG: within it is a zip or a document of an office program"))
        try:
            with zipfile.ZipFile(box) as archive:
                for path, name in self._laid(archive, box, (outer, above)):
                    if not is_box(path):
                        continue
                    if depth == DEEPEST:
                        self._tell(path, Text(f"zip lồng trong zip quá {DEEPEST} lần, không mở được để soát",
                                              f"more than {DEEPEST} zips within each other: it was not opened"))
                    else:
                        self._open(path, outer, f"{above}{name}/", depth + 1)
        except FAILS as problem:
            self._tell(box, Text(f"hỏng, không mở được ({type(problem).__name__})",
                                 f"is broken and cannot be opened ({type(problem).__name__})"))

    def _laid(self, archive: zipfile.ZipFile, box: Path, within: tuple[Path, str]) -> Iterator[tuple[Path, str]]:
        """Every entry, also the second of a name: readers of zips differ in which they take."""
        entries = [info for info in archive.infolist() if not info.is_dir()]
        self.size += sum(info.file_size for info in entries)
        if self.size > MOST_BYTES or len(self.found) + len(entries) > MOST_FILES:
            self._tell(box, Text("mở ra quá to hay quá nhiều tệp, không soát được",
                                 "unpacks to more than can be proved"))
            return
        folder, files, folders = _folder_of(box, self.home), set[str](), set[str]()
        for count, info in enumerate(entries):
            safe = _safe(info.filename)
            key = PurePosixPath(normalize("NFC", safe.as_posix()).casefold())
            above = {*map(str, key.parents)}
            is_taken = str(key) in files or str(key) in folders or not above.isdisjoint(files)
            files.add(str(key))
            folders |= above
            path = _in_edition(folder / (f"again-{count}" if is_taken else "first"), box) / safe
            self.found[path] = (within[0], f"{within[1]}{info.filename}")
            if ELSEWHERE.search(info.filename):
                self._tell(path, Text("tên tệp trỏ ra ngoài: mở ra ở máy khác nó nằm chỗ khác, có khi đè tệp khác",
                                      "its name leads elsewhere: unpacked it lies outside, perhaps over other files"))
            if self._is_kept(archive, info, path):
                yield path, info.filename

    def _is_kept(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bool:
        if max(len(part.encode("utf-8", "replace")) for part in path.parts) > LONGEST:
            self._tell(path, Text(f"tên dài quá {LONGEST} byte: nhiều máy không mở ra được, không soát được",
                                  f"its name is longer than {LONGEST} bytes: many machines cannot unpack it, "
                                  "and it was not proved"))
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(info))  # whole or not: the next proof unpacks anew, and no draft's name fits
        except FAILS as problem:
            self._tell(path, Text(f"hỏng, không mở được ({type(problem).__name__})",
                                  f"is broken and cannot be opened ({type(problem).__name__})"))
            return False
        return True

    def _tell(self, path: Path, message: Text) -> None:
        self.faults.append((path, Fault("broken", message)))


def is_box(path: Path) -> bool:
    if path.suffix.lower() == ZIP:
        return True
    with path.open("rb") as stream:
        return stream.read(4) in BEGINS


def _folder_of(box: Path, home: Path) -> Path:
    """Where the proof keeps its own things."""
    folder = home / "boxes" / digest_of(box.as_posix())[:16]
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _in_edition(folder: Path, box: Path) -> Path:
    """As it would lie in a folder of the box's edition."""
    place = edition_of(box)
    return folder / EDITIONS / place if place else folder


def _safe(name: str) -> PurePosixPath:
    parts = [part.replace(":", "_") for part in re.split(r"[\\/]", name) if part not in ("", ".", "..")]
    return PurePosixPath(*(parts or ["_"]))
