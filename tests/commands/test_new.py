from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.checks import run_checks
from generator.checks.structure.unwritten import MARK
from generator.commands.new import new_topic
from generator.ground.errors import ContentError, DiskError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.ground.findings import Finding, has_errors
from generator.handbook.model import OUTLINE
from generator.handbook.read import read_handbook
from generator.handbook.registries import read_outline
from tests.projects import edit, make_project, put, snapshot


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("HOCSO_LANG", "en")
    return find_project(make_project(tmp_path, commit=True))


def findings(project: Project, *, release: bool = False) -> list[Finding]:
    reading = read_handbook(project)
    return [*reading.findings, *run_checks(project, reading, release=release)]


def test_a_new_topic_passes_the_check(project: Project) -> None:
    before = snapshot(project.root)
    told = new_topic(project, "gui-anh", "lien-lac-va-tin")
    file = "content/topics/gui-anh/index.md"
    found = [f for f in findings(project) if f.place.file in (file, OUTLINE, "qr/ledger.csv")]
    assert ("topic.unwritten", "warning") in {(f.rule, f.severity) for f in found}
    assert not has_errors(findings(project)) and file in told.vi
    changed = {name for name, data in snapshot(project.root).items() if before.get(name) != data}
    assert changed == {file, OUTLINE, "qr/ledger.csv"}
    book = read_handbook(project).handbook
    assert book.topic("gui-anh") and book.number_of("gui-anh") in told.vi
    assert [p.text for p in book.parts[1].topics] == ["gui-anh"]


def test_what_is_not_written_may_not_go_out(project: Project) -> None:
    new_topic(project, "gui-anh", "lien-lac-va-tin")
    unwritten = [f for f in findings(project, release=True) if f.rule == "topic.unwritten"]
    assert unwritten and {f.severity for f in unwritten} == {"error"}
    path = project.root / "content/topics/gui-anh/index.md"
    for finding in unwritten:
        line = path.read_text("utf-8").split("\n")[finding.place.line - 1]
        assert line.startswith(MARK, finding.place.column - 1)
    put(project.root, "content/topics/gui-anh/index.md", path.read_text("utf-8").replace(MARK, "Viết rồi"))
    assert "topic.unwritten" not in {f.rule for f in findings(project, release=True)}


def test_three_in_a_row(project: Project) -> None:
    for slug in ("mot", "hai", "ba-3"):
        new_topic(project, slug, "an-toan")
    assert "bài: [tranh-lua-dao, mot, hai, ba-3]" in (project.root / OUTLINE).read_text("utf-8")
    assert not has_errors(findings(project))


