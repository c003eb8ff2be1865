"""What git knows of a project, and what is said without it."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.ground import history
from generator.ground.kept import Kept, Version
from tests.projects import EPOCH, commit_all, git, put
from tests.samples import sample

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
    assert history.fork_of(root, first, second) == first
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


# A git that raves, or is told to.


def everything(root: Path, base: str) -> tuple[object, ...]:
    """All that is ever asked of git."""
    past = Kept(root, LEDGER)
    changes = past.changes("content")
    known = None if changes is None else past.read(change.sha for change in changes)
    return (past.versions(LEDGER), known, past.elsewhere(LEDGER), history.commit_id(root),
            history.moment(root), history.past_of(root), history.first_day(root), history.day_below(root, ""),
            history.fork_of(root, base, "nhanh"), history.is_orphan(root, ["nhanh"]), history.refused_owner(root),
            history.held_beyond(root), history.displaced(root, history.beyond(root)))


def false_git(folder: Path, word: str, said: str) -> None:
    """Git, but for one command."""
    tool = put(folder, "git", f'#!/bin/sh\nreal() {{ {shutil.which("git")} "$@"; }}\n'
                              f'case " $* " in *" {word} "*) {said} ;; *) real "$@" ;; esac\n')
    tool.chmod(0o755)


RAVINGS = {"a word": "echo hello", "bytes": r"printf '\000\377\n\001 9 \200'", "nothing": ":",
           "cut": 'real "$@" | head -c 30', "numbers": "echo 99999999999999 1",
           "another body": 'real "$@" | tr a-m n-z'}
ASKED = ("ls-files", "rev-parse", "log", "rev-list", "cat-file", "merge-base", "status")


@pytest.mark.parametrize(("word", "raving"), sample([(word, raving) for word in ASKED for raving in RAVINGS], 14))
def test_a_git_that_raves_knows_nothing(root: Path, tmp_path_factory: pytest.TempPathFactory, word: str, raving: str,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "content/a.md", "một\n")
    base = commit_all(root, "second")
    git(root, "checkout", "-q", "-b", "nhanh")
    put(root, LEDGER, "hai\n")
    commit_all(root, "branch")
    git(root, "checkout", "-q", "main")
    known = everything(root, base)
    tools = tmp_path_factory.mktemp("tools")
    false_git(tools, word, RAVINGS[raving])
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    told = everything(root, base)
    for before, now in zip(known[:2], told[:2], strict=True):
        assert now in (before, None, [])  # never something else, and without versions check says so
    if word in ("ls-files", "rev-parse", "cat-file") and raving in ("a word", "nothing"):
        assert told[:2] == (None, None)


def test_a_git_told_to_trace_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = everything(root, "HEAD")
    for name in ("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP"):
        monkeypatch.setenv(name, "/dev/stdout")
    assert everything(root, "HEAD") == known and known[0]


def test_a_thing_in_anothers_place_is_not_read(root: Path) -> None:
    """Git does not look whether what lies under an id has it."""
    other = git(root, "hash-object", "-w", put(root, "x", "hai\n").as_posix()).strip()
    own = git(root, "rev-parse", f"HEAD:{LEDGER}").strip()
    lie, place = (root / f".git/objects/{sha[:2]}/{sha[2:]}" for sha in (other, own))
    place.unlink()
    lie.rename(place)
    assert "hai" in git(root, "show", f"HEAD:{LEDGER}")
    assert held(root) is None


def test_a_repository_of_somebody_else_runs_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = root.parent / f"{root.name} ran"
    git(root, "config", "core.fsmonitor", f"touch '{ran}'; true")
    git(root, "config", "core.hooksPath", str(root / "hooks"))
    everything(root, "HEAD")
    assert not ran.exists() and held(root)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own tests say so, and none needs to be root
    assert held(root) is None and history.refused_owner(root) == str(root)
    assert history.refused_owner(Path(root.anchor)) == ""
