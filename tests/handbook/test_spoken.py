"""Numbers as a voice reads them."""

from __future__ import annotations

import pytest

from generator.handbook.spoken import count, read_aloud

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
