"""JSON Schemas of what editors write, made from `handbook/keys.py`, for programs that help while typing.

Programs guess YAML's types, we do not (`015`, `no` and `12:30` are text), so text may come as any scalar.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from generator.commands.forms.hosted import write_form
from generator.ground.files import Project
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook import keys
from generator.handbook.keys import Key
from generator.handbook.registries import SLUG

FOLDER = "generator/handbook/schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

SCALARS = ["string", "number", "boolean", "null"]
_DATE: Schema = {"type": "string", "pattern": keys.DATE, "examples": ["20/11/2026"]}
_TEXT: Schema = {"type": SCALARS}
_SOME_TEXT: Schema = {"type": SCALARS[:-1], "minLength": 1}
_SLUG: Schema = {"type": "string", "pattern": f"^{SLUG.pattern}$"}


def _texts(item: Schema) -> Schema:
    """A list; one line counts as a list of one, an empty value as none."""
    return {"anyOf": [{"type": "array", "items": item}, _TEXT]}


def _table(table: Sequence[Key]) -> Schema:
    """An object whose keys are known, every one with its sentence for editors."""
    return {
        "type": "object",
        "properties": {key.vi: {"title": key.vi, "description": key.doc, **_value(key)} for key in table},
        "required": [key.vi for key in table if key.required],
        "additionalProperties": False,
    }


def _value(key: Key) -> Schema:
    schema = KINDS[key.kind]()
    return _SOME_TEXT if schema is _TEXT and key.required and not key.blank else schema


def _rows(table: Sequence[Key]) -> Schema:
    return {"type": ["array", "null"], "items": _table(table)}


def _named(names: Sequence[str], value: Schema) -> Schema:
    return {"type": "object", "properties": dict.fromkeys(names, value), "additionalProperties": False}


def _approval() -> Schema:
    line = {"type": "string", "pattern": r",\s*(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})\s*$",
            "examples": ["Công an xã, 20/11/2026"]}
    return {"anyOf": [line, _table(keys.APPROVAL_KEYS)]}


def _changes() -> Schema:
    return {"type": "object", "patternProperties": {keys.DATE: _TEXT}, "additionalProperties": False}


def _help() -> Schema:
    roles = _named(keys.HELP_ROLES, {"anyOf": [_table(keys.HELP_KEYS), {"type": "null"}]})
    return {"anyOf": [roles, {"enum": ["", None]}]}


KINDS: dict[keys.Kind, Callable[[], Schema]] = {
    "text": lambda: _TEXT,
    "texts": lambda: _texts(_TEXT),
    "phrase": lambda: _TEXT,
    "phrases": lambda: _texts(_TEXT),
    "whole": lambda: {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9999},
                                {"type": "string", "pattern": "^0*[1-9][0-9]{0,3}$"}]},
    "date": lambda: _DATE,
    "status": lambda: {"enum": list(keys.STATUS_WORDS)},
    "audiences": lambda: {"anyOf": [{"type": "array", "items": _TEXT, "minItems": 1},
                                    {"type": "string", "minLength": 1}]},
    "slugs": lambda: {"anyOf": [{"type": "array", "items": _SLUG}, _SLUG, {"enum": ["", None]}]},
    "frames": lambda: _named(keys.FRAMES, _texts(_TEXT)),
    "approval": _approval,
    "changes": _changes,
    "film": lambda: _TEXT,
    "channel": lambda: {"anyOf": [_table(keys.CHANNEL_KEYS), _TEXT]},
    "help": _help,
    "parts": lambda: _rows(keys.PART_KEYS),
    "paths": lambda: _rows(keys.PATH_KEYS),
    "signposts": lambda: _rows(keys.SIGNPOST_KEYS),
    "wishes": lambda: _rows(keys.WISH_KEYS),
    "audience-table": lambda: {"type": "object", "additionalProperties": _TEXT},
    "flag": lambda: {"enum": ["có", "không", "", None]},
    "accent": lambda: {"enum": [*keys.ACCENTS, "", None]},
}
"""One schema a kind of value; a kind without one stops the tests."""


def schemas() -> dict[str, Schema]:
    """File name → schema, for every kind of file an editor writes."""
    lesson = _table(keys.LESSON_KEYS)
    found = {
        "topic": ("Phần đầu của một bài", lesson),
        "card": ("Phần đầu của một thẻ “Làm giấy tờ”", lesson),
        "alert": ("Phần đầu của một cảnh báo", _table(keys.ALERT_KEYS)),
        "edition": ("Bản của một nơi: content/editions/*.yml", _table(keys.EDITION_KEYS)),
        "handbook": ("Cả sách: content/handbook.yml", _table(keys.HANDBOOK_KEYS)),
        "glossary": ("Từ khó: content/glossary.yml", _rows(keys.TERM_KEYS)),
        "platforms": ("Trang được dẫn tới: content/platforms.yml", _rows(keys.PLATFORM_KEYS)),
        "demands": ("Điều các kế hoạch cần: content/demands.yml", _rows(keys.DEMAND_KEYS)),
    }
    return {
        f"{name}.schema.json": {"$schema": DRAFT, "$id": f"urn:hocso:{name}", "title": title, **schema}
        for name, (title, schema) in found.items()
    }


def _bytes(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def renew(project: Project, check: bool = False, form: str = "") -> tuple[str, int]:
    """Writes what is new or other, and tells every path that is now current. Only to `check`: 1, and what is not.
    `form`, the address of a repository: the form editor for it instead."""
    if form:
        return str(said("forms/hosted", folder=write_form(project, form))), 0
    wanted = {project.path(FOLDER) / name: _bytes(schema) for name, schema in schemas().items()}
    stale = [path for path, data in wanted.items() if not path.is_file() or path.read_bytes() != data]
    strangers = [path for path in sorted(project.path(FOLDER).glob("*.schema.json")) if path not in wanted]
    if check:
        told = [str(said("schema/stale", folder=FOLDER, name=path.name)) for path in stale + strangers]
        return "\n".join(told), 1 if told else 0
    for path in stale:
        write_whole(path, wanted[path])
    for path in strangers:  # of files editors no longer write
        path.unlink()
    return "\n".join(map(str, wanted)), 0
