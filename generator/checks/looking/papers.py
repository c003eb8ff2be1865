"""Which words name a paper by which a commune signs what is not its own: one that is there, holds, and can be looked
for. Who waits for it, asks, heard it by telephone, or has an old one has none."""

from __future__ import annotations

import re
from datetime import date

from generator.ground.files import fold
from generator.handbook.values import parse_date
from generator.handbook.withdrawals import paper_above

FEWEST = 8
"""Letters and digits by which a paper is named: `công văn 12`, not `.` or `x`."""
_NONE = re.compile(
    r"(?<!\w)(?:chờ|đợi|sẽ|sắp|xin|hỏi|gọi|hẹn|hứa|chưa|đang|nhắn|miệng|nháp|quên|mất|dự kiến|bằng lời|nói lại|nghe nói"
    r"|có lẽ|hình như|trao đổi|đề xuất|(?<!trả lời )(?<!đồng ý )đề nghị|kiến nghị|tờ trình|hủy|huỷ|bãi bỏ|thay thế bởi"
    r"|(?:tuần|tháng|năm|hôm|để|bổ sung|gửi|có|ra|nộp) sau|sau này|(?<!hàng )(?<!phòng )không|ko|hok|chẳng"
    r"|trình ký|đang trình|trình (?:duyệt|lãnh đạo|chủ tịch)|(?:ngày|tuần|tháng|quý|năm|đợt|kỳ|hôm) tới|ngày mai"
    r"|theo lời|lời (?:hứa|dặn|nói)|từ chối|phản đối|bác bỏ|trả về|đình chỉ|hoãn"
    r"|tạm(?! (?:thời|giao|cấp|ứng|quyền|trú|giữ|giam|vắng)))(?!\w)|(?<!\w)(?:sau|trình)$")
_BARE_NONE = re.compile(
    r"(?<!\w)(?:dien thoai|zalo|tin nhan|noi mieng|du thao|to trinh|het han|qua han|het hieu luc|mat hieu luc"
    r"|het gia tri|thu hoi|that lac|dang (?:cho|xin|hoi|doi|trinh)|hoi lai|se (?:co|gui|ban hanh)|sap co"
    r"|(?:cho|doi|xin|hoi) (?:cong van|giay|van ban|cap tren|tra loi|y kien|so)"
    r"|(?:khong|chua)(?: \w+)? (?:co|ro|biet|nho|thay)|(?:khong|chua) giay)(?!\w)")
"""As `fold` has it, for who types no accents: words that are no others without them."""
_ASCII_NONE = re.compile(
    r"(?<!\w)(?:chua|k co|trinh (?:ky|duyet)|(?:ngay|tuan|thang|quy|nam|dot|hom) toi|ngay mai|theo loi|tu choi|phan doi"
    r"|bac bo|tra ve|dinh chi)(?!\w)|(?<!\w)tam$")
"""Where nobody typed any: `chùa` is another word."""
_SPOKEN = re.compile(
    r"^(?!.*(?<!\w)(?:cong van|cv|quyet dinh|qd|van ban|giay|thong bao|chi thi|ke hoach|huong dan|nghi quyet)(?!\w))"
    r".*(?<!\w)(?:e-?mail|gmail|mail|dt|sdt|goi|messenger|viber|facebook|fb|sms)(?!\w)")
"""`email ngày 20/11` names none; `công văn 12 gửi qua email` does."""
_DAY = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
_OF_YEAR = re.compile(r"(?<=[\d/-])[/-](20\d{2})(?!\d)|(?<!\w)năm (20\d{2})(?!\d)")


def says_paper(instead: str) -> bool:
    """Whether somebody could look for it: a few letters, a word and a number or a day among them."""
    signs = [sign for sign in instead if sign.isalnum()]
    return (len(signs) >= FEWEST and len(set(signs)) > FEWEST // 2 and bool(re.search(r"[^\W\d_]{2}", instead))
            and bool(re.search("[0-9]", instead)) and not _is_none(instead))


def noted_paper(note: str) -> str:
    """Which paper a row's note names, if it says anything."""
    paper = paper_above(note)
    return paper if says_paper(paper) else ""


def _is_none(instead: str) -> bool:
    said = " ".join(instead.casefold().split())
    bare = fold(said)
    return bool(_NONE.search(said) or _BARE_NONE.search(bare) or _SPOKEN.search(bare)
                or (said.isascii() and _ASCII_NONE.search(said)) or _is_to_come(said))


def _is_to_come(said: str) -> bool:
    days = [parse_date("/".join(found.groups())) for found in _DAY.finditer(said)]
    years = [int(found[1] or found[2]) for found in _OF_YEAR.finditer(said)]
    return any(day and day > date.today() for day in days) or any(year > date.today().year for year in years)
