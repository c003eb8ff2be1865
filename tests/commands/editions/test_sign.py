"""`hocso approve ID`: a place's own words, and the glossary, are read, signed, and unsigned again once one changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.looking.levels import BELOW, NATION, gone_province, level_of
from generator.checks.release import trial_edition
from generator.cli import main
from generator.commands.signing.level import for_its_own
from generator.ground.files import Project
from generator.handbook.editions import ROOT
from generator.handbook.model import APPROVALS, HOME, OUTLINE, Approval, Edition
from generator.handbook.read import read_handbook
from generator.handbook.words import WORDS
from generator.press.orders import DRAFT
from generator.products.lesson import TRIAL, UNSIGNED, foot_line, page_mark
from tests.projects import FOUR, approve, commit_all, edit, make_project, put

pytestmark = [pytest.mark.long, pytest.mark.remembers]
FILE = "content/editions/xa-dai-son.yml"
SIGNED = ("--unit", "Ủy ban nhân dân xã Đại Sơn", "--date", "20/11/2026")
FOUR_BOOK = read_handbook(Project(FOUR)).handbook
ABOVE = "Sở Khoa học và Công nghệ"
UNIT = "đơn vị: Công an xã Đại Sơn"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The whole country's words are signed, the commune's are not."""
    root = make_project(tmp_path, commit=True, site_url="https://hocso.haiphong.gov.vn/")
    edit(root, FILE, 'mã: ""', 'mã: "11401"')
    assert run(root, ROOT, *SIGNED) == 0
    commit_all(root, "một")
    return root


def run(root: Path, *words: str) -> int:
    """What stands in every place is signed above, and so is a lesson of those above."""
    unit = ABOVE if words[0] in (ROOT, WORDS, "quet-ma-qr") else SIGNED[1]
    return main(["-C", str(root), "approve", *(unit if word == SIGNED[1] else word for word in words)])


def place(root: Path, id: str = "xa-dai-son") -> Edition:
    return next(edition for edition in read_handbook(Project(root)).handbook.editions if edition.id == id)


def released(root: Path, id: str = "xa-dai-son") -> list[tuple[str, str]]:
    """Why a release of it stops, and for whose words."""
    book = read_handbook(Project(root)).handbook
    return [(one.rule, Path(one.place.file).stem) for one in trial_edition(place(root, id), book)]


def rows(root: Path) -> str:
    return (root / APPROVALS).read_text("utf-8")


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in read_and_check(Project(root)).findings if finding.place.file == FILE]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize(("id", "file", "old", "new"), [
    (ROOT, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy"), (ROOT, "content/platforms.yml", "Bộ Công an", "Bộ"),
    ("xa-dai-son", FILE, UNIT, f"{UNIT} mới"), ("xa-dai-son", "content/editions/hai-phong.yml", "Smart", "Thông minh"),
    ("xa-dai-son", "mkdocs.yml", "hocso.haiphong", "hoc.haiphong"),
])
def test_no_day_before_the_last_change_of_any_of_its_files(
    root: Path, id: str, file: str, old: str, new: str, committed: bool, capsys: pytest.CaptureFixture[str],
) -> None:
    """Whether git holds that change or not."""
    yesterday = ("--unit", "Sở Y tế", "--date", "17/11/2026")
    edit(root, file, old, new)
    if committed:
        commit_all(root, "hai")
    before = rows(root)
    assert run(root, id, *yesterday) == 2 and rows(root) == before
    assert "18/11/2026" in capsys.readouterr().err
    assert run(root, id, *SIGNED) == 0


@pytest.mark.parametrize(("id", "file", "old"), [(ROOT, OUTLINE, "tên: Trợ lý AI"), ("xa-dai-son", FILE, UNIT)])
def test_what_is_still_to_be_written_is_signed_by_nobody(
    root: Path, id: str, file: str, old: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, file, old, f"{old} CẦN VIẾT")
    before = rows(root)
    assert run(root, id, *SIGNED) == 2 and rows(root) == before
    assert "CẦN VIẾT" in capsys.readouterr().err


def test_a_place_looks_signed_only_where_the_words_around_are(root: Path) -> None:
    """They stand on its pages and papers too; a release asks both."""
    assert run(root, "xa-dai-son", *SIGNED) == 0
    assert foot_line(place(root)) == page_mark(place(root)) == ""
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    assert not place(root).unsigned and foot_line(place(root)) == TRIAL and page_mark(place(root)) == UNSIGNED
    assert released(root) == [("release.unsigned", ROOT)]
    assert run(root, ROOT, *SIGNED) == 0 and foot_line(place(root)) == ""


def test_every_word_of_a_place_is_read_before_it_is_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, FILE, f'{UNIT}\n    điện thoại: ""', f"{UNIT}\n    điện thoại: 0220 3555 113")
    assert run(root, "xa-dai-son") == 0
    told = capsys.readouterr().out
    for word in ("Công an xã Đại Sơn", "0220 3555 113", "Đại Sơn ngày mới", "Trung tâm Phục vụ hành chính công xã"):
        assert word in told
    assert "--unit" in told and "xa-dai-son," not in rows(root)


