"""Findings of what a person asks about alone: some files or folders, one edition with all it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.checks import Checked
from generator.ground.errors import UsageError
from generator.ground.files import Project, relative_name
from generator.ground.findings import Finding
from generator.ground.said import said
from generator.handbook.chosen import known_edition
from generator.handbook.editions import FOLDER


def findings_asked(project: Project, checked: Checked, files: Sequence[str], edition: str) -> list[Finding]:
    """All of them when nothing is named."""
    named = [_name_in_book(project, checked, file) for file in files] + _files_of(checked, edition)
    if not named:
        return checked.findings
    return [finding for finding in checked.findings
            if any(_below(finding.place.file, name) for name in named)
            or (edition and f"{FOLDER}{edition}.yml" in finding.fix.vi)]


def _below(file: str, name: str) -> bool:
    return name in (".", file) or file.startswith(f"{name}/")


def _name_in_book(project: Project, checked: Checked, typed: str) -> str:
    """From where the person stands, or from the book's root; with the slashes of either kind of machine."""
    told = {*checked.reading.files, *checked.reading.texts, *(finding.place.file for finding in checked.findings)}
    for path in (Path(typed), project.path(typed), project.path(typed.replace("\\", "/"))):
        if path.resolve().is_relative_to(project.root):
            name = relative_name(project.root, path.resolve())
            if any(_below(file, name) for file in told):
                return name
    raise UsageError(*said("check/no-file", file=typed))


def _files_of(checked: Checked, edition: str) -> list[str]:
    """Its own file even when that cannot be read."""
    if not edition:
        return []
    own = f"{FOLDER}{edition}.yml"
    resolved = checked.reading.handbook.editions
    if own in checked.reading.files and edition not in {one.id for one in resolved}:
        return [own]
    return [f"{FOLDER}{layer}.yml" for layer in known_edition(edition, resolved).layers]
