"""What may be named as a unit, wherever one is: of every kind and region, and what only stands there for one."""

from __future__ import annotations

import pytest

from generator.checks.looking.units import MOST, kind_of, unit_fault

UNITS = """Bộ Công an|Bộ Khoa học và Công nghệ|Cục Chuyển đổi số quốc gia|Cục C06|Tổng cục Thống kê
Văn phòng Chính phủ|Văn phòng Quốc hội|Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam|Vụ Pháp chế, Bộ Nội vụ
Ngân hàng Nhà nước Việt Nam|Hội Khuyến học Việt Nam|Liên minh Hợp tác xã Việt Nam|Thông tấn xã Việt Nam
Bảo hiểm xã hội Việt Nam|Viện Dân tộc học|Sở Y tế|Sở Khoa học và Công nghệ tỉnh Lào Cai|Sở Giáo dục và Đào tạo
Sở Công Thương|Sở Dân tộc và Tôn giáo|Sở Tư pháp|Sở Văn hóa, Thể thao và Du lịch|SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk|sở y tế|Ủy ban nhân dân tỉnh Điện Biên|Uỷ ban nhân dân thành phố Huế
Văn phòng UBND tỉnh Cà Mau|Tỉnh ủy Sơn La|Thành ủy Cần Thơ|Văn phòng Tỉnh ủy|Ban Tuyên giáo và Dân vận Tỉnh ủy
Tỉnh đoàn Quảng Trị|Thành đoàn TP. Hồ Chí Minh|Công an tỉnh Gia Lai|Công an tỉnh, thành phố
Bảo hiểm xã hội tỉnh, thành phố|Văn phòng Ủy ban nhân dân tỉnh, thành phố|Tòa án nhân dân khu vực 3
Ủy ban Mặt trận Tổ quốc tỉnh, thành phố|Viện kiểm sát nhân dân khu vực 2|Thi hành án dân sự tỉnh Vĩnh Long
Kho bạc Nhà nước|Phòng PA05, Công an tỉnh
Phòng Cảnh sát quản lý hành chính về trật tự xã hội Công an thành phố Hồ Chí Minh|Thuế cơ sở 4
Phòng Cảnh sát PCCC và CNCH|Chi cục Hải quan khu vực III|Chi cục Thuế khu vực Bắc Hà - Si Ma Cai - Lào Cai
Thuế tỉnh Lai Châu|Bộ Chỉ huy quân sự tỉnh Nghệ An|Bộ Chỉ huy Bộ đội Biên phòng
Đồn Biên phòng Cửa khẩu Tây Trang|Quân khu 7|Lữ đoàn 125|Hạt Kiểm lâm Mường Nhé|Trung đoàn 1015
Đoàn Kinh tế - Quốc phòng 327|Hải đội 2, Vùng Cảnh sát biển 1|Đội Quản lý thị trường số 5
Ủy ban nhân dân xã Đại Sơn|UBND phường Lê Chân|UBND xã Y Tý|UBND P. Lê Chân|UBND TT. Mộc Châu
UBND đặc khu Phú Quốc|ubnd xã Tà Xùa|UBND xã H'Mông Sa|HĐND và UBND xã Ea Kao|Hội đồng nhân dân xã Krông Ana
Văn phòng HĐND và UBND phường Bến Thành|Thường trực Đảng ủy xã|Đảng ủy phường Chu Văn An|Văn phòng Đảng ủy xã
Ban Xây dựng Đảng đảng ủy phường|Ban Xây dựng Đảng xã|Công an xã Sín Thầu|CA xã Ba Vì|CÔNG AN PHƯỜNG TÂN ĐỊNH
công an xã, phường|Công an đặc khu Cô Tô|cong an phuong Le Chan|Ban Chỉ huy quân sự xã|BCHQS phường Vĩnh Hải
Phường đội|Xã đội|Xã đoàn|Phường đoàn|Đoàn Thanh niên xã|Đoàn xã Mường Lay|Đoàn TNCS Hồ Chí Minh phường
Đoàn trường THPT Lê Hồng Phong|Hội Liên hiệp Phụ nữ xã|Hội LHPN xã Tân Thành|Hội Nông dân xã
Hội Cựu chiến binh phường|Hội Người cao tuổi xã Bàu Lâm|Chi hội Phụ nữ ấp 3|Chi hội Nông dân bản Nà Ư
Hội Người mù thành phố|Hội Chữ thập đỏ|Hội Thầy thuốc trẻ tỉnh|Công đoàn xã|Liên đoàn Lao động tỉnh Bình Dương
Mặt trận Tổ quốc xã|UBMTTQ phường 5|Ban Công tác Mặt trận khu 3|Ban Thanh tra nhân dân|Ban Quản lý khu phố 10
Ban nhân dân ấp Phú Hòa|Ban Vì sự tiến bộ của phụ nữ
Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số xã Vĩnh Bảo, thành phố Hải Phòng
Ban Chỉ đạo 35|BCĐ chuyển đổi số phường|Phòng Văn hóa - Xã hội|Phòng VH-XH xã
Phòng Kinh tế, Hạ tầng và Đô thị phường|Phòng Kinh tế xã Ia Grai|Phòng Tư pháp
Phòng Giao dịch NHCSXH Điện Biên Đông|Phòng khám đa khoa khu vực Tủa Chùa|Trung tâm Phục vụ hành chính công xã
Trung tâm phục vụ hành chính công phường|TT PVHCC phường Hạc Thành|Bộ phận Một cửa
Bộ phận Tiếp nhận và Trả kết quả xã|bộ phận một cửa xã|Một cửa|Trung tâm Dịch vụ sự nghiệp công xã
Trung tâm Y tế đặc khu Cô Tô|Trung tâm Văn hóa, Thể thao và Truyền thông phường|Trung tâm VH-TT-TT xã
Trung tâm Học tập cộng đồng xã Nguyễn Huệ|Trung tâm Y tế khu vực Thủy Nguyên|Trung tâm Bảo trợ xã hội số 2
Trung tâm Kiểm soát bệnh tật tỉnh|Trung tâm GDNN - GDTX|Trạm Y tế|Trạm y tế xã Ea Súp
Trạm Y tế phường Ninh Kiều, thành phố Cần Thơ|Điểm trạm y tế Hương Sơn|Trạm Khuyến nông|Bệnh viện Đa khoa tỉnh
Bệnh viện Quân y 175|Bệnh viện Bà Rịa|Bệnh viện Chợ Rẫy|Quân y đồn biên phòng|Hội Đông y xã
Trường THPT Chuyên Lê Hồng Phong|Trường Tiểu học Anh hùng Núp|Trường Mầm non Hoa Sen|Trường PTDTBT THCS Tả Phìn
Trường Sĩ quan|Trường Mầm non “Hoa Sen”|Trường Tiểu học số 2 xã Ba Vì|Trường THCS 3 tháng 2|Đại học Cần Thơ
Học viện Công nghệ Bưu chính Viễn thông|Thư viện tỉnh|Thư viện Khoa học Tổng hợp TP.HCM|Bảo tàng Hồ Chí Minh
Nhà văn hóa thôn Ông Tố|Nhà văn hoá bản Mển|Nhà Rông làng Kon Klor|Nhà văn hóa khu 3 (số 120 đường Lê Lợi)
Nhà Thiếu nhi|Nhà sinh hoạt cộng đồng buôn Akô Dhông|Nhà máy Z119|Nhà xuất bản Trẻ|Tổ công nghệ số cộng đồng
Tổ công nghệ số cộng đồng thôn Đông|Tổ CNSCĐ ấp 5|Tổ dân phố số 3|Tổ dân phố 1, 2, 3, 4, 5, 6|Tổ 5
Tổ hòa giải khu phố 2|Tổ đề án 06 phường|Tổ bảo vệ an ninh trật tự xã|Tổ hợp tác Rau sạch|TDP số 7
Khu phố 10, 11, 12|KP 3|Thôn Đông|thôn Mỗ Đoạn|Thôn 3, xã Ea Ktur|Xóm Trại|Bản Mòng|Bản Nà Pán, xã Chiềng Xôm
Làng Bút|Làng Kon K'Tu|Ấp 3|Ấp Trà Cuôn|ấp 3A|Khóm 5|Khóm Mỹ Lộc|Khối 7|Buôn Akô Dhông|Bon Bu Prâng|Plei Ốp
Phum Soài|Sóc Bom Bo|Phố 4 phường Hàm Rồng|Cụm dân cư số 2|Hẻm 1041/12/34 đường 3|Chợ Bà Chiểu|Chợ Đồng Xuân
Chợ Chủ Nhật|Ban quản lý chợ Sa Pa|Ban Quản lý Di tích Côn Đảo|Cảng vụ Hàng hải|Bưu điện|Bưu điện tỉnh Bạc Liêu
Bưu điện văn hóa xã Hưng Khánh|Điểm bưu điện - văn hóa xã|Bưu cục Đà Lạt|VNPT|VNPT Sóc Trăng|Viettel
Viettel Hà Giang|MobiFone khu vực 5|Điện lực Vĩnh Bảo|Công ty Điện lực Hải Phòng
Công ty TNHH MTV Cấp nước Sóc Trăng|EVN|Công ty Cổ phần MISA|Công ty TNHH May Việt Tiến - Nhà máy 2
Hợp tác xã An Bình|HTX Nông nghiệp Mường Hoa|Liên hiệp Hợp tác xã|Agribank Chi nhánh Tân Uyên
Ngân hàng Chính sách xã hội|NHCSXH tỉnh|Ngân hàng TMCP Công thương Việt Nam|Quỹ tín dụng nhân dân Đồng Tháp
Đài Truyền thanh phường (FM 96.7 MHz)|Đài Phát thanh và Truyền hình Trà Vinh|Báo Hải Phòng
Hệ thống truyền thanh cơ sở|Tổng đài 1022|tổng đài 1900 6661|Đường dây nóng 24 giờ|Câu lạc bộ Bác sĩ trẻ
CLB Liên thế hệ tự giúp nhau|Đoàn Luật sư tỉnh|Giáo xứ Phát Diệm|Chùa Ghositaram|Ban Dân tộc
Vườn quốc gia Cúc Phương|Khu bảo tồn Pù Luông|Công viên 30-4-1975|Trực ban Công an phường|Ban Chỉ đạo 2021-2025
Ban Chỉ đạo giai đoạn 2026 - 2030|Trung tâm tiếng anh Việt Mỹ|Phòng khám Bác sĩ Gia Đình|Tổ hỏi đáp
Ủy ban nhân dân xã, 12 Lê Lợi|Công an phường 12, quận 3|Trung tâm công tác xã hội - Bảo trợ trẻ em
Cơ quan Thường trực Đề án 06|Ban Bảo vệ bà mẹ, trẻ em|Lâm trường Văn Chấn|Nông trường Mộc Châu
Trạm Y tế xã Cô Tô|Ủy ban nhân dân xã Anh Sơn|Sở Xây dựng|Đoàn TN phường Kiến Hưng|TYT phường Kiến Hưng
TTVH phường Kiến Hưng|CATP Hải Phòng|CAP Kiến Hưng|ca phường|hoi lhpn phuong|so khoa hoc va cong nghe|so y te
UBND phường Nguyễn Văn Linh|Trường THCS Nguyễn Bỉnh Khiêm|Tổ dân phố Nguyễn Văn Linh|Sở Văn Hóa
Công an phường Văn Quán|Công an xã Lê Lợi|UBND phường Nguyễn Trãi|Công an Lê Chân|UBND P. Nguyễn Văn Linh
cong an phuong Nguyen Van Linh|UBND xã Lý Văn Lâm|UBND TT. Trần Văn Thời|Công an Lý Thường Kiệt|UBND xã Là Ngâu
Nhà văn hóa bon Pi Nao|Bon Pi Nao|Buôn Đôn|Nhà rông Plei Ốp|Ga Hải Phòng|Ga Phu Ly|Sân bay Cát Bi|Cửa khẩu Móng Cái
Phòng Giao dịch Nguyễn Văn Cừ|Cửa hàng Viettel Nguyễn Văn Linh|Bưu cục Lê Thanh Nghị|Văn phòng Công chứng Nguyễn Thị Hoa
Văn phòng Luật sư Trần Đình Triển|Thôn Lê Hồng Phong|Liên đội Nguyễn Văn Trỗi|Ban Quản lý Hồ Núi Cốc
Hội Võ Thuật Cổ Truyền|Phòng Quản Lý Đô Thị Mới|ĐỘI CẢNH SÁT ĐIỀU TRA TỘI PHẠM MA TÚY
Đội Quản Lý Thị Trường|Tổ vũ trang tuyên truyền
UBND xã A Lưới|Trạm thu phí Nguyễn Văn Linh|Ban Quản lý di tích Nguyễn Sinh Sắc|Hội đồng họ Nguyễn Cảnh Chân
HĐND và UBND|Văn phòng Đảng ủy và UBND xã|Tổ giúp việc Đảng ủy và UBND xã|HĐND, UBND xã Đại Sơn|Cục C06, Bộ Công an
Công an phường Lê Chân, Công an thành phố Hải Phòng|Bộ Chỉ huy quân sự tỉnh, Bộ Tư lệnh Quân khu 3
Hội Sáng chế và Sở hữu trí tuệ|Vụ Hợp tác quốc tế và Hội nhập|Hội Khoa học và Hội họa|Công ty Quản lý Chợ và Bến xe
Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ|Trường Tiểu học và THCS Trần Phú|Sở Công Thương, Bộ phận một cửa
Báo và Đài Phát thanh - Truyền hình Nghệ An|Techcombank|LPBank Hải Dương|FPT Shop|PC Hải Phòng|Khoa Khám bệnh
Cung Văn hóa Lao động|Nghiệp đoàn nghề cá|Cấp cứu 115|Trung tâm Ngoại ngữ - Tin học|Hội Hữu nghị Việt Nam - Lào
Đoàn Nghệ thuật Chèo|Bệnh viện Sản - Nhi|Bệnh viện Sản Nhi tỉnh|Bệnh viện Phụ sản - Nhi Đà Nẵng|Bệnh viện Tai Mũi Họng
Tổ Toán - Tin|Tổ Văn - Sử - Địa|Tổ Lý - Hóa - Sinh|Tổ Xe|Tổ Tin|Phòng Khám|Khoa Sản|Khoa Nội - Nhi|Khoa Tai Mũi Họng
Khoa Hồi sức|Khoa Dược|Khoa Nhi|Viện Tim|ACB|VIB Hải Phòng|SHB|Đoàn cải lương|Đoàn Chèo|Đoàn Kịch nói|Đoàn lân sư rồng
Phòng Ngoại vụ|Phòng Đối ngoại|Phòng Thuế|Phòng TCKT|Phòng GD&ĐT|PHÒNG VH|Công an Huế|Công an Chũ|UBND Đại-Sơn
Công an phường Chũ|đội vũ trang tuyên truyền|ban hồ sơ địa chính|ban quản lý chợ trung tâm|phòng quản lý đô thị mới
phòng cảnh sát điều tra tội phạm ma túy|tổ lái xe đoàn công tác|hội nông dân hồ chí minh|công an lý thường kiệt
công an hoàng mai|cong an tran hung dao|Cong an Tran Hung Dao"""


