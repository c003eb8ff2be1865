"""`hocso approve`: what a signed sheet says, written once and whole; what changed since, told in words."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from generator.checks.looking.devices import names_phone
from generator.cli import main
from generator.commands import approve
from generator.ground.files import Project
from generator.handbook.approvals import HEAD
from generator.handbook.lesson.texts import LETTERS, SHAPE, text_name
from generator.handbook.model import APPROVALS, Card, Topic
from generator.handbook.read import read_handbook
from generator.handbook.select import fill_text
from tests.projects import EPOCH, ROOT, commit_all, edit, make_project, put, sign, snapshot

pytestmark = pytest.mark.long
SLUG, NUMBER = "quet-ma-qr", "1041"
LESSON = f"content/topics/{SLUG}/index.md"
SIGNED = ("--unit", "Sở Y tế", "--date", "20/11/2026")


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "approve", *words])


def lesson(root: Path) -> Topic:
    topic = read_handbook(Project(root)).handbook.topic(SLUG)
    assert topic
    return topic


def name(root: Path) -> str:
    return text_name(lesson(root), lambda file: (root / file).read_bytes())


def rows(root: Path) -> list[str]:
    return (root / APPROVALS).read_text("utf-8").splitlines()


# The name of a text.


def swapped_answers(root: Path) -> tuple[str, str]:
    """The first two answers of the self-check, and the same the other way round."""
    found = re.search(r"(?m)^(- \[.\] .*\n)(- \[.\] .*\n)", (root / LESSON).read_text("utf-8"))
    assert found
    return found[0], f"{found[2]}{found[1]}"


SAME: dict[str, Callable[[Path], object]] = {
    "spaces": lambda root: edit(root, LESSON, "Chờ đường link", "Chờ  đường   link"),
    "an empty line": lambda root: edit(root, LESSON, "\n## An toàn\n", "\n\n## An toàn\n"),
    "a comment": lambda root: edit(root, LESSON, "\n## An toàn\n", "\n<!-- xem lại -->\n\n## An toàn\n"),
    "a source": lambda root: edit(root, LESSON, "nguồn:\n", "nguồn:\n  - sổ tay\n"),
    "a fact to confirm": lambda root: edit(root, LESSON, "cần xác nhận:\n", "cần xác nhận:\n  - tên nút\n"),
    "a screen looked at": lambda root: edit(root, LESSON, "mã QR: bài này\n", "mã QR: bài này\nđã xem: 20/11/2026\n"),
    "the day of review": lambda root: edit(root, LESSON, "rà soát: 20/11/2026", "rà soát: 21/11/2026"),
    "the status": lambda root: edit(root, LESSON, "trạng thái: nháp", "trạng thái: đã rà soát"),
    "another number, so another order of answers": lambda root: edit(root, "qr/ledger.csv", "1041,", "5724,"),
    "another lesson": lambda root: edit(root, "content/topics/cai-vneid/index.md", "phút:", "phút: "),
}
OTHER: dict[str, Callable[[Path], object]] = {
    "a word": lambda root: edit(root, LESSON, "một gang tay", "hai gang tay"),
    "a sign": lambda root: edit(root, LESSON, "giữ yên.", "giữ yên!"),
    "the title": lambda root: edit(root, LESSON, "# Quét mã QR", "# Quét mã"),
    "a row of a screen": lambda root: edit(root, LESSON, "| Tin nhắn", "| Nhắn tin"),
    "where to tap": lambda root: edit(root, LESSON, "=> dòng báo:", "dòng báo:"),
    "an answer": lambda root: edit(root, LESSON, "Chụp lại gửi", "Quay lại gửi"),
    "the order of answers": lambda root: edit(root, LESSON, *swapped_answers(root)),
    "a screen to ask about": lambda root: edit(root, LESSON, "\n\n- [", "\n\n```man-hinh\nnút: Mở\n```\n- ["),
    "minutes": lambda root: edit(root, LESSON, "phút: 15\n", "phút: 20\n"),
    "who answers for it": lambda root: edit(root, LESSON, "đơn vị: Sở Khoa học", "đơn vị: Sở Y tế và Khoa học"),
    "the order of steps": lambda root: edit(root, LESSON, "2. Giơ máy cách mã một gang tay, giữ yên.\n\n3. Chờ đường",
                                            "2. Chờ một lúc.\n\n3. Chờ đường"),
    "a warning that comes after the tap": lambda root: edit(
        root, LESSON, "> **Dừng lại nếu** đường link khác dòng in dưới mã, dù chỉ một chữ.\n\n"
        "5. Bấm vào đường link để mở bài.\n", "5. Bấm vào đường link để mở bài.\n"
        "   - **Dừng lại nếu** đường link khác dòng in dưới mã, dù chỉ một chữ.\n"),
    "what readers are told is new": lambda root: edit(
        root, LESSON, "nguồn:\n", "thay đổi:\n  20/11/2026: Nay cứ gõ mật khẩu.\nnguồn:\n"),
    "where its film is": lambda root: edit(root, LESSON, "nguồn:\n", "phim: https://phim.gov.vn/1\nnguồn:\n"),
    "a recorded voice": lambda root: put(root, LESSON.replace("index.md", "giong.wav"), b"RIFF"),
    "the voice of one scene": lambda root: put(root, LESSON.replace("index.md", "giong-2.mp3"), b"ID3"),
    "a voice counted with a nought": lambda root: put(root, LESSON.replace("index.md", "giong-01.wav"), b"RIFF"),
    "the voice of no scene": lambda root: put(root, LESSON.replace("index.md", "giong-99.m4a"), b"ftyp"),
    "words of the film": lambda root: edit(root, LESSON, "Bác mở máy ảnh.", "Mở máy ảnh."),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_readers_do_not_get_leaves_the_name(tmp_path: Path, change: Callable[[Path], object]) -> None:
    root = make_project(tmp_path)
    before, data = name(root), snapshot(root)
    change(root)
    assert snapshot(root) != data and name(root) == before


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_what_readers_get_gives_another_name(tmp_path: Path, change: Callable[[Path], object]) -> None:
    root = make_project(tmp_path)
    old = name(root)
    change(root)
    assert name(root) != old


@pytest.mark.parametrize("voice", ["giong.mp3", "giong-1.wav", "giong-02.m4a"])
def test_the_voice_of_a_card_is_part_of_its_text(tmp_path: Path, voice: str) -> None:
    card = "content/cards/khai-tu/index.md"
    root = make_project(tmp_path, files={card: (ROOT / card).read_text("utf-8")})

    def named() -> str:
        read = read_handbook(Project(root)).handbook.by_slug["khai-tu"]
        assert isinstance(read, Card)
        return text_name(read, lambda file: (root / file).read_bytes())

    before = named()
    put(root, card.replace("index.md", voice), b"RIFF")
    assert named() != before


def test_a_picture_is_part_of_the_text(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root, LESSON, "3. Chờ đường link hiện ra.\n", "3. Chờ đường link hiện ra.\n\n![tờ rơi](to.png)\n")
    names = []
    for data in (b"one", b"two"):
        put(root, f"content/topics/{SLUG}/to.png", data)
        names.append(name(root))
    assert names[0] != names[1]


def test_names_are_short_and_read_without_doubt() -> None:
    assert not {*LETTERS} & {*"01IOQSB8GUJZ25"} and len({*LETTERS}) == len(LETTERS)
    assert SHAPE.fullmatch("ACDEFHKL") and not SHAPE.fullmatch("ACDEFHK") and not SHAPE.fullmatch("ACDEFHKO")


# Writing.


def test_every_file_to_commit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release refuses what git does not hold; the book of approvals alone was named."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--confirm", "1,3") == 0
    assert f"cùng lúc: {LESSON}" in capsys.readouterr().out


def test_a_row_is_written_and_the_lesson_is_approved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--sheet", "tủ 3, số 12") == 0
    assert rows(root) == ["slug,text,unit,date,sheet,note", f'{SLUG},{name(root)},Sở Y tế,2026-11-20,"tủ 3, số 12",']
    assert lesson(root).approved and name(root) in capsys.readouterr().out
    assert run(root, NUMBER, *SIGNED, "--sheet", "tủ 3, số 12") == 0  # by its number; the same row once
    assert len(rows(root)) == 2
    assert main(["-C", str(root), "check"]) == 0


def test_what_the_sheet_confirms_goes_back_into_the_lesson(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    before, facts = name(root), [fact.text for fact in lesson(root).office.open_facts]
    assert run(root, SLUG, *SIGNED, "--confirm", "1,3", "--seen", "2", "--on", "Android 14") == 0
    office = lesson(root).office
    assert [fact.text for fact in office.open_facts] == [fact for n, fact in enumerate(facts, 1) if n not in (1, 3)]
    assert office.confirmed == tuple(f"20/11/2026, Sở Y tế: {facts[n]}" for n in (0, 2))
    assert [screen.seen for screen in lesson(root).screens] == ["", "20/11/2026, Sở Y tế, Android 14", ""]
    assert name(root) == before and lesson(root).approved
    assert run(root, SLUG, *SIGNED, "--confirm", "all", "--seen", "all", "--on", "Android 14") == 0
    assert not lesson(root).office.open_facts and all(screen.seen for screen in lesson(root).screens)
    assert "cần xác nhận" not in (root / LESSON).read_text("utf-8")
    assert main(["-C", str(root), "check"]) == 0
    _, *own = rows(root)  # each sheet's row names what that sheet confirmed
    assert [len(row.partition("xác nhận: ")[2].split()) for row in own] == [2 + 1, len(facts) - 2 + 2]


@pytest.mark.parametrize("chosen", ["all", "1,3"])
def test_a_withdrawal_takes_back_what_its_sheet_confirmed(tmp_path: Path, chosen: str) -> None:
    """Nobody had looked: the paper was written down by mistake. The next sheet asks it all, as the first one did."""
    root = make_project(tmp_path, commit=True)
    before = [fact.text for fact in lesson(root).office.open_facts]
    assert run(root, SLUG, *SIGNED, "--confirm", chosen, "--seen", "2", "--on", "Android 14") == 0
    assert run(root, SLUG, "--unit", "Sở Tư pháp", "--date", "20/11/2026", "--seen", "all", "--on", "Samsung") == 0
    commit_all(root, "duyệt")
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "ghi nhầm bài") == 0
    office = lesson(root).office
    assert [fact.text for fact in office.open_facts] == before, "in the order of the sheet: it may be typed again"
    assert office.confirmed == () and not any(screen.seen for screen in lesson(root).screens)
    commit_all(root, "rút")
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", f"{date.today():%d/%m/%Y}") == 0
    assert main(["-C", str(root), "check"]) == 0


@pytest.mark.parametrize("words", [
    ("--note", "phiếu 2, bà Lan gửi"), ("--note", "gọi 0912 345 678"), ("--sheet", "tủ của ông Hùng"),
    ("--seen", "all", "--on", "máy bà Lan, Android 14"), ("--withdraw", "bà Lan báo sai"),
])
def test_nothing_private_is_written(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A row that is committed stays, and a check would tell it for ever."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED) == 0
    before = snapshot(root)
    assert run(root, SLUG, *SIGNED, *words) == 2 and snapshot(root) == before


def test_a_private_note_that_is_committed_may_be_said_otherwise(tmp_path: Path) -> None:
    """As an older version wrote it."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--note", "phiếu 2") == 0
    clean = (root / APPROVALS).read_text("utf-8")
    put(root, APPROVALS, clean.replace("phiếu 2", "phiếu 2, bà Lan gửi"))
    commit_all(root, "duyệt")
    assert main(["-C", str(root), "check"]) == 1
    put(root, APPROVALS, clean)
    assert main(["-C", str(root), "check"]) == 0
    put(root, APPROVALS, "")
    assert main(["-C", str(root), "check"]) == 1


