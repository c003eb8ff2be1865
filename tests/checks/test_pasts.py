"""Whatever is done to git's history: a number that was printed is still known, or it is said that nobody can know.

Merges give the number to the older row; histories cut short, begun anew, moved or written anew are told."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.checks import run_checks
from generator.commands.numbers import add_number
from generator.ground.errors import ContentError
from generator.ground.files import Project, find_project
from generator.handbook.read import read_handbook
from tests.broken import BOOK, COMMUNE, LEDGER, MKDOCS, SAVE, SCAN, copy_base, findings_of
from tests.projects import EPOCH, approve, commit_all, edit, git, put

pytestmark = pytest.mark.long
DAY = 86_400
OURS, THEIRS = "part:lien-lac", "channel:trang"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Committed three times, on the 18th, the 20th, with a number more, and the 22nd."""
    root = copy_base(tmp_path_factory.mktemp("whole"))
    edit(root, LEDGER, "2304,bai-cu,2025-01-15,2026-02-01", "2304,bai-cu,2026-11-20,2026-11-21")  # no older than git
    git(root, "init", "-q", "--initial-branch=main")
    commit_all(root, "one")
    put(root, "note.txt", "x")
    commit_all(root, "two", EPOCH + 2 * DAY)
    add(root, OURS, "2026-11-20")
    commit_all(root, "three", EPOCH + 4 * DAY)
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "base"))


def add(root: Path, target: str, since: str, number: str = "2407") -> None:
    put(root, LEDGER, (root / LEDGER).read_bytes() + f"{number},{target},{since},,,\n".encode())


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in findings_of(root)]


def released(root: Path, *, unknown: bool = False) -> set[str]:
    """Errors of a release about what git does not know."""
    project = Project(root)
    found = run_checks(project, read_handbook(project), release=True, history_unknown=unknown)
    return {f.message.en for f in found if f.rule == "ledger.no-history" and f.severity == "error"}


# What git cannot know.


def clone(*words: str) -> Callable[[Path], Path]:
    def act(root: Path) -> Path:
        git(root, "config", "uploadpack.allowFilter", "true")
        git(root.parent, "clone", "-q", *words, root.as_uri(), "copy")
        return root.parent / "copy"

    return act


def partial(root: Path) -> Path:
    """Its host is gone, so that what is missing stays missing."""
    copy = clone("--filter=blob:none")(root)
    (root / ".git").rename(root / "gone")
    return copy


def partial_lessons(root: Path) -> Path:
    """The ledger is the first one still, but what a lesson was is not here."""
    git(root, "reset", "-q", "--hard", "HEAD~1")
    edit(root, SAVE, "Bấm **Lưu**", "Bấm nút **Lưu**")
    commit_all(root, "words", EPOCH + 3 * DAY)
    return partial(root)


def orphan(root: Path) -> Path:
    git(root, "checkout", "-q", "--orphan", "neu")
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "anew", EPOCH + 6 * DAY)
    return root


def orphan_alone(root: Path) -> Path:
    """Nothing but the ledger itself tells of its earlier life."""
    shutil.rmtree(root / ".git")
    git(root, "init", "-q", "--initial-branch=main")
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "anew", EPOCH + 6 * DAY)
    return root


def inner(root: Path) -> Path:
    """A repository of its own, put inside the real one."""
    git(root, "checkout", "-q", "-b", "x")
    base = root / "sach"
    base.mkdir()
    for name in ("content", "qr", "mkdocs.yml"):
        (root / name).rename(base / name)
    git(base, "init", "-q", "--initial-branch=main")
    commit_all(base, "anew", EPOCH + 6 * DAY)
    return base


def without(root: Path) -> Path:
    shutil.rmtree(root / ".git")
    return root


def untracked(root: Path) -> Path:
    put(root, ".gitignore", "qr/\n")
    git(root, "rm", "-q", "-r", "--cached", "qr")
    commit_all(root, "not kept", EPOCH + 6 * DAY)
    return root


def damaged(root: Path) -> Path:
    """The object that held the first ledger is lost."""
    sha = git(root, "rev-parse", f"HEAD~2:{LEDGER}").strip()
    (root / f".git/objects/{sha[:2]}/{sha[2:]}").unlink()
    return root


