"""`hocso approve ID`: a place's own words, and the glossary, are read, signed, and unsigned again once one changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.release import trial_edition
from generator.cli import main
from generator.ground.files import Project
from generator.handbook.approvals import WORDS
from generator.handbook.editions import ROOT
from generator.handbook.model import APPROVALS, Edition
from generator.handbook.read import read_handbook
from generator.press.orders import DRAFT
from generator.products.lesson import TRIAL, foot_line
from tests.projects import approve, commit_all, edit, make_project, put

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


GLOSSARY_FILE = "content/glossary.yml"
MEANING = "nghĩa: ô vuông đen trắng"


def site_of(root: Path, out: Path, *more: str) -> str:
    """The page of one approved lesson, and of the glossary."""
    assert main(["-C", str(root), "build", "site", "--out", str(out), *more]) == 0
    return (out / "site/topics/quet-ma-qr/index.html").read_text("utf-8")


def test_meanings_stand_beside_an_approved_lesson_once_they_are_signed(root: Path, tmp_path: Path) -> None:
    approve(root, "20/11/2026", "quet-ma-qr")
    (root / APPROVALS).write_text("".join(
        line for line in (root / APPROVALS).read_text("utf-8").splitlines(keepends=True) if not line.startswith(WORDS)))
    meaning = MEANING.removeprefix("nghĩa: ")
    assert meaning not in site_of(root, tmp_path / "một")
    assert DRAFT in (tmp_path / "một/site/glossary/index.html").read_text("utf-8")
    assert run(root, WORDS, *SIGNED) == 0
    assert meaning in site_of(root, tmp_path / "hai")
    assert DRAFT not in (tmp_path / "hai/site/glossary/index.html").read_text("utf-8")
    edit(root, GLOSSARY_FILE, MEANING, "nghĩa: hình vuông đen trắng")
    assert "hình vuông đen trắng" not in site_of(root, tmp_path / "ba")
    told = [finding for finding in read_and_check(Project(root)).findings if finding.rule == "approval.local"]
    assert [finding.place.file for finding in told] == [GLOSSARY_FILE]


def test_a_release_goes_without_meanings_nobody_signed_and_says_so(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    approve(root, "20/11/2026")
    edit(root, GLOSSARY_FILE, MEANING, "nghĩa: hình vuông đen trắng")
    commit_all(root, "hai")
    out = tmp_path / "ra"
    assert "hình vuông" not in site_of(root, out, "--release", "--offline-release")
    assert f"hocso approve {WORDS}" in capsys.readouterr().out
    assert not (out / "site/glossary/index.html").exists()
    assert WORDS in json.loads((out / "phat-hanh.json").read_text("utf-8"))["kept"][0]["slug"]
    assert run(root, WORDS, *SIGNED) == 0
    commit_all(root, "ba")
    assert "hình vuông" in site_of(root, out, "--release", "--offline-release")
    sheet = json.loads((out / "phat-hanh.json").read_text("utf-8"))
    assert sheet["words"]["unit"] == SIGNED[1] and sheet["kept"] == []


def test_the_glossary_is_read_out_meaning_by_meaning(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, WORDS) == 0
    told = capsys.readouterr().out
    for term in read_handbook(Project(root)).handbook.glossary:
        assert f"  {term.name}" in told and " ".join(term.gloss.text.split()) in told
