"""The book of approvals: rows are only ever added, name what exists, and are one line each, whoever writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.cli import main
from generator.ground.files import Project, Source
from generator.handbook.approvals import last_signed, read_approvals, standing
from generator.handbook.model import APPROVALS
from tests.projects import commit_all, edit, git, make_project, put, sign

pytestmark = pytest.mark.long
HEAD = "slug,text,unit,date,sheet,note\n"
ROW = "quet-ma-qr,ACDEFHKL,Sở Y tế,2026-11-20,,\n"


def told(root: Path) -> list[tuple[str, str, int]]:
    return [(finding.severity, finding.rule, finding.place.line) for finding in read_and_check(Project(root)).findings
            if finding.rule.startswith("approval")]


WAYS = """thu hoi vì sai|THU HỒI: sai|huy bo|hủy bỏ|huỷ|hũy|không duyệt nữa|thôi duyệt|vô hiệu|đình chỉ|ngừng dùng: sai
bỏ bản này|sai: đừng phát|gỡ|đã rut lai|rút-bản|đã thu-hồi|đã RÚTLẠI|THUHỒI|không còn hiệu lực|rút về|bãi-bỏ
hết hiệu lực|cancelled|khong duyet nua|từ chối|ký nhầm""".replace("\n", "|").split("|")
OWN_WAYS = """chưa được phép|đợi họp lại|bản này sai|không ai ký|lãnh đạo xem lại|tờ này để đó|stop|OK|đã gọi thử
rút nhầm|rút nhầm: gõ sai tên|ghi thu|kí thay cấp trên: công văn 12/CV""".replace("\n", "|").split("|")
"""There is no end of them."""
NO_UNITS = """Sở Y tế rút lại|Sở Y tế đã rút|SỞ Y TẾ RÚT LẠI|So Y te da rut|Sở Y tế từ chối|Sở Y tế hủy|Sở Y tế bác bỏ
Sở Y tế không đồng ý|Sở Y tế chưa ký|Sở Y tế chờ ký|Sở Y tế nháp|Sở Y tế miệng|Sở Y tế đã ký|Sở Y tế hoặc Sở Nội vụ
rút lại""".replace("\n", "|").split("|")
"""What somebody did, in the unit's cell: it was an approval, and printed."""
UNSIGNED = """không có phiếu|mất phiếu|Sở trả lại phiếu|thiếu dấu chờ bổ sung|chưa in|chưa tới|ký nháp|tạm ký|BẢN NHÁP
photo chưa đóng dấu|phiếu bị mất|chờ sở ký|sẽ gửi sau|khong co phieu|thieu dau
Bản mẫu; tủ 3|đang ở Sở|chờ|Chờ…""".replace("\n", "|").split("|")
"""Said where the sheet is kept: there is none that anybody signed."""
KEPT = """phiếu đã ký; tủ 3|để trong tủ 3|de trong tu 3|Chùa Thầy; tủ 2|UBND Tam Kỳ; tủ 1|bản màu; tủ 3|phiếu mật
chưa scan; tủ 3|Trụ sở 2; phòng chờ|tủ không số|kẹp giấy hẹn|Chùa Kỳ Quang 2|mặt giấy xanh|phiếu 12; photo có dấu
ngăn không có khóa""".replace("\n", "|").split("|")
UNSIGNED_NOTES = """mất phiếu|bản nháp|dự kiến|duyệt miệng|chờ|đợi|dự kiến ký ngày 5/12|chưa có phiếu|ký miệng|thiếu dấu
Sở chờ ký|du thao|duyet mieng qua điện thoại|không có chữ ký|chưa đóng dấu""".replace("\n", "|").split("|")
"""Said in a note: nobody signed."""
OTHERS = """dự kiến phát ở hội chợ|thôn 3 chưa có mạng|sẽ thêm hình|chờ mạng về thôn|không còn chỗ in|bỏ trống trang 2
bản lưu anh Huy giữ|đã gọi thử|kèm thư về Sở|phân đội 2 giữ|vùng Bắc Bộ|huyện Tứ Kỳ|bộ bài giảng 3
chỉ huy ký|huy động 3 tổ đọc|đọc lại lần hai|phiếu ở Văn phòng: đủ ba bên|bản in thử|Bộ Chỉ huy Bộ đội Biên phòng
anh Huy bàn giao phiếu|Ban Chỉ huy bản Lũng Cú giữ|ngăn hồ sơ Thu hồi đất""".replace("\n", "|").split("|")
BROKEN: dict[str, tuple[str, list[tuple[str, str, int]]]] = {
    "no first line": (ROW, [("error", "approvals.header", 1)]),
    "semicolons of a spreadsheet": (HEAD.replace(",", ";"), [("error", "approvals.semicolons", 1)]),
    "a quotation mark nobody closed": (HEAD + 'quet-ma-qr,ACDEFHKL,Sở Y tế,2026-11-20,,"tủ 3\n',
                                        [("error", "approvals.columns", 2)]),
    **{f"taken back in words of one's own: {words}": (
        HEAD + ROW.replace(",,\n", f",{words}\n"), [("error", "approvals.unclear", 2)]) for words in (
            ",đã rút lại: sai số", ",(rút lại)", ",“rút lại” vì sai", ",Rút-lại", ",Sở thu hồi", ",hủy duyệt",
            "rút lại: sai,", ",\u200brút lại: sai", *(f",{note}" for note in WAYS))},
    **{f"speaks of something else: {note}": (
        HEAD + ROW.replace(",,\n", f",,ghi: {note}\n"), [("warning", "approval.changed", 19)]) for note in OTHERS},
    **{f"a note that nobody signed: {note}": (
        HEAD + ROW.replace(",,\n", f",,{before}ghi: {note}{after}\n"), [("error", "approvals.unclear", 2)])
       for note in UNSIGNED_NOTES for before, after in (
           [("", ""), ("ký thay cấp trên: công văn 12/CV; ", " xác nhận: ACDEFHKL")] if note == "chờ" else [("", "")])},
    **{f"said without the word before it: {note}": (
        HEAD + ROW.replace(",,\n", f",,{note}\n"), [("error", "approvals.note", 2)]) for note in OWN_WAYS},
    **{f"where the sheet is kept: {kept}": (
        HEAD + ROW.replace(",,\n", f",{kept},\n"), [("warning", "approval.changed", 19)]) for kept in (
            "Bộ Chỉ huy Bộ đội Biên phòng; tủ 2", "Tủ 2; ngăn Thu hồi đất", "Văn thư giữ; kẹp 12", *KEPT)},
    **{f"a cell that slipped: {kept}": (
        HEAD + ROW.replace(",,\n", f",{kept},\n"), [("error", "approvals.unclear", 2)]) for kept in (
            "thu hồi: sai số", "Hủy", "đã thu hồi vì sai", "Rút lại sai số", "Tủ 2; ngăn thu hồi", "lưu 5 năm rồi hủy",
            '"Phiếu 12, đã rút lại"', "phiếu 12: rút lại", "Ngăn 3 đã hủy", "hết hiệu lực từ 29/11",
            "Phiếu 12 rút ngày 29", "phieu 12 - da rut lai", "Phiếu 12 (chưa ký)", *UNSIGNED)},
    **{f"no name of a unit: {unit}": (
        HEAD + ROW.replace("Sở Y tế", unit), [("error", "approvals.unclear", 2)]) for unit in NO_UNITS},
    "a name that sounds like it": (HEAD + ROW.replace(",,\n", ",bản lưu anh Huy giữ,\n"),
                                   [("warning", "approval.changed", 19)]),
    "a slip that names no withdrawal": (
        HEAD + ROW.replace(",,\n", ",,rút nhầm @ACDEFHKL nay thu hồi bản này\n"), [("error", "approvals.note", 2)]),
    "a withdrawal of nothing": (
        HEAD + ROW.replace(",,\n", ",,rút lại: sai số\n"), [("warning", "approval.nothing", 2)]),
    "a cell too few": (HEAD + "quet-ma-qr,ACDEFHKL,Sở Y tế\n", [("error", "approvals.columns", 2)]),
    "no name of a text": (HEAD + ROW.replace("ACDEFHKL", "abc"), [("error", "approvals.text", 2)]),
    "a letter that cannot be": (HEAD + ROW.replace("ACDEFHKL", "ACDEFHKO"), [("error", "approvals.text", 2)]),
    "no unit": (HEAD + ROW.replace("Sở Y tế", ""), [("error", "approvals.unit", 2)]),
    "no such day": (HEAD + ROW.replace("2026-11-20", "2026-02-31"), [("error", "approvals.date", 2)]),
    "a day to come": (HEAD + ROW.replace("2026-11-20", "2098-01-01"), [("warning", "approval.changed", 19),
                                                                     ("error", "approval.future", 2)]),
    "a formula": (HEAD + ROW.replace(",,\n", ",,=1+1\n"), [("error", "approvals.runs", 2)]),
    "nobody": (HEAD + ROW.replace("quet-ma-qr", "khong-co"), [("error", "approval.nobody", 2)]),
    "git's marks": (HEAD + "<<<<<<< HEAD\n" + ROW + "=======\n" + ROW.replace("2026", "2098") + ">>>>>>> b\nx\n", [
        ("warning", "approval.changed", 19), ("error", "approvals.unmerged", 2)]),
    "git's marks around the first line": ("<<<<<<< HEAD\n" + HEAD + "=======\n" + HEAD + ">>>>>>> b\n", [
        ("error", "approvals.unmerged", 1)]),
    "an empty file": ("", [("error", "approvals.header", 1)]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_told_in_its_line(tmp_path: Path, case: str) -> None:
    root = make_project(tmp_path)
    text, expected = BROKEN[case]
    put(root, APPROVALS, text)
    found = told(root)
    assert sorted(found) == sorted((severity, rule, line if rule != "approval.changed" else place(found))
                                   for severity, rule, line in expected)


def place(found: list[tuple[str, str, int]]) -> int:
    """The lesson's title, wherever it stands."""
    return next(line for _, rule, line in found if rule == "approval.changed")


GONE: dict[str, Callable[[Path], object]] = {
    "a row taken out": lambda root: edit(root, APPROVALS, ROW, ""),
    "another day": lambda root: edit(root, APPROVALS, "2026-11-20", "2026-11-21"),
    "another unit": lambda root: edit(root, APPROVALS, "Sở Y tế", "Sở Y Tế"),
    "another text": lambda root: edit(root, APPROVALS, "ACDEFHKL", "ACDEFHKM"),
    "the file deleted": lambda root: put(root, APPROVALS, None),
}


@pytest.mark.parametrize("case", GONE)
@pytest.mark.parametrize("saved", [False, True], ids=["", "committed"])
def test_a_row_that_was_kept_stays(tmp_path: Path, case: str, saved: bool) -> None:
    root = make_project(tmp_path, files={APPROVALS: HEAD + ROW}, commit=True)
    GONE[case](root)
    if saved:
        commit_all(root, "sửa")
    assert ("error", "approval.row-gone", 1) in told(root)


def test_the_order_of_rows_is_nobodys_business(tmp_path: Path) -> None:
    other = ROW.replace("quet-ma-qr", "cai-vneid")
    root = make_project(tmp_path, files={APPROVALS: HEAD + ROW + other}, commit=True)
    put(root, APPROVALS, HEAD + other + ROW)
    assert {rule for _, rule, _ in told(root)} == {"approval.changed"}


def test_two_branches_that_approve_keep_both(tmp_path: Path) -> None:
    """As git merges them, with the settings that the project brings."""
    attributes = (Path(__file__).resolve().parents[2] / ".gitattributes").read_text("utf-8")
    root = make_project(tmp_path, files={".gitattributes": attributes}, commit=True)
    git(root, "checkout", "--quiet", "-b", "nhanh")
    sign(root, "20/11/2026", "quet-ma-qr")
    commit_all(root, "một")
    git(root, "checkout", "--quiet", "main")
    sign(root, "21/11/2026", "cai-vneid")
    commit_all(root, "hai")
    git(root, "merge", "--quiet", "-m", "gộp", "nhanh")
    book = read_and_check(Project(root)).reading.handbook
    assert {row.slug for row in book.approvals} >= {"quet-ma-qr", "cai-vneid"} and told(root) == []
    assert all(book.by_slug[slug].approved for slug in ("quet-ma-qr", "cai-vneid"))


# The rows below a withdrawal that may not have known of it.


SIGNED = "{slug},{text},Sở Y tế,2026-11-{day},,{note}\n"
TAKEN = "rút lại: sai số"
STANDS: dict[str, tuple[list[tuple[int, str]], bool, list[str]]] = {
    # Days and notes of the rows of one text; whether it is approved; what is told of them.
    "approved": ([(20, "")], True, []),
    "taken back": ([(20, ""), (21, TAKEN)], False, []),
    "a branch that signed before": ([(20, ""), (21, TAKEN), (20, "ghi: nhánh khác")], False, ["approval.withdrawn"]),
    "a branch that took back before": ([(22, ""), (21, TAKEN)], False, []),
    "signed anew": ([(20, ""), (21, TAKEN), (22, "")], True, []),
    "signed anew, then merged": ([(20, ""), (21, TAKEN), (22, ""), (20, "ghi: nhánh khác")], True, []),
    "both on one day": ([(20, TAKEN), (20, "")], False, ["approval.withdrawn"]),
    "both on one day, the other way round": ([(20, ""), (20, TAKEN)], False, []),
    "both on one day, of two branches": (
        [(20, ""), (20, TAKEN), (20, "ghi: nhánh khác")], False, ["approval.withdrawn"]),
    "both on one day, signed anew": ([(20, TAKEN), (20, ""), (21, "")], True, []),
    "an older row that a merge put below": ([(22, ""), (20, "ghi: nhánh khác")], True, []),
    "taken back twice on one day": ([(20, TAKEN), (20, ""), (20, TAKEN)], False, []),
}


@pytest.mark.parametrize("case", STANDS)
def test_a_merge_brings_back_no_approval_that_was_withdrawn(
    tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str],
) -> None:
    rows, stands, rules = STANDS[case]
    root, slug = make_project(tmp_path), "quet-ma-qr"
    sign(root, "20/11/2026", slug)
    text = read_and_check(Project(root)).reading.handbook.approvals[0].text
    put(root, APPROVALS, HEAD + "".join(SIGNED.format(slug=slug, text=text, day=day, note=note) for day, note in rows))
    assert [rule for _, rule, _ in told(root)] == rules
    assert read_and_check(Project(root)).reading.handbook.by_slug[slug].approved is stands
    assert main(["-C", str(root), "approve", slug]) == 0
    assert ("rút lại" in capsys.readouterr().out) is not stands


def test_a_sheet_signed_before_its_text_was_withdrawn_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_project(tmp_path)
    words = ["-C", str(root), "approve", "quet-ma-qr", "--unit", "Sở Y tế", "--date"]
    assert main([*words, "20/11/2026"]) == 0 and main([*words, "22/11/2026", "--withdraw", "sai"]) == 0
    before = (root / APPROVALS).read_bytes()
    assert main([*words, "21/11/2026"]) == 2 and (root / APPROVALS).read_bytes() == before
    assert "22/11/2026" in capsys.readouterr().err
    assert main([*words, "22/11/2026"]) == 2 and main([*words, "23/11/2026"]) == 0


def test_a_quotation_mark_nobody_closed_swallows_no_withdrawal() -> None:
    """It was read as part of the note above it, and the lesson stayed approved."""
    text = (HEAD + ROW + ROW.replace(",2026-11-20", ",2026-11-21").rstrip("\n") + '"tủ 3\n'
            + ROW.replace(",2026-11-20", ",2026-11-22").rstrip("\n") + "rút lại: sai số\n")
    rows, findings = read_approvals(Source("content/approvals.csv", text))
    assert [row.note for row in rows] == ["", "rút lại: sai số"] and len(findings) == 1
    assert standing(rows, rows[0].slug, rows[0].text) is None


@pytest.mark.parametrize("kept", ["branch", "tag", "reflog"])
def test_a_withdrawal_on_another_branch_is_told(tmp_path: Path, kept: str) -> None:
    """Who built from an older branch released what had been taken back."""
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    commit_all(root, "duyệt")
    assert told(root) == []
    words = ("--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "sai số")
    assert main(["-C", str(root), "approve", "quet-ma-qr", *words]) == 0
    commit_all(root, "rút lại")
    assert told(root) == []
    if kept != "reflog":
        git(root, kept, "moi")
    git(root, "reset", "--quiet", "--hard", "HEAD~1")
    assert [(severity, rule) for severity, rule, _ in told(root)] == [("warning", "approval.elsewhere")]


MENDS = "giữ yên", "giữ thật yên"
TWO_DAYS: dict[str, tuple[str, str, bool, list[str]]] = {
    # Where the withdrawal of the first text is written, its day beside the 29th of the second, whether the merge puts
    # it above; what a check tells of it.
    "in the branch that signs": ("here", "29", True, []),
    "in another, above": ("there", "29", True, ["approval.same-day"]),
    "in another, below": ("there", "29", False, ["approval.withdrawn"]),
    "in another, the day before": ("there", "28", True, []),
    "in another, not merged": ("apart", "29", False, ["approval.elsewhere"]),
    "in another, of a later day": ("apart", "30", False, ["approval.elsewhere"]),
    "in another, of an earlier day": ("apart", "28", False, []),
}


def signed_again(root: Path, before: str) -> str:
    """The lesson mended, and the row of its new text."""
    edit(root, "content/topics/quet-ma-qr/index.md", *MENDS)
    sign(root, "29/11/2026", "quet-ma-qr")
    return next(line for line in (root / APPROVALS).read_text("utf-8").splitlines() if line not in before
                and line.startswith("quet-ma-qr,"))


@pytest.mark.parametrize("case", TWO_DAYS)
def test_no_merge_hides_that_who_signed_knew_of_no_withdrawal(tmp_path: Path, case: str) -> None:
    where, day, above, rules = TWO_DAYS[case]
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    commit_all(root, "duyệt")
    before = (root / APPROVALS).read_text("utf-8")
    old = next(line for line in before.splitlines() if line.startswith("quet-ma-qr,"))
    back = f"{old.replace('-20,,', f'-{day},,{TAKEN}')}\n"
    git(root, "checkout", "--quiet", "-b", "kia")
    put(root, APPROVALS, before + back)
    commit_all(root, "rút lại")
    if where != "here":
        git(root, "checkout", "--quiet", "main")
    if where == "apart":  # before the first text was signed
        git(root, "reset", "--quiet", "--hard", "HEAD~1")
    mended = f"{signed_again(root, before)}\n"
    commit_all(root, "duyệt bản sửa")
    if where == "there":
        git(root, "merge", "--quiet", "--no-edit", "--strategy", "ours", "kia")
        put(root, APPROVALS, before + (back + mended if above else mended + back))
        commit_all(root, "gộp")
    assert [rule for _, rule, _ in told(root)] == rules
    released = {one.severity for one in read_and_check(Project(root), release=True).findings if one.rule in rules}
    assert released == ({"warning" if rules == ["approval.withdrawn"] else "error"} if rules else set())
    if rules == ["approval.same-day"]:
        sign(root, "30/11/2026", "quet-ma-qr")
        assert told(root) == []


OWN = "thu hồi: số máy sai"


def test_words_of_ones_own_on_another_branch_are_told(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    commit_all(root, "duyệt")
    git(root, "checkout", "--quiet", "-b", "kia")
    row = (root / APPROVALS).read_text("utf-8").splitlines()[-1]
    put(root, APPROVALS, (root / APPROVALS).read_text("utf-8") + row.replace("-20,,", "-21,,") + OWN + "\n")
    commit_all(root, "thu hồi")
    git(root, "checkout", "--quiet", "main")
    assert [(severity, rule) for severity, rule, _ in told(root)] == [("warning", "approval.elsewhere")]


@pytest.mark.parametrize(("now", "rules"), [
    ("", ["approval.row-gone"]), ("DAY-21,,rút lại: số máy sai", []),
    ("DAY-22,,rút lại: số máy sai", []), ("DAY-20,,rút lại: số máy sai", ["approval.row-gone"]),
    ("DAY-21,,ghi: đã gọi thử", []),
])
def test_words_of_ones_own_may_be_said_otherwise_and_not_deleted(tmp_path: Path, now: str, rules: list[str]) -> None:
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    before = (root / APPROVALS).read_text("utf-8")
    row = before.splitlines()[-1]
    put(root, APPROVALS, before + row.replace("-20,,", "-21,,") + OWN + "\n")
    commit_all(root, "thu hồi")
    assert [rule for _, rule, _ in told(root)] == ["approvals.unclear"]
    put(root, APPROVALS, before + (row.replace("-20,,", now.removeprefix("DAY")) + "\n" if now else ""))
    found = [rule for _, rule, _ in told(root)]
    assert [rule for rule in found if rule == "approval.row-gone"] == rules


NAMES = "rút lại: anh Hùng số 0912 345 678 báo sai bước 3"


@pytest.mark.parametrize(("now", "rules"), [
    ("-21,,rút lại: sai bước 3", []), ("-22,,rút lại: sai bước 3", []), ("-21,,", ["approval.row-gone"]),
    ("-21,,ghi: bỏ tên người", ["approval.row-gone"]), ("-20,,rút lại: sai bước 3", ["approval.row-gone"]),
])
def test_a_withdrawal_that_names_somebody_stays_a_withdrawal(tmp_path: Path, now: str, rules: list[str]) -> None:
    """An approval in its place was silent, and the lesson approved."""
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    before = (root / APPROVALS).read_text("utf-8")
    row = before.splitlines()[-1]
    put(root, APPROVALS, before + row.replace("-20,,", f"-21,,{NAMES}") + "\n")
    commit_all(root, "rút lại")
    put(root, APPROVALS, before + row.replace("-20,,", now) + "\n")
    for saved in (False, True):
        if saved:
            commit_all(root, "bỏ tên")
        found = [one for one in read_and_check(Project(root)).findings if one.rule == "approval.row-gone"]
        assert [one.rule for one in found] == rules and all("đừng chép lại" in one.fix.vi for one in found)


ROWS = [
    # Days and units of rows of one text; who approved it, as papers say.
    ([(20, "Sở Y tế"), (19, "Xã cũ")], "Sở Y tế"), ([(19, "Xã cũ"), (20, "Sở Y tế")], "Sở Y tế"),
    ([(20, "Sở Y tế"), (20, "Sở Tư pháp")], "Sở Tư pháp"),
    ([(21, "A"), (22, "B"), (20, "C"), (22, "D"), (21, "E")], "D"),
]


@pytest.mark.parametrize(("rows", "who"), ROWS)
def test_of_rows_of_one_text_the_youngest_day_speaks(rows: list[tuple[int, str]], who: str) -> None:
    text = HEAD + "".join(ROW.replace("Sở Y tế", unit).replace("-20,", f"-{day},") for day, unit in rows)
    read, _ = read_approvals(Source(APPROVALS, text))
    row, last = standing(read, read[0].slug, read[0].text), last_signed(read, read[0].slug)
    assert row and last and row.unit == last.unit == who


def test_words_of_ones_own_take_an_older_approval_back_too() -> None:
    """What stood above such a row was printed as approved."""
    read, findings = read_approvals(Source(APPROVALS, HEAD + ROW + ROW.replace(",,\n", ",,huy bo\n")))
    assert [one.rule for one in findings] == ["approvals.unclear"] and len(read) == 2
    assert standing(read, read[0].slug, read[0].text) is None


@pytest.mark.parametrize(("unit", "rules"), [("Sở Y tế", []), ("Sở Y tế chờ ký", ["approvals.unclear"])])
def test_a_unit_at_fault_may_be_said_otherwise(tmp_path: Path, unit: str, rules: list[str]) -> None:
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "quet-ma-qr")
    right = (root / APPROVALS).read_text("utf-8")
    put(root, APPROVALS, right.replace("Sở Y tế", "Sở Y tế rút lại"))
    commit_all(root, "duyệt")
    assert sorted({rule for _, rule, _ in told(root)}) == ["approvals.unclear"]
    assert not read_and_check(Project(root)).reading.handbook.by_slug["quet-ma-qr"].approved
    put(root, APPROVALS, right.replace("Sở Y tế", unit))
    assert sorted({rule for _, rule, _ in told(root)}) == rules
