"""Whatever happens to outputs: what is linked or served stays whole, what is not ours stays as it is, in one line."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import workshop
from generator.build import Order, build
from generator.engine import publish
from generator.engine.progress import Progress
from generator.ground.errors import UsageError
from generator.ground.files import find_project
from tests.projects import edit, make_project, put

pytestmark = pytest.mark.long
PROVE = os.environ.get("HOCSO_PROVE") == "1"
FEW = 12
"""Accidents in `make test`; all of them when proving."""
MOST_LEFT = 2 * (publish.FORMER + 2)
"""Trees and their notes."""
LESSON = "content/topics/quet-ma-qr/index.md"
COMMUNE = "xa-dai-son"


@dataclass(frozen=True)
class House:
    """A project that has published twice: `dist` with a commune's edition, and another output elsewhere."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "sach"

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def other(self) -> Path:
        return self.home / "khac"

    @property
    def trees(self) -> Path:
        return self.root / ".dist.trees"

    @property
    def note(self) -> Path:
        return next(self.trees.glob("*.items.json"))

    def make(
        self, *products: str, edition: str = "viet-nam", out: Path | None = None, root: Path | None = None
    ) -> None:
        build(find_project(root or self.root), Order(products, edition, out), Progress(io.StringIO()))

    def seen(self) -> dict[str, bytes]:
        """What people find in the outputs."""
        return {f"{out.name}/{path.relative_to(out).as_posix()}": path.read_bytes()
                for out in (self.dist, self.other) for path in sorted(out.rglob("*"))
                if path.is_file() and path.name != ".DS_Store"}

    def everything(self) -> dict[str, bytes | str]:
        """All files there are but locks, and where links lead."""
        files = (path for path in sorted(self.home.rglob("*")) if path.is_file() or path.is_symlink())
        return {path.relative_to(self.home).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes()
                for path in files if path.name != "lock"}


Act = Callable[[House], object]


# What happens, and then is built.


def overwrite(path: Path, data: bytes = b"x") -> None:
    path.chmod(0o644)
    with path.open("r+b") as stream:
        stream.write(data)
        stream.truncate(len(data))


def a_folder(house: House) -> None:
    """As `cp -rL` makes it."""
    shutil.copytree(house.dist, house.root / "copy")
    house.dist.unlink()
    (house.root / "copy").rename(house.dist)


def in_turn(*acts: Act) -> Act:
    def act(house: House) -> None:
        for one in acts:
            one(house)
    return act


def make(*products: str, **options: str) -> Act:
    return lambda house: house.make(*products, **options)  # type: ignore[arg-type]  # an edition's name


def remove(name: str) -> Act:
    def act(house: House) -> None:
        path = house.home / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return act