def test_a_signature_long_before_the_words_is_a_wrong_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    wrong = ("--unit", "Sở Y tế", "--date", "20/11/2025", "--from-sheet", name(root))
    assert run(root, SLUG, *wrong) == 2 and not (root / APPROVALS).exists()
    assert "Sai năm" in capsys.readouterr().err


def test_a_row_of_the_wrong_level_is_shown_as_doubtful(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    put(root, APPROVALS, f"{HEAD}{SLUG},{name(root)},Công an xã An Khánh,2026-11-20,,\n")
    capsys.readouterr()
    assert run(root, SLUG) == 0 and "CHƯA phát hành được" in capsys.readouterr().out


def test_what_a_withdrawn_sheet_confirmed_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As an older version left it, or a hand put it back."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--confirm", "all") == 0
    commit_all(root, "duyệt")
    confirmed = (root / LESSON).read_text("utf-8")
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "ghi nhầm") == 0
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", f"{date.today():%d/%m/%Y}") == 0
    put(root, LESSON, confirmed)
    commit_all(root, "ký lại")
    assert main(["-C", str(root), "check", "--release"]) == 1
    assert "approval.unconfirmed" in "".join(capsys.readouterr())


def test_the_screen_of_a_question_is_confirmed_as_the_last(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "\n\n- [", "\n\n```man-hinh\nnút: Mở\n```\n\n- [")
    commit_all(root, "hỏi")
    assert run(root, SLUG, *SIGNED, "--seen", f"{len(lesson(root).screens) + 1}", "--on", "Android 14") == 0
    asked = lesson(root).quiz.know.screen
    assert asked and asked.seen == "20/11/2026, Sở Y tế, Android 14"
    assert not any(screen.seen for screen in lesson(root).screens)


