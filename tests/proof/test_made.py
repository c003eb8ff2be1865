from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import cv2
import pikepdf
import pytest

from generator.engine.items import Codes, Result
from generator.engine.store import Made, Store
from generator.ground.errors import ProofError
from generator.handbook.model import Entry
from generator.press import proof
from generator.press.binder.sheets import place_pages
from generator.press.browser import Browser
from generator.press.drawer import code_png, number_code
from generator.press.imposer import whole_sheet
from generator.press.orders import About
from generator.press.proof.document import open_picture
from generator.proof.made import Proofreader
from tests.projects import ROOT
from tests.proof.broken_pages import print_leaflet
from tests.proof.spoilers import lose_tags, spoiled

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


def prove(store: Store, made: list[Made], ledger: Collection[Entry], jobs: int = 0) -> set[str]:
    with Proofreader(store, "m", jobs) as proofreader:
        for item in made:
            proofreader.take(item)
        return proofreader.judge(made, ledger)


def test_sound_codes_pass(store: Store) -> None:
    assert len(prove(store, kept(store, a=picture(OURS), b=picture(OURS)), LEDGER)) == 1


@pytest.mark.parametrize(
    ("data", "told"), [(picture(STRANGE), "5724"), (picture(OURS, spoiled=True), "in ngược")]
)
def test_a_code_that_does_not_read_stops_the_build(store: Store, data: bytes, told: str) -> None:
    made = kept(store, a=picture(OURS), b=data)
    with pytest.raises(ProofError, match=told) as stopped:
        prove(store, made, LEDGER)
    assert "qr/b.png" in str(stopped.value) and "không phát hành" in str(stopped.value)


def test_unchanged_files_are_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept(store, a=picture(OURS))
    keys = prove(store, made, LEDGER)

    def unexpected(_data: bytes) -> list[proof.Seen]:
        raise AssertionError("read again")

    monkeypatch.setattr("generator.press.proof.see_picture_codes", unexpected)
    assert prove(store, made, LEDGER) == keys
    with pytest.raises(ProofError, match="1041"):
        prove(store, made, ())  # the ledger is asked anew each time


def test_only_papers_and_codes_are_read(store: Store) -> None:
    others = {"site/index.html": b"x", "site/a.png": b"no picture", "qr/1041.svg": b"<svg/>"}
    made = [store.keep("site", Result(others))]
    assert prove(store, made, LEDGER) == set()


PAPER = "print/leaflets/quet-ma-qr.pdf"
BREACHES = ("PDFUA1-METADATA-TITLE-001", "trang 1: không thẻ nào dẫn tới", "có thẻ dẫn tới trang không có")


@pytest.mark.browser
def test_a_paper_to_read_must_be_heard_too(store: Store, browser: Browser) -> None:
    """What is laid out for the printer needs no tags: it names the file to read."""
    sound = print_leaflet(browser)
    bare = place_pages([sound], whole_sheet(2), About("t"))
    pairs = PAPER.replace(".pdf", "-2up.pdf")
    assert prove(store, [store.keep("a", Result({PAPER: sound, pairs: bare}))], LEDGER)
    for path in (PAPER, "loudspeaker/quet-ma-qr.pdf"):
        with pytest.raises(ProofError, match=f"^{path}: .*không có thẻ"):
            prove(store, [store.keep("b", Result({path: bare, f"site/{path}": bare}))], LEDGER)
    with pytest.raises(ProofError) as stopped:
        prove(store, [store.keep("c", Result({PAPER: spoiled(sound, 1, lose_all)}))], LEDGER)
    assert [one for one in BREACHES if one not in str(stopped.value)] == []


def lose_all(pdf: pikepdf.Pdf, page: Any) -> None:
    lose_tags(pdf, page)
    del pdf.Root.Metadata


EXPECTED = [
    ({0: {OURS}}, ""), ({1: {OURS}}, "trang 1: không đọc được mã https://hocso.example/1041"),
    ({0: {OURS, STRANGE}}, "không đọc được mã https://hocso.example/5724"), ({}, "có mã lạ https://hocso.example/1041"),
]


@pytest.mark.parametrize(("codes", "told"), EXPECTED)
def test_a_file_holds_just_the_codes_its_maker_meant(store: Store, codes: Codes, told: str) -> None:
    made = [store.keep("a", Result({"qr/a.png": picture(OURS)}, codes={"qr/a.png": codes}))]
    assert store.find("a") == made[0]
    if not told:
        assert prove(store, made, LEDGER)
        return
    with pytest.raises(ProofError, match=f"qr/a.png: {told}"):
        prove(store, made, LEDGER)


def test_many_are_read_side_by_side_with_the_same_verdict(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.proof.made.FEW", 1)
    sound = kept(store, a=picture(OURS), b=picture(OURS) + b" ", c=picture(OURS) + b"  ")
    assert len(prove(store, sound, LEDGER, jobs=2)) == 3
    with pytest.raises(ProofError, match="1 chỗ hỏng"):
        prove(store, [*sound, *kept(store, d=picture(STRANGE), e=picture(OURS) + b"   ")], LEDGER, jobs=2)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_readers_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    """They would otherwise wait for ever for the next file."""
    script = tmp_path / "build.py"
    script.write_text(
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from generator.engine.items import Codes, Result\n"
        "from generator.proof import made\n"
        "from generator.engine.store import Store\n"
        "if __name__ == '__main__':\n"
        "    made.FEW, store = 0, Store(Path(sys.argv[1]))\n"
        "    reader = made.Proofreader(store, 'm', 2)\n"
        "    reader.take(store.keep('a', Result({'qr/a.png': Path(sys.argv[2]).read_bytes()})))\n"
        "    next(iter(reader._reading.values()))[1].result()\n"
        "    print(*[child.pid for child in __import__('multiprocessing').active_children()], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    (tmp_path / "a.png").write_bytes(picture(OURS))
    done = subprocess.run([sys.executable, script, tmp_path / "store", tmp_path / "a.png"], capture_output=True,
                          text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60)
    readers = [int(pid) for pid in done.stdout.split()]
    assert readers, done.stderr
    until = time.monotonic() + 60
    while any(alive(pid) for pid in readers):
        assert time.monotonic() < until, "a reader outlived its build"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
