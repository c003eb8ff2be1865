"""The report for people: every page in small with its faults marked, every code in a table; and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.ground.findings import Text
from generator.press import proof
from generator.press.pages import Theme
from generator.proof.faults import CodeRow, Fault, FileProof
from generator.proof.hard import NAMES, LevelRow, by_level, unread

SMALL_DPI, LARGE_DPI = 36, 84
PICTURE_PIXELS = 420
EDGE = 2.0
"""Millimetres a mark stands off what it marks."""


@dataclass(frozen=True)
class Proven:
    """One file with what the report needs of it."""

    name: str
    digest: str
    checked: FileProof

    @property
    def folder(self) -> str:
        return f"pictures/{self.digest[:20]}"

    @cached_property
    def views(self) -> tuple[PageView, ...]:
        return tuple(self._views())

    def _views(self) -> Iterator[PageView]:
        for index, size in enumerate(self.checked.sizes):
            page = index + 1 if self.checked.pages else 0
            faults = tuple(fault for fault in self.checked.faults if (page and fault.page == page) or
                           (not self.checked.pages))
            yield PageView(page, f"{self.folder}/{picture_name(page, bool(faults))}", size, faults)

    @property
    def whole(self) -> tuple[Fault, ...]:
        """Faults of the file, not of one page."""
        return tuple(fault for fault in self.checked.faults if not fault.page)


@dataclass(frozen=True)
class PageView:
    page: int
    picture: str
    size: tuple[float, float]
    faults: tuple[Fault, ...]

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The number of each fault that has a place, and where its mark stands on the picture."""
        return [(count, _style(fault, self.size)) for count, fault in enumerate(self.faults, 1) if fault.box]


def _style(fault: Fault, size: tuple[float, float]) -> str:
    left, top, width, height = fault.box or (0, 0, 0, 0)
    numbers = ((left - EDGE) / size[0], (top - EDGE) / size[1], (width + 2 * EDGE) / size[0],
               (height + 2 * EDGE) / size[1])
    shown = [f"{100 * number:.2f}%" for number in numbers]
    return f"left:{shown[0]};top:{shown[1]};width:{shown[2]};height:{shown[3]}"


@dataclass(frozen=True)
class Report:
    """What the template gets."""

    files: tuple[Proven, ...]
    trouble_names: Mapping[str, Text]

    def t(self, vi: str, en: str) -> Text:
        return Text(vi, en)

    @cached_property
    def pages(self) -> int:
        return sum(file.checked.pages for file in self.files)

    @cached_property
    def codes(self) -> tuple[tuple[str, CodeRow], ...]:
        return tuple((file.name, code) for file in self.files for code in file.checked.codes)

    @cached_property
    def errors(self) -> tuple[tuple[str, Fault], ...]:
        return tuple((file.name, fault) for file in self.files for fault in file.checked.faults)

    @cached_property
    def levels(self) -> list[LevelRow]:
        return by_level(code for _, code in self.codes)

    @cached_property
    def unread(self) -> list[tuple[str, CodeRow, str, int, int]]:
        """Codes that some trouble made unreadable for both decoders: file, code, trouble, read, tries."""
        return [(name, code, str(NAMES[trouble]), code.hard_any[trouble], code.hard[trouble][0])
                for name, code in self.codes for trouble in unread(code)]

    @property
    def is_hard(self) -> bool:
        return any(code.hard for _, code in self.codes)


def picture_name(page: int, marked: bool) -> str:
    return f"{page}{'-large' if marked else ''}.jpg"


def draw_pages(folder: Path, data: bytes, checked: FileProof) -> None:
    """Pictures of all pages, larger where something is marked; those of an unchanged file stand already."""
    view = Proven("", "", checked)
    wanted = {one.page: folder / Path(one.picture).name for one in view.views}
    missing = {page: path for page, path in wanted.items() if not path.is_file()}
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    if not checked.pages:
        (folder / picture_name(0, bool(checked.faults))).write_bytes(proof.picture_jpeg(data, PICTURE_PIXELS))
        return
    with proof.opened(data) as paper:
        for page, path in missing.items():
            dpi = LARGE_DPI if path.stem.endswith("-large") else SMALL_DPI
            path.write_bytes(paper.leaf(page).jpeg(dpi))


def write_report(folder: Path, theme: Theme, files: Sequence[Proven]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    report = Report(tuple(files), NAMES)
    rows = [{"file": file.name, "sha256": file.digest, **file.checked.as_data()} for file in files]
    data = {"files": rows, "pages": report.pages, "codes": len(report.codes), "errors": len(report.errors)}
    (folder / "report.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    target = folder / "index.html"
    target.write_text(theme.draw("proof/report.html", report), "utf-8")
    return target
