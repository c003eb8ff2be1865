"""The editor's packages, as npm laid them down from our lock; what they ask outside is turned to what lies here."""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

EDITOR = "@sveltia/cms/dist/sveltia-cms.mjs"
GET = f'"{sys.executable}" .ci/bootstrap.py --editor'
_NAME = re.compile(r"(@[a-z0-9._-]+/[a-z0-9._-]+|[a-z0-9][a-z0-9._-]*)(?:@[^/]*)?/([A-Za-z0-9@._/-]+)")
_OWN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_TURNED = tuple((re.compile(row["asked"].encode()), row["here"].encode()) for row in _OWN["turned"])
WORDS = "@sveltia/cms/locales/vi.json"


def packages() -> Path:
    """`HOCSO_EDITOR`, else where `make` installs it: in the environment this Python runs in."""
    return Path(os.environ.get("HOCSO_EDITOR") or Path(sys.prefix) / "editor") / "node_modules"


def is_installed() -> bool:
    return (packages() / EDITOR).is_file()


def package_file(asked: str) -> bytes | None:
    """Of `name@version/path`, whatever version: the lock says which one there is."""
    if not (match := _NAME.fullmatch(asked)) or ".." in asked:
        return None
    path = packages() / match[1] / match[2]
    if not path.is_file() or not path.resolve().is_relative_to(packages().resolve()):
        return None
    if path == packages() / WORDS:
        return json.dumps(_with(json.loads(path.read_bytes()), _OWN["words"]), ensure_ascii=False).encode()
    return _turned(path, path.stat().st_mtime_ns) if path.suffix in (".js", ".mjs") else path.read_bytes()


def _with(words: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Ours instead of theirs, and where they have none."""
    return {**words, **{name: _with(words.get(name, {}), said) if isinstance(said, dict) else said
                        for name, said in own.items()}}


@lru_cache(maxsize=4)
def _turned(path: Path, _state: int) -> bytes:
    data = path.read_bytes()
    for asked, here in _TURNED:
        data = asked.sub(here, data)
    return data
