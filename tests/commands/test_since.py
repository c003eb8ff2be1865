"""What a change brought, told apart from what stood there before; and told so that no lesson speaks to the runner."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.ground.findings import FORMATS, Place, error
from tests.projects import ROOT, commit_all, edit, git, make_project, put, snapshot
from tests.runner import heard

pytestmark = pytest.mark.long
TOPIC, OTHER = "content/topics/quet-ma-qr/index.md", "content/topics/tranh-lua-dao/index.md"
OLD = ("tờ rơi gọi là mã QR", "tờ rơi truy cập là mã QR")
"""A reminder (`word.office`) that stood there before anybody changed anything."""
Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """On a branch that began where `main` stood."""
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, *OLD)
    commit_all(root, "old")
    git(root, "checkout", "--quiet", "-b", "sua")
    monkeypatch.chdir(root)
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    return root


def main_goes_on(root: Path) -> None:
    """What others mended or spoiled since is not this branch's doing."""
    git(root, "checkout", "--quiet", "main")
    edit(root, TOPIC, OLD[1], OLD[0])
    edit(root, OTHER, "phút:", "phut:")
    commit_all(root, "elsewhere")
    git(root, "checkout", "--quiet", "sua")


CHANGES: dict[str, tuple[Change, list[str], int]] = {
    # What was done → the lines told as new, in order; how many stood there before.
    "nothing": (lambda _: None, [], 1),
    "a line above": (lambda root: edit(root, TOPIC, "# Quét", "\n\n# Quét"), [], 1),
    "a line far below": (lambda root: edit(root, TOPIC, "bác cần.", "bác cần.\n- Một cái ghế."), [], 1),
    "mended": (lambda root: edit(root, TOPIC, *reversed(OLD)), [], 0),
    "another": (lambda root: edit(root, OTHER, "phút:", "phut:"), ["key.unknown:2"], 1),
    "the same word elsewhere": (
        lambda root: edit(root, OTHER, "## Chuẩn bị\n", "## Chuẩn bị\n\n- Ai cũng truy cập được.\n"),
        ["word.office:27"], 1),
    "its line rewritten": (lambda root: edit(root, TOPIC, "khỏi phải gõ chữ", "khỏi gõ chữ"), ["word.office:22"], 0),
    "in a commit": (lambda root: (edit(root, OTHER, "phút:", "phut:"), commit_all(root, "x")), ["key.unknown:2"], 1),
    "a new file": (lambda root: put(root, "content/alerts/moi.md", "# Mới\n"), ["front.missing:1"], 1),
    "the target went on": (main_goes_on, [], 1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_brought(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    change, expected, old = CHANGES[name]
    change(root)
    before = snapshot(root), git(root, "status", "--porcelain"), git(root, "stash", "list")
    main(["check", "--since", "main", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [f"{row['rule']}:{row['line']}" for row in told] == expected
    main(["check", "--since", "main", "--format", "github"])
    out = capsys.readouterr().out
    assert out.count("::group::") == (1 if old else 0) and out.count("[word.office]") == old
    assert (snapshot(root), git(root, "status", "--porcelain"), git(root, "stash", "list")) == before


def test_lines_that_were_written_stand_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before what stops a build elsewhere: a host shows ten notes of a kind, and the first is what one looks at."""
    edit(root, TOPIC, "khỏi phải gõ chữ", "khỏi gõ chữ")
    put(root, str(Path(OTHER).parent), None)
    assert main(["check", "--since", "main", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told[0]["rule"], told[0]["severity"], told[0]["line"]) == ("word.office", "warning", 22)
    assert told[1]["severity"] == "error" and len(told) > 5


def test_an_old_mistake_written_once_more_is_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = "- Khăn mềm lau ống kính, kính đọc chữ nếu bác cần."
    git(root, "checkout", "--quiet", "-B", "main")
    edit(root, TOPIC, twice, twice.replace("mềm", "m\u200bềm"))
    commit_all(root, "unseen")
    edit(root, TOPIC, (twice := twice.replace("mềm", "m\u200bềm")), f"{twice}\n{twice}")
    main(["check", "--since", "main", "--format", "json"])
    assert [row["rule"] for row in json.loads(capsys.readouterr().out)] == ["letters.unseen"]


def test_the_same_words_to_a_person(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, OTHER, "phút:", "phut:")
    assert main(["check", "--since", "main"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"{OTHER}:2:1: LỖI [key.unknown]") and "word.office" not in out
    assert err == "Mới: 1 lỗi, 0 lời nhắc. Đã có từ trước: 0 lỗi, 1 lời nhắc.\n"


def test_a_shallow_copy_and_a_folder_within_a_repository(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As CI and a shared repository have it."""
    git(tmp_path, "clone", "--quiet", "--depth", "2", root.as_uri(), "nong")
    (tmp_path / "to").mkdir()
    (tmp_path / "nong").rename(tmp_path / "to/sach")
    for folder, revision in ((tmp_path / "to/sach", "HEAD~1"), (_below(tmp_path / "kho", root), "HEAD")):
        edit(folder, OTHER, "phút:", "phut:")
        main(["-C", str(folder), "check", "--since", revision, "--format", "json"])
        told = {row["rule"] for row in json.loads(capsys.readouterr().out)}
        assert told == {"key.unknown", *(["word.office"] if revision == "HEAD~1" else [])}


def _below(kho: Path, root: Path) -> Path:
    kho.mkdir()
    git(root, "worktree", "add", "--quiet", "--detach", str(kho / "sach"))
    (kho / "sach/.git").unlink()
    git(kho, "init", "--quiet", "--initial-branch=main")
    commit_all(kho, "first")
    return kho / "sach"


@pytest.mark.parametrize("revision", ["khong-co", "--all", "-x", "HEAD..main", "", " ", "ä\n"])
def test_a_revision_that_is_none(root: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    assert main(["check", f"--since={revision}"]) == (0 if not revision else 2)
    out, err = capsys.readouterr()
    assert not revision or (out == "" and err.startswith("Không thấy ") and err.count("\n") == 1)


def test_what_a_release_lacked_before_is_not_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Drafts as they were; and the lesson that is one now for its other words."""
    main(["check", "--release", "--since", "main", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == []
    main(["check", "--release", "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)) > 4


def test_nobodys_filter_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what a revision asks for and somebody has set for all repositories."""
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[filter "boi"]\n\tsmudge = "touch \'{(tmp_path / "ran").as_posix()}\'; cat"\n', "utf-8")
    put(root, ".gitattributes", "*.md filter=boi\n")
    commit_all(root, "attributes")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert main(["check", "--since", "HEAD"]) == 0 and not (tmp_path / "ran").exists()
    subprocess.run(["git", "clone", "--quiet", str(root), "other"], cwd=tmp_path, check=True)
    assert (tmp_path / "ran").exists()  # it would


def test_outside_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(make_project(tmp_path)), "check", "--since", "HEAD"]) == 2
    assert capsys.readouterr().err.startswith("Không thấy HEAD trong git")


EVIL = ["::add-mask::x", "##[add-mask]x", "x\r::warning::y", "::stop-commands::a", "%0A::error::z", "a,line=9::b",
        "::endgroup::", "##[endgroup]", "x%2Cfile=y", "::group::", "%25", "\u2028::debug::q", "::error file=a::b"]


@pytest.mark.parametrize("evil", EVIL)
def test_no_lesson_speaks_to_the_runner(root: Path, capsys: pytest.CaptureFixture[str], evil: str) -> None:
    """Neither by what is told as new nor by what is folded; and what was written is what is read beside the line."""
    for file in (OTHER, "content/topics/cai-vneid/index.md"):
        edit(root, file, "cho: ", f"cho: {json.dumps(evil)}\ncu: ")
        if file == OTHER:
            git(root, "checkout", "--quiet", "main")
            commit_all(root, "old")
            git(root, "checkout", "--quiet", "-B", "sua")
    main(["check", "--since", "main", "--format", "github"])
    told = heard(capsys.readouterr().out)
    assert [name for name, _, _ in told[-2:]] == ["group", "endgroup"]
    notes = told[:-2]
    assert notes and {name for name, _, _ in notes} <= {"error", "warning"}
    for _, properties, _ in notes:
        assert properties.keys() == {"file", "line", "col", "title"}
        assert properties["file"] == "content/topics/cai-vneid/index.md"


def test_a_name_of_a_file_does_not_speak_either() -> None:
    for evil in EVIL:
        (note,) = heard(FORMATS["github"]([error("file.stray", Place(f"content/{evil}"), file=evil)]))
        assert note.name == "error" and note.properties.keys() == {"file", "line", "col", "title"}


def test_code_quality_marks_stay_when_lines_move(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def report() -> list[dict[str, object]]:
        main(["check", "--format", "gitlab"])
        rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
        return rows

    edit(root, OTHER, "## Chuẩn bị\n", "## Chuẩn bị\n\n- Ai cũng truy cập được.\n")
    first = report()
    edit(root, TOPIC, "# Quét", "\n\n# Quét")
    second = report()
    assert len(first) == len({row["fingerprint"] for row in first}) == 2
    assert [row["fingerprint"] for row in first] == [row["fingerprint"] for row in second]
    assert [row["location"] for row in first] != [row["location"] for row in second]
    for row in first:
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")


def test_alike_findings_have_marks_of_their_own_in_either_language(monkeypatch: pytest.MonkeyPatch) -> None:
    two = [error("file.stray", Place("content/x", line), file="x") for line in (3, 4)]
    marks = [[row["fingerprint"] for row in json.loads(FORMATS["gitlab"](two))]]
    monkeypatch.setenv("HOCSO_LANG", "en")
    marks.append([row["fingerprint"] for row in json.loads(FORMATS["gitlab"](two))])
    assert marks[0] == marks[1] and len({*marks[0]}) == 2


def test_the_shipped_book_brings_nothing_since_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Our own history, with all that its rules hold against git."""
    main(["-C", str(ROOT), "check", "--since", "HEAD", "--format", "github"])
    changed = git(ROOT, "status", "--porcelain", "--", "content", "qr", "mkdocs.yml")
    assert changed or not re.search("(?m)^::(error|warning)", capsys.readouterr().out)