def test_what_front_matter_said_moves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "trạng thái: nháp\n", "trạng thái: đã duyệt\nduyệt:\n  đơn vị: Sở Y tế\n  ngày: 20/11/2026\n")
    assert main(["-C", str(root), "check"]) == 0
    told = capsys.readouterr().out
    assert "approval.status" in told and "approval.claim" in told and not lesson(root).approved
    assert f'hocso approve {SLUG} --unit "Sở Y tế" --date 20/11/2026' in told
    assert run(root, SLUG, *SIGNED) == 0
    text = (root / LESSON).read_text("utf-8")
    assert "trạng thái: đã rà soát\nrà soát:" in text and "duyệt:" not in text and lesson(root).approved


def test_what_an_editor_saves_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path)

    def saved(*_: object) -> str:
        edit(root, LESSON, "giữ yên", "giữ thật yên")
        return "ACDEFHKL"

    monkeypatch.setattr(approve, "name_now", saved)
    assert run(root, SLUG, *SIGNED, "--seen", "all", "--on", "Android 14", "--confirm", "all") == 1
    assert LESSON in capsys.readouterr().err and not (root / APPROVALS).exists()
    assert "giữ thật yên" in (root / LESSON).read_text("utf-8")


def test_numbers_of_a_sheet_count_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left has other numbers then."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--confirm", "1") == 0
    before = snapshot(root)
    assert run(root, SLUG, *SIGNED, "--confirm", "1") == 2
    assert "nay chỉ vào điều khác" in capsys.readouterr().err and snapshot(root) == before


