"""What comes from a shared store is whole, of the shape we wrote it in, and, with a key, from those who hold it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from generator import foreman
from generator.build import Order, build
from generator.engine import publish
from generator.engine.depot import Depot, SharedStore
from generator.engine.items import Result
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tasks import Task
from generator.foreman import Hands, Home, check_hands, key_mark
from generator.ground.errors import ClusterError, UsageError
from generator.ground.files import find_project
from generator.ground.whole import read_sealed, seal, unseal
from tests.projects import make_project

OURS, OTHERS = "mot chia khoa dai", "mot chia khoa khac"
Record = dict[str, Any]


def store(folder: Path, depot: Path, key: str = "") -> SharedStore:
    return SharedStore(folder, Depot(str(depot), key.encode()))


def write(depot: Path, record: object) -> None:
    sealed = seal("k", json.dumps(record).encode())
    (depot / "ac/k").write_bytes(zstandard.ZstdCompressor().compress(sealed))


def read(depot: Path) -> Record:
    sealed = zstandard.ZstdDecompressor().decompress((depot / "ac/k").read_bytes())
    found: Record = json.loads(unseal("k", sealed) or b"")
    return found


def other(**parts: object) -> Callable[[Record], object]:
    return lambda record: record | parts


def under(path: str) -> Callable[[Record], object]:
    return lambda record: record | {"files": dict.fromkeys([path], next(iter(record["files"].values()))),
                                    "sizes": {path: 5}}


def lacking(name: str) -> Callable[[Record], object]:
    return lambda record: {key: part for key, part in record.items() if key != name}


SHAPES: dict[str, Callable[[Record], object]] = {
    "a list": lambda record: [record], "a word": lambda _: "x", "nothing": lambda _: None, "empty": lambda _: {},
    **{f"without {name}": lacking(name) for name in ("files", "sizes", "facts", "findings", "codes", "reads")},
    **{f"{name} a list": other(**{name: [1]}) for name in ("files", "sizes", "facts", "findings", "codes", "reads")},
    "a digest a number": other(files={"qr/1041.png": 1}), "a digest a path": other(files={"qr/1041.png": "../../x"}),
    "a digest cut short": other(files={"qr/1041.png": "abc"}),
    "a size a word": other(sizes={"qr/1041.png": "x"}), "sizes of others": other(sizes={"qr/1055.png": 5}),
    "codes of words": other(codes={"qr/1041.png": {"x": []}}), "reads of numbers": other(reads={"a": 1}),
    **{f"below {path}": under(path) for path in (
        "../../x", "/tmp/x", "site/../../x", "C:/x", "C:x", "site\\..\\x", "", ".", "site//x", "site/./x", "a\0b")},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_record_of_another_shape_is_damaged_and_made_again(tmp_path: Path, shape: Callable[[Record], object]) -> None:
    depot, result = tmp_path / "kho", Result({"qr/1041.png": b"12345"}, {"pages": 2})
    made = store(tmp_path / "a", depot).keep("k", result)
    assert store(tmp_path / "b", depot).find("k") == made
    write(depot, shape(read(depot)))
    third = store(tmp_path / "c", depot)
    assert third.find("k") is None and [told.en for told in third.told()] == [
        "Made again, for it was damaged in the shared store: ac/k."]
    assert third.keep("k", result) == made and store(tmp_path / "d", depot).find("k") == made


@pytest.mark.parametrize("key", ["", OTHERS])
def test_who_has_another_key_or_none_is_not_believed(tmp_path: Path, key: str) -> None:
    """As when somebody who can write there puts the code of another number under this one's key."""
    depot = tmp_path / "kho"
    store(tmp_path / "a", depot, key).keep("k", Result({"qr/1041.png": b"forged"}))
    ours = store(tmp_path / "b", depot, OURS)
    assert ours.find("k") is None and ours.told()
    made = ours.keep("k", Result({"qr/1041.png": b"true"}))
    assert store(tmp_path / "c", depot, OURS).find("k") == made
    assert store(tmp_path / "d", depot, key).find("k") is None


def test_many_damaged_files_are_one_line(tmp_path: Path) -> None:
    for name in "abcd":
        store(tmp_path / "a", tmp_path / "kho").keep(name, Result({f"{name}.png": b"x"}))
    ours = store(tmp_path / "b", tmp_path / "kho", OURS)
    assert not any(map(ours.find, "abcd")) and [told.en for told in ours.told()] == [
        "Made again, for 4 files of the shared store were damaged or written without the key: ac/a …"]


def test_a_true_record_under_another_name_is_not_believed(tmp_path: Path) -> None:
    depot = tmp_path / "kho"
    store(tmp_path / "a", depot, OURS).keep("other", Result({"qr/1041.png": b"forged"}))
    (depot / "ac/other").rename(depot / "ac/k")
    assert store(tmp_path / "b", depot, OURS).find("k") is None


