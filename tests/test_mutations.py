"""Whatever happens to the files, reading and checking end with findings, never with a traceback, and soon.

`make test` runs seeded samples, `make prove` (HOCSO_PROVE=1) all 500 that damage anything and all 10,000 that know what
stands in a file.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.checks import run_checks
from generator.cli import main
from generator.ground.files import Project
from generator.ground.findings import FORMATS, Finding, has_errors, in_order
from generator.handbook.read import Reading, read_handbook
from generator.handbook.select import select
from tests.broken import ALERT, BASE, BOOK, CARD, COMMUNE, HOME, LEDGER, SCAN, TERMS, WIFI, copy_base
from tests.haste import assert_no_runaway
from tests.projects import make_project
from tests.samples import PROVE
from tests.structures import restructure, texts_below

pytestmark = [pytest.mark.long, pytest.mark.remembers]

ALL = 500
STEP = 1 if PROVE else 16
JUNK = ["\u202e", "\u200b", "\ufeff", "\u2028", "\x85", "\x0c", "\x1b[31m", "é", "e\u0301", "𝕏", "👨\u200d👩", "\ud7ff",
        "{{ tên }}", "{{", "}}", "{{ lạ hoặc", "**", "`", "```", "```man-hinh", "---", "## ", "# ", "> ", "- [x] ",
        "| ", "|---|", "[a](b)", "![](x)", "<b", "<!--", "-->", "&a", "*a", "!!x", ": ", "\t", "9" * 30, "=>",
        "ô: = =", "%d{x}"]

Lines = list[str]


def pick(files: list[Path], chance: random.Random) -> Path:
    return chance.choice(files)


def on_lines(change: Callable[[Lines, random.Random], Lines]) -> Callable[[list[Path], random.Random], None]:
    def apply(files: list[Path], chance: random.Random) -> None:
        path = pick(files, chance)
        lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
        path.write_bytes("\n".join(change(lines, chance)).encode("utf-8", "surrogateescape"))

    return apply


def delete_lines(lines: Lines, chance: random.Random) -> Lines:
    start = chance.randrange(len(lines))
    return lines[:start] + lines[start + chance.randint(1, 6) :]


def double_lines(lines: Lines, chance: random.Random) -> Lines:
    start, count = chance.randrange(len(lines)), chance.randint(1, 8)
    return lines[: start + count] + lines[start : start + count] * chance.randint(1, 3) + lines[start + count :]


def swap_lines(lines: Lines, chance: random.Random) -> Lines:
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return lines


def shuffle_lines(lines: Lines, chance: random.Random) -> Lines:
    return chance.sample(lines, len(lines))


def put_junk(lines: Lines, chance: random.Random) -> Lines:
    for _ in range(chance.randint(1, 5)):
        index = chance.randrange(len(lines))
        column = chance.randint(0, len(lines[index]))
        lines[index] = lines[index][:column] + chance.choice(JUNK) + lines[index][column:]
    return lines


def huge_line(lines: Lines, chance: random.Random) -> Lines:
    index = chance.randrange(len(lines))
    lines[index] += chance.choice([*JUNK, "a", " ", "\u0301", "a, ", "["]) * chance.choice([500, 30_000])
    return lines


def indent_lines(lines: Lines, chance: random.Random) -> Lines:
    return [chance.choice(["", "", "", " ", "  ", "\t", "        "]) + line for line in lines]


def strip_signs(lines: Lines, chance: random.Random) -> Lines:
    sign = chance.choice(":-#*>|`[](){}.\"")
    return [line.replace(sign, "") for line in lines]


def random_bytes(files: list[Path], chance: random.Random) -> None:
    path = pick(files, chance)
    data = bytearray(path.read_bytes() or b"x")
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))


def cut_file(files: list[Path], chance: random.Random) -> None:
    path = pick(files, chance)
    data = path.read_bytes()
    path.write_bytes(data[: chance.randint(0, len(data))])


def swap_files(files: list[Path], chance: random.Random) -> None:
    one, two = pick(files, chance), pick(files, chance)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def remove_file(files: list[Path], chance: random.Random) -> None:
    pick(files, chance).unlink()


def file_to_folder(files: list[Path], chance: random.Random) -> None:
    path = pick(files, chance)
    path.unlink()
    path.mkdir()
    if chance.random() < 0.5:
        (path / "index.md").write_text("# x\n")


def rename_folder(files: list[Path], chance: random.Random) -> None:
    folder = pick(files, chance).parent
    if folder.name not in ("base", "content", "qr") or chance.random() < 0.3:
        target = folder.with_name(chance.choice(["Đổi Tên", "doi-ten", "topics", "-", "a" * 200, "x.md"]))
        if not target.exists():
            folder.rename(target)


def rename_file(files: list[Path], chance: random.Random) -> None:
    path = pick(files, chance)
    path.replace(path.with_name(chance.choice(["Index.md", "index.md", "tệp mới.md", "x.yml", "viet-nam.yaml", ".ẩn"])))


CHANGES = [
    on_lines(delete_lines), on_lines(double_lines), on_lines(swap_lines), on_lines(shuffle_lines), on_lines(put_junk),
    on_lines(put_junk), on_lines(huge_line), on_lines(indent_lines), on_lines(strip_signs),
    random_bytes, cut_file, swap_files, remove_file, file_to_folder, rename_folder, rename_file,
]


def mutate(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 1, 2, 4])):
        files = texts_below(root)
        if files:
            chance.choice(CHANGES)(files, chance)


def read_and_check(root: Path) -> tuple[Reading, list[Finding]]:
    project = Project(root)
    reading = read_handbook(project)
    return reading, in_order([*reading.findings, *run_checks(project, reading, release=True)])


def prove_sound(root: Path) -> None:
    """Everything the command `check` and the first half of a build would do."""
    reading, findings = read_and_check(root)
    for write in FORMATS.values():
        write(findings).encode("utf-8", "replace")
    for finding in findings:
        assert finding.place.line >= 1 and finding.place.column >= 1, finding
        assert finding.message.vi and finding.message.en and finding.fix.vi and finding.fix.en
    rows = json.loads(FORMATS["json"](findings))
    assert [(row["rule"], row["file"], row["line"], row["message"]) for row in rows] == [
        (finding.rule, finding.place.file, finding.place.line, str(finding.message)) for finding in findings]
    if not has_errors(reading.findings):
        for edition in reading.handbook.editions:
            assert "{{" not in repr(select(reading.handbook, edition.id).topics) or has_errors(findings)


@pytest.mark.parametrize("seed", range(0, ALL, STEP))
def test_a_mutation_is_told_not_thrown(tmp_path: Path, seed: int) -> None:
    root = copy_base(tmp_path)
    mutate(root, seed)
    start = time.process_time()
    prove_sound(root)
    assert time.process_time() - start < 10


STRUCTURED, HERD = (10_000 if PROVE else 1_000), 50


@pytest.mark.parametrize("first", range(0, STRUCTURED, HERD))
def test_what_is_nearly_right_is_told_not_thrown(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + HERD):
        root = copy_base(tmp_path)
        restructure(root, seed)
        start = time.process_time()
        try:
            prove_sound(root)
        except Exception as problem:
            raise AssertionError(f"seed {seed}") from problem
        assert time.process_time() - start < 10, f"seed {seed}"
        shutil.rmtree(root)


BUILDS = 100 if PROVE else 2
BUILT = ("qr", "leaflet", *(("booklet", "fold") if PROVE else ()), "deck", "number", "site")


@pytest.mark.browser
def test_what_a_mutation_leaves_goes_through_a_full_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Seeds the check lets pass, for the others end there; and one that ends there."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    codes: list[int] = []
    for seed in range(ALL):
        root = make_project(tmp_path / str(seed))
        (mutate, restructure)[seed % 2](root, seed)
        if 1 not in codes or not has_errors(_plain_findings(root)):
            codes.append(main(["-C", str(root), "build", *BUILT]))
            assert "Traceback" not in capsys.readouterr().err, seed
            assert (root / "dist/build.json").is_file() is (codes[-1] == 0), seed
        shutil.rmtree(root.parent, ignore_errors=True)
        if codes.count(0) == BUILDS:
            break
    assert codes.count(0) == BUILDS and set(codes) <= {0, 1, 2}


def _plain_findings(root: Path) -> list[Finding]:
    project = Project(root)
    reading = read_handbook(project)
    return in_order([*reading.findings, *run_checks(project, reading)])


@pytest.mark.parametrize("change", [mutate, restructure])
def test_mutations_do_break_things(tmp_path: Path, change: Callable[[Path, int], None]) -> None:
    """A generator of changes that changes nothing would prove nothing."""
    broken = set()
    for seed in range(40):
        root = copy_base(tmp_path / str(seed))
        change(root, seed)
        _, findings = read_and_check(root)
        broken |= {finding.rule.split(".")[0] for finding in findings if finding.severity == "error"}
        shutil.rmtree(root)
    assert len(broken) >= 12, broken


PASTES = [
    "*", "**a ", "[", "![", "[](", "(", "{{", "{{ a", "`", "`a``", "<", "<a ", "<!--", "<!-- -->", "|",
    "\\|", "> ", "- ", "1. ", "\n- 5 phút", "\na", "\n#", "\n## ", "\n```", "\n```man-hinh\n", "\n> ",
    "\n| a | b |", "\n| bà + x | b |", " + x",
    "\n---", "...", ". ", ".a", " ", "\t", "\u0301", "\\", ": ", "\na: ", ",", "=", "=> ",
    "ô: a = ", "'", '"', "\n\"a,", "&", "#", "😀", "https://a.vn ", "a@b ", "0", "A", "\u200b", "-", "_a ",
]
HOLES = [
    (WIFI, "Gõ sai thì gõ lại."), (WIFI, "mục: Wi-Fi"), (WIFI, "bác cầm máy"), (WIFI, "Dán sẵn"),
    (WIFI, "Sửa tên nút."), (WIFI, "Mục Wi-Fi nằm"), (WIFI, "lại gần chỗ"), (SCAN, "Quét mã QR"),
    (HOME, "Chào bà con!"), (CARD, "Giấy chứng sinh"), (ALERT, "Công an không"), (BOOK, "Bài cho cán bộ"),
    (TERMS, "thoát ra"), (COMMUNE, "trụ sở xã Mẫu"), (LEDGER, "bài đã bỏ"),
]
SIZE = 100_000
"""With the rest of the file as much as a lesson may be."""


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_base(tmp_path_factory.mktemp("pasted"))


def read_with(root: Path, paste: str, file: str, words: str, size: int) -> None:
    before = (BASE / file).read_text("utf-8")
    assert words in before
    (root / file).write_bytes(before.replace(words, words + paste * (size // len(paste)), 1).encode())
    read_and_check(root)


@pytest.mark.parametrize("paste", PASTES, ids=[repr(paste) for paste in PASTES])
def test_no_paste_makes_it_slow(pasted: Path, paste: str) -> None:
    """100 kB of one sign, wherever an editor may drop it: no pattern runs away."""
    holes = HOLES if PROVE else random.Random(paste).sample(HOLES, 2)
    for file, words in holes:
        assert_no_runaway(partial(read_with, pasted, paste, file, words), SIZE)
        (pasted / file).write_bytes((BASE / file).read_bytes())
