"""A cache never lies: whatever happens to a byte below `.hocso` or in `dist`, the next build publishes what a clean one
would; and they share no file, so that harm to one is no harm to the other."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from generator import workshop
from generator.build import Order, build
from generator.engine import publish
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tree import Tree
from generator.ground.errors import DiskError
from generator.ground.files import find_project
from generator.ground.whole import read_sealed, seal, write_whole
from tests.projects import make_project

pytestmark = pytest.mark.long
COUNT = 200 if os.environ.get("HOCSO_PROVE") == "1" else 20
SEED = 20261120
EPOCH = "1795000000"
ASKED: tuple[tuple[str, ...], ...] = ((), ("qr",), ("site",))
"""A whole build, one that carries over what was damaged, and one that takes from what was."""


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
PLACES = (".hocso/blobs/*/*", ".hocso/made/*.json", ".dist.trees/*.items.json", "dist/**/*", ".hocso/lent/*")


WORDS = ("giữ yên", "giữ cho yên", "giữ thật yên", "giữ yên nhé")
"""Each makes another book: what only earlier trees held comes back out of the cache."""


def accidents(root: Path, chance: random.Random) -> Iterator[tuple[Harm, Path, Path]]:
    for turn in range(COUNT):
        places = (PLACES[turn % len(PLACES)], "dist/**/*")
        files = next(filter(None, ([path for path in sorted(root.glob(place)) if path.is_file() and
                                    path.stat().st_size] for place in places)))
        file = chance.choice(files)
        yield HARMS[turn // len(PLACES) % len(HARMS)], file, chance.choice([one for one in files if one != file] or
                                                                           [file])


def test_nothing_damaged_is_published(tmp_path: Path) -> None:
    root, clean, lies, met = make_project(tmp_path), dict[str, dict[str, bytes]](), [], set[str]()
    chance, now = random.Random(SEED), WORDS[0]
    lesson = root / "content/topics/quet-ma-qr/index.md"
    text = lesson.read_text("utf-8")
    for words in (*WORDS[1:], now):
        lesson.write_text(text.replace("giữ yên", words), "utf-8")
        clean[words] = make(root)
    for turn, (harm, file, other) in enumerate(accidents(root, chance)):
        harm(file, other, chance)
        if not (asked := ASKED[turn % len(ASKED)]):
            now = chance.choice(WORDS)
            lesson.write_text(text.replace("giữ yên", now), "utf-8")
        if make(root, *asked) != clean[now]:
            lies.append(f"{turn}: {harm.__name__} {file.relative_to(root)}, then build {asked}")
        met.add(file.relative_to(root).parts[1])
    assert not lies
    assert {"blobs", "made", "lent"} < met


ODD = ("print/la/la.exe", "ung-dung.exe", "build.json")


@pytest.mark.parametrize("odd", [ODD, ()], ids=["files of nobody", "no file"])
def test_a_record_of_files_that_nobody_makes_of_it_is_made_again(tmp_path: Path, odd: tuple[str, ...]) -> None:
    """However well it is sealed: it must neither be published nor end each build from then on."""
    root = make_project(tmp_path)
    clean = make(root)
    for asked in ASKED:
        assert rename_files_in_records(root, odd) > 2
        assert make(root, *asked) == clean, asked


def rename_files_in_records(root: Path, odd: tuple[str, ...]) -> int:
    """To what no product says it makes, or to nothing; those of the site may be called whatever lies below it."""
    changed = 0
    for file in (root / ".hocso/made").glob("*.json"):
        record = json.loads(read_sealed(file, file.stem) or b"")
        names = dict(zip(record["files"], cycle(odd), strict=False))
        if record["files"] and not any(path.startswith("site/") for path in record["files"]):
            for part in ("files", "sizes"):
                record[part] = {names[path]: value for path, value in record[part].items() if path in names}
            write_whole(file, seal(file.stem, json.dumps(record).encode()))
            changed += 1
    return changed


def test_dist_and_cache_share_no_file(tmp_path: Path) -> None:
    """Whatever is built after whatever: a partial build, an edit undone, another output."""
    root = make_project(tmp_path)
    lesson = root / "content/topics/quet-ma-qr/index.md"
    text = lesson.read_text("utf-8")
    for turn, words in enumerate((*WORDS, *WORDS)):
        lesson.write_text(text.replace("giữ yên", words), "utf-8")
        make(root, *ASKED[turn % 2])
        build(find_project(root), Order(out=tmp_path / "khac", products=("qr", "number")), Progress(io.StringIO()))
        holders: dict[int, set[str]] = {}
        for top in (root / ".hocso", root / ".dist.trees", tmp_path / ".khac.trees"):
            for path in top.rglob("*"):
                if path.is_file():
                    holders.setdefault(path.stat().st_ino, set()).add(top.name)
        assert not [names for names in holders.values() if len(names) > 1]


def test_what_is_overwritten_in_dist_is_mended(tmp_path: Path) -> None:
    """Also by a build that has nothing to do."""
    root = make_project(tmp_path)
    clean = make(root)
    for name in ("site/index.html", "qr/1041.png", "build.json"):
        overwrite(root / "dist" / name, b"x" * len(clean[name]))
        assert make(root) == clean, name


def test_a_damaged_edition_is_mended_by_any_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unless it cannot be made any more: then it goes, and is told."""
    root = make_project(tmp_path)
    edition = Order(products=("number",), edition="xa-dai-son")
    build(find_project(root), edition, Progress(io.StringIO()))
    page = root / "dist/editions/xa-dai-son/site/1041/index.html"
    whole = page.read_bytes()
    overwrite(page, b"x" * len(whole))
    make(root, "qr")
    assert page.read_bytes() == whole
    capsys.readouterr()
    overwrite(page, b"x" * len(whole))
    (root / "content/editions/xa-dai-son.yml").unlink()
    make(root, "qr")
    assert not page.exists()
    assert "site/1041/index.html. Dựng lại: hocso build --edition xa-dai-son" in capsys.readouterr().out


@pytest.mark.parametrize("part", ["qr/1041.svg", "site/index.html", "editions/xa-dai-son/site/1041/index.html"])
def test_what_flips_while_a_build_is_at_work_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """After it was found right, under its time."""
    root, chance, stage = make_project(tmp_path), random.Random(SEED), publish._stage
    build(find_project(root), Order(products=("number",), edition="xa-dai-son"), Progress(io.StringIO()))
    before = make(root)
    lesson = root / "content/topics/quet-ma-qr/index.md"
    lesson.write_text(lesson.read_text("utf-8").replace("giữ yên", "giữ thật yên"), "utf-8")

    def flipped(store: Store, out: Path, tree: Tree, main_manifest: bytes) -> Path:
        flip_under_its_time(store.file(tree.files[part].sha), out, chance)
        return stage(store, out, tree, main_manifest)

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_stage", flipped)
        with pytest.raises(DiskError):
            make(root)
    wrong = [row["path"] for row in json.loads((root / "dist/build.json").read_bytes())["files"]
             if hashlib.sha256((root / "dist" / row["path"]).read_bytes()).hexdigest() != row["sha256"]]
    assert set(wrong) <= {part}  # damaged in the old tree, where it lay
    assert part in wrong or (root / "dist/build.json").read_bytes() == before["build.json"]
    assert "giữ thật yên" in make(root)["site/topics/quet-ma-qr/index.html"].decode()
    assert not [row["path"] for row in json.loads((root / "dist/build.json").read_bytes())["files"]
                if hashlib.sha256((root / "dist" / row["path"]).read_bytes()).hexdigest() != row["sha256"]]
