"""Where an officer stumbled: a withdrawal typed by mistake, two units, a day before the words, what to copy where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.looking.rewritten import rewritten
from generator.cli import main
from generator.engine.tree import Published, Tree
from generator.ground.files import Project
from generator.handbook.approvals import still_signed, taken_back, withdrawal_name
from generator.handbook.chosen import communes
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.read import read_handbook
from tests.projects import EPOCH, commit_all, edit, git, make_project, put

pytestmark = pytest.mark.long
SLUG, COMMUNE = "quet-ma-qr", "xa-dai-son"
LESSON, PLACE = f"content/topics/{SLUG}/index.md", f"content/editions/{COMMUNE}.yml"
UNIT = ("--unit", "Sở Y tế")
SIGNED = (*UNIT, "--date", "20/11/2026")


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "approve", *words])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, commit=True, site_url="https://hocso.haiphong.gov.vn/")


def approval(root: Path) -> Approval | None:
    return read_handbook(Project(root)).handbook.by_slug[SLUG].office.approval


def rows(root: Path) -> str:
    return (root / APPROVALS).read_text("utf-8")


def signed_and_taken_back(root: Path) -> str:
    """The text; both rows are in git."""
    assert run(root, SLUG, *SIGNED) == 0
    found = approval(root)
    assert found
    commit_all(root, "duyệt")
    assert run(root, SLUG, *SIGNED, "--withdraw", "ghi nhầm bài") == 0
    commit_all(root, "rút")
    return found.text


# A withdrawal that was a slip.


def test_a_withdrawal_by_mistake_is_taken_back_by_the_very_paper(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = signed_and_taken_back(root)
    before = rows(root)
    capsys.readouterr()
    assert run(root, SLUG, *SIGNED, "--from-sheet", text) == 2
    way = f'hocso approve {SLUG} --unit "Sở Y tế" --date 20/11/2026 --from-sheet {text} --note "rút nhầm: vì sao"'
    assert way in capsys.readouterr().err and rows(root) == before
    assert run(root, SLUG, *SIGNED, "--from-sheet", text, "--note", "rút nhầm: gõ sai tên bài") == 0
    found = approval(root)
    assert found and found.day == date(2026, 11, 20) and rows(root).startswith(before), "rows are only added"
    commit_all(root, "ghi lại")
    git(root, "checkout", "--quiet", "-b", "khac", "HEAD~1")  # holds the withdrawal, and not yet that it was a slip
    assert run(root, "cai-vneid", *SIGNED) == 0
    commit_all(root, "bài khác")
    git(root, "checkout", "--quiet", "main")
    assert not [one.rule for one in read_and_check(Project(root)).findings if one.place.file == APPROVALS]
    assert run(root, SLUG, *SIGNED, "--withdraw", "lần này đúng là sai") == 0 and not approval(root)


@pytest.mark.parametrize(("words", "why"), [
    ((*SIGNED, "--note", "rút nhầm: gõ sai"), "no letters of the paper"),
    ((*SIGNED, "--from-sheet", "TEXT", "--note", "phiếu cũ"), "it does not say so"),
    (("--unit", "Sở Công an", "--date", "20/11/2026", "--from-sheet", "TEXT", "--note", "rút nhầm: x"), "another unit"),
    ((*UNIT, "--date", "19/11/2026", "--from-sheet", "TEXT", "--note", "rút nhầm: x"), "another day"),
])
def test_it_is_no_way_round_a_withdrawal(root: Path, words: tuple[str, ...], why: str) -> None:
    text, before = signed_and_taken_back(root), rows(root)
    assert run(root, SLUG, *(text if word == "TEXT" else word for word in words)) == 2, why
    assert rows(root) == before and not approval(root)


def test_only_the_withdrawal_it_names_and_above_it_is_a_slip() -> None:
    first = Approval(SLUG, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20))
    back = Approval(SLUG, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20), "", "rút lại: nhầm")
    other = Approval(SLUG, "ACDEFHKL", "Sở Y tế", date(2026, 11, 21), "", "rút lại: có người phàn nàn")
    again = Approval(SLUG, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20), "", f"rút nhầm {withdrawal_name(back)} gõ sai")
    assert still_signed([first, back, again]) and taken_back(first, [first, back, again]) is back
    assert not still_signed([first, back, again, back]), "taken back once more"
    assert not still_signed([first, back, other, again]) and not still_signed([first, back, again, other])
    true = Approval(SLUG, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20), "", "rút lại: số máy sai")
    for merged in ([first, true, back, again], [first, back, true, again], [first, back, again, true]):
        assert not still_signed(merged), "another one, of the same unit and day, was merged in"
    assert not still_signed([back, again]), "no paper stood there before"


def test_the_way_back_is_there_too_where_a_paper_of_those_above_was_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--unit", "UBND xã Đại Sơn", "--date", "20/11/2026")
    instead = ("--instead", "công văn 12/CV-SKHCN")
    assert run(root, "viet-nam", *words, *instead) == 0
    text = rows(root).splitlines()[-1].split(",")[1]
    assert run(root, "viet-nam", *words, "--withdraw", "gõ nhầm bản") == 0
    capsys.readouterr()
    assert run(root, "viet-nam", *words, *instead, "--from-sheet", text) == 2
    assert '--instead "công văn 12/CV-SKHCN" --note "rút nhầm' in capsys.readouterr().err
    assert run(root, "viet-nam", *words, *instead, "--from-sheet", text, "--note", "rút nhầm: gõ nhầm bản") == 0
    assert not read_handbook(Project(root)).handbook.edition.unsigned
    assert not [one.rule for one in read_and_check(Project(root)).findings if one.place.file == APPROVALS]


def test_the_refusal_says_which_paper_was_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = signed_and_taken_back(root)
    capsys.readouterr()
    words = ("--unit", "Sở Công an", "--date", "19/11/2026", "--from-sheet", text, "--note", "rút nhầm: x")
    assert run(root, SLUG, *words) == 2
    assert "Sở Y tế ký ngày 20/11/2026" in capsys.readouterr().err


def test_a_withdrawal_that_is_not_committed_can_be_undone(root: Path) -> None:
    """Of the same unit and day as what it takes back, which is."""
    assert run(root, SLUG, *SIGNED) == 0
    commit_all(root, "duyệt")
    before = rows(root)
    assert run(root, SLUG, *SIGNED, "--withdraw", "gõ nhầm") == 0 and not approval(root)
    assert run(root, SLUG, "--undo") == 0 and approval(root) and rows(root) == before
    assert run(root, SLUG, "--undo") == 2 and rows(root) == before


# Two units, days, and what is read out.


def test_a_second_unit_for_the_same_text_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, SLUG, *SIGNED) == 0
    capsys.readouterr()
    assert run(root, SLUG, "--unit", "Sở Giáo dục và Đào tạo", "--date", "21/11/2026") == 0
    assert "Sở Y tế đã ký ngày 20/11/2026. Nay thêm dòng của Sở Giáo dục và Đào tạo" in capsys.readouterr().out
    assert run(root, SLUG, "--unit", "Sở Giáo dục và Đào tạo", "--date", "22/11/2026") == 0
    assert "đã ký ngày" not in capsys.readouterr().out


def test_an_older_sheet_of_another_unit_changes_nobodys_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, SLUG, *SIGNED) == 0
    found = approval(root)
    assert found
    capsys.readouterr()
    assert run(root, SLUG, "--unit", "Sở Tư pháp", "--date", "19/11/2026", "--from-sheet", found.text) == 0
    assert "từ nay ghi" not in capsys.readouterr().out and approval(root) == found


def test_nobody_signed_an_address_before_it_stood_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """mkdocs.yml is no file of the content, and was passed over."""
    edit(root, "mkdocs.yml", "hocso.haiphong", "hoc.haiphong")
    commit_all(root, "địa chỉ", moment=EPOCH + 2 * 86400)
    assert run(root, "viet-nam", *UNIT, "--date", "19/11/2026") == 2
    assert "20/11/2026" in capsys.readouterr().err
    assert run(root, "viet-nam", *SIGNED) == 0


def test_what_git_does_not_hold_yet_is_of_today(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.commands.editions.sign.calendar_day", lambda _: date(2026, 11, 25))
    edit(root, "mkdocs.yml", "hocso.haiphong", "hoc.haiphong")
    assert run(root, "viet-nam", *UNIT, "--date", "24/11/2026") == 2
    assert run(root, "viet-nam", *UNIT, "--date", "25/11/2026") == 0


def test_a_place_is_taken_back_on_its_day_or_later(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "viet-nam", *SIGNED) == 0
    assert run(root, "viet-nam", *UNIT, "--date", "19/11/2026", "--withdraw", "sai") == 2
    assert "rút lại thì ghi ngày ấy hay sau đó" in capsys.readouterr().err
    assert run(root, "viet-nam", *SIGNED, "--withdraw", "sai") == 0


def test_how_it_stands_comes_before_the_lines_to_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "viet-nam") == 0
    told = capsys.readouterr().out
    assert "chưa ai ký" in told.splitlines()[0] and "Gọi thử" not in told, "it has no number to call"
    edit(root, PLACE, 'đơn vị: Công an xã Đại Sơn\n    điện thoại: ""',
         "đơn vị: Công an xã Đại Sơn\n    điện thoại: 0220 3555 113")
    assert run(root, COMMUNE) == 0 and "Gọi thử từng số máy" in capsys.readouterr().out


def test_what_was_signed_once_is_not_said_to_be_signed_by_nobody(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> str:
        main(["-C", str(root), "edition", "check", COMMUNE])
        return capsys.readouterr().out

    assert "nơi giúp chưa ai ký" in told()
    assert run(root, COMMUNE, "--unit", "Ủy ban nhân dân xã Đại Sơn", "--date", "20/11/2026") == 0
    edit(root, PLACE, "đơn vị: Công an xã Đại Sơn", "đơn vị: Công an xã Sơn Đại")
    now = told()
    assert "đổi sau khi Ủy ban nhân dân xã Đại Sơn ký ngày 20/11/2026" in now
    assert "nơi giúp chưa ai ký" not in now


def test_the_cure_of_a_changed_lesson_can_be_typed_that_day(root: Path) -> None:
    assert run(root, SLUG, *SIGNED) == 0
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    (found,) = (one for one in read_and_check(Project(root)).findings if one.rule == "approval.changed")
    text = found.fix.vi.partition("--from-sheet ")[2][:8]
    assert run(root, SLUG, *UNIT, "--date", f"{date.today():%d/%m/%Y}", "--from-sheet", text) == 0 and approval(root)


def test_the_words_changed_since_the_signature_are_found(root: Path) -> None:
    assert run(root, SLUG, *SIGNED) == 0
    commit_all(root, "duyệt")
    assert rewritten(Project(root), read_handbook(Project(root)).handbook) == {}
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    found = rewritten(Project(root), read_handbook(Project(root)).handbook)
    ((before, now),) = found[SLUG]
    assert len(found) == 1 and "giữ yên" in before and "giữ thật yên" in now
    assert run(root, SLUG, *UNIT, "--date", "21/11/2026", "--withdraw", "máy phải giữ thật yên") == 0
    assert rewritten(Project(root), read_handbook(Project(root)).handbook) == found, "taken back, mended, to sign anew"


# What to copy where.


def test_the_pages_to_upload_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator.commands.signing import withdrawing

    assert run(root, SLUG, "cai-vneid", *SIGNED) == 0
    lesson, other = LESSON, "content/topics/cai-vneid/index.md"
    files = {"site/index.html": (lesson, other), "site/1041/index.html": (lesson,), "print/leaflets/x.pdf": (lesson,),
             f"site/topics/{SLUG}/index.html": (lesson, other), f"site/clips/{SLUG}.mp4": (lesson,),
             "site/assets/search.js": (lesson,)}
    whole = [path for path in files if "topics" in path or "assets" in path or path == "site/index.html"]
    tree = Tree({path: Published("", "site" if path in whole else "number", of) for path, of in files.items()},
                {"viet-nam/site": "k"}, frozenset([f"{SLUG} ACDEFHKL"]))
    put(root, "dist/x", "")
    monkeypatch.setattr(withdrawing, "read_tree", lambda _: tree)
    capsys.readouterr()
    assert run(root, SLUG, *SIGNED, "--withdraw", "sai số") == 0
    told = capsys.readouterr().out
    assert f"(chỗ khác của site vừa dựng có bài nháp): dist/site/1041, dist/site/topics/{SLUG}, " in told
    assert f"dist/site/clips/{SLUG}.mp4" in told and "Giấy đã in: cất đi" in told
    assert "dist/site/index" not in told and "assets" not in told


def test_papers_of_the_country_are_told_from_those_of_a_commune(root: Path) -> None:
    names = communes(read_handbook(Project(root)).handbook.editions)
    assert COMMUNE in names and not {"viet-nam", "hai-phong"} & {*names}


# A row that its own reader would not understand.


@pytest.mark.parametrize(("words", "named"), [
    (("--sheet", "Thu hồi: sai số"), "thu hồi"), (("--note", "phiếu lưu, đã hủy bản cũ"), "đã hủy"),
    (("--note", "tờ hết hiệu lực"), "hết hiệu lực"), (("--sheet", "Phiếu 12, đã rút lại"), "đã rút"),
    (("--sheet", "lưu 5 năm rồi hủy"), "hủy"),
])
def test_no_row_is_written_that_reads_as_taking_back(
    root: Path, words: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, SLUG, *SIGNED) == 0
    before = rows(root)
    capsys.readouterr()
    assert run(root, SLUG, "--unit", "Sở Tư pháp", "--date", "21/11/2026", *words) == 2
    assert f"“{named}" in capsys.readouterr().err and rows(root) == before


def test_no_paper_instead_is_written_that_reads_as_taking_back(root: Path) -> None:
    words = ("--unit", "UBND xã Đại Sơn", "--date", "20/11/2026", "--instead", "công văn thu hồi 12/CV-SKHCN")
    assert run(root, "viet-nam", *words) == 2 and not (root / APPROVALS).exists()


@pytest.mark.parametrize("kept", ["Bộ Chỉ huy Bộ đội Biên phòng, tủ 2", "Tủ 2, ngăn Thu hồi đất"])
def test_where_a_sheet_is_kept_takes_nothing_back(root: Path, kept: str) -> None:
    assert run(root, SLUG, *SIGNED, "--sheet", kept) == 0 and approval(root)
    assert run(root, SLUG) == 0 and run(root, SLUG, "--undo") == 0 and not approval(root)


def test_an_unclear_row_can_be_undone(root: Path) -> None:
    """As an older version wrote it, or a hand made it."""
    assert run(root, SLUG, *SIGNED) == 0
    before = rows(root)
    put(root, APPROVALS, before.rstrip("\n") + "thu hồi\n")
    assert run(root, SLUG) == 1 and run(root, "cai-vneid", *SIGNED) == 1, "unclear"
    put(root, APPROVALS, before)
    assert run(root, "cai-vneid", *SIGNED) == 0
    whole = rows(root)
    put(root, APPROVALS, whole.replace(before, before.rstrip("\n") + "thu hồi\n"))
    assert run(root, "cai-vneid", "--undo") == 0
    assert rows(root) == before.rstrip("\n") + "thu hồi\n"


def test_an_unclear_row_that_an_older_version_wrote_can_be_undone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("generator.commands.approve._refuse_unclear", lambda _: None)
        assert run(root, SLUG, *SIGNED, "--note", "lưu ở ngăn thu hồi") == 0
    assert run(root, SLUG) == 1 and run(root, SLUG, "--undo") == 0
    assert not (root / APPROVALS).exists()
