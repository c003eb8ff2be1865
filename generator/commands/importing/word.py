"""A Word file taken apart by pandoc, after a look at what it is. The only importer of pypandoc.

Pandoc gets a copy without pictures: a bomb among them stays in its box, and nothing outside is asked."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from generator.ground.errors import MissingProgramError, UsageError
from generator.ground.said import said

MOST_BYTES, MOST_MEDIA, MOST_WORDS = 20_000_000, 120_000_000, 20_000_000
"""Of a file; unpacked, of its pictures (ten of a phone have 60 MB), of all else."""
SECONDS, MEMORY = 60, "512M"
TAB = "\u2409"
"""Stands for a tab on its way through pandoc, which would make a space of it."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""An older Office file; also the box in which a password locks a newer one (MS-CFB)."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MAIN, _MEDIA = "word/document.xml", "word/media/"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments|diagrams/data\d*)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
"""Of words in diagrams."""
_RUN_TAB = re.compile(rb"<w:tab\s*/>")


@dataclass(frozen=True)
class WordFile:
    tree: Mapping[str, Any]
    """Pandoc's, as JSON."""
    media: Mapping[str, bytes]
    """By the name the tree calls each."""
    paragraphs: tuple[str, ...]
    """Every paragraph anywhere in the file, as its words stand there: what the result is held against."""


def read_word(path: Path) -> WordFile:
    """One line says why not; nothing has been touched then."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(*said("new/word-heavy", file=path.name, most=MOST_BYTES // 1_000_000))
        data = path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UsageError(*said("new/word-unreadable", file=path.name, reason=reason)) from problem
    if data.startswith(_OLE) and _LOCKED in data:
        raise UsageError(*said("new/word-locked", file=path.name))
    if data.startswith(_OLE):
        raise UsageError(*said("new/word-old", file=path.name))
    pandoc = _find_pandoc()
    try:
        parts = _unpacked(path)
        paragraphs = tuple(_paragraphs(parts))
    except (zipfile.BadZipFile, ElementTree.ParseError, RuntimeError, OSError, EOFError, KeyError) as problem:
        raise UsageError(*said("new/word-none", file=path.name)) from problem
    try:
        tree = _tree(pandoc, parts)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise UsageError(*said("new/word-none", file=path.name)) from problem
    media = {name.removeprefix("word/"): body for name, body in parts.items() if name.startswith(_MEDIA)}
    return WordFile(tree, media, paragraphs)


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as box:
        box.getinfo(_MAIN)
        media = sum(entry.file_size for entry in box.infolist() if entry.filename.startswith(_MEDIA))
        if media > MOST_MEDIA or sum(entry.file_size for entry in box.infolist()) - media > MOST_WORDS:
            raise UsageError(*said("new/word-bomb", file=path.name))
        return {entry.filename: box.read(entry) for entry in box.infolist() if not entry.is_dir()}


def _find_pandoc() -> str:
    try:
        import pypandoc  # brought by `[word]`, and only who imports a Word file needs it

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as problem:
        raise MissingProgramError(*said("new/no-pandoc")) from problem


def _paragraphs(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Without what was deleted: that is told by itself."""
    for name in sorted(filter(_PARTS.fullmatch, parts), key=lambda name: (name != _MAIN, name)):
        root = ElementTree.fromstring(parts[name])
        for paragraph in (*root.iter(f"{_W}p"), *root.iter(f"{_A}p")):
            inner = {id(run) for box in paragraph.iter(f"{_W}p") if box is not paragraph for run in box.iter()}
            runs = (run for run in paragraph.iter() if id(run) not in inner)
            words = "".join(_run(run) for run in runs).strip()
            if words:
                yield words


def _run(run: ElementTree.Element) -> str:
    if run.tag in (f"{_W}t", f"{_A}t"):
        return run.text or ""
    return "\n" if run.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr") else ""


def _tree(pandoc: str, parts: Mapping[str, bytes]) -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hocso-") as folder:
        copy = Path(folder) / "bai.docx"
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as box:
            for name, body in parts.items():
                bare = b"" if name.startswith(_MEDIA) else body
                box.writestr(name, _RUN_TAB.sub(f"<w:t>{TAB}</w:t>".encode(), bare))
        command = [pandoc, "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--track-changes=all",
                   "--from=docx", "--to=json", str(copy)]
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=True)
        tree: Mapping[str, Any] = json.loads(done.stdout)
    return tree
