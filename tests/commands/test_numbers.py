from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.checks import run_checks
from generator.commands.numbers import add_number, retire_number
from generator.ground.errors import ContentError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.ground.findings import Place, error
from generator.ground.said import said
from generator.handbook.ledger import is_number
from generator.handbook.read import read_handbook
from tests.projects import ROOT, commit_all, edit, git, make_project, put

LEDGER, TODAY = "qr/ledger.csv", "2026-11-18"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("HOCSO_LANG", "en")
    monkeypatch.setattr("generator.ground.history.calendar_day", lambda _: date.fromisoformat(TODAY))
    return find_project(make_project(tmp_path, commit=True))


def ledger(project: Project) -> bytes:
    return (project.root / LEDGER).read_bytes()


def rows(project: Project) -> list[list[str]]:
    return list(csv.reader(ledger(project).decode("utf-8-sig").splitlines()))


def errors(project: Project) -> list[str]:
    reading = read_handbook(project)
    return [f.rule for f in (*reading.findings, *run_checks(project, reading)) if f.severity == "error"]


def test_a_new_number_is_one_row_more(project: Project) -> None:
    before = ledger(project)
    told = add_number(project, "channel:cong")
    number = rows(project)[-1][0]
    assert ledger(project) == before + f"{number},channel:cong,{TODAY},,,kênh\n".encode()
    assert is_number(number) and number in told.vi and number in told.en
    assert errors(project) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n").rstrip(),
        lambda data: data.replace("bài".encode(), '"bài, ""một"""'.encode(), 1),
    ],
    ids=["crlf", "bom", "no last newline", "crlf and no last newline", "quotes"],
)
def test_what_stood_there_stays(project: Project, change: Callable[[bytes], bytes]) -> None:
    data = change(ledger(project))
    put(project.root, LEDGER, data)
    add_number(project, "channel:cong")
    after = ledger(project)
    assert after.startswith(data)
    eol = b"\r\n" if b"\r\n" in data else b"\n"
    assert after.endswith("kênh".encode() + eol)
    assert after.count(b"\n") == after.count(eol) == len(rows(project))


def test_a_number_once_given_is_never_given_again(project: Project) -> None:
    """Also when its row was erased by mistake: git remembers."""
    add_number(project, "channel:cong")
    erased = rows(project)[-1][0]
    commit_all(project.root, "added")
    put(project.root, LEDGER, ledger(project).split(erased.encode())[0])
    commit_all(project.root, "erased")
    add_number(project, "channel:trang")
    assert rows(project)[-1][0] != erased


REMOTE = ["update-ref", "refs/remotes/origin/x", "HEAD"]


def test_a_copy_cut_short_knows_what_it_holds(project: Project) -> None:
    """As made with --depth=1: a row that a hand took out, or another branch has, is in its commits."""
    add_number(project, "channel:trang")
    erased = rows(project)[-1][0]
    put(project.root, ".git/shallow", f"{commit_all(project.root, 'given')}\n")
    put(project.root, LEDGER, ledger(project).split(erased.encode())[0])
    add_number(project, "channel:cong")
    assert rows(project)[-1][0] != erased


@pytest.mark.parametrize("way", [["branch", "nhanh"], ["tag", "v1"], REMOTE, []],
                         ids=["branch", "tag", "another copy's branch", "git's own log"])
def test_a_number_given_on_another_branch_is_not_given_again(project: Project, way: list[str]) -> None:
    add_number(project, "channel:cong")
    given = rows(project)[-1][0]
    commit_all(project.root, "there")
    if way:
        git(project.root, *way)
    git(project.root, "reset", "-q", "--hard", "HEAD~1")
    if way:
        git(project.root, "reflog", "expire", "--expire=now", "--all")
    add_number(project, "channel:trang")
    assert rows(project)[-1][0] != given


@pytest.mark.parametrize("linked", [LEDGER, "qr"])
def test_nothing_is_written_through_a_link(project: Project, linked: str, tmp_path: Path) -> None:
    (project.root / linked).rename(tmp_path / "away")
    (project.root / linked).symlink_to(tmp_path / "away")
    before = ledger(project)
    with pytest.raises(ContentError) as caught:
        add_number(project, "channel:cong")
    assert LEDGER in caught.value.text.en and ledger(project) == before and (project.root / linked).is_symlink()


