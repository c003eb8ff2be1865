"""Words of doing where only a unit's name may stand: no signature, and no name."""

from __future__ import annotations

import pytest

from generator.checks.looking.units import unit_fault
from generator.handbook.doing import doing_in
from tests.checks.test_units import ALL

DOING = """Sở Y tế rút lại|Sở Y tế đã rút|Sở Y tế từ chối|Sở Y tế hủy|Sở Y tế bác bỏ|Sở Y tế không đồng ý
Sở Y tế chưa ký|Sở Y tế chờ ký|Sở Y tế nháp|Sở Y tế miệng|Sở Y tế đã ký|Sở Y tế hoặc Sở Nội vụ|SỞ Y TẾ RÚT LẠI
Sở Y Tế Rút Lại|so y te rut lai|Sở Y tế Rút lại|So Y te rut lai|Sở Y tế rút|Sở Y tế bác|Sở Y tế da ky|Sở Y tế đồng ý
Sở Y tế thu hồi|UBND xã Đại Sơn từ chối|UBND xã Đại Sơn Từ Chối|UBND xã từ chối|Sở Y tế huỷ|Sở Y tế RÚTLẠI
Sở Y tế (rút lại)|Sở Y tế, rút lại|Sở Y tế - đã rút|Sở Y tế nhất trí|Sở Y tế phê duyệt|Sở Y tế sẽ ký|UBND xã Ký
UBND xã đồng ý|Sở Y tế đình chỉ|Sở Y tế hoãn|Sở Y tế khong duyet|Sở Y tế chưa xem|Sở Y tế hay Sở Nội vụ|So Y te huy
Sở Y tế bãi bỏ|Sở Y tế bỏ|Sở Y tế hết hiệu lực|Sở Y tế withdrawn|Sở Y tế trả lại|Sở Y tế rút-lại|Sở Y tế ký thay
Sở Y tế OK|Sở Y tế xem xét|Sở Y tế không|Sở Y tế cấm|Sở Y tế dự kiến|Sở Y tế yêu cầu sửa|Sở Y tế góp ý
Sở Y tế khiếu nại|Sở Y tế bảo lưu|Sở Y tế trình|Sở Y tế thiếu dấu|Sở Y tế can thiệp|Sở Y tế sai
Sở Y tế thiếu chữ ký|Sở Y tế có ý kiến|UBND xã Sai""".replace("\n", "|").split("|")
CALLED_SO = """UBND xã Ký Phú|UBND thị trấn Chờ|UBND xã Bác Ái|UBND xã Đồng Ý|Bản Nà Chờ|Chùa Kỳ Quang 2|Chợ Kỳ Lừa
UBND xã Tân Thành|Phân đội 2|Trung tâm Đăng ký đất đai|Bệnh viện đa khoa Bắc Bộ|Hội đồng xét duyệt chính sách
Ban Thư ký|Phòng Thu hồi nợ|Viện Sốt rét - Ký sinh trùng|Cảng hàng không Nội Bài|Quân chủng Phòng không - Không quân
Tổ công tác tháo gỡ khó khăn|Ban Quản lý đầu tư Bộ Quốc phòng|Khu di tích Bác Hồ|Trường THCS Trương Vĩnh Ký
UBND phường Hoàn Kiếm|UBND Phuong Hoan Kiem|Cong an phuong Go Vap|BO CHI HUY QUAN SU TINH|Bo Chi huy quan su tinh
Benh vien da khoa tinh|Cong an xa Quang Huy|Công an xã Quang Huy|UBND thị trấn Cổ Lễ|Ban Chỉ huy bản Lũng Cú|Xóm Đợi
TRUNG TÂM ĐĂNG KÝ ĐẤT ĐAI|Trạm dừng nghỉ số 3
Khoa Khám bệnh theo yêu cầu|Tổ tiếp nhận góp ý|Ban giải quyết khiếu nại, tố cáo|Trường Mẫu giáo Hoa Sen
Ban Chỉ đạo thôn kiểu mẫu|Ban Quản lý Đền Mẫu|UBND xã Mẫu Sơn|UBND XÃ BÌNH TRÌNH ĐÔNG|Ban Quản lý công trình xã
Trung tâm Can thiệp sớm|Khoa Tim mạch can thiệp|Trung tâm Thử nghiệm|UBND xã Sai Nga|Phòng Lập trình|Cung Thiếu nhi
bo chi huy quan su tinh|Ban Chỉ đạo nông thôn mới""".replace("\n", "|").split("|")


@pytest.mark.parametrize("unit", DOING)
def test_what_somebody_did_is_no_name(unit: str) -> None:
    assert doing_in(unit) and unit_fault(unit)


@pytest.mark.parametrize("unit", CALLED_SO)
def test_a_name_may_sound_like_it(unit: str) -> None:
    assert doing_in(unit) == ""


def test_no_unit_of_our_table_does_anything() -> None:
    assert [unit for unit in ALL if doing_in(unit)] == []
