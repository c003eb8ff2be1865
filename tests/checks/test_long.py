"""Whatever is pasted into a lesson, check answers soon, with a finding, in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.ground.files import MAX_LESSON_BYTES, MAX_TABLE_BYTES, MAX_TEXT_BYTES
from tests.broken import BOOK, COMMUNE, LEDGER, MKDOCS, PLATFORMS, SAVE, TERMS, WIFI, copy_base
from tests.projects import ROOT, put

pytestmark = pytest.mark.long
STEP = 1 if os.environ.get("HOCSO_PROVE") == "1" else 4
SECONDS, MEGABYTES = 3.0 if STEP == 1 else 9.0, 300
"""Of processor time, which others on the machine make longer: `make prove` holds the bar, on a quiet one."""
PASTED = 900_000
ASK = """
import json, resource, sys
from pathlib import Path
from generator.checks import read_and_check
from generator.ground.files import Project
rules = sorted({finding.rule for finding in read_and_check(Project(Path(sys.argv[1]))).findings})
used = resource.getrusage(resource.RUSAGE_SELF)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([rules, used.ru_utime + used.ru_stime, int(peak.split()[1]) // 1024]))
"""
PASTES = ["\n## ", "\n#", "\n```man-hinh\n", "\n1. ", "\n> ", "\n- [x] ", "\n| a | b |", "a.gov-vn.com ", "<a ", "**a ",
          "[", "Bác mở máy, bấm nút. ", "Bác mở máy.\n\n", "{{ a", "\u202e", "0912 345 678 ", "ông Nam "]
HOLES = [(WIFI, "Gõ sai thì gõ lại."), (WIFI, "mục: Wi-Fi"), (SAVE, "Danh bạ.")]


def asked(root: Path) -> tuple[list[str], float, int]:
    """In a process of its own: its own clock of processor time, its own memory, not what it had of its parent before it
    became another program."""
    done = subprocess.run([sys.executable, "-c", ASK, str(root)], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    rules, seconds, megabytes = json.loads(done.stdout)
    return rules, seconds, megabytes


def paste(root: Path, file: str, hole: str, words: str, size: int) -> None:
    text = (root / file).read_text("utf-8")
    count = (size - len(text.encode())) // len(words.encode())
    put(root, file, text.replace(hole, hole + words * count, 1))


@pytest.mark.parametrize("words", PASTES[::6])
def test_nine_hundred_kilobytes_are_told_at_once(tmp_path: Path, words: str) -> None:
    root = copy_base(tmp_path)
    paste(root, *HOLES[0], words, PASTED)
    rules, seconds, megabytes = asked(root)
    assert "file.too-large" in rules
    assert seconds <= SECONDS and megabytes <= MEGABYTES


@pytest.mark.parametrize(("turn", "words"), list(enumerate(PASTES))[::STEP])
def test_as_much_as_a_lesson_may_be_is_told_soon(tmp_path: Path, turn: int, words: str) -> None:
    root = copy_base(tmp_path)
    paste(root, *HOLES[turn % len(HOLES)], words, MAX_LESSON_BYTES)
    rules, seconds, megabytes = asked(root)
    assert rules and "file.too-large" not in rules
    assert seconds <= SECONDS and megabytes <= MEGABYTES


TABLES = {
    # What is pasted at the end of a table, row by row: `{0}`, `{1}`, `{2}` count.
    "one row of the ledger": (LEDGER, "1041,quet-ma,2026-11-20,,,\n"),
    "one number, other owners": (LEDGER, "1041,vao-mang,2026-11-20,,,\n"),
    "short words": (TERMS, "- từ: t{0}\n  nghĩa: n{0}\n"),
    "words that explain each other": (TERMS, "- từ: a{0}\n  nghĩa: a{1} a{2}\n  còn gọi: [b{0}, c{0}]\n"),
    "one word, over and over": (TERMS, "- từ: mở\n  nghĩa: mở\n"),
    "words of our lessons": (TERMS, "- từ: mở máy {0}\n  nghĩa: bấm\n  thay: có\n"),
    "signs nobody sees": (TERMS, '- từ: "a\\u202e{0}"\n  nghĩa: n{0}\n'),
    "nearly a key of a row": (TERMS, "- từ{0}: a\n  nghĩa{0}: b\n"),
    "nearly a key": (BOOK, "lộ trình{0}: a\n"),
    "no key": (BOOK, "khoá{0}: n{0}\n"),
    "a key twice": (BOOK, "tên: n{0}\n"),
    "nearly a key of a commune": (COMMUNE, "giúp đỡ{0}: n{0}\n"),
    "nearly a key of the site": (MKDOCS, "site_url{0}: n{0}\n"),
    "platforms without an address": (
        PLATFORMS, '- tên: Trang {0}\n  địa chỉ: a{0}\n  chủ quản: ""\n  phạm vi: cả nước\n'),
    "demands without an answer": ("content/demands.yml",
                                  "- mã: d{0}\n  nhóm: a\n  cần: b\n  đáp ứng: [quet-m{0}]\n"),
    "numbers": (LEDGER, "2{0:03},quet-ma,2026-11-20,,,\n"),
    "no numbers": (LEDGER, "x{0},khong-{0},2026-11-20,,,\n"),
}


@pytest.mark.parametrize("name", list(TABLES)[::STEP])
def test_as_much_as_a_table_may_be_is_told_soon(tmp_path: Path, name: str) -> None:
    root = copy_base(tmp_path)
    file, row = TABLES[name]
    path, left = root / file, MAX_TEXT_BYTES if file == LEDGER else MAX_TABLE_BYTES
    rows = [path.read_text("utf-8") if path.exists() else ""]
    while (left := left - len(rows[-1].encode())) >= len(row.encode()) + 20:
        rows.append(row.format(len(rows), len(rows) + 1, len(rows) + 2))
    put(root, file, "".join(rows))
    rules, seconds, megabytes = asked(root)
    assert rules and "file.too-large" not in rules
    assert seconds <= SECONDS and megabytes <= MEGABYTES
