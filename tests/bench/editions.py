"""One more place, and a whole province: the shipped handbook for communes that nobody has made before."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.products import products
from tests.bench.measure import Run
from tests.bench.synthetic import ROOT

Build = Callable[..., Run]
PROVINCE = "hai-phong"
WORKERS = "2"
FIRST_CODE = 30_000
TURNS = 3
"""Of what is measured twice."""
PAPERS = (*(name for name, product in products().items() if product.standard and name in
            {path.stem for path in (ROOT / "generator/products/papers").glob("*.py")}), "site", "number")
UNITS = ("xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class Province:
    """What it takes to make so many editions from nothing, with all they have in common."""

    editions: int
    run: Run
    gigabytes: float


def make_province(folder: Path, communes: int) -> Path:
    """The shipped handbook with so many communes and no other place, nor what names those."""
    for name in ("content", "qr"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "content/demands.yml").unlink()
    for path in (folder / "content/editions").glob("*.yml"):
        if path.stem not in ("viet-nam", PROVINCE):
            path.unlink()
    for number in range(communes):
        (folder / f"content/editions/xa-thu-{number}.yml").write_text(commune(number), "utf-8")
    return folder


def commune(number: int) -> str:
    """Names, units, numbers and gaps differ, as they do between places."""
    unit, letter = UNITS[number % len(UNITS)], chr(ord("A") + number % 26)
    name = f"{unit} {letter}ơn Thử {number}"
    rows = [f"tên: {name}", f"cấp trên: {PROVINCE}", f'mã: "{FIRST_CODE + number}"',
            f"đơn vị dưới: {('thôn', 'tổ dân phố')[number % 2]}", "giúp đỡ:"]
    for place, role in enumerate(("đầu mối", "thủ tục", "công an")):
        rows += [f"  {role}:", f"    đơn vị: {('Nhà văn hóa', 'Bộ phận Một cửa', 'Công an')[place]} {name}"]
        if (number + place) % 4:
            rows += [f'    điện thoại: "0220 3{place}0 {number:04}"']
    if number % 3:
        rows += ["zalo oa:", f"  tên: Ủy ban nhân dân {name}", '  địa chỉ: ""']
    return "\n".join([*rows, ""])


def one_more(project: Path, build: Build) -> tuple[Run, Run]:
    """A full build of the nation's edition, then the papers, pages and numbers of one commune more."""
    make_province(project, 1 + 2 * TURNS)
    full = build(project, "build")
    return full, build(project, "build", *PAPERS, "--edition", "xa-thu-0")


def hashing(project: Path, build: Build, trusting: Build) -> tuple[float, float, float]:
    """What it costs that all bytes are hashed: seconds of the processor in a build that makes nothing, and what they
    are of it; what they are of one more edition. In turn by us and by a program that believes what it kept."""
    same = _middles(build, trusting, lambda make, _: make(project, "build"))
    more = _middles(build, trusting,
                    lambda make, nth: make(project, "build", *PAPERS, "--edition", f"xa-thu-{nth + 1}"))
    return same[0] - same[1], same[0] / same[1] - 1, more[0] / more[1] - 1


def _middles(build: Build, trusting: Build, measure: Callable[[Build, int], Run]) -> list[float]:
    pairs = [[measure(make, 2 * turn + nth).processor for nth, make in enumerate((build, trusting))]
             for turn in range(TURNS)]
    return [statistics.median(seconds) for seconds in zip(*pairs, strict=True)]


def province(folder: Path, communes: int, build: Build) -> Province:
    project = make_province(folder / f"province{communes}", communes)
    run = build(project, "build", "--editions", PROVINCE, "--workers", WORKERS)
    return Province(communes + 1, run, sum(_bytes(project / name) for name in (".hocso", ".dist.trees")) / 1e9)


def _bytes(folder: Path) -> int:
    """On the disk: what is linked twice is there once."""
    sizes = {(state.st_dev, state.st_ino): state.st_blocks * 512 for path, _, names in os.walk(folder)
             for state in (Path(path, name).lstat() for name in names)}
    return sum(sizes.values())
