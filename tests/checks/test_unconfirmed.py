"""What stood open when a text was approved is not struck out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.release import kept_back
from generator.cli import main
from generator.ground.files import Project
from generator.handbook.model import APPROVALS
from tests.projects import EPOCH, commit_all, edit, git, make_project, put

pytestmark = pytest.mark.long
SLUG = "quet-ma-qr"
LESSON = f"content/topics/{SLUG}/index.md"
SIGNED = ("--unit", "Sở Y tế", "--date", "20/11/2026")
FACT, SCREEN = "approval.unconfirmed", "approval.unconfirmed/screen"


def run(root: Path, *words: str) -> None:
    assert main(["-C", str(root), "approve", SLUG, *SIGNED, *words]) == 0


def told(root: Path, *, release: bool = False) -> list[str]:
    found = read_and_check(Project(root), release=release).findings
    return [f"{one.severity} {SCREEN if 'đã xem' in one.message.vi else one.rule}" for one in found if one.rule == FACT]


def strike(root: Path) -> None:
    text = (root / LESSON).read_text("utf-8")
    put(root, LESSON, re.sub(r"(?m)^cần xác nhận:.*\n(?:[ ]+- .*\n)*", "", text, count=1))


def see(root: Path, words: str) -> None:
    edit(root, LESSON, "mã QR: bài này\n", f"mã QR: bài này\nđã xem: {words}\n")


def both_signed(root: Path) -> None:
    run(root, "--confirm", "all", "--seen", "all", "--on", "Android 14")


def signed_later(root: Path) -> None:
    words = ("--unit", "Sở Công Thương", "--date", "21/11/2026")
    assert main(["-C", str(root), "approve", SLUG, *words, "--confirm", "all", "--seen", "all", "--on", "iOS"]) == 0


def changed(root: Path) -> None:
    strike(root)
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    words = ("--unit", "Sở Y tế", "--date", f"{date.today():%d/%m/%Y}")
    commit_all(root, "sửa", moment=EPOCH + 86_400)
    assert main(["-C", str(root), "approve", SLUG, *words]) == 0


def added_after(root: Path) -> None:
    edit(root, LESSON, "cần xác nhận:\n", "cần xác nhận:\n  - tên nút\n")
    commit_all(root, "thêm")
    edit(root, LESSON, "  - tên nút\n", "")


def by_hand(root: Path, day: str = "20/11/2026") -> None:
    """As if the sheet had confirmed all: struck, noted and seen in the words of its row."""
    text = (root / LESSON).read_text("utf-8")
    facts = re.findall(r"  - (.*)", text.partition("cần xác nhận:\n")[2].partition("\n---")[0].partition("\nđ")[0])
    done = "".join(f"  - '{day}, Sở Y tế: {fact}'\n" for fact in facts)
    strike(root)
    edit(root, LESSON, "\n---\n", f"\nđã rõ:\n{done}---\n")
    see(root, f"{day}, Sở Y tế, Android 14")


def copied(root: Path) -> None:
    """The row of the approval once more, of another day, and one that borrows the names of a sheet that confirmed."""
    first = (root / APPROVALS).read_text("utf-8").splitlines()[1]
    both_signed(root)
    names = (root / APPROVALS).read_text("utf-8").splitlines()[-1].rpartition(",")[2]
    commit_all(root, "xác nhận")
    git(root, "revert", "--no-edit", "HEAD")
    later = first.replace("2026-11-20", "2026-11-21")
    put(root, APPROVALS, f"{(root / APPROVALS).read_text('utf-8')}{later}\n{later}{names}\n")
    by_hand(root, "21/11/2026")


LEAVES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing": (lambda _: None, []),
    "signed on the same sheet": (both_signed, []),
    "signed later, by others": (signed_later, []),
    "all facts struck": (strike, [FACT] * 4),
    "one fact worded away": (lambda root: edit(root, LESSON, "(Máy ảnh hay Camera)", "(Máy ảnh)"), [FACT]),
    "added and taken out again": (added_after, [FACT]),
    "seen, by nobody": (lambda root: see(root, "20/11/2026"), [SCREEN]),
    "seen, by who never signed": (lambda root: see(root, "20/11/2026, Sở Công Thương"), [SCREEN]),
    "a unit that begins alike": (lambda root: see(root, "20/11/2026, Sở Y tế Hải Phòng"), [SCREEN]),
    "the text changed too and was signed": (changed, []),
    "noted by hand in the words of the approval": (by_hand, [FACT] * 4 + [SCREEN]),
    "with a copied row": (copied, [FACT] * 4 + [SCREEN]),
}


@pytest.mark.parametrize("saved", [False, True], ids=["", "committed"])
@pytest.mark.parametrize("case", LEAVES)
def test_what_was_open_leaves_by_a_signature_only(tmp_path: Path, case: str, saved: bool) -> None:
    leave, rules = LEAVES[case]
    root = make_project(tmp_path, commit=True)
    run(root)
    commit_all(root, "duyệt")
    leave(root)
    if saved:
        commit_all(root, "sửa")
    assert told(root) == [f"warning {rule}" for rule in rules]
    assert told(root, release=True) == [f"error {rule}" for rule in rules]
    checked = read_and_check(Project(root), release=True)
    why = kept_back(checked.reading.handbook, checked.findings).get(SLUG, ())
    assert any(one.rule.startswith(FACT) for one in why) is bool(rules)


def test_what_is_put_back_may_be_signed_then(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    run(root)
    commit_all(root, "duyệt")
    before = (root / LESSON).read_bytes()
    strike(root)
    commit_all(root, "xóa")
    put(root, LESSON, before)
    assert told(root) == []
    both_signed(root)
    assert told(root) == []


def test_what_was_clear_before_the_approval_is_nobodys_business(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    strike(root)
    see(root, "20/11/2026")
    commit_all(root, "rõ")
    run(root)
    commit_all(root, "duyệt")
    assert told(root) == []


@pytest.mark.parametrize("case", ["all facts struck", "seen, by nobody", "signed on the same sheet",
                                  "noted by hand in the words of the approval"])
@pytest.mark.parametrize("saved", [False, True], ids=["", "committed"])
def test_what_was_open_leaves_with_the_row_by_a_signature_only(tmp_path: Path, case: str, saved: bool) -> None:
    """Approval and what a hand took out, in one commit: the sheet was printed before it."""
    leave, rules = LEAVES[case]
    root = make_project(tmp_path, commit=True)
    run(root)
    leave(root)
    if saved:
        commit_all(root, "duyệt")
    assert told(root, release=True) == [f"error {rule}" for rule in rules]


DAY = 86_400


def killed_before_the_row(root: Path) -> None:
    both_signed(root)
    put(root, APPROVALS, None)


BETWEEN: dict[str, tuple[int, Callable[[Path], object], list[str]]] = {
    # So many days after the first commit, two of them before the day on the sheet.
    "struck the day before": (1, strike, []),
    "struck on that day": (2, strike, [FACT] * 4),
    "struck before the row was written": (3, strike, [FACT] * 4),
    "one fact worded away": (3, lambda root: edit(root, LESSON, "(Máy ảnh hay Camera)", "(Máy ảnh)"), [FACT]),
    "seen, by nobody": (3, lambda root: see(root, "20/11/2026"), [SCREEN]),
    "a command killed before the row": (3, killed_before_the_row, [FACT] * 4 + [SCREEN] * 3),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_what_a_hand_took_out_between_signature_and_row_was_open_on_the_sheet(tmp_path: Path, case: str) -> None:
    days, leave, rules = BETWEEN[case]
    root = make_project(tmp_path, commit=True)
    leave(root)
    commit_all(root, "sửa", EPOCH + days * DAY)
    run(root)
    for saved in (False, True):
        if saved:
            commit_all(root, "duyệt", EPOCH + 4 * DAY)
        assert told(root, release=True) == [f"error {rule}" for rule in rules]


def test_lesson_and_row_by_the_command_may_be_committed_one_after_the_other(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    both_signed(root)
    git(root, "add", LESSON)
    git(root, "commit", "--quiet", "-m", "bài", moment=EPOCH + 2 * DAY)
    assert told(root, release=True) == []
    commit_all(root, "sổ", EPOCH + 3 * DAY)
    assert told(root, release=True) == []
