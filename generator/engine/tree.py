"""What a published tree holds: files by path, the items they came from, and the lists that tell of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.ground.findings import Finding, Text
from generator.ground.whole import read_plain, read_sealed, seal, write_whole
from generator.handbook.editions import ROOT
from generator.handbook.words import WORDS

MANIFEST = "build.json"
SYNC_LIST = "sync-list.txt"
BOOK = "book.txt"
"""Whose build it is, for other handbooks."""
LIST = "manifest"
"""The product of what is written about the others, anew in each build."""
NOTE = ".items.json"
"""Ending of what tells the next build of a tree."""
NAME = re.compile(r"([0-9a-f]{16})-[0-9a-f]{1,16}")
"""Of a tree: its manifest's digest, and when it was made."""


@dataclass(frozen=True, slots=True)
class Published:
    """One file of a tree: which bytes, which product, from what."""

    sha: str
    product: str
    sources: tuple[str, ...]
    voice: str = ""
    """Whose voice speaks in it; only films and sound have one."""
    commit: str = field(default="", compare=False)
    """Of the words it was last made of or found current with; nothing said, of this build."""


@dataclass(frozen=True)
class Tree:
    """What a published tree holds: files by path, and for the next build the items they came from."""

    files: Mapping[str, Published] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    """Item name, with its edition, → key in the store."""
    signed: frozenset[str] = frozenset()
    """Names of what was approved when it was published: what has lapsed since may not stay as it is."""

    @property
    def shas(self) -> dict[str, str]:
        return {path: file.sha for path, file in self.files.items()}


@dataclass(frozen=True)
class Part:
    """What was made of one edition, by whichever process."""

    edition: str
    remade: tuple[str, ...]
    """Products that replace what stands of them."""
    items: Mapping[str, str]
    """Item name → key in the store."""
    files: Mapping[str, Published]
    """By path in the edition's own tree."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Items of the same products that stand published from another clone's hands, with their keys: they stay, too."""
    proofs: frozenset[str] = frozenset()
    """Keys of what was read in its papers."""
    fresh: int = 0
    """Items made just now."""
    findings: tuple[Finding, ...] = ()
    """What the editor is to be told."""
    not_made: Mapping[str, Text] = field(default_factory=dict)
    """Products that stay as they stood, and why."""
    troubles: tuple[Text, ...] = ()
    """What went wrong with the store and was mended."""


def join(before: Tree, parts: Sequence[Part]) -> Tree:
    """What was made, and unchanged what this build was not asked for. The lists of an edition are about one build."""
    unread = {f"{part.edition}/{name}": key for part in parts for name, key in part.unread.items()}
    remade = {part.edition: {*part.remade, LIST} for part in parts}
    replaced = {part.edition: remade[part.edition] - {*map(product_of, part.unread)} for part in parts}
    files = {path: file for path, file in before.files.items()
             if file.product not in replaced.get(edition_of(path), ())
             and not tells_of_build(path, file)}
    items = {}
    for name, key in before.items.items():
        edition, item = name.split("/", 1)
        if product_of(item) not in remade.get(edition, ()) or name in unread:
            items[name] = key
    for part in parts:
        items |= {f"{part.edition}/{name}": key for name, key in part.items.items()}
        files |= {prefix_of(part.edition) + path: file for path, file in part.files.items()}
    return replace(before, files=files, items=items)


def product_of(item: str) -> str:
    return item.partition(":")[0]


def tells_of_build(path: str, file: Published) -> bool:
    """Written anew in every build; what a release says stays longer."""
    return file.product == LIST and path.rpartition("/")[2] in (MANIFEST, BOOK, SYNC_LIST)


def edition_of(path: str) -> str:
    return path.split("/")[1] if path.startswith("editions/") else ROOT


def prefix_of(edition: str) -> str:
    return "" if edition == ROOT else f"editions/{edition}/"


def shows(file: Published, edition: str, names: Collection[str]) -> bool:
    """Something of these lessons, places or words. Whatever stands around a lesson may show the country's words, and
    hard words explained; what names no file it was made of, like a stick, may hold all the others."""
    if not file.sources or {edition, ROOT, WORDS} & {*names}:
        return True
    return any(source.split("/")[2] == name for source in of_lessons(file.sources) for name in names)


def of_lessons(sources: Iterable[str]) -> frozenset[str]:
    """Those that lie in lessons' folders."""
    return frozenset(source for source in sources if source.startswith(("content/topics/", "content/cards/")))


def voice_of(path: str, facts: Mapping[str, Any]) -> str:
    """What the manifest says of a film or a sound: `giọng người đọc`, `phim không tiếng` …"""
    return str(facts.get("voice", "")) if path.endswith((".mp4", ".mp3")) else ""


def changed_paths(before: Mapping[str, Published], after: Mapping[str, Published]) -> set[str]:
    """What is new, other or gone, for the one line that tells it; the lists change whenever anything does."""
    old, new = ({path: file for path, file in files.items() if file.product != LIST} for files in (before, after))
    return {path for path in {*old, *new} if old.get(path) != new.get(path)}


def with_lists(
    tree: Tree, commit: str, book: bytes, keep: Callable[[bytes], str], size: Callable[[str], int]
) -> Tree:
    """The tree with whose it is, a manifest for each edition and the list to upload from. `keep` stores bytes and gives
    their digest, `size` tells how many a digest has."""
    files = {path: file if file.commit else replace(file, commit=commit) for path, file in tree.files.items()}
    files[BOOK] = Published(keep(book), LIST, ())
    own: dict[str, dict[str, Published]] = {}
    for path, file in files.items():
        if (edition := edition_of(path)) != ROOT:
            own.setdefault(edition, {})[path.removeprefix(prefix_of(edition))] = file
    for edition, below in own.items():
        files[prefix_of(edition) + MANIFEST] = Published(keep(manifest(commit, edition, below)), LIST, ())
    files[SYNC_LIST] = Published(keep(sync_list(files, size)), LIST, ())
    return replace(tree, files=files)


