"""A slip of the pen goes as it came, as long as it is not in git: the row, and what was written into the lesson."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generator.cli import main
from generator.ground import whole
from generator.ground.files import Project
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import APPROVALS
from generator.handbook.read import read_handbook
from tests.projects import EPOCH, commit_all, edit, git, make_project, put, snapshot

pytestmark = pytest.mark.long
SLUG, OTHER = "quet-ma-qr", "cai-vneid"
LESSON = f"content/topics/{SLUG}/index.md"
UNIT = ("--unit", "Sở Y tế")
SIGNED = ("--unit", "Sở Y tế", "--date", "20/11/2026")
ALL = ("--confirm", "1,3", "--seen", "2", "--on", "Android 14")


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "approve", *words])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, commit=True)


def signed(root: Path) -> None:
    assert run(root, SLUG, *SIGNED, *ALL) == 0


def in_two_goes(root: Path) -> None:
    assert run(root, SLUG, *SIGNED, "--confirm", "1") == 0
    assert run(root, SLUG, *SIGNED, "--sheet", "tủ 3") == 0
    assert run(root, SLUG, "--undo") == 0


def row_out_by_hand(root: Path) -> None:
    """As the advice once said; the lesson kept the wrong day."""
    signed(root)
    put(root, APPROVALS, (root / APPROVALS).read_text("utf-8").splitlines(keepends=True)[0])


def another_lesson_after_it(root: Path) -> None:
    signed(root)
    assert run(root, OTHER, *SIGNED) == 0 and run(root, OTHER, "--undo") == 0


WRITTEN: dict[str, Callable[[Path], object]] = {
    "a sheet": signed, "two, one after the other": in_two_goes, "its row was taken out by hand": row_out_by_hand,
    "another lesson was signed and taken back": another_lesson_after_it,
}


@pytest.mark.parametrize("case", WRITTEN)
def test_all_is_as_it_was(root: Path, case: str) -> None:
    edit(root, LESSON, "\n## An toàn\n", "\n\n## An toàn\n")  # not in git, and nobody's to lose
    before = snapshot(root)
    WRITTEN[case](root)
    assert snapshot(root) != before
    assert run(root, SLUG, "--undo") == 0
    assert {**snapshot(root), APPROVALS: b""} == {**before, APPROVALS: b""}
    signed(root)  # and the paper can be typed again


def test_without_a_book_before_there_is_none_after(root: Path) -> None:
    before = snapshot(root)
    signed(root)
    assert run(root, SLUG, "--undo") == 0 and snapshot(root) == before
    assert run(root, SLUG, "--undo") == 2 and snapshot(root) == before


def test_other_rows_stay(root: Path) -> None:
    signed(root)
    assert run(root, OTHER, "viet-nam", *SIGNED) == 0
    rows = (root / APPROVALS).read_text("utf-8").splitlines()
    assert run(root, SLUG, "--undo") == 0
    assert (root / APPROVALS).read_text("utf-8").splitlines() == [row for row in rows if not row.startswith(SLUG)]
    assert run(root, "viet-nam", OTHER, "--undo") == 0 and not (root / APPROVALS).exists()


def committed(root: Path) -> None:
    commit_all(root, "duyệt")


def withdrawal_committed(root: Path) -> None:
    assert run(root, SLUG, *SIGNED, "--withdraw", "sai số") == 0
    commit_all(root, "rút lại")


def lesson_changed(root: Path) -> None:
    edit(root, LESSON, "giữ yên", "giữ thật yên")


def twice_with_one_committed(root: Path) -> None:
    commit_all(root, "duyệt")
    edit(root, APPROVALS, "Sở Y tế", "Sở Nội vụ")


def semicolons(root: Path) -> None:
    put(root, APPROVALS, (root / APPROVALS).read_text("utf-8").replace(",", ";"))


def taken_back_here(root: Path, *, held_by: str) -> None:
    """Committed and reset, while something else of git holds it."""
    commit_all(root, "duyệt")
    if held_by:
        git(root, *held_by.split())
    git(root, "reset", "-q", "--soft", "HEAD~1")
    if held_by:
        git(root, "reflog", "expire", "--expire=now", "--all")


def stashed(root: Path) -> None:
    git(root, "stash", "--include-untracked")
    git(root, "stash", "apply", "-q")


def cut_short(root: Path) -> None:
    """As a copy made with --depth=1 is."""
    commit_all(root, "duyệt")
    put(root, ".git/shallow", git(root, "rev-parse", "HEAD"))


def lacking(root: Path) -> None:
    """As a copy made with --filter=blob:none is."""
    commit_all(root, "duyệt")
    blob = git(root, "rev-parse", f"HEAD:{APPROVALS}").strip()
    put(root, f".git/objects/{blob[:2]}/{blob[2:]}", None)


REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, ...], str]] = {
    "it is in git": (committed, ("--undo",), "--withdraw"),
    "it is in git, and changed by hand": (twice_with_one_committed, ("--undo",), "--withdraw"),
    "it takes back and is in git": (withdrawal_committed, ("--undo",), "--note \"rút nhầm: vì sao\""),
    "the lesson was changed since": (lesson_changed, ("--undo",), "mất chữ vừa sửa"),
    "another branch has it": (lambda root: (commit_all(root, "duyệt"), git(root, "checkout", "-q", "HEAD~1")),
                              ("--undo",), "không nhớ lần ghi nào"),
    **{f"{who} has it": (partial(taken_back_here, held_by=how), ("--undo",), "--withdraw") for who, how in (
        ("a branch of another copy", "update-ref refs/remotes/origin/main HEAD"), ("a branch beside", "branch cu"),
        ("a tag", "tag in-roi"), ("git's own log", ""))},
    "a stash has it": (stashed, ("--undo",), "--withdraw"),
    "a copy cut short has it": (cut_short, ("--undo",), "--withdraw"),
    "git lacks the book it held": (lacking, ("--undo",), "thiếu lịch sử"),
    "the book is broken": (semicolons, ("--undo",), "hỏng"),
    "with something else": (lambda _: None, ("--undo", *SIGNED), "một mình"),
    "with a reason": (lambda _: None, ("--undo", "--withdraw", "nhầm"), "một mình"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_lose_something_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], case: str,
) -> None:
    meanwhile, words, told = REFUSED[case]
    signed(root)
    meanwhile(root)
    before = snapshot(root)
    assert run(root, SLUG, *words) in (1, 2)
    assert told in capsys.readouterr().err and snapshot(root) == before


def test_nothing_to_take_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, SLUG, "--undo") == 2 and "không nhớ lần ghi nào" in capsys.readouterr().err


def test_a_wrong_day_names_the_way_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, LESSON, "- Không cài thêm thứ gì", "- Cài thêm thứ gì")
    commit_all(root, "sửa", moment=EPOCH + 5 * 86400)
    assert run(root, SLUG) == 0
    text = capsys.readouterr().out.split("bản ")[1][:8]
    before = snapshot(root)
    wrong = ("--unit", "Sở Y tế", "--date", "12/11/2026", "--from-sheet", text, "--confirm", "all")
    assert run(root, SLUG, *wrong) == 0
    assert "NHÌN LẠI PHIẾU" in (told := capsys.readouterr().out) and f"hocso approve {SLUG} --undo" in told
    assert run(root, SLUG, *wrong[:3], f"{date.today():%d/%m/%Y}", *wrong[4:]) == 2
    assert f"hocso approve {SLUG} --undo" in capsys.readouterr().err
    assert run(root, SLUG, "--undo") == 0 and snapshot(root) == before
    assert run(root, SLUG, *wrong[:3], f"{date.today():%d/%m/%Y}", *wrong[4:]) == 0
    topic = read_handbook(Project(root)).handbook.topic(SLUG)
    assert topic and topic.approved and "12/11/2026" not in (root / LESSON).read_text("utf-8")


def test_what_was_built_meanwhile_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It looks signed, and the row that said so is gone."""
    signed(root)
    assert run(root, SLUG, "--undo") == 0
    assert not re.search("DỪNG MÁY IN|gom lại", capsys.readouterr().out), "of that signing nothing was built"
    signed(root)
    assert main(["-C", str(root), "build", "number"]) == 0
    capsys.readouterr()
    assert run(root, SLUG, "--undo") == 0
    told = capsys.readouterr().out
    assert "DỪNG MÁY IN" in told and "Gõ ngay: hocso build" in told
    assert re.search(r"cuối tờ ghi Văn bản [A-Z]{8}: gom lại", told.splitlines()[-1]), "nobody else disowns such papers"


