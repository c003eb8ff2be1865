"""What was made is found again by its key, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine.items import Result
from generator.engine.store import Store
from generator.ground.findings import Edit, Place, warning
from generator.ground.whole import write_whole


def test_a_result_comes_back_as_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    place = Place("content/index.md", 3, 2)
    told = warning("paper.left-out", place, ("Bỏ hình.", "Left out."), ("Rút.", "Cut."), (Edit(place, "a", "b"),))
    made = store.keep("k", Result({"qr/1041.svg": b"<svg/>"}, {"pages": 2}, (told,)))
    assert store.find("k") == made and made.findings == (told,)
    assert store.read(made.files["qr/1041.svg"]) == b"<svg/>" and made.facts == {"pages": 2}


@pytest.mark.parametrize("damage", ["gone", "short", "record"])
def test_a_damaged_result_is_made_anew(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    made = store.keep("k", Result({"a": b"long enough"}))
    blob = store.blob(made.files["a"])
    if damage == "gone":
        blob.unlink()
    elif damage == "short":
        blob.chmod(0o644)
        blob.write_bytes(b"long")
    else:
        (tmp_path / "made/k.json").write_text("{", "utf-8")
    assert store.find("k") is None
    store.keep("k", Result({"a": b"long enough"}))
    assert store.find("k") == made


def test_forgets_what_nobody_used_for_long(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for index in range(20):
        store.keep(f"k{index}", Result({"a": str(index).encode()}))
    store.forget_all_but(["k0"], most=10)
    left = [index for index in range(20) if store.find(f"k{index}")]
    assert 0 in left and len(left) <= 7
    assert len(list(store.blobs.glob("*/*"))) == len(left)


def test_no_half_file_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a", b"old")

    def full(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old" and list(tmp_path.iterdir()) == [tmp_path / "a"]
