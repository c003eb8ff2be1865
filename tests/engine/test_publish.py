"""Whole or nothing: what is served is one complete build, whatever happens."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine import publish
from generator.engine.output import find_output
from generator.engine.store import Store
from generator.engine.tree import Published, Tree, manifest, read_tree, voice_of
from generator.ground.errors import UsageError


def tree_of(store: Store, **files: bytes) -> Tree:
    return Tree({f"site/{name}.html": Published(store.keep_bytes(data), "site", ("content/index.md",))
                 for name, data in files.items()}, {"viet-nam/site": "key"})


def put(root: Path, **files: bytes) -> tuple[Path, bool]:
    return put_at(root / ".hocso", root / "dist", **files)


def put_at(private: Path, out: Path, **files: bytes) -> tuple[Path, bool]:
    store, out = Store(private), find_output(out)
    publish.open_trees(out)
    publish.repair(out)
    tree = tree_of(store, **files)
    return out, publish.publish(store, out, tree, manifest("none", "viet-nam", tree.files))


@pytest.fixture(params=["link", "folders"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of publishing behave the same."""
    monkeypatch.setattr(publish, "LINKS", request.param == "link")
    return str(request.param)


def test_publishes_and_replaces(tmp_path: Path, swap: str) -> None:
    out, changed = put(tmp_path, a=b"one", b=b"two")
    assert changed and (out / "site/a.html").read_bytes() == b"one"
    assert out.is_symlink() == (swap == "link")
    out, changed = put(tmp_path, a=b"other")
    assert changed and (out / "site/a.html").read_bytes() == b"other" and not (out / "site/b.html").exists()


def test_same_again_changes_nothing(tmp_path: Path, swap: str) -> None:
    out, _ = put(tmp_path, a=b"one")
    before = out.resolve(), (out / "build.json").stat().st_mtime_ns
    _, changed = put(tmp_path, a=b"one")
    assert not changed and before == (out.resolve(), (out / "build.json").stat().st_mtime_ns)


def test_a_file_somebody_deleted_comes_back(tmp_path: Path, swap: str) -> None:
    out, _ = put(tmp_path, a=b"one", b=b"two")
    (out / "site/a.html").unlink()
    _, changed = put(tmp_path, a=b"one", b=b"two")
    assert changed and (out / "site/a.html").read_bytes() == b"one"


def test_remembers_items_for_the_next_build(tmp_path: Path, swap: str) -> None:
    out, _ = put(tmp_path, a=b"one")
    tree = read_tree(out)
    assert dict(tree.items) == {"viet-nam/site": "key"} and list(tree.files) == ["site/a.html"]


def test_half_a_swap_of_folders_is_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when somebody wondered where it was and made an empty one."""
    monkeypatch.setattr(publish, "LINKS", False)
    out, _ = put(tmp_path, a=b"one")
    for made in (False, True):
        out.rename(tmp_path / ".dist.trees/replaced")  # killed between the two renames
        if made:
            out.mkdir()
        publish.repair(out)
        assert (out / "site/a.html").read_bytes() == b"one"


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, swap: str) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/photo.jpg").write_bytes(b"mine")
    with pytest.raises(UsageError):
        put(tmp_path, a=b"one")
    assert (tmp_path / "dist/photo.jpg").read_bytes() == b"mine"


def test_an_empty_folder_is_used(tmp_path: Path, swap: str) -> None:
    (tmp_path / "dist").mkdir()
    out, changed = put(tmp_path, a=b"one")
    assert changed and (out / "site/a.html").is_file()


def trees(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".dist.trees").iterdir() if path.is_dir())


def test_old_trees_do_not_pile_up(tmp_path: Path) -> None:
    for turn in range(publish.FORMER + 4):
        put(tmp_path, a=str(turn).encode())
    assert len(trees(tmp_path)) == publish.FORMER + 1


@pytest.mark.parametrize(("hours", "kept"), [(1, 4), (7, 4), (13, 3), (25, 2)])
def test_what_was_current_within_a_day_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int, kept: int
) -> None:
    """Somebody downloads from it or leads there; the one before stays whenever it was made."""
    for turn in range(4):
        monkeypatch.setattr(publish, "now", lambda turn=turn: (1_000_000 + turn * hours * 3600) * 10**9)
        out, _ = put(tmp_path, a=str(turn).encode())
    assert len(trees(tmp_path)) == kept and out.resolve() in trees(tmp_path)


@pytest.mark.parametrize("name", ["photos", "staging.old", "0123456789abcdef-1", "0123456789abcdef"])
def test_only_trees_of_ours_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Also what was put there while we were at work, under whatever name."""
    monkeypatch.setattr(publish, "FORMER", 0)
    put(tmp_path, a=b"one")
    store, tree = Store(tmp_path / ".hocso"), tree_of(Store(tmp_path / ".hocso"), a=b"two")
    (tmp_path / ".dist.trees" / name).mkdir()
    (tmp_path / ".dist.trees" / name / "photo.jpg").write_bytes(b"mine")
    publish.publish(store, tmp_path / "dist", tree, manifest("none", "viet-nam", tree.files))
    assert (tmp_path / ".dist.trees" / name / "photo.jpg").read_bytes() == b"mine"


