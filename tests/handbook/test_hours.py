"""When a unit answers: what an officer types for hours, and what no clock shows."""

from __future__ import annotations

import pytest

from generator.handbook.hours import hours_fault

HOURS = """7 giờ 30 đến 17 giờ|7h30-17h|giờ hành chính|sáng|cả ngày|sáng thứ hai đến thứ sáu|24/7|24/24
các ngày làm việc|thứ 2 - thứ 6, 7h30 - 11h30 và 13h30 - 17h|trừ lễ, Tết|nghỉ chủ nhật|ngày 5, 15 hằng tháng
phiên chợ|8:00 - 17:00
7h30 - 11h30; 13h - 16h30 (thứ 2 đến thứ 6)|trừ 30/4, 1/5|từ 18 giờ đến 6 giờ sáng hôm sau|8 giờ sáng đến 5 giờ chiều
T2-T6: 7h30-17h|Sáng 7 giờ 30 đến 11 giờ 30, chiều 13 giờ 30 đến 17 giờ|trực ngày đêm|Sáng: 7g30 - 11g30|từ 7h
19 giờ tối thứ tư|đến hết 31/12/2026|trực 24/24, cả ngày nghỉ|2 buổi mỗi tuần|tối thứ bảy hằng tuần
22h-6h|18 giờ đến 6 giờ sáng hôm sau|22:00 - 6:00|18h - 7h|23h30-4h|12 giờ đêm đến 6 giờ|19h đến 12 giờ đêm|T2–T6
ca 1: 6h-14h, ca 2: 14h-22h, ca 3: 22h-6h|7.30-17.00|07.30 - 11.30|nghỉ 30.12|cả ngày lẫn đêm|có người trực ngày đêm
thứ hai, ba, tư, năm, sáu|thứ hai ba tư năm sáu bảy|nghỉ mùng một, hai, ba Tết|mỗi năm hai lần|một tuần hai buổi
bảy giờ ba mươi đến mười một giờ ba mươi|cấp cứu 24/24|mồng một, rằm"""


@pytest.mark.parametrize("hours", HOURS.replace("\n", "|").split("|"))
def test_hours_are_hours(hours: str) -> None:
    assert hours_fault(hours) is None


NONE = [
    ("strange", """xxx|null|chị Lan trực|gặp Tuấn|hỏi Zalo Lan|Nguyễn Văn An|Giàng A Páo|không rõ|???|?|-|liên hệ trước
8h-17h gặp Tuấn"""),
    ("clock", "25h-26h|24/8|thứ 9|8:99|thứ 1|7h75|trừ 32/4|nghỉ 1/13"),
    ("turned", """17h đến 8h|8h-8h|8h sáng đến 5h sáng|7h30-5h|13 giờ đến 11 giờ 30|8:00 - 7:00
14h-6h|18h-12h|23h-12h|22h-21h"""),
    ("no hours", """gọi 113|113|0225 355|0225 3555 213|không hai hai năm ba năm năm năm hai một ba|một một ba
không hai hai năm, ba năm năm năm|một chín không không|Không Hai Hai Năm Ba|không-hai-hai-năm|bốn năm sáu bảy tám
0 2 2 5 3 5 5 5 2 1 3|02 25 35 55 21 3|01 13 45 67 89"""),
]


@pytest.mark.parametrize(("case", "hours"), [(case, one) for case, hours in NONE
                                             for one in hours.replace("\n", "|").split("|")])
def test_what_are_no_hours_is_told(case: str, hours: str) -> None:
    fault = hours_fault(hours)
    assert fault and fault.case == case
