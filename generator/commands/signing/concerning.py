"""Of what is wrong with the book of approvals: what concerns some lessons, places or words, by their names in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath

from generator.ground.findings import Finding
from generator.handbook.editions import FOLDER
from generator.handbook.model import APPROVALS, GLOSSARY
from generator.handbook.read import Reading
from generator.handbook.words import WORDS


def names_in(reading: Reading, holds: Callable[[str], bool]) -> set[str]:
    """How the book calls what stands in these files, readable or not."""
    return {name for file in (*reading.texts, *reading.files) if holds(file) and (name := _name(file))}


def _name(file: str) -> str:
    if file.startswith(("content/topics/", "content/cards/")):
        return file.split("/")[2]
    if file.startswith(FOLDER):
        return PurePosixPath(file).stem
    return WORDS if file == GLOSSARY else ""


def concerning(reading: Reading, findings: Iterable[Finding], names: Collection[str]) -> list[Finding]:
    """What stops the book being read concerns whoever is in it, or may be: a row that cannot be read names nobody."""
    whose = {row.place.line: row.slug for row in reading.handbook.approvals}
    unread = {finding for finding in reading.findings if finding.severity == "error"}
    return [finding for finding in findings if names and finding.place.file == APPROVALS and (
        finding in unread or whose.get(finding.place.line) in names
        or any(f"`{name}," in finding.message.vi for name in names))]  # a row that is gone stands nowhere