def test_only_what_is_signed_leaves_the_house_until_a_word_changes(root: Path) -> None:
    before = place(root)
    assert foot_line(before) == TRIAL and released(root) == [("release.unsigned", "xa-dai-son")]
    assert run(root, "xa-dai-son", *SIGNED) == 0
    signed = place(root)
    assert (foot_line(signed), released(root), rules(root)) == ("", [], [])
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
    (("xa-dai-son", "--withdraw", "nhầm"), "--unit"),
    (("xa-dai-son", *SIGNED, "--withdraw", ""), "--withdraw"),
    (("quet-ma-qr", *SIGNED, "--withdraw", " "), "--withdraw"),
    (("xa-dai-son", *SIGNED, "--note", "Rút lại: sai số"), "--withdraw"),
    (("xa-dai-son", "--unit", "S\udcff", "--date", "20/11/2026"), "S"),
    (("xa-dai-son", *SIGNED, "--sheet", "a\x1bb"), "a"),
    (("xa-dai-son", *SIGNED, "--note", "a\u202eb"), "a"),
    (("xa-dai-son", "--unit", "Phó Chủ tịch Lê Văn Hùng", "--date", "20/11/2026"), "Lê Văn Hùng"),
    (("xa-dai-son", "--unit", "Đại úy Nguyễn Văn An", "--date", "20/11/2026"), "Nguyễn Văn An"),
    (("quet-ma-qr", "--unit", "Bs. Lan", "--date", "20/11/2026"), "Lan"),
    (("xa-dai-so", *SIGNED), "xa-dai-so"),
])
def test_what_no_paper_says_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    before = rows(root)
    assert run(root, *words) == 2 and rows(root) == before
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("file", "old", "new"), [
    (f"content/editions/{ROOT}.yml", "đơn vị: công an xã, phường", "đơn vị: tổng đài 1900 6661"),
    (f"content/editions/{ROOT}.yml", "đơn vị: công an xã, phường",
     "đơn vị: công an xã, phường\n    điện thoại: 1900 0000"),
    (HOME, "Chào bà con!", "Gọi 1900 6661!"), (OUTLINE, "tên: An toàn", "tên: Gọi 1900 6661"),
])
def test_what_the_whole_country_reads_stops_every_release(root: Path, file: str, old: str, new: str) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0 and released(root) == released(root, ROOT) == []
    edit(root, file, old, new)
    assert ("release.unsigned", ROOT) in released(root) and released(root, ROOT) == [("release.unsigned", ROOT)]


def test_what_is_taken_back_is_signed_and_taken_back_again(root: Path) -> None:
    """Each row is written, though one like it stands there; on the day of the withdrawal nothing is signed anew."""
    later = (*SIGNED[:3], "21/11/2026")
    for again in (*SIGNED,), (*SIGNED, "--withdraw", "sai số"), (*later,), (*later, "--withdraw", "sai số"):
        before = rows(root).count("xa-dai-son,")
        assert run(root, "xa-dai-son", *again) == 0 and rows(root).count("xa-dai-son,") == before + 1
        assert bool(place(root).unsigned) is ("--withdraw" in again)
        assert run(root, "xa-dai-son", *again) == (2 if "--withdraw" in again else 0)


def test_a_withdrawal_is_not_called_a_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("xa-dai-son", "quet-ma-qr"):
        assert run(root, name, *SIGNED) == 0 and run(root, name, *SIGNED, "--withdraw", "sai") == 0
    found = {finding.rule for finding in read_and_check(Project(root)).findings}
    assert not found & {"approval.local", "approval.changed"}
    capsys.readouterr()
    assert run(root, "quet-ma-qr") == 0 and "rút lại" in capsys.readouterr().out


@pytest.mark.parametrize("spoil", [
    "Rút lại: sai", "RUT  LẠI sai", "rút\u00a0lại: sai", " rút lại",
])
def test_a_withdrawal_stays_one_however_it_is_written(root: Path, spoil: str) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0 and run(root, "xa-dai-son", *SIGNED, "--withdraw", "sai") == 0
    put(root, APPROVALS, rows(root).replace("rút lại: sai", spoil))
    assert place(root).unsigned


def test_rows_of_one_text_stand_in_the_order_they_were_written(root: Path) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0 and run(root, "xa-dai-son", *SIGNED, "--withdraw", "sai") == 0
    commit_all(root, "rút lại")
    *before, signed, taken_back = rows(root).splitlines(keepends=True)
    put(root, APPROVALS, "".join((*before, taken_back, signed)))
    assert "approval.row-gone" in {finding.rule for finding in read_and_check(Project(root)).findings}
    put(root, APPROVALS, "".join((before[0], signed, taken_back, *before[1:])))  # other texts may lie between
    assert "approval.row-gone" not in {finding.rule for finding in read_and_check(Project(root)).findings}