def uncommitted(root: Path) -> Path:
    add(root, THEIRS, "2026-11-22", "2410")
    return root


def approved_lessons(root: Path) -> Path:
    """As they go out; the past begins with them."""
    shutil.rmtree(root / ".git")
    approve(root, f"{date.today():%d/%m/%Y}")
    return root


def passed_over(root: Path) -> Path:
    """Git holds all but the lessons."""
    put(approved_lessons(root), ".gitignore", "/content/topics/\n")
    return begun(root)


def lessons_in_a_repository_of_their_own(root: Path) -> Path:
    begun(approved_lessons(root) / "content/topics")
    return begun(root)


def begun(root: Path) -> Path:
    git(root, "init", "-q", "--initial-branch=main")
    commit_all(root, "one", EPOCH + 6 * DAY)
    return root


@pytest.mark.parametrize("act", [passed_over, lessons_in_a_repository_of_their_own])
def test_an_approved_lesson_that_git_does_not_hold_is_no_release(root: Path, act: Callable[[Path], Path]) -> None:
    assert not any(SAVE in message for message in released(begun(approved_lessons(root))))
    assert any(SAVE in message for message in released(act(root)))


UNKNOWN = {
    "shallow": clone("--depth=1"), "partial": partial, "partial lessons": partial_lessons, "orphan": orphan,
    "orphan alone": orphan_alone, "inner": inner, "without": without, "untracked": untracked, "damaged": damaged,
    "uncommitted": uncommitted,
}
ALWAYS = ("shallow", "partial", "partial lessons", "orphan", "without", "untracked", "damaged")
"""Said by every check, not only before a release."""


@pytest.mark.parametrize("act", UNKNOWN.values(), ids=UNKNOWN)
def test_what_git_cannot_know_is_no_release(root: Path, act: Callable[[Path], Path]) -> None:
    assert released(root) == set()
    changed = act(root)
    assert released(changed) and not released(changed, unknown=True)


@pytest.mark.parametrize("name", ALWAYS)
def test_check_reminds_of_it(root: Path, name: str) -> None:
    assert "ledger.no-history" in rules(UNKNOWN[name](root))


def test_a_repository_of_somebody_else_is_told_with_its_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    finding, = (finding for finding in findings_of(root) if finding.rule == "ledger.no-history")
    assert str(root) in finding.message.vi and f'safe.directory "{root}"' in finding.fix.vi
    assert released(root) and not released(root, unknown=True)


# A history written anew, moved, or put in another's place.


def hidden_by_a_replacement(root: Path) -> Path:
    """HEAD seems to begin with itself."""
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "given away", EPOCH + 6 * DAY)
    git(root, "replace", "--graft", "HEAD")
    return root


def hidden_by_a_graft(root: Path) -> Path:
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    put(root, ".git/info/grafts", commit_all(root, "given away", EPOCH + 6 * DAY))
    return root


def hidden_by_a_commit_graph(root: Path) -> Path:
    """A quick list of what stands on what, of which git believes every word: one of them is changed."""
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    tip = bytes.fromhex(commit_all(root, "given away", EPOCH + 6 * DAY))
    git(root, "commit-graph", "write", "--reachable")
    graph = root / ".git/objects/info/commit-graph"
    data = bytearray(graph.read_bytes())
    ids, rows = (int.from_bytes(data[data.index(name) + 4 :][:8]) for name in (b"OIDL", b"CDAT"))
    at = rows + (data.index(tip, ids) - ids) // len(tip) * (len(tip) + 16) + len(tip)
    data[at : at + 4] = 0x70000000.to_bytes(4)  # no parent
    graph.chmod(0o644)
    graph.write_bytes(data)
    assert len(git(root, "log", "--format=%h").split()) == 1
    return root


def written_anew(root: Path) -> Path:
    """The commit that gave the number is another now, as after `rebase -i` or `commit --amend`."""
    git(root, "reset", "-q", "--hard", "HEAD~1")
    add(root, THEIRS, "2026-11-20")
    commit_all(root, "three", EPOCH + 6 * DAY)
    return root


