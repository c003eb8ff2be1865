"""Which words name a paper that lets a commune sign for those above."""

from __future__ import annotations

import pytest

from generator.checks.looking.papers import noted_paper, says_paper

PAPERS = """công văn 12/CV-SKHCN|công văn số 12 ngày 20/11/2025|quyết định 15/QĐ-UBND|văn bản đồng ý số 3
giấy ủy quyền 5/2025|công văn trả lời đề nghị số 12|Công văn đã ký 12/CV-SYT|cong van so 12 cua So Y te
thông báo 7 của Cục Hàng không|giấy giao việc ngày 1/6/2025|công văn cho phép số 9|chỉ thị 4 của Hội đồng
công văn 12 Sở Xây dựng Sau Sáp nhập|công văn 12/CV-SYT gửi qua email|quyết định tạm giao 12/QĐ-UBND
quyết định 12 của xã Tới|công văn 5 Ban Quản lý Chùa Hương|cong van so 12 gui qua mail|chương trình công tác số 12"""
NONE = """đang chờ công văn 12/2026|xin cấp trên công văn 12/2026|điện thoại hỏi ngày 20/11/2026
công văn 12/2026 đã hết hạn|sẽ có công văn số 15 sau|công văn số 15 sau|cho cong van 12/2026|dang cho giay so 12
Đợi công văn 12/CV|chưa có công văn 12|gọi điện ngày 20/11/2025|anh Ba nói miệng 20/11/2025|Zalo ngày 20/11/2025
dự thảo công văn 12/CV|tờ trình 12/TTr-UBND|công văn 12 hết hiệu lực|công văn 12 đã thu hồi|công văn 12/2025 bị hủy
công văn số 15 ngày 30/12/2098|công văn 12/2098|sắp có công văn 12/CV|hỏi Sở ngày 20/11/2025|công văn đề nghị số 12
quên số công văn ngày 20/11|không rõ công văn 12|xin so 12/CV-SYT|công văn năm 2098 số 12|bổ sung sau công văn 12
SẼ CÓ CÔNG VĂN 15/CV|hẹn ngày 20/11/2025 có giấy|công văn 12 trình ký|công văn 12 tháng tới|theo lời chủ tịch 12/11
email ngày 20/11|đt anh Hùng 20/11|công văn 12 ko có|cong van 12 ko co|cong van 12 chua ve|công văn 12 từ chối
công văn 12 tạm|cong van 12 tu choi|công văn 12 đang trình|công văn 12 bị trả về|cong van 12 thang toi"""


@pytest.mark.parametrize("words", PAPERS.replace("\n", "|").split("|"))
def test_a_paper_that_is_there_is_one(words: str) -> None:
    assert says_paper(words)


@pytest.mark.parametrize("words", NONE.replace("\n", "|").split("|"))
def test_what_is_not_there_yet_or_any_more_is_none(words: str) -> None:
    assert not says_paper(words) and noted_paper(f"ghi: hỏi lại; ký thay cấp trên: {words}") == ""
