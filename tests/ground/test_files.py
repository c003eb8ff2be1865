"""Files as editors' machines write them: text, names, folders, digests."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from generator.ground.errors import UsageError
from generator.ground.files import (
    MAX_LESSON_BYTES,
    MAX_TABLE_BYTES,
    Project,
    Source,
    decode_source,
    digest_of,
    digest_tree,
    find_project,
    fold,
    read_source,
    relative_name,
    walk_files,
)
from generator.ground.findings import Finding, Place

TEXTS = [
    (b"", ""),
    ("chữ\n".encode(), "chữ\n"),
    (b"\xef\xbb\xbfa\n", "a\n"),
    (b"a\r\nb\rc\n", "a\nb\nc\n"),
    (unicodedata.normalize("NFD", "Tiếng Việt đẹp").encode(), "Tiếng Việt đẹp"),
    ("😀\u200d\n".encode(), "😀\u200d\n"),
    (b"x" * MAX_LESSON_BYTES, "x" * MAX_LESSON_BYTES),
]


@pytest.mark.parametrize(("data", "text"), TEXTS, ids=range(len(TEXTS)))
def test_text(data: bytes, text: str) -> None:
    source = decode_source("a.md", data)
    assert isinstance(source, Source) and source.text == text


def test_decomposed_letters_are_remembered() -> None:
    source = decode_source("a.md", unicodedata.normalize("NFD", "ế").encode())
    assert isinstance(source, Source) and not source.was_nfc


NO_TEXT = [
    (b"a\nb\xffc", "file.not-utf8", 2, 2),
    ("é".encode("cp1252"), "file.not-utf8", 1, 1),
    ("Tiếng Việt\r\nlạ ".encode() + b"\xc3", "file.not-utf8", 2, 4),
    (b"\xed\xa0\x80", "file.not-utf8", 1, 1),
    ("chữ".encode("utf-16"), "file.not-utf8", 1, 1),
    (b"a\r\nb\0", "file.nul", 2, 2),
    (b"x" * (MAX_LESSON_BYTES + 1), "file.too-large", 1, 1),
]


@pytest.mark.parametrize(("data", "rule", "line", "column"), NO_TEXT, ids=range(len(NO_TEXT)))
def test_no_text(data: bytes, rule: str, line: int, column: int) -> None:
    finding = decode_source("a.md", data)
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.place) == (rule, Place("a.md", line, column))


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.md").symlink_to(tmp_path / "true.md")
    (tmp_path / "true.md").write_text("x")
    (tmp_path / "large.yml").write_bytes(b"x" * (MAX_TABLE_BYTES + 1))
    os.mkfifo(tmp_path / "pipe.md")
    for name, rule in (("nothing.md", "unreadable"), ("folder", "unreadable"), ("link.md", "elsewhere"),
                       ("pipe.md", "elsewhere"), ("large.yml", "too-large")):
        finding = read_source(tmp_path, name)
        assert isinstance(finding, Finding) and finding.rule == f"file.{rule}"


def test_place_of_an_offset() -> None:
    source = Source("a.md", "ắb\ncd\n")
    assert [source.place(offset) for offset in (0, 1, 3, 5)] == [
        Place("a.md", 1, 1), Place("a.md", 1, 2), Place("a.md", 2, 1), Place("a.md", 2, 3)]


def test_walk_in_one_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.md", "a.md", "b/1.md", ".git/x", "b/.DS_Store", "~$b.docx", "B.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a-link.md").symlink_to(tmp_path / "a.md")
    assert [relative_name(tmp_path, path) for path in walk_files(tmp_path)] == ["B.md", "a.md", "b/1.md", "b/2.md"]


def test_find_project_upwards(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    deep = tmp_path / "content" / "topics"
    deep.mkdir(parents=True)
    project = find_project(deep)
    assert project.root == tmp_path.resolve() and (project.theme / "tokens.css").exists()
    assert project.private == tmp_path.resolve() / ".hocso"
    (tmp_path / "theme").mkdir()
    assert find_project(tmp_path) == Project(tmp_path.resolve(), tmp_path.resolve() / "theme")


@pytest.mark.parametrize("where", ["", "nowhere"])
def test_no_project_is_a_usage_error(tmp_path: Path, where: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_project(tmp_path / where)
    assert raised.value.exit_code == 2 and raised.value.text.vi != raised.value.text.en


def test_digests_tell_things_apart(tmp_path: Path) -> None:
    parts = [("a", "b"), ("ab",), ("a", b"b"), (b"ab",), ("a",), (), (1,), ("1",), (None,), (("a", "b"),), ("\ud800",)]
    assert len({digest_of(*part) for part in parts}) == len(parts)
    (tmp_path / "a.css").write_text("x")
    before = digest_tree(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("y")
    assert digest_tree(tmp_path) == before
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert digest_tree(tmp_path) != before != digest_tree(tmp_path, (".js",))


@pytest.mark.parametrize(("text", "plain"), [("Đường", "duong"), ("TIẾNG VIỆT", "tieng viet"), ("ß", "ss"), ("", "")])
def test_fold(text: str, plain: str) -> None:
    assert fold(text) == plain == fold(unicodedata.normalize("NFD", text))
