"""`hocso edition new`: one commented file that passes the check, whole or not at all, never over another one."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.checks import read_and_check
from generator.cli import main
from generator.commands.editions import begin
from generator.ground import whole
from generator.ground.files import Project
from generator.ground.findings import has_errors
from generator.handbook.keys import EDITION_KEYS, HELP_ROLES
from generator.handbook.model import Edition, Help
from generator.handbook.read import read_handbook
from tests.projects import make_project, put, snapshot

pytestmark = pytest.mark.long
FILE = "content/editions/xa-an-khanh.yml"
NAMED = ("--name", "xã An Khánh", "--parent", "hai-phong")
CONTACT = ("--contact", "công an: Công an xã An Khánh, 0220 3555 113")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))  # noqa: PTH123, SIM115 - no terminal
    return make_project(tmp_path, commit=True)


def made(root: Path, id: str = "xa-an-khanh") -> Edition:
    checked = read_and_check(Project(root))
    assert not has_errors(checked.findings)
    return next(edition for edition in checked.reading.handbook.editions if edition.id == id)


def new(root: Path, *words: str, id: str = "xa-an-khanh") -> int:
    return main(["-C", str(root), "edition", "new", id, *words])


def test_by_options(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(root)
    assert new(root, *NAMED, "--code", "11401", "--lower-units", "thôn", *CONTACT, "--contact", "y tế: Trạm y tế xã",
               "--hours", "7 giờ 30 đến 17 giờ") == 0
    assert capsys.readouterr().out == f"Đã tạo {FILE}. Gõ tiếp: hocso edition check xa-an-khanh\n"
    after = snapshot(root)
    assert {name for name in after if before.get(name) != after[name]} == {FILE}
    place = made(root)
    assert (place.name, place.layers[-2:], place.code, place.lower_units) == (
        "xã An Khánh", ("hai-phong", "xa-an-khanh"), "11401", "thôn")
    assert place.helper("công an") == Help("công an", "Công an xã An Khánh", "0220 3555 113", "7 giờ 30 đến 17 giờ")
    assert place.helper("y tế") == Help("y tế", "Trạm y tế xã", "", "7 giờ 30 đến 17 giờ")
    assert place.helper("thủ tục") == Help("thủ tục", "trung tâm phục vụ hành chính công xã, phường"), "nobody's hours"


def test_the_file_names_every_key_and_says_what_it_is_for(root: Path) -> None:
    assert new(root, *NAMED) == 0
    text = (root / FILE).read_text("utf-8")
    assert all(f"\n{key.vi}:" in text or f"# {key.vi}: đang lấy của cấp trên (" in text
               for key in EDITION_KEYS if key.vi != "giọng")
    assert all(f"\n  {role}:\n" in text for role in HELP_ROLES)
    blocks = text.strip().split("\n\n")
    assert len(blocks) > 8 and all(block.startswith("# ") for block in blocks)


ODD = ['xã "An" Khánh', "xã An: Khánh", "xã An Khánh # mới", "xã {An} \\ Khánh", "xã 'An' - Khánh", "xã {{ tên }}"]


@pytest.mark.parametrize("name", ODD)
def test_what_is_typed_is_what_is_read(root: Path, name: str) -> None:
    assert new(root, "--name", name, "--parent", "hai-phong") == 0
    assert made(root).name == name


REFUSED = [
    # Id, options, a piece of what is told.
    ("xa-dai-son", NAMED, "đã có"), ("Xa-Dai-Son", NAMED, "xa-dai-son"), ("all", NAMED, "`all`"),
    ("Xã An Khánh", NAMED, "`xa-an-khanh`"), ("con", NAMED, "chữ thường"), ("../x", NAMED, "chữ thường"),
    ("xa-an-khanh", (), "--name và --parent"), ("xa-an-khanh", NAMED[:2], "`cấp trên`"),
    ("xa-an-khanh", NAMED[2:], "`tên`"), ("xa-an-khanh", ("--name", "xã Đại Sơn", *NAMED[2:]), "đã có tên"),
    ("xa-an-khanh", (*NAMED[:2], "--parent", "hai-duong"), "`hai-phong`, "),
    ("xa-an-khanh", (*NAMED, "--code", "1140"), "5 chữ số"),
    ("xa-an-khanh", (*NAMED, "--address", "an khánh"), "https:"),
    ("xa-an-khanh", (*NAMED, "--address", "http://hoc.xa.gov.vn"), "không dùng được"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã Đại Sơn"), "xã Đại Sơn (`xa-dai-son`)"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã, 0912 345 678"), "số di động"),
    ("xa-an-khanh", (*NAMED, "--contact", "cong an: Công an xã An Khánh"), "`công an`, "),
    ("xa-an-khanh", (*NAMED, "--contact", "Công an xã An Khánh"), "Vai là một trong"),
    ("xa-an-khanh", (*NAMED, "--lower-units", "thôn\u200b"), "U+200B"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã An Khánh, 0225 36S5 213"), "“S”"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã An Khánh, 0225 ba năm"), "“0225 ba năm”"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã An Khánh, 0225 355 213"), "10 chữ số"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Công an xã, 0225 3555 213, 8 giờ"), "Giờ ghi ở `giờ`"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: Đại úy Nguyễn Văn An, 0220 3555 113"), "tên người"),
    ("xa-an-khanh", (*NAMED, "--contact", "công an: sáng"), "“sáng” là giờ"),
    ("xa-an-khanh", (*NAMED, *CONTACT, "--hours", "0225 3555 213"), "chỗ ghi giờ"),
]


@pytest.mark.parametrize(("id", "words", "told"), REFUSED, ids=[" ".join((row[0], *row[1][-1:])) for row in REFUSED])
def test_refused_in_one_line_and_nothing_is_there(
    root: Path, capsys: pytest.CaptureFixture[str], id: str, words: Sequence[str], told: str
) -> None:
    before = snapshot(root)
    assert new(root, *words, id=id) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1) and told in err
    assert snapshot(root) == before


@pytest.mark.parametrize(("file", "data"), [
    ("hai-phong", "tên: [\n"), ("viet-nam", None), ("viet-nam", "tên:\n"), ("hai-phong", "tên: x\ncấp trên: nowhere\n"),
])
def test_nothing_is_begun_below_what_is_broken(
    root: Path, capsys: pytest.CaptureFixture[str], file: str, data: str | None
) -> None:
    put(root, f"content/editions/{file}.yml", data)
    before = snapshot(root)
    assert new(root, *NAMED) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1) and "còn lỗi" in err and snapshot(root) == before


def test_a_code_of_another_place_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(root, *NAMED, "--code", "11401") == 0
    before = snapshot(root)
    for number, words in enumerate((("--code", "11401"), ("--contact", "y tế: Trạm y tế, 0220 3 111 222"))):
        done = new(root, "--name", f"xã Thứ {number}", "--parent", "hai-phong", *words, id=f"xa-a-{number}")
        assert done == (2 if number == 0 else 0)
    assert "xa-an-khanh" in capsys.readouterr().err
    assert {*snapshot(root)} - {*before} == {"content/editions/xa-a-1.yml"}


def test_a_file_that_comes_meanwhile_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = whole.write_new

    def late(path: Path, data: bytes) -> None:
        put(root, FILE, "tên: của người khác\n")
        real(path, data)

    monkeypatch.setattr(begin, "write_new", late)
    assert new(root, *NAMED) == 2
    assert (root / FILE).read_text("utf-8") == "tên: của người khác\n"
    assert [path.name for path in (root / FILE).parent.iterdir() if path.suffix != ".yml"] == []


def test_a_full_disk_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device", "xa-an-khanh.yml")

    before = snapshot(root)
    monkeypatch.setattr("os.fsync", refuse)
    assert new(root, *NAMED) == 2
    assert snapshot(root) == before


# Asked, in this process.

RIGHT = ["xã An Khánh", "hai-phong", "11401", "", "thôn", *[""] * 4, "Công an xã An Khánh", "0220 3555 113", *[""] * 6,
         "sáng"]
Ask = Callable[[Sequence[Any]], list[str]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Answers for the questions, in their order; gives those that were asked for."""
    def answering(answers: Sequence[Any]) -> list[str]:
        left = list(answers)
        asked: list[str] = []

        def answer(prompt: str) -> str:
            asked.append(prompt)
            given = left.pop(0)
            if isinstance(given, type):
                raise given
            return str(given)

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        return asked

    yield answering


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())


