"""The lists that tell of a tree, and how the parts of many editions become one."""

from __future__ import annotations

import hashlib
import json

import pytest

from generator.engine.tree import Part, Published, Tree, changed_paths, join, manifest, with_lists

LESSONS = ("content/topics/quét.md", "content/handbook.yml")
FILES = {
    "site/b.html": Published("b" * 64, "site", LESSONS),
    "site/a \"1\".html": Published("a" * 64, "site", LESSONS),
    "clips/x.mp4": Published("c" * 64, "clip", (), "giọng người đọc"),
}


@pytest.mark.parametrize("files", [FILES, {}], ids=["some", "none"])
def test_the_manifest_is_what_json_would_write(files: dict[str, Published]) -> None:
    rows = [{"path": path, "sha256": file.sha, "product": file.product, "sources": sorted(file.sources)}
            | ({"voice": file.voice} if file.voice else {}) for path, file in sorted(files.items())]
    data = {"commit": "none", "edition": "xa-mau", "files": rows}
    assert manifest("none", "xa-mau", files).decode() == json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def test_lists_tell_of_every_edition() -> None:
    kept: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        kept[sha] = data
        return sha

    tree = Tree({**FILES, **{f"editions/xa/{path}": file for path, file in FILES.items()}})
    whole = with_lists(tree, "none", b"ours", keep, lambda sha: len(kept.get(sha, b"12")))
    lines = kept[whole.files["sync-list.txt"].sha].decode().splitlines()
    told = {path: (sha, int(size)) for sha, size, path in (line.split(" ", 2) for line in lines)}
    own = whole.files["editions/xa/build.json"].sha
    assert told == {path: (file.sha, 2) for path, file in tree.files.items()} | {
        "editions/xa/build.json": (own, len(kept[own])), "book.txt": (whole.files["book.txt"].sha, len("ours"))}
    assert [row["path"] for row in json.loads(kept[own])["files"]] == sorted(FILES)
    assert not changed_paths(whole.files, tree.files)


def test_what_a_build_was_not_asked_for_stays_of_its_commit() -> None:
    """All was said to be of the commit of the last build, whichever part that made."""
    def listed(tree: Tree, commit: str) -> Tree:
        return with_lists(tree, commit, b"ours", lambda data: hashlib.sha256(data).hexdigest(), lambda _: 1)

    def told(tree: Tree, commit: str) -> dict[str, str]:
        rows = json.loads(manifest(commit, "viet-nam", tree.files))["files"]
        return {row["path"]: row.get("commit", "") for row in rows if row["product"] != "manifest"}

    first = listed(Tree({"site/x": Published("0", "site", ()), "qr/1": Published("1", "qr", ())}), "a")
    assert told(first, "a") == {"site/x": "", "qr/1": ""}
    second = listed(join(first, [Part("viet-nam", ("qr",), {}, {"qr/1": Published("1", "qr", ())})]), "b")
    assert told(second, "b") == {"site/x": "a", "qr/1": ""}
    whole = [Part("viet-nam", ("qr", "site"), {}, {path: Published(sha, kind, ()) for path, sha, kind in (
        ("qr/1", "1", "qr"), ("site/x", "0", "site"))})]
    assert told(listed(join(second, whole), "b"), "b") == {"site/x": "", "qr/1": ""}


def test_parts_replace_what_they_made_and_nothing_else() -> None:
    old = Published("0" * 64, "site", ())
    code = Published("1" * 64, "qr", ())
    before = Tree({"site/x": old, "editions/xa/site/x": old, "editions/xa/qr/1": code,
                   "editions/xu/site/x": old, "editions/xa/build.json": Published("2" * 64, "manifest", ())},
                  {"viet-nam/site": "k", "xa/site": "k", "xa/qr:1": "k", "xu/site": "k"})
    new = Published("3" * 64, "site", ())
    tree = join(before, [Part("xa", ("site",), {"site": "n"}, {"site/y": new})])
    assert tree.files == {"site/x": old, "editions/xa/site/y": new, "editions/xa/qr/1": code, "editions/xu/site/x": old}
    assert tree.items == {"viet-nam/site": "k", "xa/site": "n", "xa/qr:1": "k", "xu/site": "k"}
    assert changed_paths(before.files, tree.files) == {"editions/xa/site/x", "editions/xa/site/y"}


def test_what_another_clone_made_stays_beside_what_is_made_here() -> None:
    """Its record is not here, so nobody knows which files it is; its product is replaced only as a whole."""
    old, new = Published("0" * 64, "qr", ()), Published("1" * 64, "qr", ())
    before = Tree({"qr/1.png": old, "qr/2.png": old}, {f"viet-nam/qr:{number}": "k" for number in (1, 2, 3)})
    part = Part("viet-nam", ("qr",), {"qr:1": "n"}, {"qr/1.png": new}, unread={"qr:2": "k"})
    tree = join(before, [part])
    assert tree.files == {"qr/1.png": new, "qr/2.png": old}
    assert tree.items == {"viet-nam/qr:1": "n", "viet-nam/qr:2": "k"}
    assert join(before, [Part("viet-nam", ("qr",), {"qr:1": "n"}, {"qr/1.png": new})]).files == {"qr/1.png": new}
