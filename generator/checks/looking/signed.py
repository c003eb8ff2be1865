"""What git holds of the words beside lessons (a place's, the country's, the glossary): as they were when somebody
signed them, and where they differ now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator.checks.looking.approved import Change, line_changes
from generator.ground.files import Project, Source
from generator.ground.findings import Place
from generator.ground.kept import Kept, Version
from generator.handbook.approvals import words_of_place
from generator.handbook.config import FILE as SETTINGS
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.model import APPROVALS
from generator.handbook.read import read_handbook
from generator.handbook.recorded.composing import FOLDER as SCENES
from generator.handbook.recorded.composing import PIECES
from generator.handbook.words import WORDS, Words, hard_words

MOST_READ = 24
"""States of a handbook that are read to find the signed one; most often it is the first."""


class Signed(NamedTuple):
    """Words as they were signed, and the files they stood in."""

    words: Words
    files: Mapping[str, str]


def signed_words(kept: Kept, words: Words, text: str) -> Signed | None:
    """The state that git holds under this name of its text; None where it holds none."""
    folders = (FOLDER,) if words.id != WORDS else ()
    drawn = (SCENES, PIECES) if words.id == ROOT else ()
    asked = (*words.files, *folders, *drawn)
    read: set[frozenset[tuple[str, str]]] = set()
    for version in _likeliest(kept.versions(*asked, APPROVALS) or [], f"{words.id},{text},"):
        blobs = frozenset(item for item in version.blobs.items() if item[0] != APPROVALS)
        if blobs in read or len(read) == MOST_READ:
            continue
        read.add(blobs)
        then = words_then(version.files, words.id)
        if then and then.text == text:
            return Signed(then, version.files)
    return None


def _likeliest(versions: Sequence[Version], row: str) -> Iterator[Version]:
    """From the one that brought the row of that signature backwards, then what came later."""
    came = next((at for at, one in enumerate(versions) if row in one.files.get(APPROVALS, "")), len(versions) - 1)
    yield from reversed(versions[: came + 1])
    yield from versions[came + 1 :]


def words_then(files: Mapping[str, str], id: str) -> Words | None:
    with TemporaryDirectory() as folder:
        Path(folder, SETTINGS).write_text(files.get(SETTINGS, ""), "utf-8")
        content = {file: text for file, text in files.items() if file not in (SETTINGS, APPROVALS)}
        book = read_handbook(Project(Path(folder)), content).handbook
    if id == WORDS:
        return hard_words(book)
    return next((words_of_place(book, edition) for edition in book.editions if edition.id == id), None)


def changes_since(old: Signed, now: Words) -> list[Change]:
    """Row by row, as they are read out to be signed."""
    return line_changes(old.words.told, now.told)


def place_of(change: Change, old: Signed, now: Words, texts: Mapping[str, Source]) -> Place:
    """The changed line that says most of these words."""
    wanted = _words(change.after or change.before)
    lines = [(file, number, line) for file in now.files if file in texts
             for number, line in _changed_lines(old.files.get(file, ""), texts[file])]
    if not lines:
        return Place(now.file)
    file, number, line = max(lines, key=lambda one: len(wanted & _words(one[2])))
    return Place(file, number, len(line) - len(line.lstrip()) + 1)


def _changed_lines(before: str, now: Source) -> Iterator[tuple[int, str]]:
    """With their numbers; of what was taken out, the line that stands there now."""
    lines = now.text.splitlines()
    match = difflib.SequenceMatcher(None, before.splitlines(), lines, autojunk=False)
    for what, _, _, start, end in match.get_opcodes():
        if what != "equal":
            yield from ((at + 1, lines[at]) for at in range(start, max(end, start + 1)) if at < len(lines))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