@pytest.mark.parametrize("answer", [
    "Công an xã An Khánh, 0220 3555 113", "Công an xã An Khánh 0220 3555 113", "Công an xã An Khánh - (0220) 3555 113"])
def test_a_unit_and_its_phone_in_one_answer_are_two(
    root: Path, ask: Ask, on_a_terminal: None, answer: str
) -> None:
    at = RIGHT.index("Công an xã An Khánh")
    asked = ask([*RIGHT[:at], answer, *RIGHT[at + 2 :]])
    assert new(root) == 0 and len(asked) == len(RIGHT) - 1
    helper = made(root).helper("công an")
    assert helper.unit == "Công an xã An Khánh" and helper.phone.strip("()").replace(")", "") == "0220 3555 113"


def test_asked_and_answered(root: Path, ask: Ask, on_a_terminal: None) -> None:
    asked = ask(RIGHT)
    assert new(root) == 0 and len(asked) == len(RIGHT)
    place = made(root)
    assert (place.code, place.lower_units) == ("11401", "thôn")
    assert place.helper("công an") == Help("công an", "Công an xã An Khánh", "0220 3555 113", "sáng")


def test_what_an_option_said_is_not_asked(root: Path, ask: Ask, on_a_terminal: None) -> None:
    asked = ask(RIGHT[2:9] + RIGHT[11:])
    assert new(root, *NAMED, *CONTACT) == 0 and len(asked) == len(RIGHT) - 4