TAKEN = [
    # The key when it was taken, the key now → whether it still counts.
    ("", "", True), ("", OURS, False), (OTHERS, OURS, False), (OURS, OURS, True), (OURS, "", True),
]


@pytest.mark.parametrize(("then", "now", "counts"), TAKEN)
def test_what_was_taken_before_there_was_a_key_counts_no_more(
    tmp_path: Path, then: str, now: str, counts: bool
) -> None:
    """Neither here nor for those who ask us; what we made ourselves does."""
    store(tmp_path / "a", tmp_path / "kho", then).keep("k", Result({"qr/1041.png": b"forged?"}))
    taker = store(tmp_path / "b", tmp_path / "kho", then)
    own = taker.keep("own", Result({"qr/1055.png": b"true"}))
    assert taker.find("k")
    alone, again = Store(tmp_path / "b", now.encode()), store(tmp_path / "b", tmp_path / "empty", now)
    assert (alone.find("k") is not None, again.find("k") is not None) == (counts, counts)
    assert alone.doubts("k") is not counts and not alone.doubts("own") and alone.find("own") == own
    again.send("k")
    again.send("own")
    assert (tmp_path / "empty/ac/k").exists() is counts and (tmp_path / "empty/ac/own").exists()


def forge(root: Path, depot: Path) -> int:
    """Somebody who can write there puts a code of his own under the keys of ours, and this clone takes it."""
    forger, count = Depot(str(depot)), 0
    for file in (root / ".hocso/made").glob("*.json"):
        record = json.loads(read_sealed(file, file.stem) or b"")
        if all(path.startswith("qr/") for path in record["files"]) and record["files"]:
            drawn = {path: forger.put_bytes(f"<!-- forged --><svg>{path}</svg>".encode())
                     for path in record["files"] if path.endswith(".svg")}
            record["files"] |= drawn
            forger.put_record(file.stem, seal(file.stem, json.dumps(record).encode()))
            file.unlink()
            count += store(root / ".hocso", depot).find(file.stem) is not None
    return count


def stopped(*_: object) -> Path:
    raise KeyboardInterrupt


def test_the_first_key_brings_out_what_was_forged_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By any build, also of an edition nobody asked for, and of one that cannot be made any more; also when the build
    before was stopped as soon as all records were true again."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    root = make_project(tmp_path)

    def make(product: str, edition: str = "viet-nam") -> dict[str, bytes]:
        build(find_project(root), Order(products=(product,), edition=edition), Progress(io.StringIO()))
        return {path.relative_to(root / "dist").as_posix(): path.read_bytes()
                for path in (root / "dist").rglob("*") if path.is_file()}

    editions = ("xa-dai-son", "hai-phong", "viet-nam")
    clean = [make("qr", edition) for edition in editions][-1]
    assert forge(root, tmp_path / "kho") > 2
    forged = [make("qr", edition) for edition in editions][-1]
    assert sum(b"<!-- forged -->" in data for data in forged.values()) > 6
    (root / "content/editions/xa-dai-son.yml").unlink()
    monkeypatch.setenv("HOCSO_STORE_KEY", OURS)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(publish, "_stage", stopped)
        make("qr")
    mended = make("number")
    codes = [path for path in clean if "/qr/" in f"/{path}"]
    gone = {path for path in codes if path not in mended}
    assert gone == {path for path in codes if "xa-dai-son" in path and path.endswith(".svg")}
    assert [path for path in codes if path not in gone and mended[path] != clean[path]] == []


def test_a_worker_with_another_key_is_known() -> None:
    assert key_mark("p", OURS.encode()) == key_mark("p", OURS.encode()) != key_mark("p", OTHERS.encode())
    assert key_mark("p", b"") == "" != key_mark("q", OURS.encode())


def test_a_worker_without_the_key_is_refused(tmp_path: Path) -> None:
    home = Home("p", tmp_path, tmp_path, str(tmp_path / "kho"), foreman.kind_of_machine(), key_mark("p", OURS.encode()))
    with pytest.raises(ClusterError, match="HOCSO_STORE_KEY"):
        foreman.work(home, tmp_path / "x", Task("viet-nam"))


@pytest.mark.parametrize(("key", "refused"), [("ngắn", True), ("x" * 16, False), ("", False)])
def test_a_short_key_is_refused(monkeypatch: pytest.MonkeyPatch, key: str, refused: bool) -> None:
    monkeypatch.setenv("HOCSO_STORE_KEY", key)
    if refused:
        with pytest.raises(UsageError):
            check_hands(Hands(cluster="local", depot="x"))
    else:
        check_hands(Hands(cluster="local", depot="x"))