def written_anew_beside_a_tag(root: Path) -> Path:
    git(root, "tag", "v1")
    written_anew(root)
    git(root, "reflog", "expire", "--expire=now", "--all")
    return root


def moved(root: Path, *, way: str = "sach", back: bool = False) -> Path:
    """The project goes into a folder, and the number to another; perhaps it comes back later."""
    names = ("content", "qr", "mkdocs.yml")
    base = root / way
    base.mkdir()
    for name in names:
        (root / name).rename(base / name)
    if back:
        add(base, "channel:zalo", "2026-11-22", "2410")
        commit_all(root, "there", EPOCH + 6 * DAY)
        for name in names:
            (base / name).rename(root / name)
        edit(root, LEDGER, "2410,channel:zalo", "2410,channel:trang")
    else:
        edit(base, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "moved", EPOCH + 8 * DAY)
    return root if back else base


def moved_in_two_steps(root: Path) -> Path:
    """A copy first, so that git never sees it move."""
    base = root / "sach"
    for name in ("content", "qr"):
        shutil.copytree(root / name, base / name)
    shutil.copy(root / "mkdocs.yml", base / "mkdocs.yml")
    edit(base, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "copied", EPOCH + 6 * DAY)
    git(root, "rm", "-q", "-r", "content", "qr", "mkdocs.yml")
    commit_all(root, "gone", EPOCH + 8 * DAY)
    return base


def merged_evil(root: Path) -> Path:
    """Neither side gave the number away; the merge itself did, and the next commit hides among others."""
    git(root, "checkout", "-q", "-b", "nhanh")
    put(root, "other.txt", "x")
    commit_all(root, "branch", EPOCH + 5 * DAY)
    git(root, "checkout", "-q", "main")
    put(root, "note.txt", "y")
    commit_all(root, "main", EPOCH + 5 * DAY)
    git(root, "merge", "-q", "--no-commit", "nhanh")
    edit(root, LEDGER, f"2407,{OURS}", f"2407,{THEIRS}")
    commit_all(root, "merge", EPOCH + 6 * DAY)
    return root


def merged_away(root: Path) -> Path:
    """A side branch gave a number and the merge took nothing of it; then it was given anew."""
    git(root, "checkout", "-q", "-b", "nhanh")
    add(root, "channel:zalo", "2026-11-22", "2410")
    commit_all(root, "branch", EPOCH + 5 * DAY)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "--no-ff", "-s", "ours", "nhanh", moment=EPOCH + 6 * DAY)
    add(root, THEIRS, "2026-11-22", "2410")
    commit_all(root, "given", EPOCH + 7 * DAY)
    return root


def unrelated(root: Path) -> Path:
    """A history from nowhere, in which the number was another's long ago."""
    git(root, "checkout", "-q", "--orphan", "la")
    edit(root, LEDGER, f"2407,{OURS},2026-11-20", f"2407,{THEIRS},2020-01-01")
    commit_all(root, "long ago", EPOCH - 900 * DAY)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "--allow-unrelated-histories", "-s", "ours", "la", moment=EPOCH + 6 * DAY)
    edit(root, LEDGER, f"2407,{OURS}", f"2410,{OURS}")
    add(root, THEIRS, "2020-01-01")
    commit_all(root, "given", EPOCH + 7 * DAY)
    return root


def forged_birthday(root: Path) -> Path:
    """Taken today on a branch of the day before yesterday, with a day long gone written into it."""
    git(root, "checkout", "-q", "-b", "nhanh", "HEAD~1")
    add(root, THEIRS, "2020-01-01")
    commit_all(root, "long ago", EPOCH + 6 * DAY)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh", moment=EPOCH + 7 * DAY)
    edit(root, LEDGER, f"2407,{OURS}", f"2410,{OURS}")
    add(root, THEIRS, "2020-01-01")
    commit_all(root, "given", EPOCH + 7 * DAY)
    return root


