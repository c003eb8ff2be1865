"""Whatever somebody has set for git, for the eye or by the surroundings: the same past is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.ground import history
from tests.broken import LEDGER, SAVE, SCAN, copy_base, findings_of
from tests.projects import EPOCH, commit_all, edit, git, put

DAY = 86_400
ROW = "2407,part:lien-lac,2026-11-20,,,\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lessons only in the first commit; a number more in the second, which an older clone beside it lacks."""
    root = copy_base(tmp_path_factory.mktemp("whole"), commit=True)
    git(root.parent, "clone", "-q", root.as_uri(), "older")
    put(root, LEDGER, (root / LEDGER).read_bytes() + ROW.encode())
    commit_all(root, "a number more", EPOCH + DAY)
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    """Two lessons have changed places and the number was given away."""
    shutil.copytree(whole.parent / "older", tmp_path / "older")
    root = Path(shutil.copytree(whole, tmp_path / "base"))
    one, two = (root / file for file in (SCAN, SAVE))
    texts = one.read_bytes(), two.read_bytes()
    two.write_bytes(texts[0]), one.write_bytes(texts[1])
    edit(root, LEDGER, "2407,part:lien-lac", "2407,channel:trang")
    return root


def rules(root: Path) -> set[str]:
    return {finding.rule for finding in findings_of(root)} & {"ledger.other-lesson", "ledger.row-gone"}


SETTINGS = (
    "log.showRoot false", "log.follow true", "log.diffMerges off", "log.showSignature true", "log.mailmap true",
    "log.decorate full", "log.date raw", "log.abbrevCommit true", "diff.renames copies", "diff.noprefix true",
    "diff.mnemonicPrefix true", "diff.relative true", "diff.orderFile /nowhere", "diff.ignoreSubmodules all",
    "diff.external false", "status.renames copies", "status.relativePaths true", "status.showUntrackedFiles no",
    "status.short true", "status.branch true", "core.quotePath true", "core.abbrev 40", "core.checkStat minimal",
    "core.ignoreStat true", "core.untrackedCache true", "core.pager false", "color.ui always", "color.diff always",
    "color.status always", "i18n.logOutputEncoding UTF-16", "i18n.commitEncoding ISO-8859-1", "format.pretty fuller",
    "notes.displayRef *", "core.notesRef refs/notes/x", "alias.log false", "alias.cat-file false",
)
SURROUNDINGS = (
    "GIT_DIR={older}/.git", "GIT_COMMON_DIR={older}/.git", "GIT_OBJECT_DIRECTORY={older}/.git/objects",
    "GIT_WORK_TREE={older}", "GIT_INDEX_FILE={older}/.git/index", "GIT_INDEX_FILE=/nowhere", "GIT_NAMESPACE=x",
    "GIT_SHALLOW_FILE={older}/x", "GIT_LITERAL_PATHSPECS=1", "GIT_ICASE_PATHSPECS=1", "GIT_NOGLOB_PATHSPECS=1",
    "GIT_DIFF_OPTS=-u0", "GIT_EXTERNAL_DIFF=false", "GIT_DEFAULT_HASH=sha256", "GIT_REPLACE_REF_BASE=refs/heads/",
    "GIT_ATTR_SOURCE=HEAD", "GIT_CONFIG_PARAMETERS='log.showroot=false'", "GIT_PREFIX=x/", "GIT_NOTES_REF=refs/x",
)


def test_the_same_past_whatever_is_set(root: Path) -> None:
    for setting in SETTINGS:
        git(root, "config", *setting.split())
    assert rules(root) == {"ledger.other-lesson", "ledger.row-gone"}


@pytest.mark.parametrize("setting", SETTINGS[::6] if os.environ.get("HOCSO_PROVE") != "1" else SETTINGS)
def test_the_same_past_whatever_one_setting_says(root: Path, setting: str) -> None:
    git(root, "config", *setting.split())
    assert rules(root) == {"ledger.other-lesson", "ledger.row-gone"}


@pytest.mark.parametrize("said", SURROUNDINGS)
def test_the_same_past_whatever_surrounds_it(root: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    head = history.commit_id(root)
    name, _, value = said.partition("=")
    monkeypatch.setenv(name, value.format(older=root.parent / "older"))
    assert rules(root) == {"ledger.other-lesson", "ledger.row-gone"} and history.commit_id(root) == head


# What git was told not to look at.


HIDDEN: dict[str, Callable[[Path], object]] = {
    "assumed unchanged": lambda root: git(root, "update-index", "--assume-unchanged", SAVE),
    "left out of the work tree": lambda root: git(root, "update-index", "--skip-worktree", SAVE),
    "a lesson passed over": lambda root: put(root, "content/topics/moi/index.md", "# Mới\n"),
    "a picture passed over": lambda root: put(root, "content/topics/moi/ve.svg", "<svg/>"),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_git_does_not_look_at_is_no_commit(whole: Path, tmp_path: Path, way: str) -> None:
    root = Path(shutil.copytree(whole, tmp_path / "base"))
    put(root, ".git/info/exclude", "content/topics/moi/\n.DS_Store\nThumbs.db\n/dist/\n")
    for name in ("content/.DS_Store", "content/Thumbs.db", "dist/x.html"):
        put(root, name, "x")
    assert "-" not in history.commit_id(root)
    HIDDEN[way](root)
    if "moi" not in git(root, "ls-files", "--others"):
        edit(root, SAVE, "Bấm **Lưu**", "Bấm nút **Lưu**")
    assert history.commit_id(root).endswith("-changed")
