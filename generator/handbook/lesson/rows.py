"""What the rows of a phone screen may be, and how they are told in words for those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.handbook.model import Row, Screen

UNSURE = "…"
"""As a text: nobody is certain of the label, so it is drawn as a grey bar. Beside words, as in `… phản ánh …`: these
words stand in the label, the rest differs from phone to phone."""
PART = re.compile(rf"(?<!\S){UNSURE}(?!\S)")
ICONS, TILES, KEYS = "biểu tượng", "ô nhanh", "phím dưới"
SEVERAL = (ICONS, TILES, KEYS)
"""Kinds whose row holds several things side by side, the one to tap marked among them."""
SWITCH = "công tắc"
SIDE, KEYBOARD, SLIDER = "phím cạnh", "bàn phím", "thanh kéo"
HOLD, UNHELD = "giữ", ("vuốt", SLIDER)
"""Before a kind: the finger stays there until something appears; what is swiped or drawn is not held."""
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
    tap: str = ""
    """What the hand does there, where it is more than `Bấm vào …`."""
    words: tuple[str, ...] = ()
    """All that may be written; empty means any words."""
    shape: str = ""
    """A pattern of what may be written besides, and what that is called."""
    shape_name: str = ""

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
        Kind(SIDE, "phím ở cạnh máy", "phím {text} ở cạnh máy", tap="Bấm phím {text} ở cạnh máy",
             words=("nguồn", "to tiếng", "nhỏ tiếng", "hai phím tiếng")),
        Kind("vuốt", "mũi tên chỉ hướng vuốt", "mũi tên vuốt {text}", tap="Vuốt {text}",
             words=("lên", "xuống", "trái", "phải")),
        Kind("bàn số", "bàn số để gọi: số đã bấm", "bàn số, đã bấm {text}", tap="Bấm số trên bàn số",
             words=(UNSURE,), shape=r"[-0-9*#+. ]+", shape_name="chữ số, * và #"),
        Kind(KEYBOARD, "bàn phím: phím cần bấm", "bàn phím có phím {text}", tap="Bấm phím {text} trên bàn phím",
             words=("dấu cách", "xóa", "đi tới", "số", "chữ", "chữ hoa", "chấm"),
             shape=r"[a-zA-Z0-9@#$_&+()/*\"':;!?,.-]", shape_name="một chữ cái không dấu, chữ số hay dấu"),
        Kind(SLIDER, "thanh kéo: nhãn = phần trăm", "thanh kéo {text}", "thanh kéo {text}, đang ở {value}",
             tap="Kéo nút tròn trên thanh {text}"),
        Kind(TILES, "ô bật tắt nhanh, cách nhau bằng |, đang bật thì thêm = bật", "ô nhanh {text}"),
        Kind(KEYS, "ba phím ở mép dưới màn hình, cách nhau bằng |", "phím dưới màn hình: {text}", noun="phím",
             words=("trở về", "màn hình chính", "gần đây")),
    )
}


def icons_of(row: Row) -> tuple[str, ...]:
    """The names in a row of several, without their states."""
    return tuple(name for name, _ in tiles_of(row))


def tiles_of(row: Row) -> tuple[tuple[str, str], ...]:
    """Each name with its state, mostly none."""
    parts = (part.partition(" = ") for part in row.text.split("|") if part.strip())
    return tuple((name.strip(), state.strip()) for name, _, state in parts)


def alt_text(screen: Screen) -> str:
    """What the picture shows, told from the same rows."""
    rows = list(screen.rows)
    whole = "Màn hình điện thoại"
    if rows and rows[0].kind == "ứng dụng":
        named = f"{'' if len(rows) > 1 else 'ứng dụng '}{rows[0].text}"
        whole = f"Màn hình {'một ứng dụng' if rows[0].text == UNSURE else named}"
        rows = rows[1:]
    told = "; ".join(tell_row(row) for row in rows)
    sentence = f"{whole}: {told}." if told else f"{whole}."
    tap = screen.tap_index
    return sentence if tap is None else f"{sentence} {_tell_tap(screen.rows[tap], screen.rows)}."


def _spoken(text: str) -> str:
    if text == UNSURE:
        return UNSURE_IN_WORDS
    return f"có chữ “{sure_words(text)}”" if PART.search(text) else text


def sure_words(label: str) -> str:
    """What of a label stands on every phone."""
    return " ".join(PART.sub(" ", label).split())


def tell_row(row: Row) -> str:
    kind = KINDS[row.kind]
    if row.kind in SEVERAL:
        names = (f"{_spoken(name)} đang {state}" if state else _spoken(name) for name, state in tiles_of(row))
        return kind.alt.format(text=", ".join(names))
    pattern = kind.alt_value if row.value and kind.has_value else kind.alt
    return pattern.format(text=_spoken(row.text), value=_spoken(row.value)).rstrip(" .;:")


def _tell_tap(row: Row, rows: Sequence[Row]) -> str:
    told = KINDS[row.kind].tap.format(text=_spoken(row.text)) or f"Bấm vào {_name_tap(row, rows)}"
    return re.sub("^Bấm (?:vào )?", "Giữ ngón tay vào ", told) if row.hold else told


def _name_tap(row: Row, rows: Sequence[Row]) -> str:
    """The shortest name that leaves no doubt."""
    noun = KINDS[row.kind].noun or row.kind
    alike = [other for other in rows if other.kind == row.kind]
    if row.kind in SEVERAL:
        return f"{noun} {_spoken(row.value)}"
    if len(alike) == 1:
        return noun
    if row.text != UNSURE and sum(other.text == row.text for other in alike) == 1:
        return f"{noun} {_spoken(row.text).rstrip(' .;:')}"
    return f"{noun} thứ {alike.index(row) + 1}"
