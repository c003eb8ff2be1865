"""What the rows of a phone screen may be, and how they are told in words for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.handbook.model import Row, Screen

UNSURE = "…"
"""As a text: nobody is certain of the label, so it is drawn as a grey bar."""
ICONS = "biểu tượng"
SWITCH = "công tắc"
UNSURE_IN_WORDS = "(chữ tùy máy)"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row may be."""

    name: str
    doc: str
    alt: str
    """How the row is told, `{text}` in it."""
    alt_value: str = ""
    """The same with `{value}`; empty means: this kind has no value and ` = ` is plain text."""
    noun: str = ""
    """What `Bấm vào …` calls it; empty means its name."""

    @property
    def has_value(self) -> bool:
        return bool(self.alt_value)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("ứng dụng", "tên ứng dụng, ở thanh trên cùng", "ứng dụng {text}", noun="tên ứng dụng"),
        Kind("trang", "địa chỉ trang web, ở thanh trên cùng", "thanh địa chỉ {text}", noun="thanh địa chỉ"),
        Kind("tên", "chữ đậm đầu màn hình", "đầu đề “{text}”", noun="đầu đề"),
        Kind("chữ", "dòng chữ thường", "dòng chữ “{text}”", noun="dòng chữ"),
        Kind("ô", "ô để điền: nhãn = điều đã điền", "ô {text}", "ô {text}, đã điền {value}"),
        Kind("nút", "nút bấm", "nút {text}"),
        Kind("mục", "một dòng trong danh sách", "mục {text}"),
        Kind("hình", "hình nhỏ để bấm: tên hình = chữ cạnh", "hình {text}", "hình {text} có chữ {value}"),
        Kind("tin đến", "tin nhắn nhận được: ai = lời", "tin đến “{text}”", "tin của {text}: “{value}”"),
        Kind("tin đi", "tin nhắn mình gửi", "tin mình gửi “{text}”", noun="tin mình gửi"),
        Kind(SWITCH, "công tắc gạt: nhãn = bật hoặc tắt", "công tắc {text}", "công tắc {text} đang {value}"),
        Kind("báo", "bảng hiện giữa màn hình, phải trả lời", "bảng báo “{text}”", noun="bảng báo"),
        Kind("dòng báo", "dòng báo hiện ra rồi mất", "dòng báo {text}"),
        Kind("phim", "khung phim có nút xem", "phim {text}"),
        Kind("mã QR", "mã QR, chỉ để nhìn, không máy nào quét ra", "mã QR của {text}"),
        Kind("khóa", "màn hình khóa: giờ = ngày", "màn hình khóa, đồng hồ {text}",
             "màn hình khóa, đồng hồ {text}, {value}", "màn hình khóa"),
        Kind(ICONS, "biểu tượng ứng dụng, cách nhau bằng |, => trước cái cần bấm", "biểu tượng {text}"),
        Kind("tiến trình", "thanh chạy: nhãn = phần trăm", "thanh chạy {text}",
             "thanh chạy {text}, được {value}", "thanh chạy"),
        Kind("xong", "báo đã làm được", "dấu tích “{text}”", noun="dấu tích"),
        Kind("lỗi", "báo chưa làm được", "báo lỗi “{text}”", noun="báo lỗi"),
        Kind("bản đồ", "bản đồ có ghim chỉ chỗ", "bản đồ, ghim ở {text}"),
        Kind("cuộc gọi", "cuộc gọi đến: ai = số", "cuộc gọi từ {text}", "cuộc gọi từ {text}, số {value}"),
        Kind("thư", "thư điện tử: ai gửi = tên thư", "thư “{text}”", "thư của {text}: “{value}”"),
        Kind("máy ảnh", "khung ngắm: điều máy nhìn thấy", "khung ngắm có {text}", noun="khung ngắm"),
    )
}


def icons_of(row: Row) -> tuple[str, ...]:
    """The names in a row of icons."""
    return tuple(name.strip() for name in row.text.split("|") if name.strip())


def alt_text(screen: Screen) -> str:
    """What the picture shows, told from the same rows."""
    rows = list(screen.rows)
    whole = "Màn hình điện thoại"
    if rows and rows[0].kind == "ứng dụng":
        whole = f"Màn hình {'' if len(rows) > 1 else 'ứng dụng '}{_spoken(rows[0].text)}"
        rows = rows[1:]
    told = "; ".join(tell_row(row) for row in rows)
    sentence = f"{whole}: {told}." if told else f"{whole}."
    tap = screen.tap_index
    return sentence if tap is None else f"{sentence} Bấm vào {_name_tap(screen.rows[tap], screen.rows)}."


def _spoken(text: str) -> str:
    return UNSURE_IN_WORDS if text == UNSURE else text


def tell_row(row: Row) -> str:
    kind = KINDS[row.kind]
    if row.kind == ICONS:
        return kind.alt.format(text=", ".join(map(_spoken, icons_of(row))))
    pattern = kind.alt_value if row.value and kind.has_value else kind.alt
    return pattern.format(text=_spoken(row.text), value=_spoken(row.value)).rstrip(" .;:")


def _name_tap(row: Row, rows: Sequence[Row]) -> str:
    """The shortest name that leaves no doubt."""
    noun = KINDS[row.kind].noun or row.kind
    alike = [other for other in rows if other.kind == row.kind]
    if row.kind == ICONS:
        return f"{noun} {_spoken(row.value)}"
    if len(alike) == 1:
        return noun
    if row.text != UNSURE and sum(other.text == row.text for other in alike) == 1:
        return f"{noun} {row.text.rstrip(' .;:')}"
    return f"{noun} thứ {alike.index(row) + 1}"
