"""What the project tells an editor's program: which schema helps in which file."""

from __future__ import annotations

import fnmatch
import json
from typing import Any

from generator.commands.schema import FOLDER, schemas
from generator.handbook.model import LINKS
from tests.projects import ROOT


def read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ROOT / ".vscode" / name).read_text("utf-8"))
    return told


def test_every_file_of_keys_has_its_schema() -> None:
    """The beginnings of lessons, cards and alerts stand in Markdown, where no such program looks."""
    mapped = {path.removeprefix("./"): files for path, files in read("settings.json")["yaml.schemas"].items()}
    own = {f"{FOLDER}/{name}" for name in schemas()} - {
        f"{FOLDER}/{name}.schema.json" for name in ("topic", "card", "alert")}
    assert mapped.keys() == own and all((ROOT / path).is_file() for path in own)
    written = [path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.yml")]
    helped = {file: [schema for schema, shape in mapped.items() if fnmatch.fnmatch(file, shape)] for file in written}
    assert {file for file, found in helped.items() if len(found) != 1} <= {LINKS}


def test_two_programs_are_recommended_and_nothing_is_asked_outside() -> None:
    assert read("extensions.json")["recommendations"] == ["redhat.vscode-yaml", "editorconfig.editorconfig"]
    assert read("settings.json")["yaml.schemaStore.enable"] is False
