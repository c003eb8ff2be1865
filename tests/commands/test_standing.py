"""`hocso approve L` and `hocso check L` say of a row what the whole check says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.cli import main
from generator.handbook.editions import ROOT
from generator.handbook.model import APPROVALS
from tests.projects import EPOCH, approve, commit_all, edit, git, make_project, put

SLUG, OTHER = "quet-ma-qr", "cai-vneid"
LESSON = f"content/topics/{SLUG}/index.md"
EDITION = f"content/editions/{ROOT}.yml"
LATER = f"{date.today() + timedelta(days=2):%Y-%m-%d}"


def rows(root: Path) -> list[str]:
    return (root / APPROVALS).read_text("utf-8").splitlines(keepends=True)


def row_of(root: Path, name: str) -> str:
    return next(row for row in rows(root) if row.startswith(f"{name},"))


def later(root: Path, name: str) -> None:
    put(root, APPROVALS, "".join(rows(root)).replace(row := row_of(root, name), row.replace("2026-11-20", LATER)))


def add(root: Path, row: str) -> None:
    put(root, APPROVALS, "".join(rows(root)) + row)


def withdrawal_gone(root: Path, name: str) -> None:
    row = row_of(root, name)
    add(root, row.replace(",,\n", ",,rút lại: sai\n"))
    commit_all(root, "rút")
    put(root, APPROVALS, "".join(rows(root)[:-1]))


def fact_gone(root: Path) -> None:
    """It stood open when the text was signed; no sheet says that it is clear."""
    edit(root, LESSON, "nguồn:\n", "cần xác nhận:\n  - tên nút\nnguồn:\n")
    commit_all(root, "còn một điều", EPOCH + 86400)
    edit(root, LESSON, "cần xác nhận:\n  - tên nút\n", "")


def spoiled(root: Path, change: Callable[[str], str]) -> None:
    put(root, APPROVALS, change("".join(rows(root))))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path)
    approve(root, "20/11/2026", SLUG, OTHER)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    return root


DOUBTED: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a day to come": (SLUG, lambda root: later(root, SLUG), "approval.future"),
    "a withdrawal taken out by hand": (SLUG, lambda root: withdrawal_gone(root, SLUG), "approval.row-gone"),
    "a fact that nobody confirmed": (SLUG, fact_gone, "approval.unconfirmed"),
    "a place's day to come": (ROOT, lambda root: later(root, ROOT), "approval.future"),
    "a place's withdrawal taken out": (ROOT, lambda root: withdrawal_gone(root, ROOT), "approval.row-gone"),
}


@pytest.mark.parametrize("case", DOUBTED)
def test_how_it_stands_is_what_a_check_says(root: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    name, change, rule = DOUBTED[case]
    change(root)
    main(["-C", str(root), "check"])
    told = [line for line in capsys.readouterr().out.splitlines() if f"[{rule}]" in line]
    assert main(["-C", str(root), "approve", name]) == 0
    said = capsys.readouterr().out
    assert told and all(line in said for line in told) and "CHƯA phát hành được" in said
    assert main(["-C", str(root), "approve", OTHER]) == 0
    said = capsys.readouterr().out
    assert rule not in said and f"{OTHER}: " in said and "Sở Y tế duyệt ngày 20/11/2026." in said


TOLD: dict[str, tuple[Callable[[Path], object], dict[str, tuple[str, ...]]]] = {
    # What was done to the book, and which rule is told of which files.
    "semicolons": (lambda root: spoiled(root, lambda text: text.replace(",", ";")), {
        "approvals.semicolons": (LESSON, "content/topics", f"content/topics/{OTHER}", EDITION)}),
    "a cell too few, of another": (lambda root: add(root, f"{OTHER},ACDEFHKL,Sở Y tế\n"), {
        "approvals.columns": (LESSON, f"content/topics/{OTHER}", "content/glossary.yml")}),
    "git's marks": (lambda root: add(root, "=======\n"), {"approvals.unmerged": (LESSON,)}),
    "a day to come": (lambda root: later(root, SLUG), {"approval.future": (LESSON, "content/topics")}),
    "a row gone": (lambda root: spoiled(root, lambda text: text.replace(row_of(root, SLUG), "")), {
        "approval.row-gone": (LESSON,)}),
    "a place's row gone": (lambda root: spoiled(root, lambda text: text.replace(row_of(root, ROOT), "")), {
        "approval.row-gone": (EDITION,)}),
}
NOT_TOLD = {"a day to come", "a row gone", "a place's row gone"}


@pytest.mark.parametrize("case", TOLD)
def test_a_check_of_one_lesson_tells_what_is_wrong_in_the_book(
    root: Path, capsys: pytest.CaptureFixture[str], case: str,
) -> None:
    change, wanted = TOLD[case]
    change(root)
    for rule, files in wanted.items():
        for file in files:
            code = main(["-C", str(root), "check", file])
            assert f"[{rule}]" in capsys.readouterr().out and code == 1, file
        for file in (f"content/topics/{OTHER}", "mkdocs.yml")[case not in NOT_TOLD :]:
            main(["-C", str(root), "check", file])
            assert f"[{rule}]" not in capsys.readouterr().out, file


def test_a_check_of_an_edition_tells_it_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later(root, ROOT)
    assert main(["-C", str(root), "check", "--edition", ROOT]) == 1
    assert "approval.future" in capsys.readouterr().out