@pytest.mark.parametrize("again", [
    ("--unit", "Sở Y tế", "--date", "20/11/2026", "--sheet", "tủ 2"), ("--unit", "Sở Y tế", "--date", "21/11/2026"),
    ("--unit", "Sở Tư pháp", "--date", "20/11/2026"),
])
@pytest.mark.parametrize("numbers", [("--confirm", "1"), ("--seen", "1", "--on", "Android 14")])
def test_numbers_of_a_sheet_never_mean_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], again: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    """Whatever else of the row differs: what was number 1 on that paper is confirmed, and number 2 is number 1 now."""
    root = make_project(tmp_path, commit=True)
    sheet = ("--from-sheet", name(root))
    assert run(root, SLUG, *SIGNED, *sheet, *numbers) == 0
    before = snapshot(root)
    assert run(root, SLUG, *again, *sheet, *numbers) == 2
    assert "nay chỉ vào điều khác" in capsys.readouterr().err and snapshot(root) == before


def test_numbers_of_a_sheet_stand_while_nothing_of_it_was_confirmed(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    first = lesson(root).office.open_facts[0].text
    assert run(root, SLUG, *SIGNED) == 0
    assert run(root, SLUG, *SIGNED, "--confirm", "1") == 0
    assert lesson(root).office.confirmed[0].endswith(first)


def test_a_sheet_printed_after_something_was_confirmed_counts_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its letters say when it was printed; those of another moment are refused, and an older sheet stays refused."""
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "cần xác nhận:\n", "cần xác nhận:\n  - phí là bao nhiêu\n  - gửi trong mấy ngày\n")
    commit_all(root, "thêm điều", int(datetime(2026, 11, 20, 3, tzinfo=UTC).timestamp()))
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root), "--confirm", "1") == 0
    left = lesson(root).office.open_facts
    before = snapshot(root)
    for old in (name(root), f"{name(root)}-2"):
        assert run(root, SLUG, *SIGNED, "--from-sheet", old, "--confirm", "2") == 2
        assert "nay chỉ vào điều khác" in capsys.readouterr().err and snapshot(root) == before
    assert run(root, SLUG, *SIGNED, "--from-sheet", f"{name(root).lower()} - 1", "--confirm", "2") == 0
    assert lesson(root).office.confirmed[-1].endswith(left[1].text)
    assert [fact.text for fact in lesson(root).office.open_facts] == [left[0].text, *(fact.text for fact in left[2:])]


@pytest.mark.parametrize("confirm", ["1", "all"])
@pytest.mark.parametrize("saved", [True, False])
def test_a_fact_that_came_after_the_sheet_is_not_confirmed_by_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], confirm: str, saved: bool,
) -> None:
    root = make_project(tmp_path, commit=True)
    sheet = ("--from-sheet", name(root))
    edit(root, LESSON, "cần xác nhận:\n", "cần xác nhận:\n  - gọi 1900 9999 hỏi phí\n")
    if saved:
        commit_all(root, "thêm điều", int(datetime(2026, 11, 22, tzinfo=UTC).timestamp()))
    before = snapshot(root)
    assert run(root, SLUG, *SIGNED, *sheet, "--confirm", confirm) == 2
    assert "1900 9999" in capsys.readouterr().err and snapshot(root) == before


def test_a_fact_that_came_before_the_sheet_is_confirmed_by_it(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "cần xác nhận:\n", "cần xác nhận:\n  - gọi 1900 9999 hỏi phí\n")
    commit_all(root, "thêm điều", int(datetime(2026, 11, 20, 3, tzinfo=UTC).timestamp()))
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root), "--confirm", "1") == 0
    assert lesson(root).office.confirmed[0].endswith("gọi 1900 9999 hỏi phí")


@pytest.mark.parametrize(("unit", "person"), [
    ("Nguyễn Văn Tám", "Nguyễn Văn Tám"), ("Sở Y tế, Trần Thị Lan", "Trần Thị Lan"), ("ông Bảy", "ông Bảy"),
    ("Công an xã An Khánh", ""), ("Phòng Văn hóa - Xã hội", ""), ("Ủy ban nhân dân xã Lê Lợi", ""),
])
def test_a_unit_approves_not_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, person: str
) -> None:
    root = make_project(tmp_path, commit=True)
    paper = ("--instead", "công văn 12/CV-SKHCN") if " xã " in unit or unit.startswith("Phòng") else ()
    assert run(root, SLUG, "--unit", unit, "--date", "20/11/2026", *paper) == (2 if person else 0)
    assert f"“{person}” là tên người" in capsys.readouterr().err if person else (root / APPROVALS).exists()


def test_a_person_written_into_the_book_by_hand_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    put(root, APPROVALS, f"slug,text,unit,date,sheet,note\n{SLUG},{name(root)},Nguyễn Văn Tám,2026-11-20,,\n")
    assert main(["-C", str(root), "check"]) == 1
    assert f"{APPROVALS}:2:1: LỖI [privacy.person]" in capsys.readouterr().out


def test_what_was_approved_by_mistake_is_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--withdraw", "ghi nhầm bài") == 2  # nothing to take back yet
    assert run(root, SLUG, *SIGNED) == 0 and lesson(root).approved
    commit_all(root, "duyệt")
    for more in (("--confirm", "all"), ("--note", "x"), ("--from-sheet", name(root))):
        assert run(root, SLUG, *SIGNED, "--withdraw", "ghi nhầm bài", *more) == 2
    assert run(root, SLUG, *SIGNED, "--note", "rút lại") == 2 and lesson(root).approved
    assert run(root, SLUG, *SIGNED, "--withdraw", "ghi nhầm bài") == 0 and not lesson(root).approved
    assert len(rows(root)) == 3 and rows(root)[-1].endswith(",,rút lại: ghi nhầm bài")
    assert main(["-C", str(root), "check"]) == 0  # both rows stand
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", "21/11/2026") == 0 and lesson(root).approved
    capsys.readouterr()


AS_SAVED: dict[str, tuple[Callable[[str], str], str]] = {
    "semicolons": (lambda text: text.replace(",", ";"), "Discard changes"),
    "a BOM and semicolons": (lambda text: "\ufeff" + text.replace(",", ";").replace("\n", "\r\n"), "Discard changes"),
    "a row in one cell": (lambda text: text.replace("\nquet-ma-qr,", "\nquet-ma-qr;"), "Discard changes"),
    "another first line": (lambda text: text.replace("slug,", "bài,"), "Discard changes"),
}


@pytest.mark.parametrize("saved", AS_SAVED)
def test_a_book_that_excel_saved_says_how_to_get_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], saved: str
) -> None:
    """Both check and approve say it, and nothing is read from such a book or written into it."""
    change, told = AS_SAVED[saved]
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED) == 0
    text = change((root / APPROVALS).read_text("utf-8"))
    put(root, APPROVALS, text)
    capsys.readouterr()
    assert main(["-C", str(root), "check"]) == 1 and told in capsys.readouterr().out
    for words in ((), SIGNED):
        assert run(root, SLUG, *words) == 1
        assert told in capsys.readouterr().err
    assert (root / APPROVALS).read_bytes() == text.encode()


def test_the_name_of_a_text_is_for_ever(tmp_path: Path) -> None:
    """It stands on signed paper and in every book of approvals: whoever changes how it is made unsigns them all."""
    text = Path(__file__).with_name("named.md").read_bytes()
    assert name(make_project(tmp_path, files={LESSON: text})) == "TPTHWMAP"


def test_what_is_still_open_is_told_with_the_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--confirm", "1") == 0
    told, facts = capsys.readouterr().out, lesson(root).office
    assert f"đã xác nhận điều: {facts.confirmed[0].partition(': ')[2]}" in told
    assert f"còn {len(facts.open_facts)} điều cần xác nhận, 3 màn hình" in told and "xác nhận màn hình" not in told
    assert f"Bài ghi đơn vị “{facts.unit}”, phiếu ghi “Sở Y tế”" in told and "NHÌN LẠI" not in told


@pytest.mark.parametrize(("seen", "told"), [
    ("2", "đã xác nhận màn hình: 2 (Bước 4)\n"), ("3,1", "đã xác nhận màn hình: 1 (Bước 1), 3 (Bước 5)\n"),
    ("all", "đã xác nhận màn hình: 1 (Bước 1), 2 (Bước 4), 3 (Bước 5)\n")])
def test_screens_that_were_confirmed_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seen: str, told: str
) -> None:
    """Facts were told in their words; of a slip in `--seen` nobody saw anything."""
    root = make_project(tmp_path, commit=True)
    assert run(root, SLUG, *SIGNED, "--seen", seen, "--on", "Android 14") == 0
    assert told in capsys.readouterr().out


def test_mended_as_the_sheet_says_and_then_approved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of the sheet's three ways, typed as the guide has it; the letters on the sheet are of the text before."""
    guide = (ROOT / "README.vi.md").read_text("utf-8").partition("Phiếu đánh dấu “Sửa như đã ghi rồi duyệt”")[2]
    commit, ask, sign = map(shlex.split, guide.partition("```bat\n")[2].partition("```")[0].splitlines())
    root = make_project(tmp_path, commit=True)
    old = name(root)
    edit(root, LESSON, "một gang tay", "hai gang tay")
    assert commit[:2] == ["git", "commit"] and ask == ["hocso", "approve", SLUG]
    commit_all(root, commit[-1], moment=EPOCH + 5 * 86400)
    assert run(root, *ask[2:]) == 0
    now = capsys.readouterr().out.partition("bản ")[2][:8]
    words = [{"TPTHWMAP": old, "20/11/2026": "21/11/2026"}.get(word, word) for word in sign[2:]]
    assert run(root, *(word for word in words if word not in ("--confirm", "--seen", "all", "--on", "Android 14"))) == 0
    assert f"hocso approve {SLUG} --undo, rồi gõ lại với --from-sheet {now}" in capsys.readouterr().out
    assert run(root, SLUG, "--undo") == 0
    assert run(root, *(now if word == old else word for word in words)) == 0
    told = capsys.readouterr().out
    assert "NHÌN LẠI PHIẾU" in told and lesson(root).approved and "ghi: sửa như phiếu rồi duyệt" in rows(root)[-1]


def test_an_old_sheet_of_a_newer_text_is_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "- Không cài thêm thứ gì", "- Cài thêm thứ gì")
    commit_all(root, "sửa", moment=EPOCH + 5 * 86400)
    signed = ("--unit", "Sở Y tế", "--date", "19/11/2026")
    before = snapshot(root)
    assert run(root, SLUG, *signed) == 2
    assert "sau ngày ký" in capsys.readouterr().err and snapshot(root) == before
    assert run(root, SLUG, *signed, "--from-sheet", name(root)) == 0
    assert "NHÌN LẠI PHIẾU: chữ hay hình của bài đổi ngày" in capsys.readouterr().out
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", f"{date.today():%d/%m/%Y}") == 0
    assert "NHÌN LẠI" not in capsys.readouterr().out