@pytest.mark.parametrize(("name", "file", "old", "new"), [
    ("xa-dai-son", FILE, UNIT, "đơn vị: Công an xã Sơn Đại"),
    (WORDS, "content/glossary.yml", "nghĩa: ô vuông đen trắng", "nghĩa: hình vuông đen trắng"),
])
def test_nobody_signed_words_before_they_stood_there(root: Path, name: str, file: str, old: str, new: str) -> None:
    edit(root, file, old, new)
    commit_all(root, "đổi chữ")
    early = ("--unit", "Sở Y tế", "--date", "1/1/2020")
    assert run(root, name, *early) == 2
    book = read_handbook(Project(root)).handbook
    text = book.unsigned_words if name == WORDS else place(root).unsigned
    assert run(root, name, *early, "--from-sheet", text) == 0


def test_a_place_with_errors_is_not_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, FILE, UNIT, f"{UNIT}\n    mail: a")
    assert run(root, "xa-dai-son", *SIGNED) == 1 and FILE in capsys.readouterr().err


def test_the_address_in_its_codes_is_signed_with_a_place(root: Path) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0
    edit(root, FILE, 'mã: "11401"', 'mã: "11402"')
    assert place(root).unsigned


def test_two_glossaries_never_share_a_name(root: Path) -> None:
    def name(text: str) -> str:
        put(root, "content/glossary.yml", f"- {text}\n")
        return read_handbook(Project(root)).handbook.unsigned_words

    texts = ("từ: A\n  còn gọi: [B, C]\n  nghĩa: một", 'từ: A\n  còn gọi: ["B, C"]\n  nghĩa: một',
             "từ: A, B, C\n  nghĩa: một",
             "từ: A\n  còn gọi: [B]\n  nghĩa: 'C: một'", "từ: A\n  còn gọi: ['B: C']\n  nghĩa: một",
             "từ: A\n  thay: có\n  nghĩa: một", "từ: A\n  nghĩa: một")
    assert len({name(text) for text in texts}) == len(texts)


@pytest.mark.parametrize("id", ["quet-ma-qr", "1041", WORDS])
def test_no_place_is_called_like_what_else_is_signed(root: Path, id: str) -> None:
    put(root, f"content/editions/{id}.yml", (root / FILE).read_text("utf-8").replace("xã Đại Sơn", "xã Mới"))
    assert "approval.same-name" in {finding.rule for finding in read_and_check(Project(root)).findings}


@pytest.mark.wide
@pytest.mark.browser
def test_nothing_unsigned_is_shown_or_heard_without_saying_so(root: Path, tmp_path: Path) -> None:
    """Pages, search, frames, decks, boards and voices of a place nobody signed, all lessons approved."""
    edit(root, FILE, UNIT, "đơn vị: Phòng Việc Lạ xã")
    approve(root, "20/11/2026")
    put(root, APPROVALS, "".join(row for row in rows(root).splitlines(keepends=True) if not row.startswith("xa-")))
    out = tmp_path / "ra"
    assert main(["-C", str(root), "build", "site", "number", "deck", "loudspeaker", "--edition", "xa-dai-son",
                 "--out", str(out)]) == 0
    tree = out / "editions/xa-dai-son"
    pages = [path for path in tree.rglob("*.html") if "Phòng Việc Lạ" in path.read_text("utf-8")]
    assert len(pages) > 4
    assert [path for path in pages if UNSIGNED not in path.read_text("utf-8")] == []
    spoken = [path for path in tree.rglob("loudspeaker/*.txt") if TRIAL not in path.read_text("utf-8")]
    assert spoken == []
    assert run(root, "xa-dai-son", *SIGNED) == 0
    assert main(["-C", str(root), "build", "site", "number", "deck", "--edition", "xa-dai-son", "--out", str(out)]) == 0
    assert [path for path in tree.rglob("*.html") if UNSIGNED in path.read_text("utf-8")] == []


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
    before = (root / APPROVALS).read_bytes()
    approve(root, "20/11/2026")
    signed = (root / APPROVALS).read_bytes()
    put(root, APPROVALS, before)
    commit_all(root, "nothing is open any more")
    put(root, APPROVALS, signed)
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
    assert sheet["words"]["unit"] == ABOVE and sheet["kept"] == []


def test_the_glossary_is_read_out_meaning_by_meaning(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, WORDS) == 0
    told = capsys.readouterr().out
    for term in read_handbook(Project(root)).handbook.glossary:
        assert f"  {term.name}" in told and " ".join(term.gloss.text.split()) in told


PART, RENAMED = "tên: Trợ lý AI", "tên: Hỏi máy"


