"""All below dist leaves the house: who uploads a folder hands out whatever lies in it, by any name."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generator.ground.errors import UsageError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.unseen import shown
from generator.press.captioned import PNG, is_picture
from generator.proof.boxed import BEGINS as BOXES
from generator.proof.boxed import ZIP, Unpacking
from generator.proof.faults import Fault
from generator.proof.folder import Promise, folders
from generator.proof.listed import SHEETS
from generator.proof.strange import is_media
from generator.proof.today import written
from generator.proof.webpages import BEGINS as HTML
from generator.proof.webpages import PAGES, TOLD
from generator.proof.words import is_told
from generator.signatures import BEGINS as SHEET

Sort = Literal["box", "paper", "words", "picture", "page", "sheet", "other"]
COPIES, ORIGINALS = "site/downloads/", "print/"
"""Offered to print from: the same bytes."""
HEAD = 1024
AROUND = Fault("broken", Text(
    "liên kết dẫn về thư mục chứa chính nó: ai chép theo liên kết thì chép mãi, hay chép cả thứ ngoài dist. Bỏ nó đi",
    "is a link to a folder it lies in: who copies along it never ends, or takes along what lies outside. Take it away"))
"""Of a link that is not followed."""


@dataclass(frozen=True)
class Leaving:
    """What is to be looked at, and how."""

    sorts: Mapping[Path, Sort]
    inner: Mapping[Path, tuple[Path, str]] = field(default_factory=dict)
    """What stands in zips, each with the zip that lies there and its name in it."""
    unseen: Sequence[tuple[Path, Fault]] = ()
    """Folders nobody could look into."""

    def of(self, *sorts: Sort) -> list[Path]:
        return [path for path, sort in self.sorts.items() if sort in sorts]

    def named(self, path: Path) -> str:
        """Within its folder or zip."""
        return self.inner[path][1] if path in self.inner else path.as_posix()

    @property
    def outer(self) -> list[Path]:
        return [path for path in self.sorts if path not in self.inner]


def leaving(project: Project, paths: Sequence[Path], boxes: Unpacking) -> Leaving:
    """Below the paths; without paths, all below dist."""
    unseen: list[tuple[Path, Fault]] = []
    found = [*found_below(project, paths, unseen)]
    looked = {path.absolute() for path, _ in found}
    sorts: dict[Path, Sort] = {}
    for path, is_named in found:
        sort = sort_of(path)
        if is_named and sort in ("picture", "other") and not is_media(path):
            sort = "paper"  # somebody asks just this; that it is none is told
        if sort != "paper" or is_named or not _is_copy(path, looked):
            sorts[path] = sort
    boxes.open_all(path for path, sort in sorts.items() if sort == "box")
    sorts |= {path: sort_of(path, inside=True) for path in boxes.found if os.path.isfile(path)}  # noqa: PTH113
    return Leaving(sorts, boxes.found, unseen)


def found_below(
    project: Project, paths: Sequence[Path], unseen: list[tuple[Path, Fault]],
) -> Iterator[tuple[Path, bool]]:
    """Every file, hidden ones too, and whether it was named itself."""
    dist = project.path("dist")
    if not paths and not (dist.is_dir() and any(_walk(dist, []))):
        raise UsageError("Chưa có gì trong dist để soát. Gõ `make` trước, hoặc ghi tên tệp.",
                         "There is nothing in dist to prove. Run `make` first, or name a file.")
    for path in paths or [dist]:
        found = path if path.exists() else project.path(str(path))
        if found.is_dir():
            yield from ((file, False) for file in _walk(found, unseen))
        elif found.is_file():
            yield found, True
        else:
            named = shown(str(path))
            raise UsageError(f"Không có tệp hay thư mục {named}.", f"There is no file or folder {named}.")


def _walk(folder: Path, unseen: list[tuple[Path, Fault]]) -> Iterator[Path]:
    """Into linked folders too: whoever uploads the tree, or serves it, hands out what they hold."""
    def shut(problem: OSError) -> None:
        unseen.append((Path(problem.filename), Fault("broken", Text(
            f"thư mục không mở được ({problem.strerror}), không soát được",
            f"is a folder that cannot be opened ({problem.strerror}): it was not proved"))))

    for above, below, files in os.walk(folder, onerror=shut, followlinks=True):
        around = [name for name in sorted(below) if _is_around(Path(above, name))]
        unseen += [(Path(above, name), AROUND) for name in around]
        below[:] = sorted({*below} - {*around})
        yield from (path for name in sorted(files) if (path := Path(above, name)).is_file())


def _is_around(path: Path) -> bool:
    """A link to a folder in which it lies itself has no end."""
    return path.is_symlink() and path.parent.resolve().is_relative_to(path.resolve())


def sort_of(path: Path, *, inside: bool = False) -> Sort:
    """By its bytes as much as by its name. `inside` a zip nobody can tell the folders of products."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:  # who reads papers tells it
        return "paper"
    ending = path.suffix.lower()
    if ending == ZIP or head.startswith(BOXES):
        return "box"
    if path.name in SHEETS or written(head).startswith(SHEET):
        return "sheet"
    if is_told(path):
        return "words"
    if ending == ".pdf" or head.lstrip().startswith(b"%PDF-") or _is_of_products(path, head, inside):
        return "paper"
    if is_picture(head):
        return "picture"
    return "page" if ending in PAGES or path.name in TOLD or HTML.match(head) else "other"


def _is_of_products(path: Path, head: bytes, inside: bool) -> bool:
    """A picture that some product makes, or that lies where products put them; others dress the site."""
    if path.suffix.lower() != ".png" and not head.startswith(PNG):
        return False
    among = {*path.parts[-4:-1]}
    return Promise(path.as_posix()).known is not None or (
        not inside and "site" not in among and not among.isdisjoint(folders()))


def _is_copy(path: Path, looked: Container[Path]) -> bool:
    """Of a paper that is looked at itself: who asks for the site alone is told of what lies there."""
    before, found, name = path.as_posix().rpartition(COPIES)
    twin = Path(f"{before}{ORIGINALS}{name}")
    return bool(found) and twin.absolute() in looked and twin.read_bytes() == path.read_bytes()