HINTS = {
    "CẦN VIẾT: hỏi anh T.S. Minh xem có không.": "…",
    "**CẦN VIẾT** chỗ nào bấm. Rồi bấm.": "…",
    "Bấm **Máy ảnh**. Rồi CẦN VIẾT tên nút. Xong.": "Bấm **Máy ảnh**. Rồi …",
    "Mở **Máy ảnh": "Mở **Máy ảnh",
}


@pytest.mark.parametrize(("written", "shown"), HINTS.items())
def test_nothing_of_a_hint_is_shown(written: str, shown: str) -> None:
    assert fill_text(written, {}) == shown


CLAIM = "trạng thái: đã duyệt\nduyệt:\n  đơn vị: Sở Y tế\n  ngày: 20/11/2026\n"
SINCE: dict[str, tuple[Callable[[Path], object], bool]] = {
    # What happened after the claim was committed, and whether it is still a claim about this text.
    "nothing": (lambda _: None, True),
    "a space": (SAME["spaces"], True),
    "a word, not committed": (OTHER["a word"], False),
    "a word, committed": (lambda root: (OTHER["a word"](root), commit_all(root, "sửa")), False),
    "a word there and back": (lambda root: (edit(root, LESSON, "một gang tay", "hai gang tay"), commit_all(root, "sửa"),
                                            edit(root, LESSON, "hai gang tay", "một gang tay")), True),
    "another day": (lambda root: edit(root, LESSON, "ngày: 20/11/2026", "ngày: 19/11/2026"), False),
    "no history": (lambda root: shutil.rmtree(root / ".git"), False),
}


