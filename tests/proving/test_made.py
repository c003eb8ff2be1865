from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from generator.errors import ProofError
from generator.handbook.model import Entry
from generator.items import Result
from generator.press import proof
from generator.press.drawer import code_png, number_code
from generator.press.proof.document import open_picture
from generator.proving.made import prove_made
from generator.store import Made, Store

OURS, STRANGE = "https://hocso.example/1041", "https://hocso.example/5724"
LEDGER = (Entry("1041", "quet-ma-qr", "2026-11-20", "", "", ""),)


def picture(payload: str, spoiled: bool = False) -> bytes:
    data = code_png(number_code(payload, 25))
    return inverted(data) if spoiled else data


def inverted(data: bytes) -> bytes:
    return bytes(cv2.imencode(".png", 255 - open_picture(data))[1])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def kept(store: Store, **files: bytes) -> list[Made]:
    return [store.keep(name, Result({f"qr/{name}.png": data})) for name, data in files.items()]


def test_sound_codes_pass(store: Store) -> None:
    assert len(prove_made(store, kept(store, a=picture(OURS), b=picture(OURS)), LEDGER, "m")) == 1


@pytest.mark.parametrize(
    ("data", "told"), [(picture(STRANGE), "5724"), (picture(OURS, spoiled=True), "in ngược")]
)
def test_a_code_that_does_not_read_stops_the_build(store: Store, data: bytes, told: str) -> None:
    made = kept(store, a=picture(OURS), b=data)
    with pytest.raises(ProofError, match=told) as stopped:
        prove_made(store, made, LEDGER, "m")
    assert "qr/b.png" in str(stopped.value) and "không phát hành" in str(stopped.value)


def test_unchanged_files_are_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept(store, a=picture(OURS))
    keys = prove_made(store, made, LEDGER, "m")

    def unexpected(_data: bytes) -> list[proof.Seen]:
        raise AssertionError("read again")

    monkeypatch.setattr("generator.press.proof.see_picture_codes", unexpected)
    assert prove_made(store, made, LEDGER, "m") == keys
    with pytest.raises(ProofError, match="1041"):
        prove_made(store, made, (), "m")  # the ledger is asked anew each time


def test_only_papers_and_codes_are_read(store: Store) -> None:
    others = {"site/index.html": b"x", "site/a.png": b"no picture", "qr/1041.svg": b"<svg/>"}
    made = [store.keep("site", Result(others))]
    assert prove_made(store, made, LEDGER, "m") == set()
