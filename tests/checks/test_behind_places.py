"""Somebody behind the place whose office it is, with initials, a title in letters or a rank; and places called so."""

from __future__ import annotations

import pytest

from generator.checks.looking.units import unit_fault
from tests.checks.test_units import ALL

PLACES = frozenset((
    "dai son", "hai phong", "phong quang", "thai nguyen", "hai duong", "viet nam", "chu van an", "bac ai"))

PERSONS = """Sở Y tế Hải Phòng Nguyễn Văn Hùng|UBND tỉnh Nguyễn Thị Hoa|Công an tỉnh Lê Hoàng Nam
UBND xã Đại Sơn Nguyễn Văn Hùng|UBND xã Phong Quang Sùng A Páo|Sở Y tế N. T. Lan|Sở Y tế Mr Hùng|Sở Y tế GĐ Lan
Công an xã Đại Sơn Thiếu tá|Sở Y tế N.T.Lan|Sở Y tế PGĐ Lan|Sở Y tế Ms Lan|Sở Y tế Th.S Lan|Sở Y tế mr Hùng
Công an xã trung úy|Công an tỉnh Lào Cai Lê Hoàng Nam|SỞ Y TẾ HẢI PHÒNG NGUYỄN VĂN HÙNG
sở y tế hải phòng nguyễn văn hùng|So Y te Hai Phong Nguyen Van Hung|UBND thành phố Nguyễn Thị Hoa
Công an thành phố Lê Hoàng Nam|UBND xã Ba Vì Lê Hoàng Nam|UBND phường Tân An Trần Thị Lan|Sở Y tế tỉnh Lào Cai Lan
Sở Y tế Hải Phòng Lan Anh|Công an tỉnh Hà Giang Vàng Seo Sính|UBND xã Đại Sơn giám đốc|UBND xã Đại Sơn chủ tịch
Sở Y tế, Hải Phòng Nguyễn Văn Hùng|Công an Hà Nội Lê Nam|UBND tỉnh Nguyen Thi Hoa|UBND TỈNH NGUYỄN THỊ HOA
ubnd xã đại sơn nguyễn văn hùng|Công an xã Đại Sơn Hạ sĩ Lan|Sở Y tế N T Lan|Sở Y tế N. Lan
UBND phường Hoàn Kiếm Lò Thị Ó|Trạm Y tế xã Tà Xùa Giàng A Páo|Công an tp Hải Phòng Bùi Thu Trang|Sở Y tế Dr Lan
Công an xã Đại Sơn Lê Nam|Sở Y tế Trung tá Lan|UBND xã Đại Sơn, PCT Hùng|Công an xã Đại Sơn đc Hùng
Công an xã Đại Sơn đ.c Hùng|UBND xã Đại Sơn N.V.A|UBND xã Đại Sơn A Hùng|Hội Nông dân xã Đại Sơn Bảy Hùng
UBND xã Đại Sơn Y Bliă|UBND xã Đại Sơn NVA|UBND xã Đại Sơn H'Hen Niê|Sở Y tế Hùng|Phòng Văn hóa - Xã hội Minh"""
NO_PERSONS = """xã Nguyễn Văn Linh|UBND phường Võ Thị Sáu|UBND xã Lê Hồng Phong
Công an xã Nguyễn Văn Linh, tỉnh Hưng Yên|UBND xã Bác Ái Đông|UBND xã Trung Lý Mường Lát|UBND phường Phú Thọ Hòa
UBND xã Thái Bình Trung|UBND thành phố Hồ Chí Minh|Công an thành phố Hồ Chí Minh|Sở Y tế thành phố Hồ Chí Minh
Công an TP. Hồ Chí Minh|Sở Y tế tỉnh Hoàng Liên Sơn|UBND thành phố Phan Rang|UBND thành phố Vinh
Công an thành phố Thủ Đức|UBND tỉnh Thừa Thiên Huế|Sở Y tế Hà Nội Chi nhánh 2|Bệnh viện Đa khoa Hải Phòng Cơ sở 2
Trường THPT Nguyễn Thị Minh Khai|Ban Chấp hành Tỉnh Đoàn Lào Cai|Trường Sĩ quan Lục quân
Trường Hạ sĩ quan Tăng thiết giáp|Khu di tích Đại tướng Võ Nguyên Giáp|Ban Giám đốc Sở Y tế|Hội Dân số - GĐ
Phòng Dân số GĐ Trẻ em|Trung tâm Anh ngữ Ms Hoa|UBND P. Lê Chân|UBND Q. Ba Đình
Trạm y tế phường Nguyễn Thị Minh Khai|Hội Người cao tuổi phường Nguyễn Trãi
Công an phường Trần Hưng Đạo, thành phố Hải Phòng|Công an phường Trần Hưng Đạo thành phố Hải Phòng
UBND xã Đại Sơn tỉnh Lào Cai|UBND xã Đại Sơn, Hải Phòng|UBND xã Vĩnh Bình Nam|UBND xã Khánh Bình Tây Bắc
UBND xã Hoàng Su Phì|Công an xã Mường Lay tỉnh Điện Biên|Văn phòng Chủ tịch nước|Hội Cựu chiến binh tỉnh Quảng Ninh
Phòng Cảnh sát giao thông Công an tỉnh Hà Nam|Đội Cảnh sát giao thông số 3|UBND xã A Mú Sung|UBND xã Si Ma Cai
UBND xã Đại Sơn Nam|Chi cục Thuế khu vực Bắc Hà - Si Ma Cai|UBND quận Hồng Bàng|UBND huyện Trần Văn Thời
UBND thị trấn Trần Văn Thời huyện Trần Văn Thời|UBND xã Phong Quang|Sở Y tế Thái Nguyên|Công an Hải Dương
UBND phường Hải Dương|Công an xã Sông Lô Tuyên Quang|UBND phường Chu Văn An|UBND Phường Chu Văn An Hải Phòng
UBND xã Ea Kao Đắk Lắk|Ủy ban nhân dân Thành phố Hà Nội|Đảng ủy xã Tân Hưng Hòa Bình|UBND xã Phú Hòa Đông
Công an xã Hồ Thị Kỷ|UBND phường Nguyễn Đại Năng|UBND xã Nam Đàn Nghệ An|Mặt trận Tổ quốc tỉnh Hà Nam
UBND xã Hòa Bình Thái Nguyên|Công an phường Hạc Thành Thanh Hóa|Công an xã Trần Phú Lạng Sơn
Sở Y tế Huế|Phòng Kinh tế Chũ|Phòng Văn hóa - Xã hội xã|Hội Nông dân xã Đại Sơn Ba Vì
UBND xã Y Tý|Ban PCTT xã Đại Sơn|UBND xã Đại Sơn TP.HCM"""


@pytest.mark.parametrize("unit", PERSONS.replace("\n", "|").split("|"))
def test_somebody_behind_a_place_is_a_person(unit: str) -> None:
    fault = unit_fault(unit, PLACES)
    assert fault and fault.case == "person" and fault.words in unit


@pytest.mark.parametrize("unit", NO_PERSONS.replace("\n", "|").split("|"))
@pytest.mark.parametrize("places", [frozenset(), PLACES], ids=["", "known"])
def test_a_place_may_be_called_like_somebody(unit: str, places: frozenset[str]) -> None:
    assert unit_fault(unit, places) is None


def test_known_places_make_nobody_of_a_unit() -> None:
    assert [unit for unit in ALL if unit_fault(unit, PLACES)] == []