def test_fix_moves_nothing_that_is_younger_than_the_book(tmp_path: Path) -> None:
    """Typed and committed today it made an approval, by no sheet, and over a withdrawal too."""
    root = make_project(tmp_path, commit=True)
    sign(root, "20/11/2026", "cai-vneid")
    commit_all(root, "sổ duyệt")
    before = (root / APPROVALS).read_bytes()
    edit(root, LESSON, "trạng thái: nháp\n", CLAIM)
    commit_all(root, "duyệt")
    main(["-C", str(root), "check", "--fix"])
    assert not lesson(root).approved and lesson(root).office.claim and (root / APPROVALS).read_bytes() == before


@pytest.mark.parametrize(("change", "moves"), SINCE.values(), ids=SINCE)
def test_fix_moves_it_where_git_proves_the_text(tmp_path: Path, change: Callable[[Path], object], moves: bool) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, "trạng thái: nháp\n", CLAIM)
    commit_all(root, "duyệt")
    change(root)
    for _ in range(2):
        main(["-C", str(root), "check", "--fix"])
        assert lesson(root).approved is moves and (lesson(root).office.claim is None) is moves
    text = (root / LESSON).read_text("utf-8")
    assert "trạng thái: đã rà soát" in text and ("duyệt:" not in text) is moves
    assert (len(rows(root)) == 2) if moves else not (root / APPROVALS).exists()