HEAD = "tên: Sách\nphần:\n  - mã: an-toan\n    tên: An toàn\n"
TAIL = "\n  - mã: khac\n    tên: Khác\n    bài: []  # chưa có\nđối tượng:\n  mọi người: bà con\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("    bài: [a, b] # hai bài", "    bài: [a, b, moi] # hai bài"),
        ("    bài: []", "    bài: [moi]"),
        ("    bài: [ ]", "    bài: [moi ]"),
        ("    bài: [a, \"b\"]", "    bài: [a, \"b\", moi]"),
        ("    bài: [a, 'b',]", "    bài: [a, 'b', moi,]"),
        ("    bài: [\n      a, # một\n      b # hai\n    ]", "    bài: [\n      a, # một\n      b, moi # hai\n    ]"),
        ("    bài:\n      - a\n      # sau\n      - b # hai",
         "    bài:\n      - a\n      # sau\n      - b # hai\n      - moi"),
        ("    bài:\n    - a\n    -   b", "    bài:\n    - a\n    -   b\n    -   moi"),
        ("    bài: # chưa có", "    bài: [moi] # chưa có"),
        ("    bài:", "    bài: [moi]"),
        ("    bài: a", "    bài: [a, moi]"),
        ("    bài: a # một", "    bài: [a, moi] # một"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_the_line_in_handbook_yml(project: Project, written: str, expected: str, eol: str) -> None:
    text = (HEAD + written + TAIL).replace("\n", eol)
    put(project.root, OUTLINE, text)
    new_topic(project, "moi", "an-toan")
    assert (project.root / OUTLINE).read_bytes() == (HEAD + expected + TAIL).replace("\n", eol).encode()


def test_a_part_in_braces(project: Project) -> None:
    flow = "tên: Sách\nphần: [{mã: an-toan, tên: An toàn, bài: [a]}]\nđối tượng: {mọi người: bà con}\n"
    put(project.root, OUTLINE, flow)
    new_topic(project, "moi", "an-toan")
    assert (project.root / OUTLINE).read_text("utf-8") == flow.replace("[a]", "[a, moi]")


def test_a_line_that_is_there_already_is_enough(project: Project) -> None:
    edit(project.root, OUTLINE, "[tranh-lua-dao]\n", "[tranh-lua-dao, moi]\n")
    before = (project.root / OUTLINE).read_bytes()
    with pytest.raises(UsageError, match="--part an-toan"):
        new_topic(project, "moi", "tro-ly-ai")
    new_topic(project, "moi", "an-toan")
    assert (project.root / OUTLINE).read_bytes() == before
    assert not [f for f in findings(project) if f.severity == "error"]


@pytest.mark.parametrize("address", ["bà con", '""'])
def test_the_goal_speaks_as_the_audience_is_spoken_to(project: Project, address: str) -> None:
    edit(project.root, OUTLINE, "mọi người: bà con", f"mọi người: {address}")
    new_topic(project, "moi", "an-toan")
    text = (project.root / "content/topics/moi/index.md").read_text("utf-8")
    assert ("**Học xong, bà con** " in text) is (address == "bà con")
    assert not has_errors(f for f in findings(project) if f.place.file.startswith("content/topics/moi/"))


@pytest.mark.parametrize(
    ("slug", "part", "told"),
    [
        ("Gửi ảnh", "an-toan", "gui-anh"),
        ("gui_anh", "an-toan", "gui-anh"),
        ("../x", "an-toan", "`x`"),
        ("a/b", "an-toan", "a-b"),
        ("", "an-toan", "small letters"),
        ("con", "an-toan", "small letters"),
        ("a" * 61, "an-toan", "small letters"),
        ("quet-ma-qr", "an-toan", "already used"),
        ("nguoi-cao-tuoi", "an-toan", OUTLINE),
        ("moi", "antoan", "Did you mean `an-toan`"),
        ("moi", "An toàn", "Did you mean `an-toan`"),
        ("moi", "xyz", "tro-ly-ai"),
    ],
)
def test_refused(project: Project, slug: str, part: str, told: str) -> None:
    before = snapshot(project.root)
    with pytest.raises(UsageError) as caught:
        new_topic(project, slug, part)
    assert told in caught.value.text.en
    assert snapshot(project.root) == before


@pytest.mark.parametrize("linked", ["content/topics", "content", "content/handbook.yml"])
def test_nothing_is_written_through_a_link(project: Project, linked: str, tmp_path: Path) -> None:
    away = tmp_path / "away"
    (project.root / linked).rename(away)
    (project.root / linked).symlink_to(away)
    before = snapshot(tmp_path)
    with pytest.raises((ContentError, UsageError)):
        new_topic(project, "moi", "an-toan")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (OUTLINE, "phần:\n", "phần: [\n"),
        (OUTLINE, "tên: An toàn trên mạng", "tenn: An toàn trên mạng"),
        ("qr/ledger.csv", "number,", "numbr,"),
        ("qr/ledger.csv", "1041,", "<<<<<<< HEAD\n1041,"),
    ],
)
def test_nothing_is_written_on_shaky_ground(project: Project, file: str, old: str, new: str) -> None:
    edit(project.root, file, old, new)
    before = snapshot(project.root)
    with pytest.raises((ContentError, UsageError)):
        new_topic(project, "moi", "an-toan")
    assert snapshot(project.root) == before


@pytest.mark.parametrize(("owner", "operation"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_all_or_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, owner: object, operation: str, at: int
) -> None:
    """The disk is full, or a file is held open, at each of the three files in turn."""
    before = snapshot(project.root)
    real = getattr(owner, operation)
    calls = 0

    def fail_once(*words: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(28, "No space left on device", str(words[0]))
        return real(*words)

    monkeypatch.setattr(owner, operation, fail_once)
    with pytest.raises((DiskError, HocsoError), match="Nothing was made"):
        new_topic(project, "moi", "an-toan")
    assert snapshot(project.root) == before
    assert not (project.root / "content/topics/moi").exists()


def test_the_result_is_read_again_before_it_is_written(project: Project) -> None:
    """A list we cannot extend safely is said so instead of being spoiled."""
    odd = HEAD + '    bài: ["a\\u002Db"]' + TAIL
    put(project.root, OUTLINE, odd)
    new_topic(project, "moi", "an-toan")
    outline = read_outline(read_handbook(project).texts[OUTLINE])
    assert [p.text for p in outline.parts[0].topics] == ["a-b", "moi"]
