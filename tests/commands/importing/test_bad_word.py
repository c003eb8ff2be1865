"""A file that is no Word file for us: one line that says what to do, and nothing is begun."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.checks.test_file_kinds import png
from tests.projects import make_project, snapshot
from tests.word_files import Word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def packed(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in parts.items():
            box.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return data.getvalue()


def whole() -> bytes:
    return Word().line("Gửi ảnh").numbered("Mở máy.").data()


def bombed() -> bytes:
    return Word().line("Gửi ảnh").picture("a.png", png(60_000, 60_000), "ảnh").data()


BAD: dict[str, tuple[Callable[[], bytes], int, str]] = {
    # What it is, how the command ends, what its one line says.
    "an old .doc": (lambda: OLE + b"W\0o\0r\0d\0", 2, "tệp Word đời cũ (.doc)"),
    "locked by a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), 2, "có mật khẩu"),
    "50 MB": (lambda: bytes(50_000_000), 2, "nặng hơn 20 MB"),
    "a picture bomb": (bombed, 2, "Hình a.png trong bai.docx lớn quá mức"),
    "a bomb of words": (lambda: packed(word__document_xml=bytes(25_000_000)), 2, "bung ra lớn quá mức"),
    "a bomb beside them": (lambda: packed(word__document_xml=b"<a/>", other_xml=bytes(25_000_000)), 2, "bung ra"),
    "a bomb of pictures": (lambda: packed(word__document_xml=b"<a/>", word__media__a=bytes(130_000_000)), 2, "bung ra"),
    "a whole book": (lambda: Word().bullets(*["Mở máy lên rồi chờ một lúc cho máy chạy."] * 3000).data(), 2,
                     "dài hơn một bài học"),
    "a zip of something else": (lambda: packed(a_xml=b"<a/>"), 2, "không phải tệp Word"),
    "a spreadsheet": (lambda: packed(xl__workbook_xml=b"<a/>"), 2, "không phải tệp Word"),
    "half of a file": (lambda: whole()[:900], 2, "không phải tệp Word"),
    "torn inside": (lambda: packed(word__document_xml=b"<w:document"), 2, "không phải tệp Word"),
    "a document of nothing": (lambda: packed(word__document_xml=b"<a/>"), 2, "không phải tệp Word"),
    "entities that grow": (lambda: packed(word__document_xml=b'<!DOCTYPE a [<!ENTITY a "' + b"a" * 9 + b'">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, (b"&a%s;" % (str(n - 1).encode() if n else b"")) * 10) for n in range(9))
        + b"]><a>&a8;</a>"), 2, "không phải tệp Word"),
    "empty": (lambda: b"", 2, "không phải tệp Word"),
    "a text": (lambda: "Gửi ảnh\n".encode(), 2, "không phải tệp Word"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    make, code, words = BAD[name]
    path = tmp_path / "bai.docx"
    path.write_bytes(make())
    refused(tmp_path, path, capsys, code, words)


def refused(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str], code: int, words: str) -> None:
    root = make_project(tmp_path)
    before = snapshot(root)
    assert main(["-C", str(root), "new", "gui-anh", "--part", "lien-lac-va-tin", "--from", str(path)]) == code
    out, err = capsys.readouterr()
    assert words in err and err.count("\n") == 1 and not out
    assert snapshot(root) == before


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(tmp_path, tmp_path / "khong-co.docx", capsys, 2, "Không đọc được khong-co.docx")


def test_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(tmp_path, tmp_path, capsys, 2, "Không đọc được")


def test_without_pandoc(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    path = tmp_path / "bai.docx"
    path.write_bytes(whole())
    refused(tmp_path, path, capsys, 2, "pip install pypandoc-binary")