# Changed since.


def test_what_changed_after_approval_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    run(root, SLUG, *SIGNED)
    old = name(root)
    commit_all(root, "duyệt")
    edit(root, LESSON, "giữ yên.", "giữ cho yên.")
    assert not lesson(root).approved
    capsys.readouterr()
    main(["-C", str(root), "check"])
    told = capsys.readouterr().out
    assert "approval.changed" in told and "một gang tay, giữ yên." in told and "một gang tay, giữ cho yên." in told
    assert run(root, SLUG) == 0
    told = capsys.readouterr().out
    assert re.search(r"trước: .*giữ yên\.\n +nay: +.*giữ cho yên\.", told) and old in told and name(root) in told
    edit(root, LESSON, "giữ cho yên.", "giữ yên.")  # as it was: approved as it was
    assert lesson(root).approved


def test_a_sheet_of_an_older_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, commit=True)
    old = name(root)
    edit(root, LESSON, "giữ yên.", "giữ cho yên.")
    commit_all(root, "sửa")
    typed = f"{old[:4].lower()} {old[4:]}"
    assert run(root, SLUG, *SIGNED, "--from-sheet", typed) == 0
    told = capsys.readouterr().out
    assert rows(root)[1].startswith(f"{SLUG},{old},") and not lesson(root).approved
    assert "giữ yên" in told and "giữ cho yên" in told and "BẢN NHÁP" in told


# What is refused leaves everything as it was.


@pytest.mark.parametrize("words", [
    "Android 14", "android 14, iPhone 15", "iPhone", "Samsung", "Samsung A15, mượn ở xã", "máy Oppo A5s", "Redmi9",
    "Nova 3", "Meitu M8", "Nokia 105", "máy tính bảng iPad", "iOS 17", "Vsmart Joy 4"])
