"""Sheets to sign are the original of what is signed: a release, for which they are nothing, leaves them lie."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from tests.projects import approve, commit_all, edit, git, make_project

pytestmark = pytest.mark.remembers
SLUG, OTHER = "quet-ma-qr", "cai-vneid"
LESSON = f"content/topics/{SLUG}/index.md"
PLACE = "print/review/{}.pdf"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sheets of two lessons were printed; one is signed since, with what it confirms."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    root = make_project(tmp_path_factory.mktemp("released"), site_url="https://hocso.haiphong.gov.vn/")
    approve(root, "20/11/2026", "viet-nam")  # no lesson: the words around them
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    run(root, "build", f"review:{SLUG}", f"review:{OTHER}")
    signed = ("--unit", "Sở Y tế", "--date", f"{date.today():%d/%m/%Y}")
    run(root, "approve", SLUG, *signed, "--confirm", "all", "--seen", "all", "--on", "Android 14")
    commit_all(root, "duyệt")
    return root


def run(root: Path, *words: str) -> None:
    assert main(["-C", str(root), *words]) == 0


@pytest.mark.browser
def test_a_release_leaves_sheets_whose_text_is_todays(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = {slug: book / "dist" / PLACE.format(slug) for slug in (SLUG, OTHER)}
    before = {slug: paper.read_bytes() for slug, paper in papers.items()}
    for words in (("site", "number", "--release"), ("number", "--offline-release")):
        capsys.readouterr()
        run(book, "build", *words)
        assert {slug: paper.read_bytes() for slug, paper in papers.items()} == before
        assert "print/review" not in capsys.readouterr().out
    edit(book, f"content/topics/{OTHER}/index.md", "# Cài ", "# Cài lại ")
    commit_all(book, "sửa")
    run(book, "build", "number", "--offline-release")
    assert papers[SLUG].read_bytes() == before[SLUG] and not papers[OTHER].exists()
    told = capsys.readouterr().out
    assert f"{PLACE.format(OTHER)}, vì bài của phiếu" in told and "máy chủ thật" not in told
