"""What git knows of a project, and what is said without it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.ground import history
from generator.ground.kept import Kept, Version
from tests.projects import EPOCH, commit_all, git, put

LEDGER = "qr/ledger.csv"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    git(tmp_path, "init", "-q", "--initial-branch=main")
    put(tmp_path, "mkdocs.yml", "site_name: x\n")
    put(tmp_path, LEDGER, "một\n")
    commit_all(tmp_path, "first")
    return tmp_path


def held(root: Path) -> list[Version] | None:
    return Kept(root, LEDGER).versions(LEDGER)


def test_commit_and_its_day(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD").strip()
    assert history.commit_id(root) == head
    assert (history.moment(root), history.today(root)) == (EPOCH, date(2026, 11, 18))
    put(root, LEDGER, "khác\n")
    assert history.commit_id(root) == f"{head}-changed"
    git(root, "checkout", "-q", "--", ".")
    put(root, "content/mới.md", "x")
    assert history.commit_id(root) == f"{head}-changed"


CLOCKS = [("0", 0), ("1700000000", 1_700_000_000), ("", EPOCH)]


@pytest.mark.parametrize(("given", "moment"), CLOCKS)
def test_the_clock_that_was_given(root: Path, monkeypatch: pytest.MonkeyPatch, given: str, moment: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert history.moment(root) == moment


def test_every_version_oldest_first(root: Path) -> None:
    put(root, LEDGER, "hai\n" * 2)
    second = commit_all(root, "second")
    put(root, LEDGER, None)
    commit_all(root, "gone")
    put(root, LEDGER, "ba\n")
    commit_all(root, "back")
    put(root, LEDGER, "chưa lưu vào git\n")
    versions = held(root)
    assert versions and [version.files[LEDGER] for version in versions] == ["một\n", "hai\nhai\n", "ba\n", "ba\n"]
    assert versions[1].commit == second
    first = versions[0].commit
    assert not history.are_apart(root, first, second)
    assert versions[-1].commit == "HEAD"
    assert Kept(root, LEDGER).versions("nothing.csv") == []


def test_versions_of_both_sides_of_a_merge(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "nhanh")
    put(root, LEDGER, "một\nnhánh\n")
    commit_all(root, "branch")
    git(root, "checkout", "-q", "main")
    put(root, "other.txt", "x")
    commit_all(root, "main")
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh")
    versions = held(root)
    assert versions and "một\nnhánh\n" in [version.files[LEDGER] for version in versions]


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert history.commit_id(tmp_path) == "none"
    assert held(tmp_path) is None
    assert history.moment(tmp_path) > EPOCH - 10**8
    assert history.past_of(tmp_path).last(["mkdocs.yml"]) is None


def test_without_the_program(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (history.commit_id(root), held(root)) == ("none", None)


def test_in_a_folder_with_spaces_and_accents(root: Path) -> None:
    put(root, "sách của xã/mkdocs.yml", "x")
    put(root, f"sách của xã/{LEDGER}", "trong\n")
    commit_all(root, "inner")
    versions = held(root / "sách của xã")
    assert versions and [version.files[LEDGER] for version in versions] == ["trong\n", "trong\n"]


def test_an_empty_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    put(tmp_path, "mkdocs.yml", "x")
    assert history.commit_id(tmp_path) == "none" and held(tmp_path) is None


def test_the_newest_commit_among_files(root: Path) -> None:
    put(root, "a.md", "x")
    head = commit_all(root, "later", EPOCH + 86_400)
    assert history.past_of(root).last(["a.md", LEDGER]) == (head[:7], date(2026, 11, 19))


def test_newest_commit_among_some_files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = git(root, "rev-parse", "--short=7", "HEAD").strip()
    put(root, "content/một.md", "x")
    second = commit_all(root, "second", moment=EPOCH + 86_400 * 20)[:7]
    assert history.past_of(root).last([LEDGER]) == (first, date(2026, 11, 18))
    assert history.past_of(root).last([LEDGER, "content/một.md"]) == (second, date(2026, 12, 8))
    assert history.past_of(root).last(["content/chưa có.md"]) is None
    shallow = tmp_path_factory.mktemp("shallow") / "copy"
    git(root, "clone", "-q", "--depth", "1", root.as_uri(), str(shallow))
    assert history.past_of(shallow).last([LEDGER]) is None


def test_files_that_differ_from_the_last_commit(root: Path) -> None:
    assert history.past_of(root).changed == frozenset()
    put(root, LEDGER, "khác\n")
    put(root, "content/mới.md", "x")
    assert history.past_of(root).changed == {LEDGER, "content/mới.md"}
    assert history.past_of(root.parent).changed == frozenset()
