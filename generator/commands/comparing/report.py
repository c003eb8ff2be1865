"""What changed, for people: one page that needs nothing else; and for programs: a list, with pictures as files."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby
from pathlib import Path
from typing import ClassVar

from generator.checks.looking.approved import Change, changes
from generator.commands.comparing.compare import Changed
from generator.commands.comparing.revision import Revision
from generator.commands.comparing.sheets import View
from generator.commands.comparing.sides import Side
from generator.commands.comparing.signed import Row, changed_rows
from generator.ground.errors import UsageError
from generator.ground.findings import Text
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook.model import Card, Topic
from generator.press.pages import Theme, data_address, plain

PICTURE = ".webp"
ALIKE = 0.5
"""Of the words of two lines in common."""


@dataclass(frozen=True)
class Lesson:
    """A lesson whose words changed, are new or gone."""

    slug: str
    title: str
    state: str
    changes: tuple[Change, ...] = ()
    approved: bool = False
    """As it is now."""


class Page:
    """What each page of pictures needs to be drawn."""

    command: ClassVar[str]
    """Whose it is: another's file or folder is not written over."""

    @property
    def mark(self) -> str:
        return f'<meta name="generator" content="hocso {self.command}">'

    def list_in(self, folder: Path) -> Path:
        return folder / f"{self.command}.json"

    def t(self, vi: str, en: str) -> Text:
        return Text(vi, en)

    def picture(self, data: bytes) -> str:
        return data_address(f"page{PICTURE}", data)


@dataclass(frozen=True)
class Report(Page):
    """What the template gets."""

    command = "diff"

    revision: Revision
    edition: str
    before: Side
    after: Side
    files: tuple[Changed, ...]

    def parts(self, change: Change) -> list[tuple[str, str]]:
        """One line with what went (`del`) and what came (`ins`); two that have little in common stand whole."""
        old, new = change.before.split(), change.after.split()
        match = difflib.SequenceMatcher(None, old, new, autojunk=False)
        if match.ratio() < ALIKE:
            return [("del", change.before), ("ins", change.after)]
        return [part for what, a, b, c, d in match.get_opcodes() for part in (
            [("", " ".join(new[c:d]))] if what == "equal" else
            [("del", " ".join(old[a:b])), ("ins", " ".join(new[c:d]))])]

    @property
    def told(self) -> tuple[Text, ...]:
        return tuple(dict.fromkeys((*self.before.told, *self.after.told)))

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(_lessons(self.before.lessons, self.after.lessons))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Of the book of approvals."""
        return tuple(changed_rows(self.before.approvals, self.after.approvals))

    @property
    def seen(self) -> list[Changed]:
        """What people see another way."""
        return [one for one in self.files if one.kind != "other" and not one.hidden]

    @property
    def shelves(self) -> list[tuple[Text, list[Changed]]]:
        return [(shelf, list(run)) for shelf, run in groupby(self.seen, key=lambda one: one.shelf)]

    @property
    def named(self) -> list[tuple[Text, list[Changed]]]:
        """Films, texts, what is laid out from papers above, and what looks as before; told by name alone."""
        others = sorted((one for one in self.files if one not in self.seen), key=lambda one: (one.shelf, one.path))
        return [(shelf, list(run)) for shelf, run in groupby(others, key=lambda one: one.shelf)]


def _lessons(before: Mapping[str, Topic | Card], after: Mapping[str, Topic | Card]) -> Iterator[Lesson]:
    for slug in {**after, **before}:
        old, new = before.get(slug), after.get(slug)
        if old and new:
            if changed := changes(old, new):
                told = (Change(*map(plain, change)) for change in changed)
                yield Lesson(slug, plain(new.title), "changed", tuple(told), new.approved)
        elif one := new or old:
            yield Lesson(slug, plain(one.title), "added" if new else "removed", approved=one is new and one.approved)


def write_page(path: Path, theme: Theme, template: str, page: Page) -> None:
    own = path.is_file() and page.mark in path.read_text("utf-8", "replace")
    if path.suffix != ".html" or path.is_dir() or (path.is_file() and not own):
        raise UsageError(*said("diff/out", out=path, command=page.command))
    write_whole(path, theme.draw(template, page).encode())


def open_folder(folder: Path, page: Page) -> None:
    """For programs: what an earlier run left there goes; where anything else lies it stays and stops us."""
    told = page.list_in(folder)
    old = [told, *folder.glob(f"[0-9]*{PICTURE}")] if told.is_file() else []
    if folder.exists() and not (folder.is_dir() and {*folder.iterdir()} <= {*old}):
        raise UsageError(*said("diff/folder", folder=folder, command=page.command))
    folder.mkdir(parents=True, exist_ok=True)
    for path in old:
        path.unlink()


def write_told(folder: Path, page: Page, told: Mapping[str, object]) -> None:
    write_whole(page.list_in(folder), (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def write_list(folder: Path, report: Report) -> None:
    names = (f"{number:03}" for number in count(1))
    rows = [_row(one, [_view(folder, next(names), view) for view in one.views]) for one in report.files]
    told = {
        "before": {"revision": report.revision.name, "commit": report.before.commit},
        "after": {"commit": report.after.commit},
        "edition": report.edition,
        "told": [str(text) for text in report.told],
        "lessons": [{"slug": one.slug, "title": one.title, "state": one.state, "approved": one.approved,
                     "words": _words(one.changes)} for one in report.lessons],
        "approvals": [one.told() for one in report.rows],
        "files": rows,
    }
    write_told(folder, report, told)


def _view(folder: Path, name: str, view: View) -> dict[str, object]:
    for side, data in (("before", view.before), ("after", view.after)):
        if data:
            (folder / f"{name}-{side}.webp").write_bytes(data)
    return {"page_before": view.pages[0], "page_after": view.pages[1],
            "before": f"{name}-before.webp" if view.before else "", "after": f"{name}-after.webp" if view.after else "",
            "words": _words(view.words)}


def _row(one: Changed, views: Sequence[object]) -> dict[str, object]:
    return {"path": one.path, "also": one.also, "kind": one.kind, "state": one.state, "title": one.title,
            "product": one.product, "shelf": str(one.shelf), "pages_before": one.pages[0], "pages_after": one.pages[1],
            "looks_same": one.hidden, "views": views, "more": one.more, "as_shown": one.seen}


def _words(changes: Sequence[Change]) -> list[dict[str, str]]:
    return [change._asdict() for change in changes]
