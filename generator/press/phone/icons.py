"""Small pictures of our own, drawn with one pen in a square of 24 units; the hand that taps; a QR nobody reads."""

from __future__ import annotations

from generator.ground.files import fold
from generator.press.phone.ink import BLACK, WHITE, Box, moved, path, rect, words

ICON = 24.0

PICTURES = {
    "Wi-Fi": "M2 9.5a14 14 0 0 1 20 0M5.5 13.2a9 9 0 0 1 13 0M9 16.8a4.2 4.2 0 0 1 6 0M12 19.6a.9 .9 0 1 0 .1 0z",
    "máy quay": "M2 6h13v12H2zM15 11l7-4v10l-7-4",
    "ghim kẹp": "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.6 1.6 0 0 1-2.3-2.3L14.5 7.5",
    "kính lúp": "M10 4a6.5 6.5 0 1 0 .1 0zM14.8 15.2l6 6",
    "ba gạch": "M3 6h18M3 12h18M3 18h18",
    "ba chấm": "M12 4a1.2 1.2 0 1 0 .1 0zM12 11a1.2 1.2 0 1 0 .1 0zM12 18a1.2 1.2 0 1 0 .1 0z",
    "bánh răng": "M12 5.5a6.5 6.5 0 1 0 .1 0zM12 9.5a2.5 2.5 0 1 0 .1 0zM12 2v3M12 19v3M2 12h3M19 12h3"
    "M5 5l2.2 2.2M16.8 16.8l2.2 2.2M19 5l-2.2 2.2M7.2 16.8l-2.2 2.2",
    "chuông": "M5 17h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7zM10 20a2 2 0 0 0 4 0M12 5V3",
    "micro": "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M8.5 21h7",
    "loa": "M3 9.5h4l5-4.5v14l-5-4.5H3zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
    "máy ảnh": "M3 8h4.5l1.5-3h6l1.5 3H21v12H3zM12 10a4 4 0 1 0 .1 0z",
    "nhà": "M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6",
    "mũi tên trái": "M11 5l-7 7 7 7M4 12h17",
    "dấu cộng": "M12 4v16M4 12h16",
    "dấu x": "M5 5l14 14M19 5L5 19",
    "người": "M12 3a4 4 0 1 0 .1 0zM4 21c0-5 3-8 8-8s8 3 8 8z",
    "giỏ hàng": "M2 4h3l3 11h10l3-8H6.5M9 18.5a1.2 1.2 0 1 0 .1 0zM17 18.5a1.2 1.2 0 1 0 .1 0z",
    "thùng rác": "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6",
    "quét mã": "M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5M3 12h18",
    "ghim": "M12 22c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12zM12 7.5a2.5 2.5 0 1 0 .1 0z",
    "ống nghe": "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v4c0 1.5-1 2-2 2C10 21 3 14 3 5c0-1 .5-2 2-2z",
    "tin nhắn": "M3 4h18v13H10l-5 4v-4H3zM7.5 9h9M7.5 12.5h6",
    "phong bì": "M2 5h20v14H2zM2.5 6l9.5 7 9.5-7",
    "ảnh": "M3 4h18v16H3zM3 17l6-6 5 5 3-3 4 4M16.5 7a1.2 1.2 0 1 0 .1 0z",
    "mắt": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 .1 0z",
    "ổ khóa": "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
    "chia sẻ": "M12 15V3M7.5 7L12 3l4.5 4M8 11H5v10h14V11h-3",
    "túi": "M4 8h16l-1 13H5zM8 11V7a4 4 0 0 1 8 0v4",
    "quả cầu": "M12 2.5a9.5 9.5 0 1 0 .1 0zM2.5 12h19M12 2.5c-6 6-6 13 0 19c6-6 6-13 0-19",
    "gửi": "M3 20l18-8L3 4l3 8zM6 12h15",
    "dấu tích": "M12 2a10 10 0 1 0 .1 0zM7 12.5l3.5 3.5 6.5-7.5",
    "chấm than": "M12 2.5L23 21.5H1zM12 9v6M12 18v.5",
}
OTHER_NAMES = {
    "tìm kiếm": "kính lúp", "cài đặt": "bánh răng", "thông báo": "chuông", "ghi âm": "micro",
    "camera": "máy ảnh", "trang chủ": "nhà", "quay lại": "mũi tên trái", "thêm": "dấu cộng", "đóng": "dấu x",
    "danh bạ": "người", "tài khoản": "người", "cá nhân": "người", "xóa": "thùng rác", "quét mã qr": "quét mã",
    "quét qr": "quét mã", "bản đồ": "ghim", "google maps": "ghim", "vị trí": "ghim", "điện thoại": "ống nghe",
    "gọi": "ống nghe", "cuộc gọi": "ống nghe", "nhắn tin": "tin nhắn", "thư": "phong bì", "gmail": "phong bì",
    "thư viện ảnh": "ảnh", "bộ sưu tập": "ảnh", "khóa": "ổ khóa", "app store": "túi", "ch play": "túi",
    "google play": "túi", "chrome": "quả cầu", "safari": "quả cầu", "trình duyệt": "quả cầu",
}
_BY_FOLD = {fold(name): d for name, d in PICTURES.items()} | {
    fold(name): PICTURES[meant] for name, meant in OTHER_NAMES.items()
}


