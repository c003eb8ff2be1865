"""What a person asks about alone: some files or folders, one edition with all it stands on; everything when unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.commands.signing.concerning import concerning, names_in
from generator.ground.errors import UsageError
from generator.ground.files import Project, relative_name
from generator.ground.findings import Finding
from generator.ground.said import said
from generator.handbook import config, ledger
from generator.handbook.chosen import known_edition
from generator.handbook.editions import FOLDER
from generator.handbook.read import Reading


@dataclass(frozen=True, slots=True)
class Asked:
    reading: Reading
    names: tuple[str, ...] = ()
    """Files and folders from the book's root; none means all."""
    edition: str = ""

    def holds(self, file: str) -> bool:
        return not self.names or any(_below(file, name) for name in self.names)

    def among(self, findings: Iterable[Finding]) -> list[Finding]:
        """Also what is told elsewhere and mended in the edition's file, and what the book of approvals says wrong of
        these things, or cannot say at all."""
        findings, own = [*findings], f"{FOLDER}{self.edition}.yml"
        signed = concerning(self.reading, findings, names_in(self.reading, self.holds))
        return [finding for finding in findings
                if self.holds(finding.place.file) or (self.edition and own in finding.fix.vi) or finding in signed]


def asked_of(project: Project, reading: Reading, files: Sequence[str], edition: str) -> Asked:
    known = {*reading.files, config.FILE, ledger.FILE}
    named = [_name_in_book(project, known, file) for file in files] + _files_of(reading, edition)
    return Asked(reading, tuple(named), edition)


def _below(file: str, name: str) -> bool:
    return name in (".", file) or file.startswith(f"{name}/")


def _name_in_book(project: Project, known: Iterable[str], typed: str) -> str:
    """From where the person stands, or from the book's root; with the slashes of either kind of machine."""
    for path in (Path(typed), project.path(typed), project.path(typed.replace("\\", "/"))):
        if path.resolve().is_relative_to(project.root):
            name = relative_name(project.root, path.resolve())
            if any(_below(file, name) for file in known):
                return name
    raise UsageError(*said("check/no-file", file=typed))


def _files_of(reading: Reading, edition: str) -> list[str]:
    """With all above it; where it cannot be read the reason lies in one of them all."""
    if not edition:
        return []
    own = f"{FOLDER}{edition}.yml"
    resolved = reading.handbook.editions
    if own in reading.files and edition not in {one.id for one in resolved}:
        return [FOLDER.rstrip("/")]
    return [f"{FOLDER}{layer}.yml" for layer in known_edition(edition, resolved).layers]
