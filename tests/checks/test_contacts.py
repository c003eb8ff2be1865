"""Whom papers say to ask: what an officer types for a number, a unit, hours, and what a commune may be called."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.looking.units import unit_fault
from generator.cli import main
from generator.ground.files import Project
from generator.handbook.phones import dialled, parted, phone_fault
from tests.projects import edit, make_project

FILE = "content/editions/xa-dai-son.yml"
UNIT, PHONE = "đơn vị: Công an xã Đại Sơn", 'điện thoại: ""'

CALLED = [
    # A number, what a tap dials.
    *((written, "02253555213") for written in (
        "0225 3555 213", "02253555213", "0225.3555.213", "0225-3555-213", "(0225) 3555 213", "(0225)3555213",
        "0225/3555213",
        "0225 – 3555 – 213", "02 25 35 55 21 3", "0225\u00a03555\u00a0213", "0225 3555 213 máy lẻ 12",
        "0225 3555 213 (máy lẻ 12)", "0225 3555 213, máy lẻ 12", "0225 3555 213 số máy lẻ 12", "0225 3555 213 nhánh 2",
        "0225 3555 213, trực ngày đêm", "0225 3555 213 (trực 24/24)", "0225 3555 213 ext 12",
        "0225 3555 213-ext.12", "0225 3555 213, 0225 3555 214", "0225 3555 213; 113",
        "0225 3555 213 / 0225 3555 214", "0225 3555 213 hoặc 0225 3555 214", "0225 3555 213 và 0225 3555 214",
        "0225 3555 213 máy lẻ 12, 0225 3555 214 máy lẻ 3")),
    ("+84 225 3555 213", "+842253555213"), ("0084 225 3555 213", "00842253555213"), ("024 3825 1234", "02438251234"),
    ("0299 3821 234", "02993821234"), ("0290 3831 234", "02903831234"), ("028 3829 1234", "02838291234"),
    *((short, short) for short in ("111", "112", "113", "115", "156", "1022", "1080", "18001091", "19006661")),
    ("1900.636.467", "1900636467"), ("1022 nhánh 2", "1022"),
]


@pytest.mark.parametrize(("phone", "tapped"), CALLED)
def test_what_can_be_dialled_is_a_phone(phone: str, tapped: str) -> None:
    assert phone_fault(phone) is None and dialled(phone) == tapped


NOT_CALLED = [
    # A phone as typed, which case it is, what is told of it.
    ("0225 36S5 213", "letter", "S"), ("0225 3555 2O4", "letter", "O"), ("O225 3555 213", "letter", "O"),
    ("0225 3555 21l", "letter", "l"), ("0225_3555_213", "letter", "_"), ("0225 3555 213h", "letter", "h"),
    ("0225 ba năm", "words", "0225 ba năm"), ("0225 xxx xxx", "words", "0225 xxx xxx"),
    ("0225 3555 ???", "words", "0225 3555 ???"), ("0225 3555 213 (giờ hành chính)", "words", "giờ hành chính)"),
    ("0225 3555 213, 7 giờ 30 đến 17 giờ", "words", "7 giờ 30 đến 17 giờ"),
    ("0225 3555 213; 7h30-17h", "words", "7h30"),
    ("sáng 0225 3555 213", "words", "sáng"),
    ("0225 3555 213 gặp cô trực", "words", "gặp cô"), ("0225 3555 213 trực Lan", "words", "trực Lan"),
    ("0225 3555 213 canbo@hp.vn", "words", "canbo@hp.vn"),
    ("0225 3555 213 máy lẻ", "words", "máy lẻ"),
    ("0225 355 213", "digits", "10"), ("0225 3555 2134", "digits", "12"), ("3555 213", "digits", "7"),
    ("355213", "digits", "6"), ("555", "digits", "3"), ("22", "digits", "2"), ("0225", "digits", "4"),
    ("+84 0225 3555 213", "digits", "13"), ("+84 (0)225 3555 213", "digits", "13"),
    ("84 225 3555 213", "digits", "12"), ("(84-225) 3555213", "digits", "12"), ("00 225 3555 213", "digits", "12"),
    ("+1 225 3555 213", "digits", "11"), ("0225 3555 213+", "digits", "11"), ("0123 456 7890", "digits", "11"),
    ("0225 3555 213 0225 3555 214", "digits", "22"), ("0225 3555 213/214", "digits", "214"), ("1900", "digits", "4"),
    ("19001", "digits", "5"), ("1800 10", "digits", "6"), ("0225 3555 213, 0225 355 214", "digits", "0225 355 214"),
    ("0225 3555 213,", "mark", ""), (",0225 3555 213", "mark", ""), ("0225 3555 213,, 0225 3555 214", "mark", ""),
    ("0912 - 345 - 678", "mobile", ""), ("(0912) 345 678", "mobile", ""), ("(+84) 912 345 678", "mobile", ""),
    *((short, "short", short) for short in ("100", "130", "199", "1600", "1799", "1000")),
    *((phone, "area", phone) for phone in ("0200 3555 213", "02000000000", "0217 3555 213", "0230 3555 213")),
    *((phone, "nobody", phone) for phone in (
        "0225 0000 000", "02999999999", "0225 1555 213", "024 0825 1234", "1900 0000")),
    ("hỏi trưởng thôn", "no phone", ""), ("null", "no phone", ""), ("０９１２３４５６７８", "no phone", ""),
    ("canbo@haiphong.gov.vn", "no phone", ""), ("０２２５", "no phone", ""), ("máy lẻ 12", "no phone", ""),
]


@pytest.mark.parametrize(("phone", "case", "told"), NOT_CALLED)
def test_what_nobody_can_dial_is_told(phone: str, case: str, told: str) -> None:
    fault = phone_fault(phone)
    assert fault and fault.case == case
    assert told in (f"{fault.digits}", fault.letter) or told in fault.words


UNITS = """Công an phường 12|Trạm y tế xã 1|Tổ dân phố số 3|Tổ dân phố 1, 2, 3, 4, 5, 6|Khu phố 10, 11, 12|Bệnh viện 108
Bệnh viện Quân y 175|Trường THPT 19-5|Công viên 30-4-1975|Đồn Biên phòng 38|Phòng PC02, PA05|Tổng đài 1022|Cục A05
tổng đài 1900 6661|Nhà văn hóa khu 3 (số 120 đường Lê Lợi)|Công an phường 12, quận 3|Ban Chỉ đạo 2021-2025|UBND|VNPT
Ban Chỉ đạo giai đoạn 2026 - 2030|Bưu điện|Trung tâm y tế cơ sở thứ hai|Nhà máy Z119|Tổ 10-11-12-13|ấp 3A|Khối 7
Hẻm 1041/12/34 đường 3|Trung tâm Phục vụ hành chính công TP.|Ủy ban nhân dân xã, 12 Lê Lợi|Trạm y tế xã Ba Tư
Nhà văn hóa thôn Bảy Hai|Đường dây nóng 24 giờ|Điểm bưu điện - văn hóa xã|Trường Tiểu học số 2 xã Ba Vì|Chợ Chủ Nhật
Trường THCS 3 tháng 2|Đài Truyền thanh phường (FM 96.7 MHz)|Trường mầm non Sáng Mai|tổ công nghệ số cộng đồng"""


@pytest.mark.parametrize("unit", UNITS.replace("\n", "|").split("|"))
def test_digits_may_belong_to_a_units_name(unit: str) -> None:
    assert unit_fault(unit) is None and parted(unit)[0] == (
        "tổng đài" if unit.endswith("1900 6661") else unit)


NO_UNITS = [
    *((unit, "number") for unit in (
        "0225 3555 2O4", "0225", "Công an phường Vĩnh Bảo, 0225 36S5 213", "Công an phường An Biên 0225 3555 213",
        "Công an xã +84 225 3555 213", "Công an xã (0225.3555.213)", "Công an xã, 355", "Trạm y tế: 18OO 1091",
        "không hai hai năm ba năm năm", "Công an xã O225 3555 213", "Công an xã, 0225 ba năm", "Công an xã gọi 113")),
    *((unit, "hours") for unit in (
        "sáng", "cả ngày", "sáng, chiều", "chủ nhật", "giờ hành chính", "24/7", "8:00 - 17:00", "7 giờ 30 đến 17 giờ",
        "Công an xã, 7h30-17h", "thứ hai đến thứ sáu", "Bộ phận Một cửa, thứ 2 - thứ 6")),
    *((unit, "outside") for unit in ("a@b.vn", "Công an xã, canbo@hp.gov.vn", "haiphong.gov.vn", "https://x.gov.vn")),
    *((unit, "edge") for unit in ("Công an xã,", "- Công an xã", "; Công an xã")),
    *((unit, "no unit") for unit in ("ok", "x", "12", "?", "công")),
]


@pytest.mark.parametrize(("unit", "case"), NO_UNITS)
def test_what_is_no_units_name_is_told(unit: str, case: str) -> None:
    fault = unit_fault(unit)
    assert fault and fault.case == case


IN_ONE_LINE = [
    # As typed behind the role; the unit, the number.
    *((text, "Công an xã An Khánh", "0220 3555 113") for text in (
        "Công an xã An Khánh, 0220 3555 113", "Công an xã An Khánh 0220 3555 113",
        "Công an xã An Khánh: 0220 3555 113,",
        "Công an xã An Khánh,, 0220 3555 113.", "Công an xã An Khánh - ĐT: 0220 3555 113",
        "Công an xã An Khánh, số điện thoại 0220 3555 113", "Công an xã An Khánh (SĐT 0220 3555 113)")),
    ("Công an xã An Khánh (0220 3555 113)", "Công an xã An Khánh", "(0220 3555 113)"),
    ("Công an xã An Khánh, 0220 36S5 113", "Công an xã An Khánh", "0220 36S5 113"),
    ("Công an xã An Khánh, 0220 ba năm", "Công an xã An Khánh", "0220 ba năm"),
    ("Công an phường 12, 0220 3555 113", "Công an phường 12", "0220 3555 113"),
    ("Công an phường 12 0220 3555 113", "Công an phường 12", "0220 3555 113"),
    ("Trạm y tế, 0220 3555 113 máy lẻ 12", "Trạm y tế", "0220 3555 113 máy lẻ 12"),
    ("Trạm y tế, 0220 3555 113, 0220 3555 114", "Trạm y tế", "0220 3555 113, 0220 3555 114"),
    ("Công an xã An Khánh, 113", "Công an xã An Khánh", "113"), ("Trạm y tế +84 220 3555 113", "Trạm y tế",
                                                                 "+84 220 3555 113"),
    ("Công an xã An Khánh, gọi 113", "Công an xã An Khánh", "113"), ("113", "", "113"),
    ("'Công an xã An Khánh', 0220 3555 113", "Công an xã An Khánh", "0220 3555 113"),
    ("0220 3555 113", "", "0220 3555 113"), ("Trạm y tế,", "Trạm y tế", ""),
]


@pytest.mark.parametrize(("text", "unit", "phone"), IN_ONE_LINE)
def test_a_unit_and_its_number_in_one_line_part_where_the_number_begins(text: str, unit: str, phone: str) -> None:
    assert parted(text) == (unit, phone)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path)


WRITTEN = [
    # Instead of what, what is written; the rule, a piece of what is told.
    (UNIT, "đơn vị: Công an xã Đại Sơn, 0220 36S5 213", "edition.unit", "0220 36S5 213"),
    (UNIT, 'đơn vị: "0220 3555 2O4"', "edition.unit", "0220 3555 2O4"), (UNIT, "đơn vị: sáng", "edition.unit", "giờ"),
    (f"{UNIT}\n    {PHONE}", f"{UNIT}\n    điện thoại: 0220 36S5 213", "edition.phone", "“S”"),
    (f"{UNIT}\n    {PHONE}", f"{UNIT}\n    'điện thoại': '0220 355 213'", "edition.phone", "10 chữ số"),
    (UNIT, "đơn vị: Công an Lê Hoàng Nam", "edition.unit", "Lê Hoàng Nam"),
    (UNIT, "đơn vị: UBND xã và Công an xã", "edition.unit", "đơn vị thứ hai"),
    (UNIT, "đơn vị: Giàng A Páo", "edition.unit", "Giàng A Páo"),
    (UNIT, "đơn vị: Công an xã Đại Sơn (Tuấn trực)", "edition.unit", "Tuấn trực"),
    (f"{UNIT}\n    {PHONE}", f"{UNIT}\n    điện thoại: 0200 3555 213", "edition.phone", "mã vùng 0200"),
    (f'{UNIT}\n    {PHONE}\n    giờ: ""', f"{UNIT}\n    {PHONE}\n    giờ: gặp Tuấn", "edition.hours", "gặp Tuấn"),
    (f'{UNIT}\n    {PHONE}\n    giờ: ""', f"{UNIT}\n    {PHONE}\n    giờ: null", "edition.hours", "null"),
    (f'{UNIT}\n    {PHONE}\n    giờ: ""', f"{UNIT}\n    {PHONE}\n    giờ: 0220 3555 213", "edition.hours", "giờ"),
]


@pytest.mark.parametrize(("old", "new", "rule", "told"), WRITTEN)
def test_check_tells_the_line_and_how_to_mend_it(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, rule: str, told: str
) -> None:
    edit(root, FILE, old, new)
    [found] = [one for one in read_and_check(Project(root)).findings if one.place.file == FILE and rule in one.rule]
    line = (root / FILE).read_text("utf-8").splitlines()[found.place.line - 1]
    assert told in found.message.vi and line[found.place.column - 1 :].rstrip("\"'") in new
    for words in ("check", FILE), ("edition", "check", "xa-dai-son"):
        assert main(["-C", str(root), *words]) == 1 and found.message.vi in capsys.readouterr().out


def test_a_place_may_be_called_like_somebody(root: Path) -> None:
    edit(root, FILE, UNIT, "đơn vị: Công an Đặng Thùy Trâm")
    edit(root, FILE, "tên: xã Đại Sơn", "tên: xã Đặng Thùy Trâm")
    assert "edition.unit" not in {one.rule for one in read_and_check(Project(root)).findings}
    for unit, code in ("UBND Đặng Thùy Trâm", 0), ("UBND Lê Hoàng Nam", 2):
        assert main(["-C", str(root), "approve", "xa-dai-son", "--unit", unit, "--date", "20/11/2026"]) == code


def test_a_mobile_number_is_told_once_however_it_is_written(root: Path) -> None:
    for phone in "0912 345 678", "0912 - 345 - 678":
        edit(root, FILE, f"{UNIT}\n    {PHONE}", f"{UNIT}\n    điện thoại: {phone}")
        [found] = [one for one in read_and_check(Project(root)).findings if one.place.file == FILE
                   and one.severity == "error"]
        assert "số di động" in found.message.vi
        edit(root, FILE, f"điện thoại: {phone}", PHONE)
