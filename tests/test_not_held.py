"""A build says whose number it printed although git holds no text of the lesson."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.projects import commit_all, edit, git, make_project, put

pytestmark = pytest.mark.remembers
SLUG = "cai-vneid"
FILE = f"content/topics/{SLUG}/index.md"
TOLD = "Git chưa giữ"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, commit=True, site_url="https://hocso.gov.vn/")


def unheld(root: Path) -> None:
    """The lesson has never been saved, all else has."""
    text = (root / FILE).read_bytes()
    put(root, ".git", None)
    put(root, FILE, None)
    git(root, "init", "-q", "--initial-branch=main")
    commit_all(root, "all but one")
    put(root, FILE, text)


def said_of(root: Path, capsys: pytest.CaptureFixture[str], *items: str) -> str:
    capsys.readouterr()
    assert main(["-C", str(root), "build", *items]) == 0
    return next((line for line in "".join(capsys.readouterr()).splitlines() if TOLD in line), "")


def number_of(root: Path, slug: str) -> str:
    rows = (row.split(",") for row in (root / "qr/ledger.csv").read_text("utf-8").splitlines())
    return next(row[0] for row in rows if row[1] == slug)


def test_a_lesson_git_does_not_hold_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unheld(root)
    number = number_of(root, SLUG)
    assert SLUG in said_of(root, capsys, f"qr:{number}") and SLUG in said_of(root, capsys, "qr")
    commit_all(root, "now it does")
    assert said_of(root, capsys, f"qr:{number}") == ""


def test_of_what_git_holds_or_is_not_printed_nothing_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, FILE, "\n# ", "\n# Bài: ")
    assert said_of(root, capsys, "qr") == "", "a text at work of a lesson git knows"
    unheld(root)
    other = next(path.parent.name for path in sorted((root / "content/topics").glob("*/index.md"))
                 if path.parent.name != SLUG)
    assert said_of(root, capsys, f"qr:{number_of(root, other)}") == ""
    put(root, ".git", None)
    assert said_of(root, capsys, "qr") == "", "the check has said that there is no history"