def tear(name: str) -> Act:
    def act(house: House) -> None:
        files = [path for path in house.home.glob(name) if path.is_file()]
        assert files
        for path in files:
            overwrite(path, path.read_bytes()[: path.stat().st_size // 2])
    return act


def write(name: str, data: str) -> Act:
    return lambda house: put(house.home, name, data)


def in_place_of(name: str, lay: Callable[[Path], object]) -> Act:
    def act(house: House) -> None:
        (house.dist / name).unlink()
        lay(house.dist / name)
    return act


def a_pipe_as_note(house: House) -> None:
    note = house.note
    note.unlink()
    os.mkfifo(note)


def killed_between_renames(house: House) -> None:
    a_folder(house)
    house.dist.rename(house.trees / "replaced")


def changed_twice(house: House) -> None:
    """Two builds with other words, then the first words again."""
    for old, new in (("giữ yên", "giữ thật yên"), ("giữ thật yên", "giữ yên lâu"), ("giữ yên lâu", "giữ yên")):
        edit(house.root, LESSON, old, new)
        house.make()


def linked_beside(house: House) -> None:
    (house.root / "live").symlink_to(house.dist.readlink())
    before = {path.name: path.read_bytes() for path in (house.root / "live/site").iterdir() if path.is_file()}
    changed_twice(house)
    assert before == {path.name: path.read_bytes() for path in (house.root / "live/site").iterdir() if path.is_file()}


def linked_elsewhere(house: House) -> None:
    """As a web server's folder leads to what was current when somebody made the link."""
    live = house.home / "www/live"
    live.parent.mkdir()
    live.symlink_to(house.dist.resolve())
    changed_twice(house)
    assert (live / "site/index.html").is_file()


def loop_beside(house: House) -> None:
    (house.root / "loop").symlink_to("loop")
    changed_twice(house)


def moved(house: House) -> None:
    house.root.rename(house.home / "noi khac")
    house.make(root=house.home / "noi khac")
    (house.home / "noi khac").rename(house.root)


def clone(house: House) -> Path:
    """Another working copy of the same book, which has built its own."""
    copy = house.home / "ban sao"
    shutil.copytree(house.root, copy, ignore=shutil.ignore_patterns(".hocso", "dist", ".dist.trees"))
    house.make(root=copy)
    return copy


def clone_builds_into_ours(house: House) -> None:
    copy = clone(house)
    house.make("qr", root=copy, out=house.dist)
    shutil.rmtree(copy)


def we_build_into_a_clones(house: House) -> None:
    copy = clone(house)
    house.make(out=copy / "dist")
    house.make("qr", root=copy)
    shutil.rmtree(house.root / ".hocso")
    assert (copy / "dist/site/index.html").read_bytes() == (house.dist / "site/index.html").read_bytes()


def seven_outputs(house: House) -> None:
    for number in range(7):
        house.make("qr", "number", out=house.home / f"out{number}")
    changed_twice(house)
    for number in range(7):
        assert (house.home / f"out{number}/site/1041/index.html").is_file()


def seven_editions(house: House) -> None:
    names = [path.stem for path in sorted((house.root / "content/editions").glob("*.yml"))][:7]
    before = house.seen()
    for name in names:
        house.make("qr", edition=name, out=house.home / "bay")
    assert len([*(house.home / "bay/editions").iterdir()]) == len([name for name in names if name != "viet-nam"])
    assert house.seen() == before


def disk_away(house: House) -> None:
    """The other output's disk is away during some builds, and comes back."""
    away = house.home.with_name(f"{house.home.name}-away")
    for name in ("khac", ".khac.trees"):
        (house.home / name).rename(away.with_name(away.name + name))
    changed_twice(house)
    for name in ("khac", ".khac.trees"):
        away.with_name(away.name + name).rename(house.home / name)


def old_drafts(house: House) -> None:
    for name in ("content/topics/quet-ma-qr/index.md", "qr/ledger.csv", ".hocso/made/x.json"):
        put(house.root, f"{name}.999999999-7f.new", "half")
    house.make()
    assert not [*house.root.rglob("*.new")]


ACCIDENTS: dict[str, Act] = {
    "the cache deleted": remove("sach/.hocso"),
    "the cache deleted, then a part built": in_turn(remove("sach/.hocso"), make("qr")),
    "an outputs.json of an earlier version, torn": write("sach/.hocso/outputs.json", '["/'),
    "an outputs.json, edited by hand": write("sach/.hocso/outputs.json", '["/", ".", "/tmp/x"]'),
    "notes of what is lent torn": tear("sach/.hocso/lent/*"),
    "notes of what is lent deleted": remove("sach/.hocso/lent"),
    "records torn": tear("sach/.hocso/made/*.json"),
    "records deleted": remove("sach/.hocso/made"),
    "records deleted, then a part that needs others": in_turn(remove("sach/.hocso/made"), make("site")),
    "blobs deleted": remove("sach/.hocso/blobs"),
    "our note torn": tear("sach/.dist.trees/*.items.json"),
    "our note torn, then a part built": in_turn(tear("sach/.dist.trees/*.items.json"), make("qr")),
    "our note deleted after a change, then a part built": in_turn(changed_twice, lambda house: (
        house.trees / f"{house.dist.readlink().name}.items.json").unlink(), make("qr")),
    "our note torn, then another edition built": in_turn(
        tear("sach/.dist.trees/*.items.json"), make("number", edition=COMMUNE)),
    "our note torn and the cache deleted": in_turn(tear("sach/.dist.trees/*.items.json"), remove("sach/.hocso")),
    "our note is somebody else's": lambda house: house.note.write_text("{}", "utf-8"),
    "the manifest torn, then a part built": in_turn(tear("sach/dist/build.json"), make("qr")),
    "the manifest deleted, then a part built": in_turn(remove("sach/dist/build.json"), make("qr")),
    "the manifest torn and the cache deleted": in_turn(tear("sach/dist/build.json"), remove("sach/.hocso")),
    "the list for uploads torn": tear("sach/dist/sync-list.txt"),
    "an edition's manifest torn": tear(f"sach/dist/editions/{COMMUNE}/build.json"),
    "an edition's pages torn": tear(f"sach/dist/editions/{COMMUNE}/site/*/index.html"),
    "dist is a folder": a_folder,
    "dist is a folder, then a part built": in_turn(a_folder, make("qr")),
    "dist is a folder, then another edition built": in_turn(a_folder, make("number", edition=COMMUNE)),
    "dist is a folder and our note deleted": in_turn(a_folder, lambda house: house.note.unlink()),
    "dist is a folder and its manifest torn": in_turn(a_folder, tear("sach/dist/build.json")),
    "dist is a folder and its manifest a pipe": in_turn(a_folder, in_place_of("build.json", os.mkfifo)),
    "dist is a folder and the cache deleted": in_turn(a_folder, remove("sach/.hocso"), make("qr")),
    "killed between two renames": killed_between_renames,
    "killed between two renames, then an empty dist": in_turn(
        killed_between_renames, lambda house: house.dist.mkdir()),
    "killed between two renames, then a part built": in_turn(killed_between_renames, make("qr")),
    "half a tree": write("sach/.dist.trees/staging/site/index.html", "half"),
    "a tree nobody leads to": write("sach/.dist.trees/0123456789abcdef-1/site/index.html", "old"),
    "the lock deleted": remove("sach/.dist.trees/lock"),
    "what file managers leave": write("sach/dist/site/.DS_Store", "x"),
    "an empty folder in dist": lambda house: (house.dist / "site/moi").mkdir(),
    "a file of dist overwritten": tear("sach/dist/site/index.html"),
    "a file of dist overwritten, then another part built": in_turn(tear("sach/dist/site/index.html"), make("qr")),
    "a file of dist is a folder": in_place_of("site/index.html", lambda path: path.mkdir()),
    "a file of dist is a link": in_place_of("site/index.html", lambda path: path.symlink_to("404.html")),
    "a file of dist is a pipe": in_place_of("site/index.html", os.mkfifo),
    "a file of dist deleted": remove("sach/dist/site/index.html"),
    "a link beside to a tree of ours": linked_beside,
    "a link elsewhere to a tree of ours": linked_elsewhere,
    "a link beside that leads to itself": loop_beside,
    "the project moved, and back": moved,
    "a clone builds into our dist": clone_builds_into_ours,
    "we build into a clone's dist": we_build_into_a_clones,
    "seven outputs": seven_outputs,
    "seven editions in one other output": seven_editions,
    "a disk away during three builds": disk_away,
    "changes undone": changed_twice,
    "drafts of a killed build": old_drafts,
}
"""After each, and one more build, both outputs hold what they held."""


def strange(name: str, data: str = "mine") -> Act:
    return write(name, data)


def only(*acts: Act) -> Act:
    """In place of dist."""
    return in_turn(lambda house: house.dist.unlink(), *acts)


FORGED = ('{"commit": "none", "edition": "viet-nam", "files": [{"path": "%(path)s", "sha256": "%(sha)s",'
          ' "product": "qr", "sources": []}]}')
REFUSED: dict[str, tuple[Act, str]] = {
    # What is done → the folder asked for; empty: none.
    "a file": (only(strange("sach/dist")), ""),
    "a folder with a photo": (only(strange("sach/dist/photo.jpg")), ""),
    "a folder with a hidden file": (only(strange("sach/dist/.git/config")), ""),
    "a photo in a folder of ours": (in_turn(a_folder, strange("sach/dist/site/photo.jpg")), ""),
    "a photo in our tree": (strange("sach/dist/photo.jpg"), ""),
    "another tool's build.json": (only(strange("sach/dist/build.json", '{"files": []}')), ""),
    "another tool's build.json, and a photo": (only(
        strange("sach/dist/build.json", '{"files": []}'), strange("sach/dist/photo.jpg")), ""),
    "a manifest like ours that lists nothing": (only(
        strange("sach/dist/build.json", '{"commit": "none", "edition": "viet-nam", "files": []}')), ""),
    "a link in a folder": (only(lambda house: house.dist.mkdir(),
                                lambda house: (house.dist / "site").symlink_to(house.other)), ""),
    "a pipe in a folder": (only(lambda house: house.dist.mkdir(), lambda house: os.mkfifo(house.dist / "x")), ""),
    "a link to a disk that is away": (only(lambda house: house.dist.symlink_to("/media/nobody/hocso")), ""),
    "a link to itself": (only(lambda house: house.dist.symlink_to("dist")), ""),
    "a link to somebody's folder": (only(lambda house: house.dist.symlink_to(house.root / "content")), ""),
    "the project": (lambda _: None, "sach"),
    "the content": (lambda _: None, "sach/content"),
    "the cache": (lambda _: None, "sach/.hocso"),
    "our trees": (lambda _: None, "sach/.dist.trees"),
    "a folder of dist": (lambda _: None, "sach/dist/site"),
    "a new folder in dist": (lambda _: None, "sach/dist/moi"),
    "the house around": (lambda _: None, "."),
    "a new folder in the content": (lambda _: None, "sach/content/moi"),
    "a new folder in the ledger's": (lambda _: None, "sach/qr/moi"),
    "a theme where there is none": (lambda _: None, "sach/theme"),
    "a new folder in git's": (lambda _: None, "sach/.git/moi"),
    "a new folder in the cache": (lambda _: None, "sach/.hocso/moi"),
    "a new folder among our trees": (lambda _: None, "sach/.dist.trees/moi"),
    "a new folder among another output's trees": (lambda _: None, ".khac.trees/moi/sau"),
    "a new folder called as trees are": (lambda _: None, "sach/.moi.trees"),
    "trees that are somebody's folder": (strange("sach/.moi.trees/photos/wedding.jpg"), "sach/moi"),
    "trees that are somebody's, called as ours": (strange("sach/.moi.trees/staging/mine"), "sach/moi"),
    "somebody's folder among our trees": (strange("sach/.dist.trees/photos/wedding.jpg"), ""),
    "trees behind a link": (in_turn(strange("big/staging/mine"), strange("big/photos/wedding.jpg"), remove(
        "sach/.dist.trees"), lambda house: house.trees.symlink_to(house.home / "big")), ""),
    "our note is a pipe": (a_pipe_as_note, ""),
    "a manifest like ours that names a photo": (only(strange("sach/dist/photo.jpg"), strange(
        "sach/dist/build.json", FORGED % {"path": "photo.jpg", "sha": "0" * 64})), ""),
    "a copy of dist with a page of somebody's": (in_turn(
        lambda house: shutil.copytree(house.dist, house.home / "copy"),
        lambda house: overwrite(house.home / "copy/site/index.html", b"mine")), "copy"),
    "a link called as what file managers leave": (in_turn(lambda house: (house.home / "ban").mkdir(), lambda house: (
        house.home / "ban/.DS_Store").symlink_to(house.other)), "ban"),
    "both lists torn": (in_turn(tear("sach/.dist.trees/*.items.json"), tear("sach/dist/build.json")), ""),
}

FINE: dict[str, tuple[Act, str]] = {
    "nothing there yet": (lambda _: None, "moi/sau/hon"),
    "an empty folder": (lambda house: (house.home / "trong").mkdir(), "trong"),
    "an empty folder behind a link": (in_turn(lambda house: (house.home / "trong").mkdir(), lambda house: (
        house.home / "link").symlink_to("trong")), "link"),
    "a copy of dist": (lambda house: shutil.copytree(house.dist, house.home / "copy"), "copy"),
    "a folder with an accent and a space": (lambda _: None, "bản mới"),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quicken(monkeypatch)


def quicken(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    patch.setattr(workshop, "find_browser", lambda: None)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("built"))
    make_project(house.home)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        house.make()
        house.make("number", edition=COMMUNE)
        house.make("qr", out=house.other)
    return house


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    shutil.copytree(built.home, tmp_path / "nha", symlinks=True)
    return House(tmp_path / "nha")


def sample(names: dict[str, object]) -> list[str]:
    return [*names] if PROVE else random.Random(20261120).sample([*names], min(FEW, len(names)))


@pytest.mark.parametrize("name", sample({**ACCIDENTS}))
def test_outputs_stay_whole(house: House, name: str) -> None:
    before = house.seen()
    assert any(path.startswith(f"dist/editions/{COMMUNE}/site/1041/") for path in before)
    ACCIDENTS[name](house)
    house.make()
    after = house.seen()
    assert {path for path in {*before, *after} if before.get(path) != after.get(path)} == set()
    left = {path.name for path in house.trees.iterdir()}
    assert not left & {"staging", "replaced", "link"} and len([name for name in left if "-" in name]) <= MOST_LEFT


@pytest.mark.parametrize("name", sample({**REFUSED}))
def test_what_is_not_ours_is_refused(house: House, name: str) -> None:
    act, asked = REFUSED[name]
    act(house)
    before = house.everything()
    with pytest.raises(UsageError) as told:
        house.make(out=house.home / asked if asked else None)
    assert house.everything() == before
    assert str(told.value).count("\n") == 0


def after(act: Act, name: str) -> Callable[[House], Path]:
    def out(house: House) -> Path:
        act(house)
        return house.home / name
    return out


OTHERS: dict[str, Callable[[House], Path]] = {
    "its dist": lambda house: house.dist,
    "its dist, our note gone": after(lambda house: house.note.unlink(), "sach/dist"),
    "its other output": lambda house: house.other,
    "a copy of its dist": lambda house: shutil.copytree(house.dist, house.home / "copy"),
    "a link to its dist": after(lambda house: (house.home / "live").symlink_to(house.dist), "live"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_handbook_is_no_clone(house: House, name: str) -> None:
    """Its codes would lie beside our pages, and lead elsewhere."""
    other = house.home / "sach khac"
    shutil.copytree(house.root, other, ignore=shutil.ignore_patterns(".hocso", "dist", ".dist.trees"))
    edit(other, "mkdocs.yml", "https://hocso.example/", "https://khac.example/")
    out = OTHERS[name](house)
    before = house.everything()
    with pytest.raises(UsageError) as told:
        house.make("qr", root=other, out=out)
    after = house.everything()
    assert {path for path in {*before, *after} if before.get(path) != after.get(path)
            and not path.startswith(("sach khac/.hocso", ".copy.trees"))} == set()
    assert str(told.value).count("\n") == 0 and "https://hocso.example/" in str(told.value)


def test_an_address_may_change_at_home(house: House) -> None:
    """What stands in the project's own folder is its own whatever it is called now."""
    edit(house.root, "mkdocs.yml", "https://hocso.example/", "https://moi.example/")
    house.make()
    assert b"moi.example" in (house.dist / "book.txt").read_bytes()


@pytest.mark.parametrize("file", ["dist/site/.DS_Store", "dist/Thumbs.db", "moi/desktop.ini", "moi/a/b/Thumbs.db"])
@pytest.mark.parametrize("links", [True, False])
def test_what_file_managers_leave_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, file: str, links: bool
) -> None:
    monkeypatch.setattr(publish, "LINKS", links)
    put(house.root, file, "mine")
    for old, new in (("giữ yên", "giữ thật yên"), ("giữ thật yên", "giữ yên lâu")):
        edit(house.root, LESSON, old, new)
        house.make("qr", "site", out=house.root / file.partition("/")[0])
        assert (house.root / file).read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", FINE)
def test_what_is_free_is_taken(house: House, name: str) -> None:
    act, asked = FINE[name]
    before = house.seen()
    act(house)
    for _ in range(2):
        house.make("qr", out=house.home / asked)
        assert (house.home / asked / "qr/1041.svg").read_bytes() == before["dist/qr/1041.svg"]
    assert house.seen() == before


@pytest.mark.skipif(os.name == "nt", reason="there is no umask")
@pytest.mark.parametrize("mask", [0o077, 0o027, 0o022, 0o002])
def test_a_web_server_may_read_whatever_the_umask(house: House, mask: int) -> None:
    """What is private stays private; what was readable to few before stays so."""
    before = os.umask(mask)
    try:
        (house.root / ".hocso").rename(house.root / "weg")
        house.make("qr", out=house.home / "moi/ra")
    finally:
        os.umask(before)
    tree = (house.home / "moi/ra").resolve()
    served = [house.home / "moi", tree.parent, tree, *tree.rglob("*")]
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in served)
    assert all(path.stat().st_mode & 0o011 == 0o011 for path in served if path.is_dir())
    assert (house.root / ".hocso").stat().st_mode & 0o077 & mask == 0


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second disk here")
def test_another_disk(house: House) -> None:
    """Its tree is on it, whole, and asks nothing of ours."""
    disk = Path("/dev/shm") / f"hocso-{os.getpid()}"
    disk.mkdir()
    try:
        for _ in range(2):
            house.make("qr", out=disk / "ra")
        (house.home / "sach").rename(house.home / "weg")
        assert (disk / "ra/qr/1041.svg").is_file()
    finally:
        shutil.rmtree(disk)


def test_without_links_all_stays_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a stick, or where links need rights people do not have."""
    before = house.seen()
    monkeypatch.setattr(publish, "LINKS", False)
    changed_twice(house)
    assert house.seen() == before and not house.dist.is_symlink()
    (house.dist).rename(house.trees / "replaced")
    house.make("qr")
    assert house.seen() == before
    with suppress(FileNotFoundError):
        shutil.rmtree(house.root / ".hocso")
    house.make("number", edition=COMMUNE)
    assert house.seen() == before
