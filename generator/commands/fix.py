"""`check --fix`: mends what needs no judgement, tried first in a copy, so that no file ever gets worse.

What is to be written is what the findings' edits say, here it is only done; no finding's words are read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from generator.checks import Checked, read_and_check
from generator.commands.letters import clean_letters
from generator.commands.numbers import in_turn
from generator.ground.files import Project, relative_name, walk_files
from generator.ground.findings import Edit, Finding, Text
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook import config, ledger

ROUNDS = 60
Mend = tuple[Edit, ...]
_BLOCKERS = ("yaml.", "front.", "file.")
"""With a finding of these kinds a file is hardly read at all."""


def badness(look: Checked, file: str) -> tuple[int, int, int]:
    """Unreadable before unclear before untrue: a graver finding hides lighter ones, which are not our doing."""
    read = [finding.rule for finding in look.reading.findings if finding.place.file == file]
    blockers = sum(rule.startswith(_BLOCKERS) for rule in read)
    return blockers, len(read) - blockers, sum(finding.place.file == file for finding in look.found)


@dataclass
class Trial:
    """A copy of the content below `.hocso/`, in which mends are tried before an editor's file is touched."""

    project: Project
    copy: Project
    texts: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[Text]] = field(default_factory=dict)
    refused: set[Mend] = field(default_factory=set)
    """What was tried once and did no good is not tried again."""
    careful: set[str] = field(default_factory=set)
    """Files whose mends are tried one at a time, because together they did harm."""
    asked: Callable[[str], bool] = lambda _: True
    """Of each file, whether it may be touched."""

    def look(self) -> Checked:
        return read_and_check(self.copy)

    def write(self, file: str, text: str) -> None:
        write_whole(self.copy.path(file), text.encode())
        self.texts[file] = text

    def tell(self, file: str, lines: Iterable[Text]) -> None:
        self.told.setdefault(file, []).extend(lines)


def fix_project(project: Project, asked: Callable[[str], bool] = Trial.asked) -> list[Text]:
    """Mends every file it can and may, and says what it did, a line a mend."""
    folder = project.private / f"fix-{os.getpid()}"
    trial = Trial(project, Project(folder, project.theme), asked=asked)
    try:
        _copy(project, folder)
        originals = _clean_letters(trial)
        _mend_findings(trial)
        return _write_back(trial, originals)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(project: Project, folder: Path) -> None:
    """No links: `check` tells a file of the book that has a second name elsewhere."""
    shutil.rmtree(folder, ignore_errors=True)
    content = project.path("content")
    single = [project.path(name) for name in (config.FILE, ledger.FILE)]
    folder.mkdir(parents=True)
    for path in [*(walk_files(content) if content.is_dir() else ()), *(p for p in single if p.is_file())]:
        target = folder / path.relative_to(project.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _clean_letters(trial: Trial) -> dict[str, bytes]:
    """Signs and spaces of every text file; gives the bytes as they were."""
    before = trial.look()
    originals: dict[str, bytes] = {}
    own_names = {trial.copy.path(file) for file in before.reading.texts
                 if file.startswith("content/") and trial.asked(file)}
    for path in walk_files(trial.copy.root):
        if path not in own_names:  # a name macOS wrote decomposed is left to git
            continue
        file = relative_name(trial.copy.root, path)
        originals[file] = path.read_bytes()
        text, told = clean_letters(file, originals[file])
        trial.texts[file] = before.reading.texts[file].text
        if told:
            trial.write(file, text)
            trial.tell(file, told)
    after = trial.look()
    for file in [file for file in trial.told if badness(after, file) > badness(before, file)]:
        write_whole(trial.copy.path(file), originals[file])
        del trial.told[file], trial.texts[file]
    return originals


def _mend_findings(trial: Trial) -> None:
    """Round after round: the findings' own mends are written, read again, and kept where they helped."""
    before = trial.look()
    for _ in range(ROUNDS):
        tried = _try_round(trial, before)
        if not tried:
            return
        after = trial.look()
        harmed = [file for file in tried if not badness(after, file) < badness(before, file)]
        for file, (old, mends) in tried.items():
            if file not in harmed:
                trial.tell(file, _told(trial.texts[file], mends))
                continue
            trial.write(file, old)
            if len(mends) > 1:
                trial.careful.add(file)
            else:
                trial.refused.add(mends[0])
        before = trial.look() if harmed else after


def _try_round(trial: Trial, look: Checked) -> dict[str, tuple[str, list[Mend]]]:
    """Writes this round's mends into the copy; gives each file's text before and what was done."""
    tried = {}
    for file, text in list(trial.texts.items()):
        mends = find_mends(text, look.of(file), trial.refused)
        if file in trial.careful:
            mends = mends[:1]
        if mends:
            trial.write(file, mended(text, mends))
            tried[file] = (text, mends)
    return tried


def find_mends(text: str, findings: Iterable[Finding], refused: Set[Mend] = frozenset()) -> list[Mend]:
    """Edits that fit the text, at most one mend a line; the next round sees the rest."""
    lines = text.split("\n")
    taken: set[int] = set()
    found = []
    for mend in (finding.edits for finding in findings if finding.edits not in refused):
        own = {edit.place.line for edit in mend}
        if mend and not own & taken and all(_spot(lines, edit) for edit in mend):
            taken |= own
            found.append(mend)
    return found


def _spot(lines: Sequence[str], edit: Edit) -> tuple[int, int] | None:
    """Where the old text stands in its line; nothing when the line says something else."""
    line = lines[edit.place.line - 1] if edit.place.line <= len(lines) else ""
    match = re.compile(rf"\W*?({re.escape(edit.old)})").match(line, edit.place.column - 1)
    return match.span(1) if match else None


def mended(text: str, mends: Iterable[Mend]) -> str:
    lines = text.split("\n")
    for edit in sorted((edit for mend in mends for edit in mend), key=lambda edit: edit.place, reverse=True):
        start, end = _spot(lines, edit) or (0, 0)
        line = lines[edit.place.line - 1]
        lines[edit.place.line - 1] = f"{line[:start]}{edit.new}{line[end:]}"
    return "\n".join(lines)


def _told(text: str, mends: Iterable[Mend]) -> Iterator[Text]:
    """Each line that was mended, as it reads now."""
    lines = text.split("\n")
    for file, number in sorted({(edit.place.file, edit.place.line) for mend in mends for edit in mend}):
        line = lines[number - 1].strip()
        shown = line if len(line) <= 80 else f"{line[:79]}…"
        yield said("fix/mended", file=file, number=number, shown=shown)


def _write_back(trial: Trial, originals: dict[str, bytes]) -> list[Text]:
    """Only files that are still as we read them: an editor may have saved one meanwhile."""
    told: list[Text] = []
    with in_turn(trial.project):
        for file in sorted(trial.told):
            path = trial.project.path(file)
            if path.is_symlink() or path.read_bytes() != originals[file]:
                told.append(said("fix/left", file=file))
                continue
            write_whole(path, trial.texts[file].encode(), lasting=True)
            told += trial.told[file]
    return told
