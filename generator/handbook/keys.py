"""The one table between what editors write (Vietnamese) and what the code says (English)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "phrase", "texts", "phrases", "whole", "date", "status", "audiences", "slugs", "frames", "approval",
    "changes", "film", "channel", "help", "parts", "paths", "signposts", "wishes", "audience-table", "flag",
    "accent",
]


@dataclass(frozen=True, slots=True)
class Key:
    vi: str
    en: str
    kind: Kind
    doc: str
    """One sentence for editors; also the description in the JSON Schema."""
    required: bool = False
    blank: bool = False
    """A required key that may say `""`: not known yet."""


LESSON_KEYS = (
    Key("phút", "minutes", "whole", "Học hết bài này mất mấy phút, kể cả thực hành.", required=True),
    Key("cho", "audiences", "audiences", "Bài này cho ai; lấy tên đối tượng trong handbook.yml.", required=True),
    Key("đơn vị", "unit", "text", "Đơn vị chịu trách nhiệm nội dung; không ghi tên người.", required=True),
    Key("trạng thái", "status", "status", "nháp hay đã rà soát; duyệt thì gõ hocso approve.", required=True),
    Key("rà soát", "reviewed", "date", "Ngày rà soát gần nhất.", required=True),
    Key("duyệt", "claim", "approval", "Cách ghi cũ; nay gõ hocso approve."),
    Key("cần xác nhận", "open_facts", "phrases", "Những điều chưa chắc đúng, cần người xem tận mắt."),
    Key("đã rõ", "confirmed", "texts", "Những điều đã có người xem tận mắt: ngày, đơn vị, điều ấy. Máy ghi."),
    Key("nguồn", "sources", "texts", "Lấy từ đâu; chỉ để người biên soạn tra lại."),
    Key("cần học trước", "prerequisites", "slugs", "Những bài nên học trước bài này."),
    Key("tìm", "asked_for", "texts", "Những lời người cần bài này hay gõ khi tìm, ngoài lời trong tên bài."),
    Key("khung", "frames", "frames", "Mã trong các khung kỹ năng: digcomp, tt02, qd757."),
    Key("phim", "film", "film", "Phim thật: tệp .mp4 trong thư mục bài, hoặc địa chỉ phim trên một nền tảng."),
    Key("hình", "scene", "text", "Tên cảnh vẽ trong content/pictures, bỏ đuôi; không ghi thì lấy cảnh trùng tên bài."),
    Key("ảnh đã xem", "seen_pictures", "phrases", "Ảnh chụp đã xem kỹ: không lộ mặt người, giấy tờ, số điện thoại."),
    Key("thay đổi", "changes", "changes", "Ngày: một câu nói rõ đã sửa gì."),
)

ALERT_KEYS = (
    Key("từ ngày", "first_day", "date", "Ngày bắt đầu cảnh báo.", required=True),
    Key("đến ngày", "last_day", "date", "Ngày cuối còn hiện cảnh báo.", required=True),
    Key("bài", "topics", "slugs", "Những bài liên quan.", required=True),
    Key("đơn vị", "unit", "text", "Đơn vị ra cảnh báo.", required=True),
)

EDITION_KEYS = (
    Key("tên", "name", "text", "Tên nơi này, ví dụ: xã Đại Sơn.", required=True),
    Key("cấp trên", "parent", "text", "Mã bản của cấp trên: tên tệp, không có đuôi."),
    Key("mã", "code", "text", "Mã chính thức: 5 chữ số của xã, phường; 2 chữ số của tỉnh, thành."),
    Key("địa chỉ trang", "site_url", "text", "Địa chỉ trang riêng của bản này, nếu có."),
    Key("đơn vị dưới", "lower_units", "text", "thôn hay tổ dân phố."),
    Key("ứng dụng địa phương", "local_app", "channel", "Ứng dụng của tỉnh, thành."),
    Key("cổng", "portal", "channel", "Cổng thông tin điện tử."),
    Key("zalo oa", "zalo_oa", "channel", "Trang Zalo chính thức."),
    Key("trang", "page", "channel", "Trang trên mạng xã hội."),
    Key("truyền thanh", "loudspeaker", "channel", "Đài truyền thanh, màn hình công cộng."),
    Key("trợ lý ảo", "assistant", "channel", "Trợ lý ảo hỏi thủ tục."),
    Key("điểm học", "learning_places", "texts", "Nơi bà con đến học."),
    Key("giúp đỡ", "help", "help", "Hỏi ai: vai, rồi đơn vị, điện thoại, giờ."),
    Key("ngân hàng", "bank", "text", "Ngân hàng cùng hướng dẫn; chỉ ghi vai, không ghi tên người."),
    Key("mô hình", "models", "texts", "Các mô hình đang làm ở đây."),
    Key("lịch báo cáo", "report_calendar", "texts", "Ngày phải báo cáo."),
    Key("giọng", "accent", "accent", "Giọng đọc của phim: bắc, trung hay nam. Không ghi thì theo mã tỉnh, thành."),
    Key("bài thêm", "extra_topics", "slugs", "Những bài nơi này học trước."),
)

HANDBOOK_KEYS = (
    Key("tên", "name", "text", "Tên sách.", required=True),
    Key("phần", "parts", "parts", "Các phần, theo thứ tự; mỗi phần có mã, tên, bài.", required=True),
    Key("đối tượng", "audiences", "audience-table", "Tên đối tượng: cách xưng hô.", required=True),
    Key("lộ trình", "paths", "paths", "Bài cho từng đối tượng, theo thứ tự học."),
    Key("phiếu chọn bài", "signposts", "signposts", "Năm câu hỏi dẫn người mới tới lộ trình của mình."),
    Key("mong muốn", "wishes", "wishes", "Bác muốn làm gì? Những điều người đọc muốn, mỗi điều dẫn tới một bài."),
)

PART_KEYS = (
    Key("mã", "id", "text", "Mã của phần, chữ thường không dấu.", required=True),
    Key("tên", "title", "text", "Tên phần.", required=True),
    Key("bài", "topics", "slugs", "Các bài, theo thứ tự.", required=True),
    Key("tên bìa", "booklet_title", "text", "Tên riêng trên bìa tập của phần."),
)

PATH_KEYS = (
    Key("mã", "id", "text", "Mã của lộ trình, chữ thường không dấu.", required=True),
    Key("tên", "title", "text", "Tên người đọc thấy: Bài cho …", required=True),
    Key("cho", "audience", "phrase", "Tên đối tượng.", required=True),
    Key("bài", "topics", "slugs", "Các bài, theo thứ tự học.", required=True),
    Key("phút", "minutes", "whole", "Tổng số phút; máy cộng lại và đối chiếu."),
)

SIGNPOST_KEYS = (
    Key("hỏi", "question", "phrase", "Câu hỏi trả lời được có hay không.", required=True),
    Key("đến", "path", "phrase", "Mã lộ trình khi trả lời có.", required=True),
    Key("nếu không", "otherwise", "phrase", "Mã lộ trình khi trả lời không ở câu cuối."),
)

WISH_KEYS = (
    Key("muốn", "words", "phrase", "Điều người đọc muốn, bằng lời của họ.", required=True),
    Key("bài", "lesson", "phrase", "Mã bài hay thẻ giúp làm điều ấy.", required=True),
)

DEMAND_KEYS = (
    Key("mã", "id", "text", "Mã yêu cầu, ví dụ A1.", required=True),
    Key("nhóm", "group", "text", "Nhóm yêu cầu.", required=True),
    Key("cần", "text", "text", "Kế hoạch cần gì ở sách.", required=True),
    Key("đáp ứng", "answers", "phrases", "Bài, thẻ, lộ trình hay sản phẩm đáp ứng."),
    Key("lý do", "reason", "text", "Vì sao chưa có gì đáp ứng."),
)

TERM_KEYS = (
    Key("từ", "name", "text", "Từ khó.", required=True),
    Key("nghĩa", "gloss", "phrase", "Nghĩa bằng lời thường.", required=True),
    Key("còn gọi", "aliases", "texts", "Cách viết khác."),
    Key("thay", "replace", "flag", "có: trong bài dùng nghĩa thay cho từ."),
)

PLATFORM_KEYS = (
    Key("tên", "name", "text", "Tên người đọc thấy.", required=True),
    Key("địa chỉ", "address", "text", "Địa chỉ, bắt đầu bằng https://; ứng dụng thì để trống được.", required=True,
        blank=True),
    Key("chủ quản", "owner", "text", "Cơ quan làm ra.", required=True, blank=True),
    Key("phạm vi", "scope", "text", "cả nước, hay tên tỉnh, thành.", required=True),
    Key("kiểm tra", "checked", "date", "Ngày có người mở xem gần nhất."),
    Key("loại", "kind", "text", "ứng dụng, khi chỉ là tên thấy trên máy."),
)

VISIT_KEYS = (
    Key("địa chỉ", "address", "text", "Địa chỉ đã hỏi.", required=True),
    Key("kết quả", "state", "text", "mở được, không rõ, chưa mở được hoặc hỏng.", required=True),
    Key("ngày", "day", "date", "Ngày hỏi.", required=True),
    Key("từ", "since", "date", "Không mở được từ ngày nào."),
    Key("lý do", "reason", "text", "Vì sao không mở được."),
    Key("chuyển tới", "moved_to", "text", "Trang khác mà địa chỉ ấy nay dẫn tới."),
    Key("các số", "numbers", "text", "Số nào của bản đã mở đúng trang ở địa chỉ ấy, trang đã có bài."),
)
"""Written by `hocso links`, not by hand."""

CHANNEL_KEYS = (
    Key("tên", "name", "text", "Tên người đọc thấy.", required=True, blank=True),
    Key("địa chỉ", "address", "text", "Địa chỉ, bắt đầu bằng https://."),
)

HELP_KEYS = (
    Key("đơn vị", "unit", "text", "Đơn vị, không ghi tên người."),
    Key("điện thoại", "phone", "text", "Số trực của đơn vị, không phải số riêng."),
    Key("giờ", "hours", "text", "Giờ làm việc."),
)

APPROVAL_KEYS = (
    Key("đơn vị", "unit", "text", "Đơn vị duyệt.", required=True),
    Key("ngày", "day", "date", "Ngày duyệt.", required=True),
)

VISIT_WORDS = {"mở được": "open", "không rõ": "unsure", "chưa mở được": "failed", "hỏng": "dead"}
DATE = r"^\s*(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})\s*$"
"""A day as editors write it, for programs that help while typing."""
UNWRITTEN = "CẦN VIẾT"
"""Stands where `hocso new` left room; the words behind it tell the editor what to write."""
STATUS_WORDS = {"nháp": "draft", "đã rà soát": "reviewed"}
APPROVED_BEFORE = "đã duyệt"
"""A status of old; now the book of approvals says it."""
ACCENTS = {"bắc": "north", "trung": "central", "nam": "south"}
FRAMES = ("digcomp", "tt02", "qd757")
HELP_ROLES = ("đầu mối", "thủ tục", "công an", "tổ công nghệ số", "truyền thông", "y tế")

CHANNELS = {
    "ứng dụng địa phương": "ung-dung",
    "cổng": "cong",
    "zalo oa": "zalo-oa",
    "trang": "trang",
    "truyền thanh": "truyen-thanh",
    "trợ lý ảo": "tro-ly-ao",
}
"""Edition keys people can be sent to, with their ids in the ledger (`channel:<id>`)."""

SECTIONS = (
    ("Chuẩn bị", False),
    ("Các bước", True),
    ("Thực hành", True),
    ("Lỗi hay gặp", True),
    ("An toàn", True),
    ("Nhớ 3 điều", True),
    ("Tự kiểm tra", True),
    ("1 phút học số", True),
    ("Học tiếp", False),
    ("Cho người hướng dẫn", True),
)
UNPLACED = "Chưa xếp chỗ"
"""Below it, at the end, waits what came from elsewhere and has no place yet; nobody shows it."""
PICTURE_SUFFIXES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
"""Kinds of pictures every browser shows."""
PHONE_SUFFIXES = {".heic": "image.kind/heic", ".heif": "image.kind/heic", ".mov": "image.kind/film",
                  ".3gp": "image.kind/film"}
"""What phones save and others cannot open: its ending → the rule that says so."""

CARD_SECTIONS = (
    ("Cần mang", True),
    ("Nộp ở đâu", True),
    ("Các bước", True),
    ("Theo dõi", True),
    ("An toàn", True),
)
DEVICES = ("Android", "iPhone", "Máy đời cũ")