def sync_list(files: Mapping[str, Published], size: Callable[[str], int]) -> bytes:
    """`sha256 size path`, one line a file: equal bytes need to be sent once."""
    return "".join(f"{file.sha} {size(file.sha)} {path}\n" for path, file in sorted(files.items())).encode()


def manifest(commit: str, edition: str, files: Mapping[str, Published]) -> bytes:
    """As `json.dumps(…, indent=1)` writes it. A quarter of its time, for the many files
    of one item have the same sources."""
    rows = b",".join(f'\n  {{\n   "path": {json.dumps(path, ensure_ascii=False)},\n   "sha256": "{file.sha}",'.encode()
                     + _told(file.product, tuple(sorted(file.sources)), file.voice,
                             file.commit if file.commit != commit else "")
                     for path, file in sorted(files.items()))
    head = json.dumps({"commit": commit, "edition": edition}, ensure_ascii=False, indent=1)[:-2].encode()
    return b"".join((head, b',\n "files": [', rows, b"\n ]" if rows else b"]", b"\n}\n"))


@lru_cache(maxsize=4096)
def _told(product: str, sources: tuple[str, ...], voice: str, older: str) -> bytes:
    """The rest of a row, from its second key on. `older`: the commit of what this build was not asked for."""
    told = {"product": product, "sources": sources} | ({"voice": voice} if voice else {})
    told |= {"commit": older} if older else {}
    return json.dumps(told, ensure_ascii=False, indent=1)[1:].replace("\n", "\n  ").encode()


def read_tree(out: Path) -> Tree:
    """What stands published; an empty tree when there is none or it was not made by us. Our note tells it, or where
    that is gone the manifest; where a folder's manifest is damaged, the last note of all."""
    if not out.exists():
        return Tree()
    if (tree := _noted(_notes(out))) is not None:
        return tree
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _from_manifest(out.resolve(), read_plain(out / MANIFEST))
    last = sorted(notes_of(out), key=moment_of)[-1:] if (out / SYNC_LIST).is_file() else ()
    return (None if out.is_symlink() else _noted(last)) or Tree()


def is_noted(out: Path) -> bool:
    """Whether we, and not its manifest alone, tell of it."""
    return _noted(_notes(out)) is not None


def _noted(notes: Iterable[Path]) -> Tree | None:
    for note in notes:
        with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
            return _from_note(json.loads(read_sealed(note, note.name.removesuffix(NOTE)) or b""))
    return None


def _notes(out: Path) -> Iterator[Path]:
    """The tree's own; of a folder that was a tree's copy, that of its manifest."""
    if out.is_symlink():
        yield sidecar_of(out.resolve())
    with suppress(OSError):
        yield from trees_of(out).glob(f"{tree_name(read_plain(out / MANIFEST))}-*{NOTE}")


def _from_note(note: dict[str, Any]) -> Tree:
    sources = [tuple(row) for row in note["sources"]]
    files = {path: Published(sha, product, sources[place], voice, commit)
             for path, (sha, product, place, voice, commit) in note["files"].items()}
    return Tree(files, note["items"], frozenset(note["signed"]))


def _from_manifest(tree: Path, told: bytes) -> Tree:
    """A tree of ours is called by its manifest's digest, so that a damaged one is not believed."""
    note = json.loads(told)
    own_name = NAME.fullmatch(tree.name)
    if {*note} != {"commit", "edition", "files"} or (own_name and own_name[1] != tree_name(told)):
        return Tree()
    return Tree({row["path"]: Published(row["sha256"], row["product"], tuple(row["sources"]), row.get("voice", ""),
                                        row.get("commit", note["commit"]))
                 for row in note["files"]})


def trees_of(out: Path) -> Path:
    """The trees an output led to, beside it and of no other."""
    return out.parent / f".{out.name}.trees"


def notes_of(out: Path) -> Iterator[Path]:
    return (note for note in trees_of(out).glob(f"*{NOTE}") if NAME.fullmatch(note.name.removesuffix(NOTE)))


def tree_name(main_manifest: bytes) -> str:
    return hashlib.sha256(main_manifest).hexdigest()[:16]


def is_own(tree: Path) -> bool:
    """By its name, and its note or manifest: nothing else that lies there is ours to delete."""
    name = NAME.fullmatch(tree.name)
    if not name or tree.is_symlink() or not tree.is_dir():
        return False
    with suppress(OSError):
        return sidecar_of(tree).is_file() or tree_name(read_plain(tree / MANIFEST)) == name[1]
    return False


def moment_of(tree: Path) -> int:
    """When it was made, as its name ends."""
    return int(tree.name.removesuffix(NOTE).rpartition("-")[2], 16)


def sidecar_of(tree: Path) -> Path:
    """Beside the tree, so that it is never served."""
    return tree.with_name(f"{tree.name}{NOTE}")


def write_sidecar(folder: Path, tree: Tree) -> None:
    places = _places(file.sources for file in tree.files.values())
    files = {path: (file.sha, file.product, places[file.sources], file.voice, file.commit)
             for path, file in tree.files.items()}
    note = {"sources": [*places], "files": files, "items": dict(tree.items), "signed": sorted(tree.signed)}
    data = seal(folder.name, json.dumps(note, ensure_ascii=False).encode())
    sidecar = sidecar_of(folder)
    if not sidecar.is_file() or sidecar.read_bytes() != data:
        write_whole(sidecar, data)


def _places(things: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Each thing once, and its place among them."""
    return {thing: place for place, thing in enumerate(dict.fromkeys(things))}
