"""`hocso look`: gathers, draws, and writes one page for people and sheets for programs that show pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.commands.comparing.diff import looking
from generator.commands.comparing.report import PICTURE, Page, open_folder, write_page, write_told
from generator.commands.comparing.sheets import View
from generator.commands.looking.draw import EVERY, Artist, Shown
from generator.commands.looking.gather import Group, Side, find_side, groups, narrowed
from generator.engine.output import refuse_within
from generator.engine.progress import Progress
from generator.ground.errors import UsageError
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.said import said
from generator.press.pages import Theme
from generator.press.proof.contact import Cell, contact_sheets
from generator.press.which_browser import install_hint
from generator.products import products

PAGE = "to-mau.html"


@dataclass(frozen=True)
class Looked(Page):
    """What the template gets."""

    command = "look"

    root: Path
    before: Path | None
    groups: tuple[tuple[Group, tuple[Shown, ...]], ...]
    told: tuple[Text, ...]
    every: int = EVERY

    @property
    def shown(self) -> list[Shown]:
        return [one for _, files in self.groups for one in files]

    def alone(self, files: Sequence[Shown], side: str) -> list[Shown]:
        return [one for one in files if one.alone == side]


def look(
    project: Project, *, paths: Sequence[Path], before: Path | None, out: Path | None, pieces: Path | None
) -> Text:
    for place in filter(None, (out, pieces)):
        refuse_within(place, Path(os.path.realpath(place)))
    page, progress = out or project.private / PAGE, Progress()
    root, within = narrowed(paths or [project.path("dist")])
    old, new = find_side(before) if before else None, find_side(root)
    found = groups({**(old.products if old else {}), **new.products}, within)
    if not found:
        raise UsageError(*said("look/empty", root=root))
    looked = _looked(old, new, found, progress)
    write_page(page, Theme(project.theme), "diff/look.html", looked)
    if pieces:
        open_folder(pieces, looked)
        _write_sheets(pieces, looked)
    lines = [*looked.told, said("look/done", files=len(looked.shown), products=len(looked.groups), place=page)]
    return Text(*("\n".join(texts) for texts in zip(*lines, strict=True)))


def _looked(old: Side | None, new: Side, found: Sequence[Group], progress: Progress) -> Looked:
    with looking() as eye:
        artist = Artist(old, new, eye, progress)
        drawn = tuple((group, files) for group in found if (files := tuple(artist.shown(group))))
    told = [one.why for _, files in drawn for one in files if one.why]
    if eye is None and any(path.endswith(".html") for group in found for path in group.files):
        told.append(said("look/no-browser", hint=install_hint()))
    return Looked(new.root, old.root if old else None, drawn, tuple(told))


def _write_sheets(folder: Path, looked: Looked) -> None:
    rows = []
    for number, (group, files) in enumerate(looked.groups, start=1):
        name = f"{number:02}-{group.name if group.name in products() else 'other'}"
        names = []
        for count, sheet in enumerate(contact_sheets(_cells(files, looked.before is not None)), start=1):
            names.append(f"{name}-{count}{PICTURE}")
            (folder / names[-1]).write_bytes(sheet)
        rows.append({"product": group.name, "sheets": names, "more": group.more, "files": [
            {"path": one.path, "kind": one.kind, "before": one.counts[0], "after": one.counts[1], "alone": one.alone,
             "shown": [view.pages[1] or view.pages[0] for view in one.views]} for one in files]})
    told = {"before": str(looked.before or ""), "after": str(looked.root), "told": [str(text) for text in looked.told],
            "products": rows}
    write_told(folder, looked, told)


def _cells(files: Sequence[Shown], paired: bool) -> Iterator[Cell]:
    """With two sides, before stands left."""
    for one in files:
        for view in one.views:
            yield Cell(_caption(one, view), (view.before, view.after) if paired else (view.after,))


def _caption(one: Shown, view: View) -> str:
    number = view.pages[1] or view.pages[0]
    return f"{one.name} {number}/{max(one.counts)}" if max(one.counts) > 1 else one.name
