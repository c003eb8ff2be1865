from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import COMMANDS, main
from generator.engine.progress import Progress
from generator.ground.unseen import find_unseen
from generator.products import NAMES
from tests.projects import ROOT, edit, make_project, snapshot

pytestmark = pytest.mark.long
TOPIC = "content/topics/quet-ma-qr/index.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and we stand in it."""
    root = make_project(tmp_path, commit=True)
    monkeypatch.chdir(root)
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    return root


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def words(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return (code, *capsys.readouterr())

    return words


def test_clean_content(run: Run) -> None:
    assert run("check") == (0, "", "Không có chỗ nào phải sửa.\n")


def test_an_error_is_1_and_stands_with_its_place(run: Run, root: Path) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, out, err = run("check")
    assert code == 1
    assert f"{TOPIC}:2:1: LỖI [key.unknown]" in out and "Cách sửa: Viết `phút`." in out
    assert err == "1 lỗi, 0 lời nhắc.\n"


def test_a_warning_alone_is_0(run: Run, root: Path) -> None:
    assert run("new", "gui-anh", "--part", "an-toan")[0] == 0
    code, out, _ = run("check")
    assert code == 0 and "nhắc [topic.unwritten]" in out
    assert run("check", "--release")[0] == 1


EVIL = "a\x1b[2J\u202e\udcff\n::error::b\x07"
STRANGE = [
    ["build", EVIL], ["build", "--edition", EVIL], ["build", "--editions", EVIL],
    ["build", "--out", f"mkdocs.yml/{EVIL}"], ["build", "--jobs", EVIL],
    ["build", "--store", EVIL, "--workers", "1"], ["check", EVIL], ["check", "--edition", EVIL],
    ["check", "--format", EVIL], [EVIL], ["--" + EVIL], ["-C", EVIL, "check"], ["new", EVIL, "--part", "an-toan"],
    ["new", "x-y", "--part", EVIL], ["qr", EVIL], ["qr", "add", EVIL], ["qr", "retire", EVIL],
    ["qr", "retire", "1041", "--to", EVIL], ["serve", "--host", EVIL], ["serve", "--edition", EVIL],
    ["serve", "--port", EVIL], ["proof", EVIL], ["proof", f"{EVIL}.png"],
]


@pytest.mark.parametrize("words", STRANGE, ids=[" ".join(row).replace(EVIL, "…") for row in STRANGE])
def test_what_is_typed_steers_no_console(run: Run, root: Path, words: list[str]) -> None:
    (root / f"{EVIL}.png").write_bytes(b"no picture")
    code, out, err = run(*words)
    assert code in (1, 2) and out + err and not list(find_unseen(out + err))
    assert not re.search("^::error", out + err, re.MULTILINE)


@pytest.mark.parametrize("live", [True, False])
def test_nor_does_what_a_build_tells(live: bool, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.live = live
    with progress.step("make", "a\x1b\u202eb"):
        progress.count("c\u202ed", 1, 2)
    progress.say("e\u202e\nf")
    assert not list(find_unseen(re.sub("\r\x1b\\[2K", "", stream.getvalue()) + capsys.readouterr().out))


NARROW = [
    # What is asked, and the files told of. Each of the three has one error.
    ([], {"topic", "commune", "province"}), ([TOPIC], {"topic"}), (["content/topics/quet-ma-qr"], {"topic"}),
    (["content\\\\topics"], {"topic"}), (["content/topics/", "content/editions/hai-phong.yml"], {"topic", "province"}),
    (["content/glossary.yml"], set()), (["."], {"topic", "commune", "province"}),
    (["--edition", "xa-dai-son"], {"commune", "province"}), (["--edition", "hai-phong"], {"province"}),
    (["--edition", "xa-phong-quang"], set()), (["content/glossary.yml", "--edition", "hai-phong"], {"province"}),
]
FILES = {"topic": TOPIC, "commune": "content/editions/xa-dai-son.yml", "province": "content/editions/hai-phong.yml"}


@pytest.mark.parametrize(("asked", "expected"), NARROW, ids=[" ".join(row[0]) for row in NARROW])
def test_what_is_asked_alone(run: Run, root: Path, asked: Sequence[str], expected: set[str]) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    for name in ("commune", "province"):
        edit(root, FILES[name], 'mã: ""', f'mã: "{name}"')
    code, out, err = run("check", *asked)
    assert {name for name, file in FILES.items() if f"{file}:" in out} == expected
    told = f"{len(expected)} lỗi, 0 lời nhắc.\n" if expected else "Không có chỗ nào phải sửa.\n"
    assert (code, err) == (int(bool(expected)), told)


def test_fix_touches_only_what_is_asked(run: Run, root: Path) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    edit(root, FILES["commune"], "giúp đỡ:", "giup do:")
    before = snapshot(root)
    assert run("check", "--fix", "--edition", "xa-dai-son")[0] == 0
    after = snapshot(root)
    assert {name for name in after if after[name] != before[name]} == {FILES["commune"]}
    assert run("check", "--fix", TOPIC)[0] == 0 and run("check")[0] == 0


def test_files_are_named_from_where_one_stands(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    monkeypatch.chdir(root / "content/topics/quet-ma-qr")
    assert run("check", "index.md")[0] == 1 and run("check", str(root / TOPIC))[0] == 1
    assert run("check", "../tranh-lua-dao")[0] == 0


def test_errors_stand_before_warnings(run: Run, root: Path) -> None:
    assert run("new", "gui-anh", "--part", "an-toan")[0] == 0
    edit(root, TOPIC, "phút: 15", "phut: 15")
    told = [line for line in run("check")[1].splitlines() if line.startswith("content/")]
    assert len(told) > 2 and told[0].startswith(TOPIC) and "LỖI" in told[0]
    assert not [line for line in told[1:] if "LỖI" in line]


def test_json(run: Run, root: Path) -> None:
    assert json.loads(run("check", "--format", "json")[1]) == []
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, out, err = run("check", "--format", "json")
    rows = json.loads(out)
    assert code == 1 and err == "" and len(rows) == 1
    for row in rows:
        assert list(row) == ["rule", "severity", "file", "line", "column", "message", "fix"]
        assert row["severity"] == "error" and row["file"] == TOPIC
        assert row["line"] >= 1 and row["column"] >= 1 and row["message"] and row["fix"]


def test_github(run: Run, root: Path) -> None:
    assert run("check", "--format", "github")[1] == ""
    edit(root, TOPIC, "phút: 15", "phut: 15")
    lines = run("check", "--format", "github")[1].splitlines()
    assert len(lines) == 1 and all(line.startswith(f"::error file={TOPIC},line=") for line in lines)


@pytest.mark.parametrize(("language", "words"), [("en", "ERROR"), ("en_US.UTF-8", "ERROR"), ("vi", "LỖI"), ("", "LỖI")])
def test_language(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    monkeypatch.setenv("HOCSO_LANG", language)
    edit(root, TOPIC, "phút: 15", "phut: 15")
    assert words in run("check")[1]


def test_fix_then_check(run: Run, root: Path) -> None:
    before = snapshot(root)
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, out, err = run("check", "--fix")
    assert (code, out) == (0, "") and f"{TOPIC}:2: đã sửa thành phút: 15" in err
    assert snapshot(root) == before


def test_due(run: Run, root: Path) -> None:
    code, out, _ = run("check", "--due")
    assert code == 0 and out.startswith(f"Việc phải rà soát, tính đến {date.today():%d/%m/%Y}")
    edit(root, TOPIC, "phút: 15", "phut: 15")
    assert run("check", "--due")[0] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "hocso serve"),
        (["chek"], "`check`"),
        (["buidl"], "`build`"),
        (["check", "--formt", "json"], "`--format`"),
        (["build", "--leson", "cai-vneid"], "`--lesson`"),
        (["qr", "ad", "quet-ma-qr"], "`add`"),
        (["check", "--edition"], "--edition"),
        (["check", "--fix=3"], "3"),
        (["serve", "--port", "x"], "x"),
        (["build", "--o", "x"], "--offline-release"),
        (["check", "--format", "xml"], "xml"),
        (["check", "khong-co.md"], "khong-co.md"),
        (["check", "../.."], "../.."),
        (["check", "--edition", "xa-dai-so"], "xa-dai-son"),
        (["build", "poste"], "`poster`"),
        (["build", "--edition", "xa-dai-so"], "xa-dai-so"),
        (["build", "--editions", "xa-dai-so"], "xa-dai-son"),
        (["build", "--editions", "viet-nam,hai-phon"], "hai-phong"),
        (["build", "--editions", "all", "--edition", "viet-nam"], "--edition"),
        (["build", "--editions", "all", "--workers", "2", "--cluster", "local"], "--workers"),
        (["build", "--editions", "all", "--workers", "0"], "--workers"),
        (["build", "--editions", "all", "--cluster", "tcp://127.0.0.1:9"], "--store"),
        (["build", "--editions", "all", "--store", "kho"], "--cluster"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--jobs", "nhiều"], "nhiều"),
        (["new"], "--part"),
        (["new", "Gửi Ảnh", "--part", "an-toan"], "gui-anh"),
        (["new", "gui-anh", "--part", "antoan"], "an-toan"),
        (["new", "quet-ma-qr", "--part", "an-toan"], "quet-ma-qr"),
        (["qr"], "qr --help"),
        (["qr", "add", "quet-ma"], "quet-ma-qr"),
        (["qr", "retire", "1014"], "1014"),
        (["qr", "retire", "1041", "--to", "khong-co"], "khong-co"),
        (["proof", "khong-co.pdf"], "khong-co.pdf"),
        (["proof"], "make"),
        (["-C", "khong-co", "check"], "khong-co"),
        (["serve", "--edition", "xa-dai-so"], "xa-dai-so"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_wrong_usage_is_2_and_one_line(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], told: str, language: str
) -> None:
    monkeypatch.setenv("HOCSO_LANG", language)
    before = snapshot(root)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and told in err and "Traceback" not in err
    assert language == "en" or not ENGLISH.search(err)
    typed = re.compile("|".join(map(re.escape, words)) or "$^")
    assert language == "vi" or not VIETNAMESE.search(typed.sub("", err))
    assert snapshot(root) == before


ENGLISH = re.compile(r"\b(usage|arguments?|options?|"
                     r"invalid|expected|allowed|required|choose|unrecognized|error|message)\b")
"""Words of argparse's own."""
VIETNAMESE = re.compile("[ăđơưạ-ỹ]")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("words", [command.name for command in COMMANDS])
def test_help_says_what_each_command_and_option_does(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: str, language: str
) -> None:
    monkeypatch.setenv("HOCSO_LANG", language)
    monkeypatch.setenv("COLUMNS", "200")
    code, out, err = run(*words.split(), "--help")
    assert (code, err) == (0, "") and re.search(rf"^(ví dụ|example): hocso {words}", out, re.MULTILINE)
    told = [line for line in out.splitlines() if re.match("  (-|[A-Z])", line)]
    unsaid = [line for line in told if not re.search(r"  \S.* {2,}\S|^ {2}\S+ {2,}\S", line)]
    assert told and [line for line in unsaid if "|" not in line and "{" not in line] == []
    assert ("usage:" in out) == (language == "en") and ("cách gõ:" in out) == (language == "vi")
    assert language == "en" or not ENGLISH.search(out.replace("--", ""))
    names_products = "PRODUCT" in out or "SẢN-PHẨM" in out
    assert language == "en" or not re.search(r"\b(SLUG|UNIT|WHY|ID|DAY|FILE|DIR|URL|PLACE|TEXT)\b", out)
    assert all((f"\n  {name} " in out) == names_products for name in NAMES)


@pytest.mark.parametrize(("words", "told"), [
    (["new"], "còn thiếu TÊN-BÀI, --part"), (["edition", "check"], "còn thiếu MÃ-NƠI"),
    (["approve"], "còn thiếu TÊN-BÀI"),
])
def test_what_is_lacking_is_named_in_the_readers_words(run: Run, words: list[str], told: str) -> None:
    assert told in run(*words)[2]


LOOSE = [
    # As it came without quotation marks; the line that is told.
    ("edition new phuong-x --name phường An Biên --parent hai-phong",
     'edition new phuong-x --name "phường An Biên" --parent hai-phong'),
    ("edition new phuong-x --name “phường An Biên” --parent hai-phong",
     'edition new phuong-x --name "phường An Biên" --parent hai-phong'),
    ("edition new --name phường An Biên phuong-x --parent hai-phong",
     'edition new --name "phường An Biên" phuong-x --parent hai-phong'),
    ("edition new phuong-x --contact công an: Công an xã, 0225 3555 213 --hours 7 giờ 30 đến 17 giờ",
     'edition new phuong-x --contact "công an: Công an xã, 0225 3555 213" --hours "7 giờ 30 đến 17 giờ"'),
    ("edition new phuong-x --name An --parent hải phòng", 'edition new phuong-x --name An --parent "hải phòng"'),
    ("approve quet-ma-qr --unit Nguyễn Văn An --date 20/11/2026",
     'approve quet-ma-qr --unit "Nguyễn Văn An" --date 20/11/2026'),
    ("approve quet-ma-qr --unit=Phòng Văn hóa - Xã hội --date 20/11/2026",
     'approve quet-ma-qr --unit "Phòng Văn hóa - Xã hội" --date 20/11/2026'),
    ("approve --unit Sở Y tế quet-ma-qr 1041 --date 20/11/2026",
     'approve --unit "Sở Y tế" quet-ma-qr 1041 --date 20/11/2026'),
    ("approve quet-ma-qr --unit 'Sở Y tế' --date 20/11/2026 --on Android 14, iPhone 15",
     'approve quet-ma-qr --unit "Sở Y tế" --date 20/11/2026 --on "Android 14, iPhone 15"'),
    ("approve quet-ma-qr --unit UBND --date 20/11/2026 --withdraw ghi nhầm bài",
     'approve quet-ma-qr --unit UBND --date 20/11/2026 --withdraw "ghi nhầm bài"'),
    ("build leaflet --out D:/Sách mới", 'build leaflet --out "D:/Sách mới"'),
]


@pytest.mark.parametrize(("typed", "meant"), LOOSE)
def test_words_without_quotation_marks_are_told_as_they_should_be_typed(run: Run, typed: str, meant: str) -> None:
    code, out, err = run(*typed.split())
    assert (code, out) == (2, "") and err.endswith(f"Gõ lại: hocso {meant}\n") and "ngoặc kép" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("typed", ["edition check phường lê chân", "qr add gửi ảnh", "new bài mới --part an-toan"])
def test_a_name_of_two_words_is_told_to_be_joined(run: Run, typed: str) -> None:
    code, _, err = run(*typed.split())
    assert code == 2 and "nối bằng gạch ngang" in err and "không có lựa chọn" not in err


@pytest.mark.parametrize("typed", ["build --lesson quet-ma-qr poste", "check --since HEAD content/bài"])
def test_words_behind_an_option_may_be_what_a_command_works_on(run: Run, typed: str) -> None:
    assert "ngoặc kép" not in run(*typed.split())[2]


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"hocso {__version__}\n", "")


def test_the_two_languages_differ(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    vietnamese = run("build", "poste")[2]
    monkeypatch.setenv("HOCSO_LANG", "en")
    assert run("build", "poste")[2] != vietnamese


def test_help_tells_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in ("build", "check", "new", "qr", "serve", "doctor", "schema", "proof"):
        assert f"\n    {name} " in out


def test_the_folder_named_and_the_folders_below(
    run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    monkeypatch.chdir(tmp_path)
    assert run("-C", "sach", "check")[1].startswith(f"{TOPIC}:2:1:")
    assert run("-C", str(root / "content/topics"), "check")[1].startswith(f"{TOPIC}:2:1:")
    code, _, err = run("check")
    assert code == 2 and "mkdocs.yml" in err
    monkeypatch.chdir(root / "content")
    assert run("check")[0] == 1


def test_numbers(run: Run, root: Path) -> None:
    code, out, _ = run("qr", "add", "channel:cong")
    number = (root / "qr/ledger.csv").read_text("utf-8").splitlines()[-1].split(",")[0]
    assert code == 0 and number in out
    assert run("qr", "retire", number)[0] == 0
    assert run("check")[0] == 0


def test_a_conflict_in_the_ledger_is_the_contents_fault(run: Run, root: Path) -> None:
    edit(root, "qr/ledger.csv", "1041,", "<<<<<<< HEAD\n1041,")
    code, out, err = run("qr", "add", "channel:cong")
    assert code == 1 and out == "" and "qr/ledger.csv:2" in err and err.count("\n") == 1


def test_schema(run: Run, root: Path) -> None:
    assert run("schema", "--check")[0] == 1
    code, out, _ = run("schema")
    assert code == 0 and "topic.schema.json" in out
    assert run("schema", "--check") == (0, "", "")


def test_doctor_tells_of_this_machine(run: Run) -> None:
    code, out, _ = run("doctor")
    assert code in (0, 2) and out.count("\n✓") >= 3


def test_a_disk_that_refuses_is_2_and_one_line(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(root)

    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device", "ledger.csv")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr("os.fsync", refuse)
    for words in (("qr", "add", "channel:cong"), ("new", "moi", "--part", "an-toan"), ("schema",)):
        code, out, err = run(*words)
        assert code == 2 and out == "" and err.count("\n") == 1 and "No space left" in err
    assert snapshot(root) == before


def listening(why: str) -> int:
    """An output that takes nothing: of a disk that is full, or whose other end went."""
    if why == FULL:
        return os.open("/dev/full", os.O_WRONLY)
    there, here = os.pipe()
    os.close(there)
    return here


DONE = "All that was asked for is done and written; only not all that is told here could be: {}."
FULL, CLOSED = "No space left on device", "Broken pipe"
UNHEARD: list[tuple[tuple[str, ...], str, str, bool]] = [
    # What is typed, the last line on the other stream, why, and whether words wait in a buffer until the end.
    (("build", "qr"), DONE, CLOSED, True), (("build", "qr"), DONE, CLOSED, False), (("build", "qr"), DONE, FULL, False),
    (("check", "--format", "json"), DONE, FULL, True), (("check", "--format", "json"), DONE, CLOSED, False),
    (("build", "--help"), DONE, CLOSED, False), (("build", "--help"), DONE, FULL, True),
    (("qr", "add", "channel:cong"), DONE, CLOSED, True),
    (("build", "no-such-product"), "`no-such-product`", FULL, True),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize(("words", "last", "why", "buffered"), UNHEARD)
def test_an_output_that_takes_nothing_changes_nothing_that_is_done(
    root: Path, words: tuple[str, ...], last: str, why: str, buffered: bool
) -> None:
    """`hocso build --release | head -1`: it was said that what was published before is whole, and the new one stood.
    Some words come before anything is built (that there are many warnings), and end no build either."""
    assert main(("new", "gui-anh", "--part", "an-toan")) == 0
    environment = {**os.environ, "HOCSO_LANG": "en", "PYTHONUNBUFFERED": "" if buffered else "1"}
    output = listening(why)
    done = subprocess.run([*MODULE, "-C", str(root), *words], cwd=ROOT, env=environment, stdout=output,
                          stderr=subprocess.PIPE, text=True, check=False)
    os.close(output)
    assert done.returncode == 2 and last.format(why) in done.stderr.splitlines()[-1]
    assert "Exception" not in done.stderr and "Traceback" not in done.stderr and "whole" not in done.stderr
    assert (root / "dist/qr/1041.svg").is_file() == (words == ("build", "qr"))
    assert ("channel:cong" in (root / "qr/ledger.csv").read_text("utf-8")) == (words[0] == "qr")


def test_content_that_cannot_be_built_is_1(run: Run, root: Path) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, _, err = run("build", "qr")
    assert code == 1 and "[key.unknown]" in err and "Traceback" not in err
    assert not (root / "dist").exists()


# As processes: what the console can show, and the two ways to call us.

CONSOLES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii:strict"},
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


def process(command: Sequence[str], folder: Path, **environment: str) -> tuple[int, bytes, bytes]:
    ours = ("LC_", "LANG", "PYTHON", "HOCSO")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, cwd=folder, env={**kept, **environment}, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


MODULE = [sys.executable, "-m", "generator"]


@pytest.mark.parametrize("console", CONSOLES)
def test_vietnamese_on_any_console(root: Path, console: str) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, out, err = process([*MODULE, "-C", str(root), "check"], ROOT, **CONSOLES[console])
    assert code == 1
    assert "LỖI [key.unknown] Không có khóa `phut`. Có phải `phút` không?" in out.decode("utf-8")
    assert "1 lỗi" in err.decode("utf-8")


def test_both_ways_to_call_us_are_one(root: Path) -> None:
    edit(root, TOPIC, "phút: 15", "phut: 15")
    script = [sys.executable, "-c", "import sys; from generator.__main__ import start; sys.exit(start())"]
    for words in (["check", "--format", "json"], ["chek"]):
        assert process([*MODULE, "-C", str(root), *words], ROOT) == process([*script, "-C", str(root), *words], ROOT)


def test_the_installed_command_is_the_module() -> None:
    import tomllib

    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"hocso": "generator.__main__:start"}


def test_check_starts_no_browser_and_no_press(root: Path) -> None:
    """An editor's every check would pay for them."""
    look = "import sys; from generator.cli import main; main(['-C', sys.argv[1], 'check']); print(sorted(sys.modules))"
    _, out, _ = process([sys.executable, "-c", look, str(root)], ROOT)
    loaded = out.decode("utf-8")
    assert "'generator.checks'" in loaded
    for library in ("playwright", "pikepdf", "pypdfium2", "cv2", "mkdocs", "segno"):
        assert f"'{library}'" not in loaded