ALL = UNITS.replace("\n", "|").split("|")


def test_units_of_every_kind_are_asked() -> None:
    assert len({kind_of(unit) for unit in ALL}) >= 60 and len(set(ALL)) == len(ALL) >= 200


@pytest.mark.parametrize("unit", ALL)
def test_a_unit_of_any_kind_and_region_is_one(unit: str) -> None:
    assert unit_fault(unit) is None


NONE = [
    # What is told of it, names.
    ("no unit", """nguyễn văn an|Nguyễn Văn An|NGUYEN VAN AN|nguyen van an|Nguyen Van An|Lan Anh|An|chị hoa
Chị Hoa|Tèo|Tí Nị|Giàng A Páo|giàng a páo|Giang A Pao|Sùng Thị Mỷ|Lò Văn Pó|Kim Thị Sa|Quàng Văn Bun
Vàng Seo Sính|Thào Mí Lử|Cầm Bá Thước|Tẩn Láo Lở|Chẻo Sành Vần|Ma Seo Chứ|Điểu Ong|Danh Út|Thạch Sene
Rơ Châm Ngọt|Ksor Nham|Nay Der|Siu Black|Y Moan Êban|H'Hen Niê|K'Brêu|Bàn Văn An|Ban Van An|Tô Văn Nam
To Van Nam|Trương Thị Mai|Đoàn Văn Hậu|Doan Van Hau|Hoi Thi Lan|A Páo|Sơn Ka|Lý A Sử|Bác Ba|Chú Tư|Cô giáo Lan
Trưởng thôn Hoa|trưởng thôn|Tổ trưởng Hoa|Tổ trưởng Tổ dân phố 3|Công an viên Ba|Hội viên Lan|Zalo Lan Anh
Đoàn Toán|Đoàn Sinh|Khoa Lan|Khoa Lan Anh|Đoàn Lan|BBB|CLB
nhà chị Lan|Quán Lan Anh|Tiệm Net Hùng|quet-ma-qr|xa-dai-son|tu-kho|x|X|xxx|xxx yyy|Sở xxx|Tên đơn vị|đơn vị
Đơn vị|UNIT|loại máy|nơi phát|không có ai|chưa duyệt|Sở Y tế chưa duyệt|chưa ai duyệt|BẢN NHÁP, CHƯA DUYỆT
bản nháp|đã duyệt|Bộ|Sở|Tổ|công|null|~|ok|CẦN VIẾT|Ủy ban nhân dân CẦN VIẾT|Văn phòng chờ duyệt|Bản nháp
đơn vị duyệt|UBND phường Kiến Hưng ký thay|Nhóm Zalo thôn Đông|Bán hàng|Ông An|Ga|Khoa|Khoa Nguyễn|Lan Bank
Ban Pi Nao"""),
    ("person", """Công an xã, gặp Tuấn|Công an xã gặp Tuấn|Công an xã - Tuấn|Công an xã – tuấn
Công an xã (Tuấn)|Công an xã (Tuấn trực)|Công an xã, Tuấn phụ trách|CÔNG AN XÃ - TUẤN|Công an xã Tuấn trực
Trạm y tế, Giàng A Páo|Trạm y tế (giàng a páo)|Sở Y tế / Lan|Sở Y tế - H'Hen Niê|Sở Y tế, Trần Thị Lan
Tổ chị hoa|Tổ chị Hoa|tổ của Hoa|Tổ công nghệ số (A Páo)|Tổ công nghệ số anh Tuấn|Sở Y tế, Nguyen Van An
Công an xã, hỏi Lan|Công an xã, Zalo Lan Anh|Công an xã: gặp Lan|Công an xã "Tuấn"|Công an xã, liên hệ Tuấn
UBND xã Mường Lay, Lò Thị Ó|Công an phường Lê Chân (Đại úy An)|cong an xa, tuan
Công an Nguyễn Văn Linh|CA Trần Văn Hùng|Đảng ủy Nguyễn Văn A|Sở KH&CN Nguyễn Văn Hùng|Hội Thị Mai|Tổ Thị Nga
Bộ Văn Nam|Trạm Văn Hòa|Công an Lê Hoàng Nam|CÔNG AN LÊ HOÀNG NAM|Cong an Le Hoang Nam|công an nguyễn văn linh
Công An Lê Hoàng Nam|UBND Phạm Thị Thanh Trà|Đảng ủy Nguyễn Thị Hồng Vân|Hội Phụ nữ Phạm Thu Hương|Công an Giàng A Páo
CÔNG AN GIÀNG A PÁO|Trạm Y tế Lò Thị Ó|Trạm y tế Lê Hoàng Nam|Sở Y tế Nguyễn Thu Hà|Phòng Tư pháp Đỗ Minh Quân
Ban Dân tộc Hoàng Minh Đức|Tổ công nghệ số Phạm Minh Tuấn|Đoàn Thanh niên Vũ Hải Yến|Hội Lê Thu Trang|TYT Võ Minh Châu
Sở GD&ĐT Nguyễn Thị Hà|Phòng Văn hóa - Xã hội Bùi Thị Nga|Bộ phận Một cửa Nguyễn Lan Anh|MTTQ Ngô Quang Vinh
Công an xã là Tuấn|Công an là Tuấn|Phòng Lan|phòng lan|PHÒNG LAN|Phòng Lan xã Đại Sơn|Tổ Lan|tổ hoa|Hội Lan|Đội Tuấn
Sở Lan, tỉnh Lào Cai|Bộ phận Lan|Trung tâm Lan|VP Lan|Công an xã - Nhi|Tổ Hóa - Sinh - Lan
Tổ Toán - Văn An|Trường Tiểu học Nguyễn Du - Nhi|công an lê hoàng nam|cong an le hoang nam|ubnd trần minh châu
trạm y tế lê hoàng nam|sở y tế nguyễn thu hà|phòng tư pháp bùi thu trang|công an lý minh tuấn"""),
    ("two", """Sở Y tế và Bộ Công an|BỘ Y TẾ VÀ BỘ CÔNG AN|Sở Y tế, Bộ Công an|Sở Y tế & Bộ Công an|Sở Y tế/Bộ Công an
Sở Nội vụ cùng với Sở Xây dựng|UBND xã và Công an xã|Công an xã và Trạm y tế|Hội Nông dân và Hội Phụ nữ xã
Đoàn thanh niên và Hội LHPN xã|Bệnh viện Nhi và Bệnh viện Mắt|Công an xã phối hợp với UBND xã|Công an xã + UBND xã
Công an xã Đại Sơn và Công an xã Đông Sơn|Tổ dân phố 3 và tổ dân phố 4"""),
    ("number", """1041|Sở Y tế, 0225 3555 213|Sở Y tế 0225 35552|Sở Y tế 0912 345 678
Công an xã, ０９１２３４５６７８|Công an xã ０225 3555 213|Công an xã 5551|Công an xã số 5551|Công an xã ☎ 5551
Trạm y tế, máy 555|Công an xã, gọi 113|Công an xã không chín một hai|09l2345678|Công an xã O225 3555 213
Công an xã, 09 12 34 56 78"""),
    ("hours", "8h-17h|Công an xã, 7h30-17h|sáng, chiều|Công an xã 24/7"),
    ("outside", """https://bit.ly/x|a@b.vn|Công an xã, t.me/lan|fb/lan.anh|zalo.me/0912|Sở Y tế www.x
[Bộ](http://x)|Sở Y tế https:x"""),
    ("more", """Sở Y tế. Duyệt: Bộ Công an, 01/01/2026|Sở Y tế. Bộ Công an|Sở Y tế; Bộ Công an|Sở Y tế!
Sở <b>Y tế</b>|Sở *Y tế*|Sở Y tế {{ x }}|Sở Y tế: Bộ Công an|Sở Y tế...|Sở Y tế…|Sở `Y tế`|Công an <b>xã</b>
Sở Y tế\\nBộ"""),
    ("edge", "Công an xã,|- Công an xã|; Công an xã|Công an xã –"),
]


@pytest.mark.parametrize(("case", "unit"), [
    (case, unit) for case, units in NONE for unit in units.replace("\n", "|").split("|")])
def test_what_is_no_unit_is_none(case: str, unit: str) -> None:
    fault = unit_fault(unit)
    assert fault and (fault.case == case or (case == "person" and fault.case == "more"))


@pytest.mark.parametrize("unit", [
    "Công an Đặng Thùy Trâm", "CÔNG AN ĐẶNG THÙY TRÂM", "Cong an Dang Thuy Tram", "Trạm Y tế Đặng Thùy Trâm"])
def test_a_place_that_is_known_may_be_called_like_somebody(unit: str) -> None:
    fault = unit_fault(unit)
    assert fault and fault.case == "person" and unit_fault(unit, frozenset(("dang thuy tram",))) is None


@pytest.mark.parametrize("unit", ["A" * 200, "Sở " + "A" * 200, "Ủy ban nhân dân xã Đại Sơn " * 10, "Sở Y tế " * 40])
def test_a_name_is_as_long_as_paper_prints_it(unit: str) -> None:
    fault = unit_fault(unit.strip())
    assert fault and fault.case == "long" and len(fault.words) < MOST