AGAIN = [
    # Which question, wrong answers, what is told.
    (0, ["", "xã Đại Sơn", " Xã  đại sơn "], ["phải có trả lời", "đã có tên"]),
    (1, ["", "hai duong"], ["`hai-phong`"]),
    *((1, [typed], ["Có phải `hai-phong` (thành phố Hải Phòng) không?"]) for typed in (
        "Hải Phòng", "hải phòng", "Hai Phong", "haiphong", "HAI PHONG", "TP. Hải Phòng", "thành phố Hải Phòng")),
    (1, ["xa-dai-sơn", "Dai Son"], ["`viet-nam`"]), (2, ["114", "abc", "114011"], ["5 chữ số"]),
    (3, ["xa.gov.vn", "https://"], ["https://hoc."]),
    (5, ["Công an xã Đại Sơn", "Nguyễn Văn An"], ["xa-dai-son", "tên người"]),
    (9, ["sáng", "0225 3555 2O4", "Công an xã, 0225 ba năm"], ["là giờ", "chữ “O”", "“0225 ba năm”"]),
    (10, ["0912345678", "chưa có", "hỏi lại"], ["số di động", "để trống", "không phải số điện thoại"]),
    (10, ["0225 ba năm", "0225 3555 2O4", "0225 355 213"], ["“0225 ba năm”", "chữ “O”", "10 chữ số"]),
]


@pytest.mark.parametrize(("index", "wrong", "told"), AGAIN, ids=[str(row[0]) for row in AGAIN])
def test_a_wrong_answer_is_asked_again(
    root: Path, ask: Ask, on_a_terminal: None, capsys: pytest.CaptureFixture[str], index: int, wrong: list[str],
    told: list[str],
) -> None:
    asked = ask([*RIGHT[:index], *wrong, *RIGHT[index:]])
    assert new(root) == 0 and len(asked) == len(RIGHT) + len(wrong)
    out = capsys.readouterr().out
    assert all(piece in out for piece in told)
    assert made(root).helper("công an").unit == "Công an xã An Khánh"


def test_only_those_that_can_be_above_are_offered(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in "hai duong", "Đại Sơn":
        assert new(root, *NAMED[:2], "--parent", typed) == 2
        told = capsys.readouterr().err
        assert "`hai-phong`" in told and "xa-" not in told and "Có phải" not in told


GIVEN_UP = [(0, KeyboardInterrupt), (1, EOFError), (5, KeyboardInterrupt), (len(RIGHT) - 1, KeyboardInterrupt)]


@pytest.mark.parametrize(("at", "end"), GIVEN_UP)
def test_whoever_gives_up_leaves_nothing_behind(
    root: Path, ask: Ask, on_a_terminal: None, capsys: pytest.CaptureFixture[str], at: int, end: type
) -> None:
    before = snapshot(root)
    ask([*RIGHT[:at], end])
    assert new(root) == 130
    assert snapshot(root) == before and capsys.readouterr().err.count("\n") == 1


# Asked, in a terminal of its own.


CTRL_C = "\x03"


def drive(root: Path, answers: Sequence[str], **environment: str) -> tuple[str, int]:
    """Types each answer when the sign for it stands there."""
    import pty
    import select

    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # also where whoever runs the tests ignores it
        ours = ("LC_", "LANG", "PYTHON", "HOCSO")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        os.execve(sys.executable, [sys.executable, "-m", "generator", "-C", str(root), "edition", "new", "xa-an-khanh"],
                  {**kept, **environment})
    shown, left, end = b"", list(answers), time.monotonic() + 120
    while time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
        elif not left and answers[-1] == CTRL_C:  # pressed before the program listened: people press again
            os.write(terminal, CTRL_C.encode())
        if left and shown.endswith(b"\n> "):
            os.write(terminal, left.pop(0).encode())
            shown += b"\n"
    else:
        os.kill(pid, signal.SIGKILL)
    return shown.decode("utf-8"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


CONSOLES = {"utf-8": {"LC_ALL": "C.UTF-8"}, "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            "cp1252": {"PYTHONIOENCODING": "cp1252"}}


@pytest.mark.skipif(os.name == "nt", reason="no pty")
@pytest.mark.parametrize("console", CONSOLES)
def test_in_any_terminal(root: Path, console: str) -> None:
    shown, code = drive(root, [f"{answer}\n" for answer in RIGHT], **CONSOLES[console])
    assert code == 0 and f"Đã tạo {FILE}" in shown
    assert made(root).helper("công an").unit == "Công an xã An Khánh"


@pytest.mark.skipif(os.name == "nt", reason="no pty")
def test_ctrl_c_in_a_terminal(root: Path) -> None:
    before = snapshot(root)
    shown, code = drive(root, [*(f"{answer}\n" for answer in RIGHT[:4]), CTRL_C])
    assert code == 130 and "Traceback" not in shown
    assert snapshot(root) == before


def test_a_draft_is_read_as_if_it_were_there(root: Path) -> None:
    book = read_handbook(Project(root), {FILE: "tên: xã An Khánh\ncấp trên: hai-phong\n"}).handbook
    assert "xa-an-khanh" in {edition.id for edition in book.editions} and not (root / FILE).exists()
