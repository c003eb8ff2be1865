"""Where a unit is to be named: a person behind a rank, a title, a word of address, and the units that only sound so."""

from __future__ import annotations

import pytest

from generator.checks.language.privacy import person_in

PEOPLE = """Đại úy Nguyễn Văn An|đại úy nguyễn văn an|Đại uý Hùng|Thượng tá Lê Đức Anh
Công an phường Lê Chân Đại úy Nguyễn Văn An|Công an phường, Đại úy An|ông An|Ông Tám|bà Lan|anh Hùng|Anh Hùng
chị Lan|Chị Đỗ Hoa|đồng chí Hùng|Đồng chí Nguyễn Văn An|đ/c Hùng|Đ/c Nguyễn Văn An|Chủ tịch Nguyễn Văn An
Trưởng công an Nguyễn Văn An|Trưởng Công an Lê Văn Hùng|Bs. Lan|Bs Lan|BS. Nguyễn Văn An|bác sĩ Hoa|Bác sĩ Hoa
Bác sỹ Đặng Thị Mai|ThS Mai|ThS. Nguyễn Mai|TS. Lê Lan|PGS.TS.BS Nguyễn Văn An|BSCKII Nguyễn Văn An
BS.CKI. Trần Thị Hoa|Nguyễn Văn An|NGUYỄN VĂN AN|ĐẠI ÚY NGUYỄN VĂN AN|Lê Đức Anh
Công an phường Lê Chân (Đại úy An)|Công an xã - anh Nam|Ủy ban xã, chị Lan 0225|Phó Chủ tịch Lê Văn Hùng
trưởng thôn Nguyễn Văn Bé|Tổ trưởng Phạm Bé|cán bộ Nguyễn Thị Hoa|Công an viên Trần Văn Ba
Thiếu tướng Nguyễn Văn An, Giám đốc Công an tỉnh|cô Hoa|thầy Minh|Mr. An
Trung tá Nguyễn Văn An - Trưởng Công an phường|gặp anh Tuấn|liên hệ Nguyễn Văn An
Công an phường Lê Chân: Nguyễn Văn An|y sĩ Hạnh|Trạm y tế xã: y sĩ Hạnh|Thượng úy Đỗ Đức|Chú Sáu|Bác Ba"""


@pytest.mark.parametrize("words", PEOPLE.replace("\n", "|").split("|"))
def test_a_person_is_no_unit(words: str) -> None:
    assert person_in(words)


UNITS = """Trường THCS Nguyễn Văn Trỗi|phường Chu Văn An|Công an phường Lê Chân|Bệnh viện Bà Rịa|Trạm y tế xã Ông Đình
Công an phường Cô Giang|Trường Anh hùng Núp|Trường Tiểu học Anh Hùng Núp|Quảng trường Đại tướng Võ Nguyên Giáp
Khu lưu niệm Tổng Bí thư Nguyễn Văn Linh|Bảo tàng Hồ Chí Minh|Trung tâm tiếng anh Việt Mỹ|Công an xã Bà Điểm
Chợ Bà Chiểu|Trạm y tế xã Bác Ái|Phòng khám Bác sĩ Gia Đình|Phòng khám bác sĩ gia đình|Chi cục TS Hải Phòng
cán bộ một cửa|Cán bộ Tư pháp xã|Trưởng Công an phường Lê Chân|Chủ tịch UBND xã|Bí thư Đoàn|Chủ tịch Hội Phụ nữ
trưởng thôn Đông|Phòng Văn hóa - Xã hội xã Trần Phú|Ủy ban nhân dân phường Trần Phú, thành phố Hồ Chí Minh
Hội Người cao tuổi phường Trần Hưng Đạo|Đoàn Thanh niên Cộng sản Hồ Chí Minh xã|Trạm y tế phố Lý Thường Kiệt
Bộ phận Một cửa|Ban Chỉ huy quân sự phường|Nhà văn hóa thôn Ông Tố|Trung tâm Y tế thành phố Bà Rịa
Trường Mầm non Cô Tiên|Trường THPT Nguyễn Bỉnh Khiêm|Trung tâm Học tập cộng đồng xã Nguyễn Huệ|Hội Chữ thập đỏ
Đại học Bách Khoa|Công an phường Võ Thị Sáu|Trường Lê Hồng Phong|Bưu điện Hồ Tùng Mậu|Đồn Biên phòng Cô Tô
Đồn Công an Ba Đình|Trung tâm Phục vụ hành chính công, phường Lê Chân|Công an xã, phường
Trung tâm Y tế đặc khu Cô Tô|Đại lý Hùng Vương|Tổ công nghệ số cộng đồng|Liên hệ Công an phường
Hỏi Bộ phận Một cửa|Trực ban Công an phường|Phó Đức Chính|Bác sĩ Trực|Sở Y tế|Trường THCS Liệt sĩ Lê Văn Tám
Hội Cựu chiến binh|Đoàn Thanh niên phường|Ban Công tác Mặt trận khu 3"""


@pytest.mark.parametrize("unit", UNITS.replace("\n", "|").split("|"))
def test_a_unit_may_be_named_after_somebody(unit: str) -> None:
    assert person_in(unit) == ""
