"""`hocso approve … --undo`: what the last `hocso approve` wrote goes as it came, row and lesson, as long as the row is
not in git; afterwards rows are only added."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from generator.commands.signing.withdrawing import still_standing
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, Source, digest_of, read_source
from generator.ground.kept import Kept
from generator.ground.said import said
from generator.ground.whole import read_sealed, seal, write_all, write_whole
from generator.handbook import ledger
from generator.handbook.approvals import HEAD, row_of, rows_in
from generator.handbook.model import APPROVALS, Approval, Handbook
from generator.handbook.withdrawals import withdraws

FOLDER = "approved"
"""Of our private folder: what stood there before, a file a name, the last writing last."""
MOST = 20


def before_writing(project: Project, files: Mapping[str, bytes], rows: Sequence[Approval]) -> dict[str, dict[str, Any]]:
    """What each row's writing will change, to be kept once it is written."""
    old, new = book_of(project).splitlines(keepends=True), files[APPROVALS].decode().splitlines(keepends=True)
    notes: dict[str, dict[str, Any]] = {}
    for row in rows:
        line, own = row_of(row), next((file for file in files if file.split("/")[2:3] == [row.slug]), "")
        added = new.count(line) > old.count(line)
        if added or own:
            was = _bytes(project, own) if own else None
            notes[row.slug] = {"row": line if added else "", "day": f"{row.day:%d/%m/%Y}",
                               "file": own, "was": base64.b64encode(was or b"").decode(),
                               "is": digest_of(files[own]) if own else ""}
    return notes


@contextmanager
def way_back(project: Project, notes: Mapping[str, dict[str, Any]]) -> Iterator[None]:
    """Around the writing, so that one who is killed in the middle of it finds back. A full disk takes away the way
    back, not what was written."""
    with suppress(OSError):
        for name, last in notes.items():
            _keep(project, name, [*_known(project, name), last | {"begun": True}])
    yield
    with suppress(OSError):
        for name, last in notes.items():
            known = _known(project, name)
            begun = known[-1:] == [last | {"begun": True}]
            _keep(project, name, [*(known[:-1] if begun else known), last])


def _keep(project: Project, name: str, notes: Sequence[dict[str, Any]]) -> None:
    write_whole(_path(project, name), seal(name, json.dumps(notes[-MOST:]).encode()))


def undo_last(project: Project, names: Sequence[str], handbook: Handbook) -> Iterator[str]:
    """All of them or none; what was built meanwhile is told, as after a withdrawal."""
    book = book_of(project)
    stacks = {name: _stack(project, name, book) for name in names}
    notes = {name: stack[-1] for name, stack in stacks.items()}
    committed = _in_git(project)
    files: dict[str, bytes] = {}
    for name, last in notes.items():
        stands = _stands(last, book)
        if not committed.isdisjoint(_lines(HEAD + last["row"])) and (stands or _is_as_written(project, last)):
            row = last["row"].strip()
            raise UsageError(*(said("undo/committed-withdrawal", slug=name, row=row) if _takes_back(last)
                               else said("undo/committed", slug=name, row=row)))
        left = _without(book, last["row"]) if last["row"] else book
        own = _as_it_was(project, name, last)
        if left == book and stands:  # spelled anew by a spreadsheet
            raise ContentError(*said("undo/rewritten", slug=name, file=APPROVALS))
        if left == book and not own:  # another branch has it, or a hand took it back
            raise UsageError(*said("undo/unknown", slug=name, file=APPROVALS))
        book, files = left, {**files, **own}
    if book != book_of(project):
        files = {APPROVALS: book.encode(), **files}  # the row first: no fact is open again under a row
    write_all(project, files)
    if book == HEAD and not committed:
        project.path(APPROVALS).unlink()
    for name, last in notes.items():
        _keep(project, name, stacks[name][:-1])
        yield str(said("undo/done", slug=name, files=", ".join(filter(None, (APPROVALS, last["file"])))))
    gone = {last["row"] for last in notes.values()}
    taken = [row for row in handbook.approvals if row_of(row) in gone]
    told = [*still_standing(project, handbook, taken)]
    texts = [row.text for row in taken if row.slug in handbook.by_slug and not withdraws(row.note)]
    yield from [*told, str(said("undo/papers", texts=", ".join(texts)))] if told and texts else told


def _takes_back(last: Mapping[str, Any]) -> bool:
    return any(withdraws(row.note) for row in rows_in(HEAD + last["row"]))


def _lines(book: str) -> set[str]:
    """Each row with its note: a withdrawal of the same unit and day is another row than what it takes back."""
    return {row_of(row) for row in rows_in(book)}


def _in_git(project: Project) -> set[str]:
    """Rows that anything of git holds: what was pushed once stands elsewhere, whatever this branch was reset to."""
    versions = Kept(project.root, ledger.FILE).ever(APPROVALS)
    if versions is None:
        raise ContentError(*said("undo/no-history", file=APPROVALS))
    return {row for version in versions for row in _lines(version.files.get(APPROVALS, ""))}


def _is_as_written(project: Project, last: Mapping[str, Any]) -> bool:
    return bool(last["file"]) and digest_of(_bytes(project, last["file"]) or b"") == last["is"]


def _as_it_was(project: Project, name: str, last: Mapping[str, Any]) -> dict[str, bytes]:
    """What somebody wrote in the lesson since is worth more than the way back."""
    file, was = last["file"], base64.b64decode(last["was"])
    data = _bytes(project, file) if file else None
    if not file or data == was:
        return {}
    if data is None or digest_of(data) != last["is"]:
        raise ContentError(*said("undo/changed", slug=name, file=file, day=last["day"]))
    return {file: was}


def _without(book: str, row: str) -> str:
    """Where a hand took the row out already, it is out."""
    before, found, after = book.rpartition(row)
    return before + after if found and (not before or before.endswith("\n")) else book


def _stack(project: Project, name: str, book: str) -> list[dict[str, Any]]:
    """Without what was begun and never written."""
    known = _known(project, name)
    while known and "begun" in known[-1] and not (_stands(known[-1], book) or _is_as_written(project, known[-1])):
        known.pop()
    if not known:
        raise UsageError(*said("undo/unknown", slug=name, file=APPROVALS))
    return known


def _stands(last: Mapping[str, Any], book: str) -> bool:
    there = {(row, withdraws(row.note)) for row in rows_in(book)}
    return any((row, withdraws(row.note)) in there for row in rows_in(HEAD + last["row"]))


def _known(project: Project, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(read_sealed(_path(project, name), name) or b"[]")
    return found


def _path(project: Project, name: str) -> Path:
    return project.private / FOLDER / digest_of(name)[:16]


def book_of(project: Project) -> str:
    there = read_source(project.root, APPROVALS) if project.path(APPROVALS).is_file() else None
    return there.text if isinstance(there, Source) else ""


def _bytes(project: Project, file: str) -> bytes | None:
    path = project.path(file)
    return path.read_bytes() if path.is_file() else None