def read_oddly(act: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Under settings somebody may have for the eye."""
    def acted(root: Path) -> Path:
        for setting in ("log.follow true", "diff.relative true", "log.diffMerges first-parent", "color.ui always",
                        "log.showSignature true", "core.quotePath true", "diff.renames copies"):
            git(root, "config", *setting.split())
        return act(root)

    return acted


class Past(NamedTuple):
    act: Callable[[Path], Path]
    rule: str


PASTS = (
    Past(hidden_by_a_replacement, "ledger.row-gone"), Past(hidden_by_a_graft, "ledger.row-gone"),
    Past(hidden_by_a_commit_graph, "ledger.row-gone"),
    Past(written_anew, "ledger.elsewhere"), Past(written_anew_beside_a_tag, "ledger.elsewhere"),
    Past(moved, "ledger.row-gone"), Past(lambda root: moved(root, way='a "b" ü'), "ledger.row-gone"),
    Past(lambda root: moved(root, back=True), "ledger.row-gone"), Past(moved_in_two_steps, "ledger.row-gone"),
    Past(merged_evil, "ledger.row-gone"), Past(merged_away, "ledger.row-gone"), Past(unrelated, "ledger.row-gone"),
    Past(forged_birthday, "ledger.row-gone"), Past(read_oddly(moved), "ledger.row-gone"),
    Past(read_oddly(merged_evil), "ledger.row-gone"),
)
TOLD = ("replacement", "graft", "commit-graph", "written anew", "written anew beside a tag", "moved",
        "moved to an odd name", "moved and back", "moved in two steps", "evil merge", "merged away", "unrelated",
        "forged birthday", "moved, read oddly", "evil merge, read oddly")


@pytest.mark.parametrize("past", PASTS, ids=TOLD)
def test_a_number_given_away_is_told(root: Path, past: Past) -> None:
    assert past.rule in rules(past.act(root))


def test_a_project_that_only_moved_has_no_finding(root: Path) -> None:
    base = root / "sach"
    base.mkdir()
    for name in ("content", "qr", "mkdocs.yml"):
        (root / name).rename(base / name)
    commit_all(root, "moved", EPOCH + 6 * DAY)
    assert rules(base) == [] == rules(clone()(root) / "sach")


# Two branches, one number.


class Taken(NamedTuple):
    since: tuple[str, str]
    """Of main's row and of the branch's."""
    days: tuple[int, int]
    """When each was committed."""
    older: str


MERGES = (
    Taken(("2026-11-23", "2026-11-25"), (6, 8), OURS), Taken(("2026-11-25", "2026-11-23"), (8, 6), THEIRS),
    Taken(("2026-11-25", "2026-11-23"), (6, 8), THEIRS),  # the day it was given counts, not the day it was saved
    Taken(("2026-11-23", "2026-11-23"), (6, 8), OURS), Taken(("2026-11-23", "2026-11-23"), (8, 6), THEIRS),
)


def brought_in(root: Path, way: str) -> Path:
    """THEIRS took the number on the 21st, OURS on the 23rd, each on a branch; the older one comes to main in some way,
    after the 24th, then the younger."""
    git(root, "reset", "-q", "--hard", "HEAD~1")
    git(root, "reflog", "expire", "--expire=now", "--all")
    for branch, target, day in (("gia", THEIRS, 3), ("tre", OURS, 5)):
        git(root, "checkout", "-q", "-b", branch, "main")
        add(root, target, f"2026-11-{18 + day}")
        commit_all(root, branch, EPOCH + day * DAY)
    git(root, "checkout", "-q", "main")
    put(root, ".gitignore", "/.hocso\n")
    commit_all(root, "other work", EPOCH + 6 * DAY)
    if way == "squashed":
        git(root, "merge", "-q", "--squash", "gia")
        commit_all(root, "squashed", EPOCH + 7 * DAY)
    elif way == "rebased":
        git(root, "branch", "cu", "gia")
        git(root, "rebase", "-q", "main", "gia", moment=EPOCH + 7 * DAY)
        git(root, "checkout", "-q", "main")
        git(root, "merge", "-q", "--ff-only", "gia")
        git(root, "branch", "-q", "-M", "cu", "gia")
    else:
        git(root, "merge", "-q", "--no-edit", "gia", moment=EPOCH + 7 * DAY)
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "tre", moment=EPOCH + 8 * DAY)
    add(root, OURS, "2026-11-23")
    commit_all(root, "both", EPOCH + 8 * DAY)
    return root


def twice(root: Path) -> list[tuple[str, bool, str]]:
    """How a number taken twice is told: how gravely, whether people must decide, and of whom."""
    return [(found.severity, "git fetch" in found.fix.vi or "git tag" in found.fix.vi,
             OURS if OURS in found.fix.vi + found.message.vi else THEIRS)
            for found in findings_of(root) if found.rule in ("ledger.number-twice", "ledger.row-gone")]


def with_swapped_number(root: Path) -> None:
    """The other one keeps it, by hand."""
    text = (root / LEDGER).read_text("utf-8")
    new, = re.findall(rf"(\d+),{OURS},", text)
    put(root, LEDGER, text.replace(f"2407,{THEIRS}", f"{new},{THEIRS}").replace(f"{new},{OURS}", f"2407,{OURS}"))


@pytest.mark.parametrize("way", ["merged", "squashed", "rebased"])
def test_the_day_it_was_given_decides_or_people_do(root: Path, way: str) -> None:
    """Two copies never decide differently: the one in which the old branch is gone says that it cannot know."""
    brought_in(root, way)
    sure = way == "merged"
    copy = clone("--single-branch")(root)
    assert twice(root) == [("error", False, OURS)]
    assert twice(copy) == [("error", not sure, OURS)]
    if not sure:
        before = (copy / LEDGER).read_bytes()
        for target in (OURS, THEIRS):
            with pytest.raises(ContentError, match="git fetch"):
                add_number(find_project(copy), target)
        assert (copy / LEDGER).read_bytes() == before
    both = (root / LEDGER).read_bytes()
    add_number(find_project(root), THEIRS)
    assert (root / LEDGER).read_bytes() == both
    add_number(find_project(root), OURS)
    commit_all(root, "settled", EPOCH + 9 * DAY)
    assert twice(root) == [] and released(root) == set()
    git(copy, "pull", "-q", "--ff-only")
    assert twice(copy) == ([] if sure else [("warning", True, OURS)])
    git(copy, "fetch", "-q", "origin", "gia:gia")
    assert twice(copy) == []
    with_swapped_number(root)
    assert {found[0] for found in twice(root)} == {"error"}


def test_where_nobody_can_know_people_may_decide_either_way(root: Path) -> None:
    copy = clone("--single-branch")(brought_in(root, "squashed"))
    text = (copy / LEDGER).read_text("utf-8")
    put(copy, LEDGER, "".join(line for line in text.splitlines(True) if f"2407,{THEIRS}" not in line))
    add_number(find_project(copy), THEIRS)
    commit_all(copy, "decided", EPOCH + 9 * DAY)
    assert twice(copy) == [("warning", True, OURS)]
    project = Project(copy)
    found = [run_checks(project, read_handbook(project), release=True, history_unknown=said) for said in (False, True)]
    assert ["error" in [one.severity for one in told if one.rule == "ledger.number-twice"] for told in found] == [
        True, False]


def test_a_birthday_before_all_ledgers_is_a_lie_also_to_qr_add(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "nhanh", "HEAD~1")
    add(root, THEIRS, "2020-01-01")
    commit_all(root, "long ago", EPOCH + 6 * DAY)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh", moment=EPOCH + 7 * DAY)
    add(root, THEIRS, "2020-01-01")
    assert twice(root) == [("error", True, OURS)]
    with pytest.raises(ContentError, match="git fetch"):
        add_number(find_project(root), OURS)
    edit(root, LEDGER, f"2407,{THEIRS}", f"2410,{THEIRS}")
    assert rules(root) == ["ledger.number-twice"]  # settled, and said


def test_the_day_of_the_commit_below_is_no_birthday(root: Path) -> None:
    """So `qr add` wrote it once, however much later it was: git has known the other row longer, and people decide."""
    git(root, "reset", "-q", "--hard", "HEAD~1")
    git(root, "reflog", "expire", "--expire=now", "--all")
    git(root, "checkout", "-q", "-b", "nhanh")
    add(root, THEIRS, "2026-11-23")
    commit_all(root, "branch", EPOCH + 6 * DAY)
    git(root, "checkout", "-q", "main")
    add(root, OURS, "2026-11-20")  # the day of `two`
    commit_all(root, "main", EPOCH + 40 * DAY)
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh", moment=EPOCH + 41 * DAY)
    add(root, THEIRS, "2026-11-23")
    assert [(severity, people) for severity, people, _ in twice(root)] == [("error", True)]
    for target in (OURS, THEIRS):
        with pytest.raises(ContentError, match="git fetch"):
            add_number(find_project(root), target)


@pytest.mark.parametrize("first", [OURS, THEIRS], ids=["main first", "branch first"])
@pytest.mark.parametrize("taken", MERGES, ids=["main", "branch", "by day", "main by history", "branch by history"])
def test_the_older_keeps_its_number(root: Path, taken: Taken, first: str) -> None:
    """Whatever the order of the rows; and giving it to the younger by hand is told."""
    git(root, "reset", "-q", "--hard", "HEAD~1")
    git(root, "reflog", "expire", "--expire=now", "--all")
    git(root, "checkout", "-q", "-b", "nhanh")
    add(root, THEIRS, taken.since[1])
    commit_all(root, "branch", EPOCH + taken.days[1] * DAY)
    git(root, "checkout", "-q", "main")
    add(root, OURS, taken.since[0])
    commit_all(root, "main", EPOCH + taken.days[0] * DAY)
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh", moment=EPOCH + 9 * DAY)
    rows = [f"2407,{target},{since},,,\n" for target, since in zip((OURS, THEIRS), taken.since, strict=True)]
    edit(root, LEDGER, rows[0], "".join(rows if first == OURS else reversed(rows)))
    twice = [finding for finding in findings_of(root) if finding.rule == "ledger.number-twice"]
    younger = THEIRS if taken.older == OURS else OURS
    assert [younger in finding.fix.vi for finding in twice] == [True]
    both = (root / LEDGER).read_bytes()
    assert "2407" in add_number(find_project(root), taken.older).vi and (root / LEDGER).read_bytes() == both
    add_number(find_project(root), younger)
    assert f"2407,{taken.older}," in (root / LEDGER).read_text("utf-8") and rules(root) == []
    text = (root / LEDGER).read_text("utf-8")
    new, = re.findall(rf"(\d+),{younger},", text)
    put(root, LEDGER, text.replace(f"2407,{taken.older}", f"{new},{taken.older}").replace(f"{new},{younger}",
                                                                                      f"2407,{younger}"))
    assert "ledger.row-gone" in rules(root)


# What branches, tags and git's own log hold beside HEAD.

BESIDE = ("content", "qr", "mkdocs.yml")
REAL = "https://hocso.gov.vn/"
AT = EPOCH + 10 * DAY


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first commit that is no book yet; then the whole of it, at a real address."""
    root = copy_base(tmp_path_factory.mktemp("noted"))
    edit(root, LEDGER, "2304,bai-cu,2025-01-15,2026-02-01", "2304,bai-cu,2026-11-20,2026-11-21")
    edit(root, MKDOCS, "https://hocso.example/", REAL)
    for name in BESIDE:
        (root / name).rename(root.parent / name)
    put(root, "note.txt", "x")
    git(root, "init", "-q", "--initial-branch=main")
    commit_all(root, "a note")
    for name in BESIDE:
        (root.parent / name).rename(root / name)
    commit_all(root, "the book", EPOCH + DAY)
    return root


@pytest.fixture
def book(noted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(noted, tmp_path / "book"))


def exchanged(root: Path) -> None:
    texts = [(root / name).read_bytes() for name in (SAVE, SCAN)]
    put(root, SCAN, texts[0])
    put(root, SAVE, texts[1])


def parts_exchanged(root: Path) -> None:
    for old, new in (("mã: dien-thoai", "mã: x"), ("mã: lien-lac", "mã: dien-thoai"), ("mã: x", "mã: lien-lac")):
        edit(root, BOOK, old, new)


def lessons_of_parts_exchanged(root: Path) -> None:
    for old, new in (("[vao-mang, quet-ma]", "[x]"), ("[luu-so]", "[vao-mang, quet-ma]"), ("[x]", "[luu-so]")):
        edit(root, BOOK, old, new)


LOSSES: dict[str, Callable[[Path], object]] = {
    "two lessons exchanged": exchanged, "two parts exchanged": parts_exchanged,
    "the lessons of two parts exchanged": lessons_of_parts_exchanged,
    "a code changed": lambda root: edit(root, COMMUNE, "11371", "11377"),
    "another site": lambda root: edit(root, MKDOCS, REAL, "https://khac.gov.vn/"),
    "an edition deleted": lambda root: put(root, COMMUNE, None),
    "a row given away": lambda root: edit(root, LEDGER, "1041,quet-ma", "1041,part:lien-lac"),
    "a row lost": lambda root: edit(root, LEDGER, "2202,channel:cong,2026-11-20,,,kênh\n", ""),
}


def amended(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--amend", "-m", "the book, anew", moment=EPOCH + 2 * DAY)


def done_anew(root: Path) -> None:
    """Reset, as before a squash, and committed as if nothing had been."""
    git(root, "reset", "-q", "--soft", "HEAD~1")
    commit_all(root, "another book", EPOCH + 2 * DAY)


def holding(*words: str) -> Callable[[Path], object]:
    return lambda root: git(root, *words)


HOLDERS: dict[str, Callable[[Path], object]] = {
    "a branch": holding("branch", "in-roi"), "a tag": holding("tag", "v1"),
    "a branch of another copy": holding("update-ref", "refs/remotes/origin/main", "HEAD"),
}


def of_the_past(root: Path, *, release: bool = False) -> list[str]:
    project = Project(root)
    found = run_checks(project, read_handbook(project), release=release)
    return [f.severity for f in found if f.rule in ("ledger.elsewhere", "site.former-url", "edition.former-address",
                                                    "ledger.other-lesson", "ledger.written-anew", "ledger.row-gone")]


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize(("anew", "holder"), [(amended, "a branch"), (amended, "a tag"), (done_anew, "a tag"),
                                              (amended, "a branch of another copy")])
def test_a_past_written_anew_is_told(
    book: Path, loss: Callable[[Path], object], anew: Callable[[Path], object], holder: str
) -> None:
    HOLDERS[holder](book)
    loss(book)
    anew(book)
    git(book, "reflog", "expire", "--expire=now", "--all")
    assert {*of_the_past(book)} == {"warning"} and "error" in of_the_past(book, release=True)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize("anew", [amended, done_anew])
def test_what_only_the_log_of_git_holds_stops_no_release(
    book: Path, loss: Callable[[Path], object], anew: Callable[[Path], object]
) -> None:
    loss(book)
    anew(book)
    assert {*of_the_past(book)} == {*of_the_past(book, release=True)} == {"warning"}


@pytest.mark.parametrize("name", ["two lessons exchanged", "two parts exchanged", "a code changed", "another site"])
def test_a_branch_alone_tells_who_was_first(book: Path, name: str) -> None:
    """Whoever lost something only: a branch that had more is one yet to be merged."""
    git(book, "branch", "in-roi")
    LOSSES[name](book)
    done_anew(book)
    git(book, "reflog", "expire", "--expire=now", "--all")
    assert of_the_past(book)


NEW = SAVE.replace("luu-so", "nhan-tin")
Work = Callable[[Path], object]


def a_lesson_more(root: Path) -> None:
    text = (root / SAVE).read_text("utf-8").replace("# Lưu số điện thoại", "# Nhắn tin cho con")
    put(root, NEW, text)
    add(root, "nhan-tin", "2026-11-20", "2410")
    edit(root, BOOK, "[luu-so]", "[luu-so, nhan-tin]")


WORKS: dict[str, Work] = {
    "a lesson's text": lambda root: edit(root, SAVE, "Bấm **Lưu**", "Bấm nút **Lưu**"),
    "a lesson's title": lambda root: edit(root, SAVE, "# Lưu số điện thoại", "# Ghi tên người quen"),
    "a lesson more": a_lesson_more,
    "a part's title": lambda root: edit(root, BOOK, "tên: Liên lạc", "tên: Gọi và nhắn tin"),
    "a part with more lessons": lambda root: edit(root, BOOK, "[luu-so]", "[luu-so, vao-mang, quet-ma]"),
    "an edition more": lambda root: put(root, "content/editions/xa-moi.yml",
                                        'tên: xã Mới\ncấp trên: tinh-mau\nmã: "11380"\n'),
    "a channel": lambda root: edit(root, COMMUNE, '  địa chỉ: ""', "  địa chỉ: https://zalo.me/111"),
    "the whole book moved": lambda root: (edit(root, MKDOCS, REAL, "https://moi.gov.vn/"),
                                          edit(root, MKDOCS, "former_urls: []", f"former_urls: [{REAL}]")),
    "a number more": lambda root: add(root, OURS, "2026-11-20"),
}


def on_a_branch(root: Path, work: Work, *, back: str = "main") -> None:
    """The remote one of a colleague, not yet merged; other work goes on here."""
    git(root, "checkout", "-q", "-b", "bai-moi")
    work(root)
    commit_all(root, "work", AT)
    git(root, "checkout", "-q", back)
    git(root, "update-ref", "refs/remotes/origin/bai-moi", "bai-moi")
    put(root, "note.txt", "y")
    commit_all(root, "other work", AT + DAY)


def not_merged(root: Path, work: Work) -> None:
    on_a_branch(root, work)


def ahead(root: Path, work: Work) -> None:
    """HEAD is an old state, printed or not; the tag of a newer one stands on it."""
    git(root, "branch", "cu")
    work(root)
    commit_all(root, "newer", AT)
    git(root, "tag", "v2")
    git(root, "checkout", "-q", "cu")


def behind(root: Path, work: Work) -> None:
    """A branch of a day that knows nothing of what main has got, and has been given a tag, since."""
    git(root, "checkout", "-q", "-b", "nhanh")
    put(root, "other.txt", "x")
    commit_all(root, "a branch", AT)
    git(root, "checkout", "-q", "main")
    work(root)
    commit_all(root, "newer", AT + DAY)
    git(root, "tag", "-m", "v2", "v2")
    git(root, "checkout", "-q", "nhanh")


def squashed(root: Path, work: Work) -> None:
    on_a_branch(root, work)
    git(root, "merge", "-q", "--squash", "bai-moi")
    commit_all(root, "squashed", AT + 2 * DAY)


def rebased_and_kept(root: Path, work: Work) -> None:
    on_a_branch(root, work)
    git(root, "branch", "truoc", "bai-moi")
    git(root, "rebase", "-q", "main", "bai-moi", moment=AT + 2 * DAY)


def picked(root: Path, work: Work) -> None:
    on_a_branch(root, work)
    git(root, "cherry-pick", "bai-moi", moment=AT + 2 * DAY)


def merged(root: Path, work: Work) -> None:
    on_a_branch(root, work)
    git(root, "merge", "-q", "--no-edit", "bai-moi", moment=AT + 2 * DAY)


def two_branches(root: Path, work: Work) -> None:
    """Each with what the other has not."""
    on_a_branch(root, work)
    edit(root, SCAN, "# Quét mã QR", "# Dùng mã QR")
    put(root, "content/editions/xa-hai.yml", 'tên: xã Hai\ncấp trên: tinh-mau\nmã: "11390"\n')
    add(root, "part:dien-thoai", "2026-11-20", "2422")
    commit_all(root, "more", AT + 2 * DAY)


def stashed(root: Path, work: Work) -> None:
    work(root)
    git(root, "stash", "-q", "--include-untracked", moment=AT)
    put(root, "note.txt", "y")
    commit_all(root, "other work", AT + DAY)


WAYS = (not_merged, ahead, behind, squashed, rebased_and_kept, picked, merged, two_branches, stashed)


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
@pytest.mark.parametrize("way", WAYS)
def test_work_on_branches_is_no_past(book: Path, work: Work, way: Callable[[Path, Work], object]) -> None:
    before = of_the_past(book, release=True)
    way(book, work)
    assert of_the_past(book, release=True) == before == []