def has_picture(name: str) -> bool:
    return fold(name) in _BY_FOLD


def icon(name: str, x: float, y: float, size: float = ICON, **marks: str) -> str:
    """A picture by its Vietnamese name; the pen keeps its width."""
    scale = size / ICON
    rest = f" scale({scale:.3g})" if scale != 1 else ""
    pen = {"stroke_width": f"{2 / scale:.3g}"} if scale != 1 else {}
    return moved(path(_BY_FOLD[fold(name)], **pen, **marks), x, y, rest)


def app_tile(name: str, x: float, y: float, size: float) -> str:
    """A phone's own apps by their picture, all others by their first letter: no brand's mark is copied."""
    frame = rect(Box(x, y, size, size), size / 4.5)
    if has_picture(name):
        return frame + icon(name, x + size * 0.22, y + size * 0.22, size * 0.56)
    letter = next((sign.upper() for sign in name if sign.isalnum()), "")
    return frame + words(letter, x + size / 2, y + size / 2 - 14, size, bold=True, anchor="middle", size=23).body


def code_pictogram(size: float) -> str:
    """Looks like a QR code to people; round corners, wrong proportions and a word keep machines from trying."""
    eye, rest = size * 0.34, size * 0.66
    eyes = "".join(
        rect(Box(x + 2, y + 2, eye - 4, eye - 4), 4.5, stroke_width="3")
        + rect(Box(x + eye / 2 - 3, y + eye / 2 - 3, 6, 6), 3, fill=BLACK, stroke="none")
        for x, y in ((0, 0), (rest, 0), (0, rest))
    )
    dots = ((0.4, 0.02), (0.54, 0.12), (0.4, 0.22), (0.01, 0.42), (0.92, 0.5),
            (0.4, 0.74), (0.54, 0.84), (0.4, 0.92), (0.72, 0.74), (0.86, 0.8), (0.72, 0.92), (0.92, 0.92))
    specks = "".join(f"M{x * size:.0f} {y * size:.0f}h6v6h-6z" for x, y in dots)
    middle = words("QR", size / 2 + 1, size / 2 - 9, size, bold=True, anchor="middle").body
    return eyes + path(specks, fill=BLACK, stroke="none") + middle


HAND = (
    "M-5.5 6a5.5 5.5 0 0 1 11 0V23c0-5 9-5 9.5 0c.5-4.5 8.5-4 8.5 1c.5-4 7.5-3.5 7.5 2V38"
    "c0 8-4 10-5 17H3c-1-6-6-9-10-15l-8-11c-3-5 3-9 7-5l2.5 3z"
)
HAND_LINES = "M5.5 23v9M15 24v8M23.5 25v7"
CUFF = "M0 55h29v10H0z"
HAND_SLANT, HAND_UPRIGHT = 33.0, 45.0
"""How far the hand lies below its tip when it points up and to the left, and straight up."""


def hand(x: float, y: float, turn: float) -> str:
    """A pointing hand with its fingertip at x, y; `turn` in degrees, 0 points up."""
    halo = path(HAND, stroke=WHITE, stroke_width="9", fill=WHITE)
    body = path(HAND, fill=WHITE, stroke_width="2.8") + path(HAND_LINES, stroke_width="2")
    cuff = path(CUFF, fill=BLACK, stroke="none")
    return moved(halo + body + cuff, x, y, f" rotate({turn:g}) scale(.68)")