def test_a_target_keeps_its_number(project: Project) -> None:
    before = ledger(project)
    assert "1041" in add_number(project, "quet-ma-qr").vi
    assert ledger(project) == before


@pytest.mark.parametrize(
    ("target", "told"),
    [("quet-ma", "quet-ma-qr"), ("quét-mã-qr", "quet-ma-qr"), ("part:antoan", "part:an-toan"), ("", "part:"),
     ("xyz,1,2\n", "part:"), ("channel:fax", "channel:")],
)
def test_unknown_targets_are_refused(project: Project, target: str, told: str) -> None:
    before = ledger(project)
    with pytest.raises(UsageError) as caught:
        add_number(project, target)
    assert told in caught.value.text.vi and told in caught.value.text.en
    assert ledger(project) == before


def _take_on_branch(project: Project, branch: str, target: str, number: str = "") -> None:
    git(project.root, "checkout", "--quiet", "-b", branch, "main")
    if number:  # as in a copy that knows nothing of the other branch
        put(project.root, LEDGER, ledger(project) + f"{number},{target},{TODAY},,,kênh\n".encode())
    else:
        add_number(project, target)
    commit_all(project.root, branch)


def test_two_branches_one_number(project: Project) -> None:
    """Both take the lowest free number; after the merge the later row gets another one, and the check is content."""
    _take_on_branch(project, "one", "channel:cong")
    number = rows(project)[-1][0]
    _take_on_branch(project, "two", "channel:trang", number)
    first = git(project.root, "show", "one:qr/ledger.csv").splitlines()[-1]
    git(project.root, "merge", "--quiet", "--strategy=ours", "one")
    text = ledger(project).decode()
    put(project.root, LEDGER, text.replace(f"{number},channel:trang", f"{first}\n{number},channel:trang"))
    commit_all(project.root, "merged")
    assert errors(project) == ["ledger.number-twice"]

    before = rows(project)
    assert number in add_number(project, "channel:cong").vi
    assert rows(project) == before, "the earlier row keeps its number"
    told = add_number(project, "channel:trang")
    after = rows(project)
    assert after[:-1] == before[:-1] and after[-1][1:] == before[-1][1:]
    assert after[-1][0] != number and after[-1][0] in told.vi
    assert errors(project) == []


def test_the_same_row_twice_is_for_people(project: Project) -> None:
    put(project.root, LEDGER, ledger(project) + b"1041,quet-ma-qr,2026-11-20,,,\n")
    before = ledger(project)
    with pytest.raises(ContentError, match="Delete one"):
        add_number(project, "quet-ma-qr")
    assert ledger(project) == before


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("<<<<<<< HEAD\n", "merge conflict"),
        ("1042,x,2026-11-20,,,\n", "check digit"),
        ("1041,x\n", "cells"),
    ],
)
def test_a_ledger_with_faults_is_left_alone(project: Project, bad: str, told: str) -> None:
    put(project.root, LEDGER, ledger(project) + bad.encode())
    before = ledger(project)
    for act, words in ((add_number, ("channel:cong",)), (retire_number, ("1041", ""))):
        with pytest.raises(ContentError, match=told) as caught:
            act(project, *words)
        assert f"{LEDGER}:17" in caught.value.text.vi
    assert ledger(project) == before


def test_a_missing_ledger_is_not_begun_anew(project: Project) -> None:
    (project.root / LEDGER).unlink()
    with pytest.raises(ContentError, match="git"):
        add_number(project, "quet-ma-qr")
    assert not (project.root / LEDGER).exists()


@pytest.mark.parametrize("to", ["", "tranh-lua-dao", "part:an-toan"])
def test_retiring_fills_two_cells(project: Project, to: str) -> None:
    before = ledger(project)
    retire_number(project, "1041", to)
    assert ledger(project) == before.replace(
        b"1041,quet-ma-qr,2026-11-20,,,", f"1041,quet-ma-qr,2026-11-20,{TODAY},{to},".encode()
    )
    assert errors(project) == ["ledger.no-number"], "the topic is still there and has no other number"


