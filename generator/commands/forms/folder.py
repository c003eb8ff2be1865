"""The local folder as the editor sees it: lessons that are there, and pictures beside them. Nothing else is read,
nothing is taken away, and what changed on the disk since it was read is never written over."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.checks.structure.file_names import RESERVED
from generator.commands.numbers import in_turn
from generator.ground.errors import ContentError
from generator.ground.files import Project, decode_source, walk_files
from generator.ground.findings import Finding, Place, error
from generator.ground.said import said
from generator.ground.whole import write_new, write_whole
from generator.handbook.recorded.pictures import MOST_BYTES, clean_picture, look_into
from generator.handbook.registries import SLUG

_TEXT = re.compile(rf"content/(?:(?:topics|cards)/{SLUG.pattern}/index|alerts/{SLUG.pattern})\.md")
_PICTURE = re.compile(rf"content/(?:topics|cards)/{SLUG.pattern}/[a-z0-9][a-z0-9._-]*\.(?:png|jpe?g|webp|gif)")
NEW = "*"
"""Stands for the state of what should not be there yet."""


class Written(NamedTuple):
    state: str
    data: bytes


class ChangedError(ContentError):
    """Somebody else has written there since."""


def state_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def listed(project: Project) -> list[str]:
    """All the editor may open."""
    content = project.path("content")
    names = (path.relative_to(project.root).as_posix() for path in walk_files(content))
    return [name for name in names if _TEXT.fullmatch(name) or _PICTURE.fullmatch(name)]


def opened(project: Project, name: str) -> Written | None:
    if not (_TEXT.fullmatch(name) or _PICTURE.fullmatch(name)) or project.leads_away(name):
        return None
    path = project.path(name)
    if not path.is_file():
        return None
    data = path.read_bytes()
    return Written(state_of(data), data)


def saved(project: Project, name: str, state: str, data: bytes) -> Written:
    """What stands there now; `state` is what stood there when it was read."""
    is_text = _TEXT.fullmatch(name) is not None
    if not is_text and not (_PICTURE.fullmatch(name) and state == NEW):
        raise ContentError(*said("forms/not-here", file=name))
    if project.leads_away(name):
        raise ContentError(*said("file/link", file=name))
    return _saved_text(project, name, state, data) if is_text else _saved_picture(project, name, data)


def _saved_text(project: Project, name: str, state: str, data: bytes) -> Written:
    if isinstance(given := decode_source(name, data), Finding):
        raise ContentError(*given.message)
    if not given.text.strip():  # no lesson has no words: something went wrong on the way
        raise ContentError(*said("forms/empty", file=name))
    with in_turn(project):  # nor does another preview write, or `hocso approve`, between the look and the save
        before = opened(project, name)
        if before is None or before.state != state:
            raise ChangedError(*said("forms/changed", file=name))
        if isinstance(decode_source(name, before.data), Finding):
            raise ContentError(*said("forms/unreadable", file=name))
        after = _as_before(before.data.decode("utf-8"), data.decode("utf-8")).encode()
        if after != before.data:
            write_whole(project.path(name), after, lasting=True)
    return Written(state_of(after), after)


def _as_before(old: str, new: str) -> str:
    """Line ends, and what stands around the words, as somebody's editor has it: forms know nothing of those."""
    start, end = old[: len(old) - len(old.lstrip("\ufeff\r\n\t "))], old[len(old.rstrip()):]
    line_end = "\r\n" if old.count("\r\n") * 2 > old.count("\n") else "\n"  # of most: a pasted line may have another
    return start + new.strip().replace("\r\n", "\n").replace("\n", line_end) + end


def _saved_picture(project: Project, name: str, data: bytes) -> Written:
    """Upright, small enough and without what the camera noted, before it lies where git takes it along."""
    suffix = PurePosixPath(name).suffix
    if RESERVED.fullmatch(PurePosixPath(name).name):
        raise ContentError(*error("file.name/reserved", Place(name), name=PurePosixPath(name).name).message)
    if len(data) > MOST_BYTES or look_into(data, suffix).fault:
        raise ContentError(*said("forms/no-picture", file=name))
    clean = clean_picture(data)
    path = project.path(name)
    if not path.parent.is_dir():
        raise ContentError(*said("forms/not-here", file=name))
    try:
        write_new(path, clean)
    except FileExistsError as problem:
        raise ChangedError(*said("forms/changed", file=name)) from problem
    return Written(state_of(clean), clean)
