"""Bad input on the way to paper, from the command line: a clear line, an exit code, and nothing published."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import cv2
import pikepdf
import pytest

from generator.cli import main
from generator.handbook.model import APPROVALS
from generator.press.drawer import code_png, number_code
from generator.press.proof.document import open_picture
from tests.projects import commit_all, edit, make_project, put, sign, snapshot

NO_BROWSER = os.environ.get("HOCSO_NO_BROWSER") == "1"
CODE = code_png(number_code("https://hocso.example/1041", 25))


def pdf(pages: int = 1, lock: pikepdf.Encryption | None = None) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(420, 595))
        made.save(out, encryption=lock)
    return out.getvalue()


LOCKED = pdf(lock=pikepdf.Encryption(user="u", owner="o"))
HALF = pdf()[:300]


@pytest.mark.parametrize(("name", "data", "told"), [
    ("print/leaflets/a.pdf", b"", "không phải tệp PDF hay PNG"),
    ("print/leaflets/a.pdf", b"PK\x03\x04 Word, renamed", "không phải tệp PDF hay PNG"),
    ("print/leaflets/a.pdf", CODE[:60], "hỏng"),
    ("print/leaflets/a.pdf", LOCKED, "khóa mật khẩu"),
    ("print/leaflets/a.pdf", HALF, ""),
    ("print/leaflets/a.pdf", b"%PDF-1.7\nnothing more", "hỏng, không mở được"),
    ("print/booklets/a-fold.pdf", LOCKED, "khóa mật khẩu"),
    ("print/booklets/a-fold.pdf", pdf(pages=0), "không có trang nào"),
    ("print/posters/quet-ma-qr-1200x630.png", CODE, "tên tệp ghi 1200×630"),
    ("qr/1041.png", b"", "không phải tệp PDF hay PNG"),
])
def test_files_nobody_can_print(
    name: str, data: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path)
    put(root, f"dist/{name}", data)
    before = snapshot(root)
    assert main(["-C", str(root), "proof"]) == 1
    shown = "".join(capsys.readouterr())
    lines = [line for line in shown.splitlines() if line.startswith(f"✗ dist/{name}")]
    assert lines and any(told in line for line in lines) and "Traceback" not in shown
    assert snapshot(root) == before


@pytest.mark.parametrize(("name", "told"), [
    ("dist/site/sitemap.xml", "hocso proof dist/site"),
    ("dist/editions/hai-phong/site/1041/say.js", "hocso proof dist/editions/hai-phong/site"),
    ("dist/build.json", "hocso proof dist"),
    ("la.txt", "không phải tệp PDF hay PNG"),
    ("dist/site/a.pdf", "không phải tệp PDF hay PNG"),
])
def test_what_is_not_proved_alone(
    name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the house's own files it was said that they are no PDF."""
    root = make_project(tmp_path)
    put(root, name, "{}")
    assert main(["-C", str(root), "proof", str(root / name)]) == 1
    line = next(line for line in "".join(capsys.readouterr()).splitlines() if line.startswith("✗"))
    assert line.startswith(f"✗ {name}: ") and line.endswith(told)


def inverted(data: bytes) -> bytes:
    return bytes(cv2.imencode(".png", 255 - open_picture(data))[1])


def lost_ledger(root: Path) -> None:
    put(root, "qr/ledger.csv", None)


def torn_ledger(root: Path) -> None:
    put(root, "qr/ledger.csv", "number,target\n1041")


@pytest.mark.parametrize("spoil", [lost_ledger, torn_ledger])
@pytest.mark.parametrize("words", [["proof"], ["build", "qr"]])
def test_without_the_ledger(
    spoil: Callable[[Path], None], words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build would not touch a `dist` that no build made; the proofreader takes any."""
    root = make_project(tmp_path, files={"dist/qr/1041.png": CODE} if words == ["proof"] else {})
    spoil(root)
    before = snapshot(root)
    assert main(["-C", str(root), *words]) == 1
    shown = "".join(capsys.readouterr())
    assert "qr/ledger.csv" in shown and "Traceback" not in shown
    assert snapshot(root) == before


@pytest.mark.browser
@pytest.mark.skipif(NO_BROWSER, reason="HOCSO_NO_BROWSER=1")
def test_a_topic_too_long_for_its_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A leaflet is refused; a poster has no steps, and stands all the same."""
    root = make_project(tmp_path)
    assert main(["-C", str(root), "build", "qr"]) == 0
    before = snapshot(root / "dist")
    topic = "content/topics/quet-ma-qr/index.md"
    text = (root / topic).read_text("utf-8")
    long = "Đọc thật chậm từng dòng chữ hiện trên màn hình rồi mới làm tiếp nhé. " * 9
    put(root, topic, re.sub(r"(?m)^(\d\. .*)$", rf"\1 {long}", text))
    capsys.readouterr()
    assert main(["-C", str(root), "build", "leaflet"]) == 1
    shown = "".join(capsys.readouterr())
    assert re.search(rf"{topic}\S* .*dài quá .*\d+ dòng", shown) and "Traceback" not in shown
    assert snapshot(root / "dist") == before
    assert main(["-C", str(root), "build", "poster"]) == 0
    assert (root / "dist/print/posters/quet-ma-qr-a4.pdf").is_file()


def test_a_code_that_does_not_read_stops_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last look of the build, after every product has had its own."""
    root = make_project(tmp_path)
    assert main(["-C", str(root), "build", "qr"]) == 0
    before = snapshot(root / "dist")
    assert "qr/1041.png" in before
    edit(root, "mkdocs.yml", "https://hocso.example/", "https://hocso.haiphong.gov.vn/")
    capsys.readouterr()
    monkeypatch.setattr("generator.products.carry.qr.code_png", lambda code: inverted(code_png(code)))
    assert main(["-C", str(root), "build", "qr"]) == 1
    shown = "".join(capsys.readouterr())
    assert "qr/1041.png: mã QR https://hocso.haiphong.gov.vn/1041 in ngược" in shown and "Traceback" not in shown
    assert snapshot(root / "dist") == before


@pytest.mark.parametrize("spoil", [
    lambda book: book.rpartition("\n")[0].rpartition("\n")[0] + "\n", lambda book: book.replace(",rút lại", ",ghi: x"),
], ids=["the withdrawal is deleted", "it is said otherwise"])
def test_nothing_is_judged_by_a_book_that_git_contradicts(
    tmp_path: Path, spoil: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    book = root / APPROVALS
    rows = book.read_text("utf-8")
    row = next(row for row in rows.splitlines() if row.startswith("quet-ma-qr,"))
    book.write_text(rows + row.replace("-20,,", "-21,,rút lại: sai") + "\n", "utf-8")
    commit_all(root, "rút")
    put(root, "dist/index.html", "<h1>x")
    assert main(["-C", str(root), "proof"]) == 0
    book.write_text(spoil(book.read_text("utf-8")), "utf-8")
    capsys.readouterr()
    assert main(["-C", str(root), "proof"]) == 1
    assert "chưa soát được gì" in "".join(capsys.readouterr())