def test_trees_of_two_outputs_live_side_by_side(tmp_path: Path) -> None:
    put(tmp_path, a=b"one")
    other = tmp_path / "elsewhere"
    for turn in range(4):
        put_at(tmp_path / ".hocso", other, a=str(turn).encode())
    assert (tmp_path / "dist/site/a.html").read_bytes() == b"one"
    assert (other / "site/a.html").read_bytes() == b"3"


def test_without_hocso_dist_stands(tmp_path: Path, swap: str) -> None:
    """`.hocso` is always safe to delete."""
    out, _ = put(tmp_path, a=b"one")
    shutil.rmtree(tmp_path / ".hocso")
    assert (out / "site/a.html").read_bytes() == b"one"
    out, changed = put(tmp_path, a=b"one")
    assert not changed and (out / "site/a.html").read_bytes() == b"one"


def test_manifest_lists_every_file_sorted(tmp_path: Path) -> None:
    out, _ = put(tmp_path, b=b"two", a=b"one")
    data = json.loads((out / "build.json").read_text("utf-8"))
    assert [row["path"] for row in data["files"]] == ["site/a.html", "site/b.html"]
    assert set(data) == {"commit", "edition", "files"}
    assert set(data["files"][0]) == {"path", "sha256", "product", "sources"}


def test_manifest_names_the_voice_of_films_only(tmp_path: Path) -> None:
    facts = {"voice": "giọng người đọc", "seconds": 55.5}
    names = ("a.mp4", "a.vtt", "a.jpg", "a.mp3")
    files = {path: Published("0", "clip", (), voice_of(path, facts)) for path in names}
    files["led.mp4"] = Published("0", "led", (), voice_of("led.mp4", {"seconds": 8}))
    rows = json.loads(manifest("none", "viet-nam", files))["files"]
    assert {row["path"]: row.get("voice") for row in rows} == {
        "a.jpg": None, "a.mp3": "giọng người đọc", "a.mp4": "giọng người đọc", "a.vtt": None, "led.mp4": None}
    tree = Tree(files, {})
    store = Store(tmp_path / ".hocso")
    whole = Tree({path: replace(file, sha=store.keep_bytes(b"film")) for path, file in tree.files.items()}, {})
    publish.publish(store, tmp_path / "dist", whole, manifest("none", "viet-nam", whole.files))
    assert read_tree(tmp_path / "dist").files == whole.files  # carried over by a build that makes no films


def test_a_second_build_waits_and_says_so(tmp_path: Path) -> None:
    import threading

    said: list[str] = []
    order: list[str] = []
    private = tmp_path / ".hocso"
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with publish.build_lock(private, lambda: None):
            inside.set()
            leave.wait(5)
            order.append("first")

    def wait_said() -> None:
        said.append("waiting")
        leave.set()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    with publish.build_lock(private, wait_said):
        order.append("second")
    thread.join()
    assert said == ["waiting"] and order == ["first", "second"]
