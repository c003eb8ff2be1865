"""Numbers as a voice reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.handbook.spoken import count, read_aloud

ROOT = Path(__file__).resolve().parents[2]

READ = [
    ("Nộp 10.000 đồng", "Nộp mười nghìn đồng", 4),
    ("Gọi 113 ngay!", "Gọi một một ba ngay!", 5),
    ("bài 1041", "bài một không bốn một", 5),
    ("mã 6 số, 25 chữ", "mã sáu số, hai mươi lăm chữ", 7),
    ("21 và 15", "hai mươi mốt và mười lăm", 6),
    ("105.000 đồng", "một trăm linh năm nghìn đồng", 6),
    ("2.005 đồng", "hai nghìn không trăm linh năm đồng", 7),
    ("giảm 50%", "giảm năm mươi phần trăm", 5),
    ("ngày 20/11/2026", "ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu", 14),
    ("lúc 7:30", "lúc bảy giờ ba mươi", 5),
    ("mô hình 4T", "mô hình bốn T", 4),
    ("không có số nào", "không có số nào", 4),
    ("cà phê – trà", "cà phê – trà", 3),
]


@pytest.mark.parametrize(("written", "read", "length"), READ)
def test_numbers_are_read_as_people_say_them(written: str, read: str, length: int) -> None:
    assert read_aloud(written) == read
    assert count(written) == length


LENGTHS = [
    # Words and signs: what holds no letter is not said.
    ("", 0),
    (" ", 0),
    ("Bấm nút xanh.", 3),
    ("Bấm – rồi chờ …", 3),
    ("“Dừng lại!” bác nói.", 4),
    ("Bấm **Gửi** | chờ ✓ →", 3),
    ("- xong", 1),
    ("A & B", 3),
    ("2 + 3 = 5", 5),
    # Numbers, as they are read.
    ("10 phút", 2),
    ("15 phút", 3),
    ("20 phút", 3),
    ("25 phút", 4),
    ("gọi 113", 4),
    ("gọi 1900 1234", 9),
    ("bài 1041.", 5),
    ("05 phút", 3),
    ("10.000 đồng", 3),
    ("125.000 đồng", 7),
    ("1.005.000 đồng", 5),
    ("2.000.000 đồng", 3),
    ("3,5 triệu", 4),
    ("20/11/2026", 13),
    ("ngày 20/11", 6),
    ("lúc 7:30", 5),
    ("90%", 4),
    ("90 %", 4),
    ("5-7 ngày", 3),
    ("máy A4", 3),
    ("10k", 2),
    # Short and foreign words and addresses stand for one, however they are said.
    ("UBND xã", 2),
    ("mã OTP", 2),
    ("Wi-Fi", 1),
    ("Smart Hải Phòng", 3),
    ("vneid.gov.vn", 1),
    ("Mo\u031b\u0300i vào", 2),
]


@pytest.mark.parametrize(("plain", "length"), LENGTHS)
def test_length_in_syllables(plain: str, length: int) -> None:
    assert count(plain) == length


COUNTS = re.compile(r"def count\(\w+: str\)|len\([^()]*(\([^()]*\))*\.split\(\)\)")


@pytest.mark.parametrize("room", ["checks", "press", "products", "proof", "commands"])
def test_nobody_counts_otherwise(room: str) -> None:
    """Two counts once gave one sentence two lengths: a rule's and a film's."""
    files = (ROOT / "generator" / room).rglob("*.py")
    assert [path.name for path in files if COUNTS.search(path.read_text("utf-8"))] == []