SAMPLES = {
    "the unit of the sheet": ("--unit", "đơn vị", "--date", "20/11/2026"),
    "the unit of the help": ("--unit", "UNIT", "--date", "20/11/2026"),
    "the phone of the sheet": (*SIGNED, "--seen", "2", "--on", "loại máy"),
}


@pytest.mark.parametrize("case", SAMPLES)
def test_what_the_sheet_prints_as_a_sample_is_nobodys_word(
    root: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(root)
    assert run(root, SLUG, *SAMPLES[case]) == 2
    assert "chữ mẫu" in capsys.readouterr().err and snapshot(root) == before


WRONG = {"a letter in the number": ('điện thoại: ""', 'điện thoại: "0225 36S5 213"', "36S5"),
         "a person behind a rank": ("đơn vị: Công an xã Đại Sơn", "đơn vị: Đại úy Nguyễn Văn An", "Nguyễn Văn An")}


@pytest.mark.parametrize("case", WRONG)
def test_nobody_signs_a_place_that_is_wrong(root: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong, word = WRONG[case]
    edit(root, "content/editions/xa-dai-son.yml", right, wrong)
    before = snapshot(root)
    assert run(root, "xa-dai-son", "--unit", "Ủy ban nhân dân xã Đại Sơn", "--date", "29/11/2026") == 1
    assert word in capsys.readouterr().err and snapshot(root) == before


def test_a_word_put_back_does_not_bring_back_what_was_withdrawn(root: Path) -> None:
    """Somebody complained of what both texts say: neither is approved until somebody signs it again."""
    def text() -> str:
        found = read_handbook(Project(root)).handbook.by_slug[SLUG].office.approval
        return found.text if found else ""

    def sign_as_it_stands(day: str) -> int:
        commit_all(root, "bài")
        lesson = read_handbook(Project(root)).handbook.by_slug[SLUG]
        name = text_name(lesson, lambda file: (root / file).read_bytes())
        return run(root, SLUG, *UNIT, "--date", day, "--from-sheet", name)

    signed(root)
    first = text()
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    assert sign_as_it_stands("29/11/2026") == 0 and text() not in ("", first)
    second = text()
    assert run(root, SLUG, *UNIT, "--date", "28/11/2026", "--withdraw", "sai số") == 2, "before it was signed"
    assert text() == second
    assert run(root, SLUG, *UNIT, "--date", "29/11/2026", "--withdraw", "sai số") == 0 and text() == ""
    commit_all(root, "rút")
    edit(root, LESSON, "giữ thật yên", "giữ yên")
    assert text() == "", "the first text is no more approved than the second"
    edit(root, LESSON, "giữ yên", "giữ máy yên")
    assert sign_as_it_stands("29/11/2026") == 0 and text() not in ("", first, second), "mended, it is signed that day"


def test_a_book_that_a_spreadsheet_saved_anew_is_not_said_to_be_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(root)
    book = (root / APPROVALS).read_text("utf-8")
    put(root, APPROVALS, book.replace("Sở Y tế", '"Sở Y tế"'))
    before = snapshot(root)
    assert run(root, SLUG, "--undo") == 1
    assert "Discard changes" in capsys.readouterr().err and snapshot(root) == before


def test_what_was_signed_can_be_withdrawn_also_once_a_word_was_mended(root: Path) -> None:
    """The first thing somebody does who hears of a mistake is to mend it."""
    signed(root)
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    assert run(root, SLUG, *UNIT, "--date", "29/11/2026", "--withdraw", "sai số") == 0
    edit(root, LESSON, "giữ thật yên", "giữ yên")
    assert not read_handbook(Project(root)).handbook.by_slug[SLUG].approved
    assert run(root, SLUG, *UNIT, "--date", "29/11/2026", "--withdraw", "lần nữa") == 2, "there is nothing left"


def test_a_full_disk_is_told_with_the_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """What says so while bytes are written names none."""
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    before = snapshot(root)
    monkeypatch.setattr(whole, "_write_lasting", full)
    assert run(root, SLUG, *SIGNED) == 2
    assert f"Không ghi được {APPROVALS}:" in capsys.readouterr().err and snapshot(root) == before
