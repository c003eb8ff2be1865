"""Words that hide, days that cannot be, answers alike, people instead of units, doors inside the house: told wherever
they stand, and what is told of them does none of it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.ground.files import Project
from generator.ground.findings import FORMATS, Finding, Place, error
from generator.ground.unseen import find_unseen, shown
from generator.ground.web import is_inside
from tests.broken import (
    ALERT,
    BOOK,
    CARD,
    COMMUNE,
    HOME,
    LEDGER,
    MKDOCS,
    PLATFORMS,
    SAVE,
    TERMS,
    WIFI,
    Swap,
    break_file,
    copy_base,
)
from tests.projects import put

STEP = 1 if os.environ.get("HOCSO_PROVE") == "1" else 6
"""Every sign in every place when proving, else each sign somewhere."""
SIGNS = {
    "direction override": "\u202e", "left-to-right mark": "\u200e", "isolate": "\u2066", "Arabic mark": "\u061c",
    "zero-width space": "\u200b", "zero-width non-joiner": "\u200c", "joiner between letters": "\u200d",
    "byte order": "\ufeff", "word joiner": "\u2060", "soft hyphen": "\u00ad", "filler": "\u3164", "replaced": "\ufffd",
    "private use": "\ue000", "private plane": "\U00100000", "tag": "\U000e0041", "escape": "\x1b", "bell": "\x07",
    "backspace": "\x08", "delete": "\x7f", "next line": "\x85", "C1": "\x9b", "line separator": "\u2028",
    "form feed": "\x0c", "variation": "\ufe01",
}
HOLES = [
    (WIFI, "# Vào mạng"), (WIFI, "đơn vị: Sở"), (WIFI, "Gõ sai thì"), (WIFI, "mục: Wi-Fi"), (WIFI, "Sửa tên nút."),
    (HOME, "Chào bà con"), (CARD, "Giấy chứng sinh"), (ALERT, "Công an không"), (BOOK, "Bài cho cán bộ"),
    (TERMS, "thoát ra"), (COMMUNE, "trụ sở xã Mẫu"), (LEDGER, "bài đã bỏ"), (MKDOCS, "Sách mẫu"),
]


def found(root: Path) -> list[Finding]:
    return read_and_check(Project(root)).findings


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_base(tmp_path_factory.mktemp("texts"))


@pytest.mark.parametrize(("turn", "file", "hole"), [(turn, *row) for turn, row in enumerate(HOLES)],
                         ids=[f"{file}: {hole}" for file, hole in HOLES])
def test_a_sign_nobody_sees_is_told_wherever_it_stands(base: Path, turn: int, file: str, hole: str) -> None:
    before = (base / file).read_text("utf-8")
    missed = []
    try:
        for name, sign in list(SIGNS.items())[turn % STEP :: STEP]:
            at = before.index(hole) + len(hole)
            put(base, file, before[:at] + sign + before[at:])
            line = before[:at].count("\n") + 1
            told = [finding for finding in found(base) if finding.rule in ("letters.unseen", "yaml.odd-letter")]
            if [(finding.place.file, finding.place.line) for finding in told] != [(file, line)]:
                missed.append((name, told))
            if any(list(find_unseen(write(told))) for write in FORMATS.values()):
                missed.append((name, told))
    finally:
        put(base, file, before)
    assert not missed


ESCAPED = [
    (BOOK, "tên: Sách mẫu", 'tên: "Sách {}mẫu"', 'Sách '),
    (WIFI, "đơn vị: Sở Khoa học", '"đơn vị": "{}Sở Khoa học"\n# ', ': "'),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", 'đơn vị: "Phòng Văn hóa{}"', "hóa"),
    (TERMS, "thoát ra", '"thoát {}ra"\n  # ', "thoát "),
    (PLATFORMS, "chủ quản: ", 'chủ quản: "B{}ộ" # ', '"B'),
    (MKDOCS, "site_name: Sách mẫu", 'site_name: "Sách \\\n  {}mẫu"', "  "),
]
"""Where YAML itself writes the sign; the last on the second line of a text."""
ESCAPES = ["\\u202e", "\\e", "\\0", "\\ue000", "\\x1B", "\\U000E0041", "\\L", "\\N", "\\a", "\\uFEFF"]


@pytest.mark.parametrize(("turn", "row"), list(enumerate(ESCAPED)), ids=[row[0] for row in ESCAPED])
def test_a_sign_that_yaml_writes_is_told_at_its_place_and_not_taken(
    base: Path, turn: int, row: tuple[str, str, str, str]
) -> None:
    file, old, new, head = row
    before = (base / file).read_text("utf-8")
    try:
        for escape in ESCAPES[turn % STEP :: STEP]:
            written = before.replace(old, new.format(escape), 1)
            put(base, file, written)
            lines = written[: written.index(head + escape) + len(head)].split("\n")
            checked = read_and_check(Project(base))
            told = [finding.place for finding in checked.findings if finding.rule == "letters.unseen"]
            assert told == [Place(file, len(lines), len(lines[-1]) + 1)], escape
            assert not re.search(r"\\[xuU]", repr(checked.reading.handbook))  # how Python writes such signs
    finally:
        put(base, file, before)


@pytest.mark.parametrize("text", [
    '"Sách \\" \\\\u202e\\t\\_mẫu"', "'Sách \\u202e mẫu'", "Sách \\u202e mẫu", '"👨\\u200d👩"',
])
def test_what_only_looks_like_such_a_sign_is_none(base: Path, text: str) -> None:
    before = (base / BOOK).read_text("utf-8")
    try:
        put(base, BOOK, before.replace("tên: Sách mẫu", f"tên: {text}", 1))
        assert "letters.unseen" not in {finding.rule for finding in found(base)}
    finally:
        put(base, BOOK, before)


def test_what_is_told_steers_no_console_and_fakes_no_line() -> None:
    evil = "a\x1b[2J\u202eb\n::error::c"
    finding = error("file.stray", Place(f"content/{evil}.md"), file=evil)
    for name, write in FORMATS.items():
        text = write([finding])
        assert not list(find_unseen(text)), name
        assert "\n::error" not in text
    assert json.loads(FORMATS["json"]([finding]))[0]["file"] == f"content/{evil}.md"  # machines get the true name
    assert shown(evil) == "a<U+001B>[2J<U+202E>b ::error::c"


@pytest.mark.parametrize("text", ["Tiếng Việt, “đủ” dấu… → ☐ ✓", "👨\u200d👩\u200d👧 ☎\ufe0f", "a\tb\nc", "\u00a0", ""])
def test_what_is_seen_is_no_sign(text: str) -> None:
    assert not list(find_unseen(text)) and shown(text) == text.replace("\n", " ")


FACTS = [
    # Days.
    (WIFI, "rà soát: 20/11/2026", "rà soát: 20/11/2098", "fresh.future"),
    (WIFI, "rà soát: 20/11/2026", "rà soát: 31/12/1969", "key.type"),
    (WIFI, "rà soát: 20/11/2026", "rà soát: 20/11/2100", "key.type"),
    (WIFI, "rà soát: 20/11/2026", "rà soát: 20/11/0001", "key.type"),
    (WIFI, "rà soát: 20/11/2026", "rà soát: 20/11/9999", "key.type"),
    (WIFI, "rà soát: 20/11/2026", "rà soát: 2026-00-20", "key.type"),
    (WIFI, "20/11/2026: Sửa", "20/11/2098: Sửa", "fresh.future"),
    (WIFI, "20/11/2026: Sửa", "01/01/1000: Sửa", "key.type"),
    (PLATFORMS, "kiểm tra: 20/11/2026", "kiểm tra: 20/11/2098", "fresh.future"),
    (PLATFORMS, "kiểm tra: 20/11/2026", "kiểm tra: 20/11/1926", "key.type"),
    # Answers.
    (SAVE, "- [ ] Máy ảnh.", "- [ ] Danh bạ.", "quiz.same"),
    (SAVE, "- [ ] Máy ảnh.", "- [ ] **danh  bạ**", "quiz.same"),
    # People.
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: Nguyễn Văn Bé", "privacy.person"),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: Công an xã - Trần Thị Tư", "privacy.person"),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: Ủy ban xã, anh Lê Nam", "privacy.person"),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: \"Phạm Bé (trưởng thôn)\"", "privacy.person"),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: Đại úy Nguyễn Văn An", "privacy.person"),
    (COMMUNE, "đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", "đơn vị: 'Đại úy Hùng' # trực", "privacy.person"),
    (WIFI, "đơn vị: Sở Khoa học", "đơn vị: ThS. Vũ Thị Sáu, Sở Khoa học", "privacy.person"),
    (COMMUNE, 'điện thoại: ""', 'điện thoại: "0220 123 456 (Bùi Thị Na)"', "privacy.person"),
    (COMMUNE, 'ngân hàng: ""', "ngân hàng: chị Đỗ Hoa", "privacy.person"),
    (WIFI, "đơn vị: Sở Khoa học", "đơn vị: Vũ Thị Sáu, Sở Khoa học", "privacy.person"),
    # Doors inside.
    (PLATFORMS, "https://vneid.gov.vn", "https://192.168.1.5/", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://10.0.0.1:8080/a", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://172.16.9.9", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://127.0.0.1", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://127.1", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://169.254.169.254/latest", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://van-phong.local/", "address.inside"),
    (PLATFORMS, "https://vneid.gov.vn", "https://may-chu.internal", "address.inside"),
    (MKDOCS, "https://hocso.example/", "http://localhost:8000/", "address.inside"),
    (MKDOCS, "https://hocso.example/", "https://192.168.0.10/so/", "address.inside"),
    (MKDOCS, "former_urls: []", "former_urls: ['https://10.1.1.1/']", "address.inside"),
    (COMMUNE, '  địa chỉ: ""', '  địa chỉ: "https://192.168.1.9/"', "address.inside"),
    (COMMUNE, 'mã: "11371"', 'địa chỉ trang: "https://192.168.1.9/"', "address.inside"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule"), FACTS, ids=[f"{row[3]}: {row[2]}" for row in FACTS])
def test_a_fact_that_cannot_be_is_told(tmp_path: Path, file: str, old: str, new: str, rule: str) -> None:
    root = copy_base(tmp_path)
    assert rule not in {finding.rule for finding in found(root)}
    break_file(root, file, Swap(old, new))
    told = [finding for finding in found(root) if finding.rule == rule]
    assert told and {finding.place.file for finding in told} == {file}


UNITS = ["Công an xã Lê Lợi", "Trường Nguyễn Du", "Ủy ban nhân dân phường Trần Phú, thành phố Hồ Chí Minh",
         "Trạm y tế phố Lý Thường Kiệt", "Bộ phận Một cửa (thứ Hai – thứ Sáu)", "Phòng Văn hóa - Xã hội"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_named_after_somebody_is_a_unit(tmp_path: Path, unit: str) -> None:
    root = copy_base(tmp_path)
    break_file(root, COMMUNE, Swap("đơn vị: Phòng Văn hóa - Xã hội xã Mẫu", f'đơn vị: "{unit}"'))
    assert "privacy.person" not in {finding.rule for finding in found(root)}


HOSTS = [("hocso.example", False), ("haiphong.gov.vn", False), ("8.8.8.8", False), ("2606:4700::1111", False),
         ("localhost", True), ("x.localhost", True), ("intranet", True), ("a.lan", True), ("10.0.0.1", True),
         ("100.64.0.1", True), ("0.0.0.0", True), ("::1", True), ("fe80::1", True), ("::ffff:10.0.0.1", True),
         ("0x7f.1", True), ("2130706433", True), ("127.0.0.1.", True)]


@pytest.mark.parametrize(("host", "inside"), HOSTS)
def test_which_hosts_lie_inside(host: str, inside: bool) -> None:
    assert is_inside(host) is inside
