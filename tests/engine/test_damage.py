"""A cache never lies: whatever happens to a byte below `.hocso`, the next build publishes what a clean one would."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import workshop
from generator.build import Order, build
from generator.engine.progress import Progress
from generator.ground.files import find_project
from tests.projects import make_project

COUNT = 200 if os.environ.get("HOCSO_PROVE") == "1" else 20
SEED = 20261120
EPOCH = "1795000000"
ASKED: tuple[tuple[str, ...], ...] = ((), ("qr",))
"""A whole build, and one that carries over what was damaged."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without papers, at a fixed moment."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr(workshop, "find_browser", lambda: None)


def make(root: Path, *products: str) -> dict[str, bytes]:
    """All of `dist`, byte for byte."""
    build(find_project(root), Order(products=products), Progress(io.StringIO()))
    dist = root / "dist"
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}


def flip(file: Path, _other: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    overwrite(file, bytes(data))


def flip_under_its_time(file: Path, other: Path, chance: random.Random) -> None:
    """As a bad disk does: nothing but a bit tells."""
    before = file.stat()
    flip(file, other, chance)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def cut(file: Path, _other: Path, chance: random.Random) -> None:
    overwrite(file, file.read_bytes()[: chance.randrange(file.stat().st_size)])


def swap(file: Path, other: Path, _chance: random.Random) -> None:
    """Each whole, under the wrong name."""
    one, two = file.read_bytes(), other.read_bytes()
    overwrite(file, two)
    overwrite(other, one)


def take_away(file: Path, _other: Path, _chance: random.Random) -> None:
    file.unlink()


def overwrite(file: Path, data: bytes) -> None:
    """In place: what is linked to it is harmed too."""
    file.chmod(0o644)
    with file.open("r+b") as stream:
        stream.write(data)
        stream.truncate()


Harm = Callable[[Path, Path, random.Random], None]
HARMS: tuple[Harm, ...] = (flip, flip_under_its_time, cut, swap, take_away)
PLACES = ("blobs/*/*", "made/*.json", "trees/*.items.json", "trees/*/**/*")


def accidents(private: Path, chance: random.Random) -> Iterator[tuple[Harm, Path, Path]]:
    for turn in range(COUNT):
        files = sorted(path for path in private.glob(PLACES[turn % len(PLACES)]) if path.stat().st_size and
                       path.is_file())
        file = chance.choice(files)
        yield HARMS[turn // len(PLACES) % len(HARMS)], file, chance.choice([one for one in files if one != file] or
                                                                           [file])


def test_nothing_damaged_is_published(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    clean, chance = make(root), random.Random(SEED)
    lies = []
    for turn, (harm, file, other) in enumerate(accidents(root / ".hocso", chance)):
        harm(file, other, chance)
        asked = ASKED[turn // 2 % 2]
        if make(root, *asked) != clean:
            lies.append(f"{turn}: {harm.__name__} {file.relative_to(root)}, then build {asked}")
    assert not lies


def test_what_is_overwritten_in_dist_is_mended(tmp_path: Path) -> None:
    """Also by a build that has nothing to do."""
    root = make_project(tmp_path)
    clean = make(root)
    for name in ("site/index.html", "qr/1041.png", "build.json"):
        overwrite(root / "dist" / name, b"x" * len(clean[name]))
        assert make(root) == clean, name


def test_a_damaged_edition_is_taken_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This build cannot make it again, and does not show it."""
    root = make_project(tmp_path)
    edition = Order(products=("number",), edition="xa-dai-son")
    build(find_project(root), edition, Progress(io.StringIO()))
    page = root / "dist/editions/xa-dai-son/site/1041/index.html"
    whole = page.read_bytes()
    overwrite(page, b"x" * len(whole))
    capsys.readouterr()
    make(root, "qr")
    assert not page.exists()
    assert "site/1041/index.html … Dựng lại: hocso build --edition xa-dai-son" in capsys.readouterr().out
    build(find_project(root), edition, Progress(io.StringIO()))
    assert page.read_bytes() == whole