def test_a_phone_is_named_by_its_system_or_make(words: str) -> None:
    assert names_phone(words)


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no such lesson": (("khong-co", *SIGNED), "khong-co"),
    "a number that isn't there": (("9999", *SIGNED), "9999"),
    "no day": ((SLUG, "--unit", "Sở Y tế"), "--date"),
    "no unit": ((SLUG, "--date", "20/11/2026"), "--unit"),
    "an empty unit": ((SLUG, "--unit", "  ", "--date", "20/11/2026"), "đơn vị"),
    "no real day": ((SLUG, "--unit", "Sở Y tế", "--date", "31/02/2026"), "31/02/2026"),
    "a day to come": ((SLUG, "--unit", "Sở", "--date", f"{date.today() + timedelta(days=2):%d/%m/%Y}"), "chưa tới"),
    **{f"a sample for a phone: {on}": ((SLUG, *SIGNED, "--seen", "1", "--on", on), "chữ mẫu")
       for on in ("x", "loại máy", "???", "máy")},
    **{f"no phone: {on}": ((SLUG, *SIGNED, "--seen", "1", "--on", on), "chưa nói là máy nào") for on in (
        "ngày", "ngày 20/11/2026", "20/11/2026", "8 giờ", "Sở Y tế", "hôm qua", "bản 2.1", "màn hình", "máy xã", "14")},
    "a unit of nowhere": ((SLUG, "--unit", "UBND", "--date", "20/11/2026"), "cấp nào"),
    **{f"no unit: {unit}": ((SLUG, "--unit", unit, "--date", "20/11/2026"), "đơn vị") for unit in (
        "Giàng A Páo", "nguyễn văn an", "8h-17h", "x", "quet-ma-qr", "Công an xã, gặp Tuấn", "Sở Y tế, 0912 345 678",
        "Sở Y tế. Duyệt: Bộ Công an, 01/01/2026", "chưa duyệt", "<b>Bộ Công an</b>", "A" * 200)},
    "a formula": ((SLUG, "--unit", "=1+1", "--date", "20/11/2026"), "=1+1"),
    "a formula as a note": ((SLUG, *SIGNED, "--note", "@cmd"), "@cmd"),
    **{f"nobody signed: {words}": ((SLUG, *SIGNED, option, words), "chưa ký") for option, words in (
        ("--note", "ghi: mất phiếu"), ("--note", "duyệt miệng"), ("--sheet", "đang ở Sở"), ("--sheet", "chờ"))},
    "an unknown text": ((SLUG, *SIGNED, "--from-sheet", "ACDEFHKL"), "ACDEFHKL"),
    "letters that cannot be": ((SLUG, *SIGNED, "--from-sheet", "O0I1"), "O0I1"),
    "one sheet for two": ((SLUG, "cai-vneid", *SIGNED, "--from-sheet", "ACDEFHKL"), "--from-sheet"),
    "a fact that isn't there": ((SLUG, *SIGNED, "--confirm", "9"), "9"),
    "facts in words": ((SLUG, *SIGNED, "--confirm", "một"), "một"),
    "a unit without a letter": ((SLUG, "--unit", "—", "--date", "20/11/2026"), "đơn vị"),
    "numbers for two lessons": ((SLUG, "cai-vneid", *SIGNED, "--confirm", "1"), "một bài"),
    "screens seen on no phone": ((SLUG, *SIGNED, "--seen", "all"), "--on"),
    "a phone and no screens": ((SLUG, *SIGNED, "--on", "Android 14"), "--on"),
    "other digits": ((SLUG, *SIGNED, "--confirm", "١"), "như 1,2;"),
    "a screen that isn't there": ((SLUG, *SIGNED, "--seen", "0", "--on", "Android 14"), "0"),
    "the second of two unknown": ((SLUG, "khong-co", *SIGNED), "khong-co"),
    "confirmed by nobody": ((SLUG, "--confirm", "1"), "--unit"),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_all_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    root = make_project(tmp_path, commit=True)
    before = snapshot(root)
    assert run(root, *words) in (1, 2)
    err = capsys.readouterr().err
    assert told in err and err.count("\n") == 1
    assert snapshot(root) == before


@pytest.mark.parametrize(("old", "new"), [
    ("## Các bước", "## Các buoc"), ("\n## An toàn\n", "\n<<<<<<< HEAD\nmột\n=======\nhai\n>>>>>>> b\n\n## An toàn\n"),
])
def test_a_lesson_with_errors_is_not_approved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str,
) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, LESSON, old, new)
    before = snapshot(root)
    assert run(root, SLUG, *SIGNED) == 1 and "hocso check" in capsys.readouterr().err
    assert snapshot(root) == before


def test_nothing_is_written_when_one_file_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path, commit=True)
    before = snapshot(root)

    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "approvals.csv":
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    assert run(root, SLUG, *SIGNED, "--seen", "all", "--on", "Android 14") == 2
    assert snapshot(root) == before


@pytest.mark.parametrize(("typed", "first"), [("xa-dai-sonn", "`xa-dai-son`"), ("quet-ma-q", "`quet-ma-qr`")])
def test_who_slipped_hears_what_there_is_the_likest_first(
    tmp_path: Path, typed: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(make_project(tmp_path), typed) == 2
    assert f"Gần giống nhất đứng trước: {first}, " in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--confirm", "--seen"])
def test_a_number_that_is_on_no_sheet_is_told_with_its_option(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = ("--on", "Android 14") if option == "--seen" else ()
    assert run(make_project(tmp_path), SLUG, *SIGNED, option, "1,2,99", *phone) == 2
    assert f"{option} 1,2,99? {SLUG} còn " in capsys.readouterr().err