def test_a_place_to_go_may_come_later_but_once(project: Project) -> None:
    retire_number(project, "1041", "")
    with pytest.raises(UsageError, match="retired"):
        retire_number(project, "1041", "")
    retire_number(project, "1041", "tranh-lua-dao")
    done = ledger(project)
    for to in ("", "cai-vneid"):
        with pytest.raises(UsageError, match="tranh-lua-dao"):
            retire_number(project, "1041", to)
    assert ledger(project) == done


def test_a_retired_target_gets_another_number_and_the_old_leads_to_it(project: Project) -> None:
    retire_number(project, "1041", "")
    add_number(project, "quet-ma-qr")
    retire_number(project, "1041", "quet-ma-qr")
    assert errors(project) == []


def test_old_paper_is_led_to_its_own_lesson_while_that_lives(project: Project) -> None:
    retire_number(project, "1041", "")
    add_number(project, "quet-ma-qr")
    with pytest.raises(UsageError, match="quet-ma-qr"):
        retire_number(project, "1041", "tranh-lua-dao")


@pytest.mark.parametrize(
    ("number", "to", "told"),
    [
        ("1014", "", "qr/ledger.csv"),
        ("1042", "", "check digit"),
        ("abc", "", "no number `abc`"),
        ("1041", "tranh-lua-da", "tranh-lua-dao"),
        ("1041", "1055", "no `1055`"),
        ("1041", "quet-ma-qr", "itself"),
    ],
)
def test_retiring_is_refused(project: Project, number: str, to: str, told: str) -> None:
    before = ledger(project)
    with pytest.raises(UsageError) as caught:
        retire_number(project, number, to)
    assert told in caught.value.text.en
    assert ledger(project) == before


def test_other_cells_keep_their_quotes(project: Project) -> None:
    edit(project.root, LEDGER, "1041,quet-ma-qr,2026-11-20,,,bài", '1041,"quet-ma-qr", 2026-11-20,,,"in, dán"')
    retire_number(project, "1041", "tranh-lua-dao")
    assert f'1041,"quet-ma-qr", 2026-11-20,{TODAY},tranh-lua-dao,"in, dán"\n'.encode() in ledger(project)


def test_a_closed_folder_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger(project)

    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device", "ledger.csv")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises((OSError, HocsoError)):
        add_number(project, "channel:cong")
    assert ledger(project) == before and [p.name for p in (project.root / "qr").iterdir()].count("ledger.csv") == 1


def test_ten_at_once_are_ten_numbers_and_ten_rows(tmp_path: Path) -> None:
    """Each in a process of its own, and a new lesson among them."""
    root = make_project(tmp_path)
    head, *lines = ledger(find_project(root)).decode().splitlines(keepends=True)
    put(root, LEDGER, head)
    targets = [line.split(",")[1] for line in lines[:9]]
    words = [["qr", "add", target] for target in targets] + [["new", "bai-moi", "--part", "an-toan"]]
    running = [subprocess.Popen([sys.executable, "-m", "generator", "-C", str(root), *each], stdout=subprocess.DEVNULL)
               for each in words]
    assert [process.wait() for process in running] == [0] * 10
    given = rows(find_project(root))[1:]
    assert sorted(row[1] for row in given) == sorted([*targets, "bai-moi"])
    assert len({row[0] for row in given}) == 10 and all(is_number(row[0]) for row in given)


@pytest.mark.parametrize("name", ["number/retired-still-there", "number/unsure"])
def test_nobody_is_told_to_delete_a_row_that_was_printed(name: str) -> None:
    told = said(name, number="1041", target="quet-ma-qr", other="gui-anh", leads="").vi
    assert "hocso qr add" in told and ("đừng xóa" in told or "thì không xóa" in told)
    doubt = error("ledger.number-twice/unsure", Place("x"), number="1041", target="a", other="b", line=2, since="")
    assert "nhánh chính (main) đã có thì không xóa" in doubt.fix.vi
    assert "nhánh chính (main)" in (ROOT / "README.vi.md").read_text("utf-8")
