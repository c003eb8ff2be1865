"""`hocso approve ID`: a place's own words are read, signed, and unsigned again once one of them changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.release import trial_edition
from generator.cli import main
from generator.ground.files import Project
from generator.handbook.editions import ROOT
from generator.handbook.model import APPROVALS, Edition
from generator.handbook.read import read_handbook
from generator.products.lesson import TRIAL, foot_line
from tests.projects import commit_all, edit, make_project, put

FILE = "content/editions/xa-dai-son.yml"
SIGNED = ("--unit", "Ủy ban nhân dân xã Đại Sơn", "--date", "20/11/2026")
UNIT = "đơn vị: Công an xã Đại Sơn"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path, commit=True, site_url="https://hocso.haiphong.gov.vn/")
    edit(root, FILE, 'mã: ""', 'mã: "11401"')
    commit_all(root, "một")
    return root


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "approve", *words])


def place(root: Path, id: str = "xa-dai-son") -> Edition:
    return next(edition for edition in read_handbook(Project(root)).handbook.editions if edition.id == id)


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in read_and_check(Project(root)).findings if finding.place.file == FILE]


def test_every_word_of_a_place_is_read_before_it_is_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, FILE, f'{UNIT}\n    điện thoại: ""', f"{UNIT}\n    điện thoại: 0220 3555 113")
    assert run(root, "xa-dai-son") == 0
    told = capsys.readouterr().out
    for word in ("Công an xã Đại Sơn", "0220 3555 113", "Đại Sơn ngày mới", "Trung tâm Phục vụ hành chính công xã"):
        assert word in told
    assert "--unit" in told and not (root / APPROVALS).exists()


def test_only_what_is_signed_leaves_the_house_until_a_word_changes(root: Path) -> None:
    before = place(root)
    assert foot_line(before) == TRIAL and [one.rule for one in trial_edition(before)] == ["release.unsigned"]
    assert run(root, "xa-dai-son", *SIGNED) == 0
    signed = place(root)
    assert (foot_line(signed), [*trial_edition(signed)], rules(root)) == ("", [], [])
    edit(root, FILE, UNIT, "đơn vị: Công an xã Sơn Đại")
    changed = place(root)
    assert foot_line(changed) == TRIAL and changed.unsigned != before.unsigned
    assert rules(root) == ["approval.local"]
    edit(root, FILE, "đơn vị: Công an xã Sơn Đại", UNIT)
    assert foot_line(place(root)) == ""


def test_a_signature_is_taken_back_with_a_row(root: Path) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0
    assert run(root, "xa-dai-son", *SIGNED, "--withdraw", "số máy đã đổi") == 0
    assert place(root).unsigned and (root / APPROVALS).read_text("utf-8").count("xa-dai-son,") == 2


def test_a_lesson_and_a_place_are_signed_together(root: Path) -> None:
    assert run(root, "quet-ma-qr", "xa-dai-son", *SIGNED) == 0
    book = read_handbook(Project(root)).handbook
    assert book.by_slug["quet-ma-qr"].approved and not place(root).unsigned


@pytest.mark.parametrize(("words", "told"), [
    (("xa-dai-son", *SIGNED, "--from-sheet", "ACDEFHKL"), "ACDEFHKL"),
    (("xa-dai-son", *SIGNED, "--confirm", "all"), "--confirm"),
    (("xa-dai-son", *SIGNED, "--withdraw", "nhầm"), "chưa ai duyệt"),
    (("quet-ma-qr", "xa-dai-son", *SIGNED, "--from-sheet", "ACDEFHKL"), "--from-sheet"),
    ((ROOT, *SIGNED), "không có chữ riêng"),
    (("xa-dai-so", *SIGNED), "xa-dai-so"),
])
def test_what_no_paper_says_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert run(root, *words) == 2 and not (root / APPROVALS).exists()
    assert told in capsys.readouterr().err


def test_a_phone_number_of_the_whole_country_is_signed_too(root: Path) -> None:
    assert not place(root, ROOT).unsigned
    edit(root, f"content/editions/{ROOT}.yml", "đơn vị: công an xã, phường",
         "đơn vị: công an xã, phường\n    điện thoại: 1900 0000")
    assert place(root, ROOT).unsigned


def test_the_row_of_a_place_that_is_no_more_may_stay(root: Path) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0
    commit_all(root, "ký")
    text = (root / FILE).read_text("utf-8")
    (root / FILE).unlink()
    put(root, "content/editions/xa-moi.yml", text.replace("xã Đại Sơn", "xã Mới"))
    findings = read_and_check(Project(root)).findings
    assert "approval.nobody" not in {finding.rule for finding in findings}