@pytest.mark.parametrize(("id", "file", "old", "new", "line", "words"), [
    (ROOT, OUTLINE, PART, RENAMED, RENAMED, ("Trợ lý AI", "Hỏi máy")),
    ("xa-dai-son", FILE, UNIT, "đơn vị: Công an xã Sơn Đại", "đơn vị: Công an xã Sơn Đại",
     ("đơn vị công an: Công an xã Đại Sơn", "đơn vị công an: Công an xã Sơn Đại")),
    ("xa-dai-son", FILE, f'{UNIT}\n    điện thoại: ""', f"{UNIT}\n    điện thoại: 0220 3555 113",
     "điện thoại: 0220 3555 113", ("(không có)", "điện thoại công an: 0220 3555 113")),
    ("xa-dai-son", "content/editions/hai-phong.yml", "Smart", "Thông minh", "Thông minh", ("Smart", "Thông minh")),
    (WORDS, "content/glossary.yml", "nghĩa: ô vuông đen trắng", "nghĩa: hình vuông đen trắng", "hình vuông",
     ("ô vuông đen trắng", "hình vuông đen trắng")),
])
@pytest.mark.parametrize("moved", [False, True])
def test_what_changed_since_it_was_signed_is_told_word_by_word_where_it_stands(
    root: Path, id: str, file: str, old: str, new: str, line: str, words: tuple[str, str], moved: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also where git holds the change, and others since."""
    assert run(root, id, *SIGNED) == 0
    commit_all(root, "ký")
    edit(root, file, old, new)
    if moved:
        commit_all(root, "đổi")
        put(root, "content/editions/xa-moi.yml", (root / FILE).read_text("utf-8").replace("xã Đại Sơn", "xã Mới"))
        commit_all(root, "xã mới")
    [told] = [one for one in read_and_check(Project(root)).findings if one.rule == "approval.local"]
    assert told.place.file == file and line in (root / file).read_text("utf-8").splitlines()[told.place.line - 1]
    assert all(word in told.message.vi for word in words)
    before = rows(root)
    capsys.readouterr()
    assert run(root, id) == 0 and rows(root) == before
    said = capsys.readouterr().out
    assert all(word in said for word in words)
    assert "Chưa ai ký" not in said and (ABOVE if id in (ROOT, WORDS) else SIGNED[1]) in said and "trước:" in said


def test_words_that_git_does_not_hold_are_read_anew(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, FILE, UNIT, "đơn vị: Công an xã Sơn Đại")
    assert run(root, "xa-dai-son", *SIGNED) == 0
    edit(root, FILE, "đơn vị: Công an xã Sơn Đại", UNIT)
    assert rules(root) == ["approval.local"]
    capsys.readouterr()
    assert run(root, "xa-dai-son") == 0 and "git không giữ bản" in capsys.readouterr().out


def test_a_place_whose_signature_was_taken_back_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "xa-dai-son", *SIGNED) == 0 and run(root, "xa-dai-son", *SIGNED, "--withdraw", "sai") == 0
    capsys.readouterr()
    assert run(root, "xa-dai-son") == 0 and "đã rút lại ngày 20/11/2026" in capsys.readouterr().out


def test_a_release_blames_no_phone_for_the_name_of_a_part(root: Path) -> None:
    edit(root, OUTLINE, PART, RENAMED)
    [told] = trial_edition(place(root, ROOT), read_handbook(Project(root)).handbook)
    assert "số máy" not in told.message.vi and "20/11/2026" in told.message.vi


COMMUNES = ["Ủy ban nhân dân xã Đại Sơn", "UBND PHƯỜNG LÊ CHÂN", "UBND P. Lê Chân", "UBND X.Đại Sơn",
            "cong an phuong Le Chan", "Phòng Văn hóa - Xã hội phường", "Tổ dân phố số 3", "Công an thị trấn",
            "Đặc khu Cát Hải", "UBND Đại Sơn", "Công an Đại Sơn", "Phòng Văn hóa Đại Sơn", "UBND X Đại Sơn",
            "UBND x. Đại Sơn", "UBND ph. Lê Chân", "UBND xãĐại Sơn", "Tổ 5 Đại Sơn", "Ấp 3", "khóm 5", "Bản Mòng",
            "Làng Bút", "Buôn Akô Dhông", "Trạm y tế Lê Chân", "Phường đội", "Xã đoàn",
            "Tổ công nghệ số cộng đồng", "Ủy ban nhân dân thị xã Kinh Môn", "UBND huyện Tứ Kỳ", "Công an quận 5",
            "Công đoàn cơ sở Đại Sơn", "Đảng bộ cơ sở Đại Sơn", "UBND Đại Sơn, trụ sở 2", "UBND TT. Lê Chân",
            "Nhà văn hóa bon Pi Nao", "Bon Pi Nao", "Buôn Đôn",
            "Nhà rông Plei Ốp", "Nhà văn hóa bản Mển", "Ban nhân dân ấp Phú Hòa", "UBND xã Là Ngâu"]
OTHERS = ["Sở Khoa học và Công nghệ", "Bảo hiểm xã hội thành phố", "Liên minh Hợp tác xã tỉnh",
          "Thông tấn xã Việt Nam", "Ủy ban nhân dân thành phố Hải Phòng", "Bộ Công an",
          "Sở Y tế Hải Phòng", "Cục Quản trị", "Quân khu 3", "Vụ Chính quyền địa phương, Bộ Nội vụ",
          "Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam", "Sở Nông nghiệp và Phát triển nông thôn",
          "Văn phòng Điều phối nông thôn mới Trung ương", "Cục Đăng kiểm phương tiện cơ giới, Bộ Xây dựng",
          "TT. Kiểm soát bệnh tật thành phố Hải Phòng", "Phòng Nghiệp vụ, Sở Y tế", "Sở Y tế, P. Nghiệp vụ Y",
          "Khối Đảng các cơ quan Trung ương", "Thành đoàn", "Công an Hải Phòng", "Cục Sở hữu trí tuệ",
          "so nong nghiep va phat trien nong thon", "Cong an thanh pho Hai Phong",
          "Tổng công ty Đường sắt Việt Nam", "Đài Truyền hình Việt Nam",
          "Hiệp hội An ninh mạng quốc gia", "Ban Chỉ đạo chống buôn lậu tỉnh", "Ga Hải Phòng",
          "Nhà xuất bản Hải Phòng"]
UNTOLD = ["Ban Xây dựng Đảng", "Phòng VH-XH", "Bộ phận một cửa", "UBND", "Công an", "Bưu điện Kiến An",
          "Agribank Chi nhánh Kiến An", "Hội bạn thân", "Lớp 5A", "Chợ Đồng Xuân", "UBND Kim Liên",
          "UBND Kim Liên, tỉnh Nghệ An", "Câu lạc bộ Liên thế hệ Việt Nam", "Trường Mầm non Quốc gia",
          "Hội chợ Việt Nam", "Công ty Việt Nam", "Doanh nghiệp Việt Nam",
          "UBND Đại-Sơn", "Trung tâm Đào tạo từ xa", "Cụm thi đua các bộ, ngành"]


@pytest.mark.parametrize("unit", UNTOLD)
@pytest.mark.parametrize("id", [ROOT, "hai-phong", WORDS, "quet-ma-qr"])
def test_a_unit_whose_name_tells_no_level_writes_its_whole_name(
    root: Path, capsys: pytest.CaptureFixture[str], id: str, unit: str
) -> None:
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    before = rows(root)
    words = ("-C", str(root), "approve", id, "--date", "20/11/2026", "--unit")
    assert main((*words, unit)) == 2 and rows(root) == before
    told = capsys.readouterr().err
    assert "chưa nói là cấp nào" in told and f'--unit "{unit} thành phố Hải Phòng"' in told and "--instead" in told
    assert main((*words, f"{unit} thành phố Hải Phòng")) == 0 or "," in unit or unit.startswith("Trường")


@pytest.mark.parametrize(("id", "unit", "refused"), [
    # Whose words, who signs, whether the name is another place's.
    ("xa-dai-son", "UBND xã Đại Sơn", False), ("xa-dai-son", "Công an xã", False),
    ("xa-dai-son", "Sở Y tế Hải Phòng", False), ("xa-dai-son", "UBND xã Đại Sơn, thành phố Hải Phòng", False),
    ("xa-phong-quang", "UBND xã Đại Sơn", True), ("xa-dai-son", "Trạm Y tế phường Chu Văn An", True),
    ("hai-phong", "Sở Y tế Thái Nguyên", True), ("xa-dai-son", "UBND phường Đại Sơn", True),
    ("xa-dai-son", "UBND P. Đại Sơn", True), ("xa-dai-son", "CÔNG AN ĐẶC KHU ĐẠI SƠN", True),
    ("xa-dai-son", "UBND xã Hội Thịnh", True), ("xa-dai-son", "UBND XÃ HỘI THỊNH", True),
    ("xa-dai-son", "UBND xa Doan Dao", True), ("xa-dai-son", "CÔNG AN XÃ ĐỘI BÌNH", True),
    ("xa-dai-son", "UBND X. Đại Sơn", False), ("xa-dai-son", "cong an xa dai son", False),
    ("xa-dai-son", "PHÒNG VĂN HÓA - XÃ HỘI XÃ ĐẠI SƠN", False),
    ("hai-phong", "Sở Y tế Hải Phòng", False), ("hai-phong", "Bộ Y tế", False),
    ("xa-phong-quang", "UBND XA DAI SON", True), ("xa-dai-son", "UBND xã Cộng Hiền", True),
    ("xa-dai-son", "UBND P. Hải An", True), ("xa-dai-son", "UBND XÃ CỘNG HIỀN", True),
    ("xa-dai-son", "UBND xã Đại Sơn, tỉnh Quảng Ngãi", True), ("xa-dai-son", "UBND xã Đại Sơn Nam", True),
    ("hai-phong", "UBND tỉnh Quảng Ninh", True),
    ("hai-phong", "Sở Y tế Quảng Ninh", True), ("hai-phong", "UBND TP. HCM", True),
    ("xa-dai-son", "UBND xã Đại Sơn Hải Phòng", False), ("xa-dai-son", "UBND XÃ ĐẠI SƠN", False),
    ("xa-dai-son", "PHÒNG VĂN HÓA - XÃ HỘI XÃ", False), ("xa-dai-son", "Xã Đoàn Đại Sơn", False),
    ("xa-dai-son", "Bộ Y tế, thành phố Hà Nội", False), ("xa-dai-son", "UBND xã Đại Sơn, tỉnh Hải Dương", False),
])
def test_a_place_signs_no_words_of_another(
    root: Path, capsys: pytest.CaptureFixture[str], id: str, unit: str, refused: bool
) -> None:
    words = ("-C", str(root), "approve", id, "--unit", unit, "--date", "20/11/2026")
    assert main(words) == (2 if refused else 0)
    told = capsys.readouterr().err
    assert not refused or ("không phải của" in told and f"hocso approve {id}" in told)
    assert not refused or main((*words, "--instead", "công văn 12/CV-SKHCN")) == 0


@pytest.mark.parametrize(("unit", "day", "gone"), [
    # Who signs, on which day, the province that was no more then.
    ("UBND tỉnh Hà Nam", "2026-11-20", "Hà Nam"), ("UBND tỉnh Hải Dương", "2025-07-01", "Hải Dương"),
    ("UBND tỉnh Hải Dương", "2025-06-30", ""), ("Sở Y tế Hải Dương", "2026-11-20", "Hải Dương"),
    ("Công an thành phố Hải Dương", "2026-11-20", "Hải Dương"), ("so y te hai duong", "2026-11-20", "Hải Dương"),
    ("UBND TỈNH HÀ NAM", "2026-11-20", "Hà Nam"), ("Công an tỉnh Bình Dương, phòng 5", "2026-11-20", "Bình Dương"),
    ("Sở Y tế Hải Phòng", "2026-11-20", ""), ("UBND tỉnh", "2026-11-20", ""), ("UBND TP HCM", "2026-11-20", ""),
    ("Bộ Tư lệnh gìn giữ hòa bình Việt Nam", "2026-11-20", ""), ("Công an tỉnh Hà Nam", "2025-01-02", ""),
    ("UBND phường Hải Dương", "2026-11-20", ""), ("UBND phường Hải Dương, tỉnh Hải Dương", "2026-11-20", ""),
    ("UBND xã Đại Sơn, tỉnh Hải Dương", "2026-11-20", ""), ("Cục Quản lý Khám, chữa bệnh", "2026-11-20", ""),
])
def test_a_province_that_is_no_more_signs_old_sheets_only(unit: str, day: str, gone: str) -> None:
    """`tỉnh Hà Nam` signed a year after the provinces were joined; a sheet of before stays right."""
    assert gone_province(unit, date.fromisoformat(day), FOUR_BOOK) == gone


def test_a_province_that_is_no_more_is_refused_and_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    before, words = rows(root), ["-C", str(root), "approve", ROOT, "--date", "20/11/2026", "--unit"]
    for more in (), ("--instead", "công văn 12/CV-SKHCN"):
        assert main([*words, "UBND tỉnh Hà Nam", *more]) == 2 and rows(root) == before
        assert "Hà Nam không còn từ ngày 01/07/2025" in capsys.readouterr().err
    put(root, APPROVALS, before.replace(ABOVE, "UBND tỉnh Hà Nam"))
    told = [one for one in read_and_check(Project(root)).findings if one.rule == "approval.level"]
    assert len(told) == 1 and "“UBND tỉnh Hà Nam” ký `viet-nam` ngày 20/11/2026" in told[0].message.vi
    put(root, APPROVALS, before.replace(ABOVE, "UBND tỉnh Hà Nam").replace("2026-11-20", "2025-06-30"))
    assert not any(one.rule == "approval.level" for one in read_and_check(Project(root)).findings)


@pytest.mark.parametrize("unit", ["UBND", "ubnd", "Ủy ban nhân dân", "Công an", "Phòng VH-XH", "Một cửa", "MTTQ"])
def test_who_signs_for_a_commune_says_which(root: Path, capsys: pytest.CaptureFixture[str], unit: str) -> None:
    before, words = rows(root), ("approve", "xa-dai-son", "--date", "20/11/2026", "--unit")
    for more in (), ("--instead", "công văn 12/CV-SKHCN"):
        assert main(["-C", str(root), *words, unit, *more]) == 2 and rows(root) == before
    assert f'--unit "{unit} xã Đại Sơn"' in capsys.readouterr().err
    assert main(["-C", str(root), *words, f"{unit} xã Đại Sơn"]) == 0


@pytest.mark.parametrize(("commune", "unit", "level"), [
    # A commune's name, a unit that has its letters, its level.
    ("xã An Toàn", "Cục An toàn thông tin", NATION), ("phường Hội An", "Hiệp hội An ninh mạng quốc gia", NATION),
    ("phường Hòa Bình", "Bộ Tư lệnh gìn giữ hòa bình Việt Nam", NATION),
    ("xã An Ninh", "Cục An ninh mạng, Bộ Công an", NATION), ("xã An Ninh", "Công an An Ninh", BELOW),
    ("xã Đoàn Kết", "Ban Đại đoàn kết Trung ương", NATION), ("xã Đoàn Kết", "UBND Đoàn Kết", BELOW),
    ("xã Đoàn Kết", "cong an doan ket", BELOW),
])
def test_a_communes_name_makes_no_unit_of_those_above_a_communes(
    root: Path, commune: str, unit: str, level: int
) -> None:
    edit(root, FILE, "tên: xã Đại Sơn", f"tên: {commune}")
    assert level_of(unit, read_handbook(Project(root)).handbook) == level


@pytest.mark.parametrize(("unit", "commune"), [*((one, True) for one in COMMUNES), *((one, False) for one in OTHERS)])
@pytest.mark.parametrize("id", [ROOT, "hai-phong", WORDS])
def test_a_commune_signs_no_words_of_those_above(
    root: Path, capsys: pytest.CaptureFixture[str], id: str, unit: str, commune: bool
) -> None:
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    before = rows(root)
    words = ("-C", str(root), "approve", id, "--unit", unit, "--date", "20/11/2026")
    assert main(words) == (2 if commune else 0)
    assert (rows(root) == before) is commune
    told = capsys.readouterr().err
    meanwhile = "không kèm nghĩa từ" if id == WORDS else "BẢN IN THỬ"
    assert not commune or (meanwhile in told and f"hocso approve {id}" in told and "--instead" in told)


def test_a_commune_that_may_sign_for_those_above_says_by_which_paper(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    before = rows(root)
    both = ("xa-dai-son", ROOT, *SIGNED)
    assert run(root, *both) == 2 and rows(root) == before
    assert "hocso approve xa-dai-son --unit" in capsys.readouterr().err
    assert run(root, "xa-dai-son", *SIGNED, "--instead", "công văn 12") == 2 and "--instead" in capsys.readouterr().err
    assert run(root, *both, "--instead", "công văn 12/CV-SKHCN", "--note", "đã gọi thử") == 0
    notes = {row.split(",")[0]: row.split(",")[-1] for row in rows(root).splitlines()}
    assert notes[ROOT] == "ký thay cấp trên: công văn 12/CV-SKHCN; ghi: đã gọi thử"
    assert notes["xa-dai-son"] == "ghi: đã gọi thử"  # its own words, for nobody else
    assert released(root) == []


@pytest.mark.parametrize(("name", "unit", "note", "left"), [
    ("xa-dai-son", "UBND xã Đại Sơn", "ký thay cấp trên: công văn 12/CV", ""),
    ("quet-ma-qr", "Sở Y tế", "ký thay cấp trên: công văn 12/CV xác nhận: ACDEFHKL", "xác nhận: ACDEFHKL"),
    ("quet-ma-qr", "Sở Y tế", "rút nhầm @ab nhầm; ký thay cấp trên: công văn 12/CV", "rút nhầm @ab nhầm"),
    ("quet-ma-qr", "UBND xã Đại Sơn", "ký thay cấp trên: công văn 12/CV", "ký thay cấp trên: công văn 12/CV"),
])
def test_only_words_of_those_above_are_signed_for_them(root: Path, name: str, unit: str, note: str, left: str) -> None:
    book = read_handbook(Project(root)).handbook
    assert for_its_own(Approval(name, "ACDEFHKL", unit, date(2026, 11, 20), note=note), book).note == left


@pytest.mark.parametrize("paper", [".", "x", "...", "xxxxxxxxx", "12345678", "số 1", "công", "không có giấy nào",
                                   "chưa có giấy", "không rõ số công văn", "chưa có giấy, hẹn 2027"])
def test_a_paper_that_lets_a_commune_sign_says_something(
    root: Path, capsys: pytest.CaptureFixture[str], paper: str
) -> None:
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    before = rows(root)
    words = ("approve", ROOT, "--unit", "UBND xã Đại Sơn", "--date", "20/11/2026", "--instead", paper)
    assert main(["-C", str(root), *words]) == 2 and rows(root) == before
    assert "chưa nói giấy nào" in capsys.readouterr().err


@pytest.mark.parametrize(("own", "unit", "asked"), [
    # Whose lesson, who signs, whether a paper is asked for.
    ("Công an tỉnh", "Công an phường Lê Chân", True), ("Sở Khoa học và Công nghệ", "UBND xã Đại Sơn", True),
    ("Bộ Công an", "Công an thành phố Hải Phòng", True), ("Bộ Công an", "Sở Y tế", True), ("Sở Y tế", "Sở Y tế", False),
    ("Sở Y tế", "Sở Khoa học và Công nghệ", False), ("Công an xã Đại Sơn", "UBND xã Đại Sơn", False),
    ("Công an xã Đại Sơn", "Công an tỉnh", False), ("Sở Y tế", "Bộ Y tế", False),
    ("Sở Y tế", "Ban Xây dựng Đảng thành phố", False), ("Công an tỉnh", "Công an", True), ("Bộ Công an", "UBND", True),
    ("Công an xã Đại Sơn", "Công an", False), ("Sở Nội vụ", "Sở Nông nghiệp và Phát triển nông thôn", False),
    ("Trung tâm phục vụ hành chính công", "UBND xã Đại Sơn", False),
])
def test_a_lower_unit_signs_the_lesson_of_a_higher_one_with_a_paper_only(
    root: Path, capsys: pytest.CaptureFixture[str], own: str, unit: str, asked: bool
) -> None:
    """Of the same level, or higher, it hears that another unit is named."""
    edit(root, "content/topics/quet-ma-qr/index.md", "đơn vị: Sở Khoa học và Công nghệ", f"đơn vị: {own}")
    commit_all(root, "đơn vị khác")
    words = ("-C", str(root), "approve", "quet-ma-qr", "--unit", unit, "--date", "20/11/2026")
    assert main(words) == (2 if asked else 0)
    told = capsys.readouterr()
    if asked:
        assert ("cấp trên" in told.err or "cấp nào" in told.err) and own in told.err
        assert main((*words, "--instead", "công văn 12/CV-SKHCN")) == 0
    else:
        assert ("Đúng vậy thì thôi" in told.out) is (own != unit)


HAND = [
    # What a row by hand names, who signed, its note; what a check tells of that row.
    (ROOT, "UBND xã Đại Sơn", "", ["approval.level"]), (ROOT, "Công an Đại Sơn", "", ["approval.level"]),
    (ROOT, "Ấp 3", "ký thay cấp trên: .", ["approval.level"]),
    (ROOT, "Ấp 3", "ký thay cấp trên: công văn 12/CV-SKHCN", []),
    (WORDS, "UBND xã Đại Sơn", "", ["approval.level"]), ("hai-phong", "Trạm y tế", "", ["approval.level"]),
    ("quet-ma-qr", "Công an xã Đại Sơn", "", ["approval.level"]), ("quet-ma-qr", "Sở Y tế", "", []),
    (ROOT, "UBND", "", ["approval.level"]), (ROOT, "Cục Đăng kiểm phương tiện cơ giới", "", []),
    ("xa-phong-quang", "UBND xã Đại Sơn", "", ["approval.level"]), ("xa-dai-son", "UBND", "", ["approval.level"]),
    ("xa-dai-son", "Trạm y tế", "", []), ("xa-dai-son", "UBND", "rút lại: ghi thiếu", []),
    (ROOT, "Sở Y tế", "", []), (ROOT, "Giàng A Páo", "", ["approvals.unit"]),
    ("quet-ma-qr", "Công an tỉnh hay thành phố", "", ["approvals.unclear"]),
    ("quet-ma-qr", "nguyễn văn an", "", ["approvals.unit"]), ("quet-ma-qr", "Nguyễn Văn An", "", ["privacy.person"]),
    ("quet-ma-qr", "Sở Y tế. Duyệt: Bộ Công an", "", ["approvals.unclear"]),
    ("quet-ma-qr", "Giàng A Páo", "rút lại: ghi nhầm", []), (ROOT, "UBND xã Đại Sơn", "rút lại: ghi nhầm", []),
]


@pytest.mark.parametrize(("name", "unit", "note", "told"), HAND)
def test_a_row_by_hand_is_asked_as_the_command_asks(
    root: Path, name: str, unit: str, note: str, told: list[str]
) -> None:
    approve(root, "20/11/2026", "quet-ma-qr")
    text = next(row for row in rows(root).splitlines() if row.startswith(f"{name},")).split(",")[1]
    put(root, APPROVALS, rows(root) + f"{name},{text},{unit},2026-11-21,,{note}\n")
    line = len(rows(root).splitlines())
    found = [one for one in read_and_check(Project(root)).findings if one.place.file == APPROVALS]
    assert [(one.rule, one.place.line) for one in found if one.severity == "error"] == [(rule, line) for rule in told]


def test_a_commune_reads_its_own_lines_and_hears_who_signs_the_rest(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "xa-dai-son") == 0 and "của cấp trên" not in capsys.readouterr().out
    edit(root, OUTLINE, "tên: Trợ lý AI", "tên: Hỏi máy")
    for words in ("xa-dai-son",), (ROOT, "xa-dai-son"), ("xa-dai-son", *SIGNED):
        assert run(root, *words) == 0
        told = capsys.readouterr().out
        assert "Hỏi máy" not in told and "Đơn vị phụ trách nội dung của cấp trên" in told and "CHƯA PHÁT" in told
    assert run(root, ROOT) == 0 and "Hỏi máy" in capsys.readouterr().out
    assert main(["-C", str(root), "edition", "check", "xa-dai-son"]) == 0
    assert "hỏi họ" in capsys.readouterr().out
