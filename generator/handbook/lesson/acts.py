"""Who does what in a film: the closed list of people and things, with what each of them can do.

`bà nghe máy` in the column `Hình` is a person and a verb. Each is a drawn piece (`content/pictures/pieces/`) and a
gesture that moves it; another verb for the same person is another posture of the same face.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.handbook.model import Act

_ANYBODY = {"đến": "rise", "gật đầu": "nod", "lắc đầu": "shake", "nói": "talk"}
"""What all people can do, as they stand."""


def _person(piece: str, **postures: str) -> dict[str, tuple[str, str]]:
    """`postures`: piece by the verb's name in `_POSED`."""
    told = {verb: (piece, gesture) for verb, gesture in _ANYBODY.items()}
    return told | {_POSED[name][0]: (other, _POSED[name][1]) for name, other in postures.items()}


_POSED = {
    "laugh": ("cười", "laugh"), "worry": ("lo", "worry"), "start": ("giật mình", "jump"), "hold": ("cầm máy", "lift"),
    "call": ("nghe máy", "talk"), "fright": ("nghe máy, lo", "worry"), "stop": ("xua tay", "push"),
    "show": ("chỉ", "point"), "carry": ("giao hàng", "lift"),
}
ACTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "bà": _person("ba-vui", laugh="ba-vui", worry="ba-lo", start="ba-ngac-nhien", hold="ba-cam-may",
                  call="ba-nghe-may", fright="ba-nghe-lo", stop="ba-dung"),
    "bác": _person("bac-vui", laugh="bac-vui", worry="bac-lo", hold="bac-cam-may", call="bac-nghe-may",
                   fright="bac-nghe-lo", stop="bac-dung"),
    "cháu": _person("chau-gai", laugh="chau-gai", hold="chau-cam-may", show="chau-gai-chi"),
    "em": _person("be-trai", laugh="be-trai"),
    "em bé": _person("tre-em", laugh="tre-em"),
    "cô": _person("co-ban-hang", laugh="co-ban-hang"),
    "chú": _person("bac-nong-dan", laugh="bac-nong-dan"),
    "anh": _person("anh-day", laugh="anh-day", show="anh-day-chi"),
    "cán bộ": _person("can-bo"),
    "công an": _person("cong-an"),
    "bác sĩ": _person("bac-si"),
    "thợ": _person("tho", laugh="tho"),
    "người giao hàng": _person("nguoi-lai-xe", carry="nguoi-lai-xe"),
    "cả nhà": _person("nguoi-nhom", laugh="nguoi-nhom"),
    "kẻ lừa": _person("ke-lua"),
    "trợ lý": _person("robot"),
    "tay": {"bấm": ("tay-bam", "tap"), "chỉ": ("tay-bam", "point"), "giơ máy": ("tay-cam-may", "lift"),
            "cầm giấy": ("tay-cam-giay", "lift"), "che lại": ("tay-dung", "push"), "lật thẻ": ("the-ngan-hang", "flip"),
            "ghi sổ": ("so-sach", "write"), "chụp ảnh": ("may-anh", "tap"), "đếm tiền": ("tien", "write"),
            "tìm": ("kinh-lup", "write"), "nhặt rau": ("rau", "hop")},
    "máy": {"reo": ("dien-thoai-nho", "ring"), "sáng": ("dien-thoai-nho", "hop")},
    "loa": {"gọi": ("loa", "ring")},
    "xe": {"đến": ("xe-may", "drive")},
    "xe cứu thương": {"đến": ("xe-cuu-thuong", "drive")},
    "xe chữa cháy": {"đến": ("xe-cuu-hoa", "drive")},
    **{name: {"hiện": (piece, "hop")} for name, piece in {
        "thẻ": "the-can-cuoc", "giấy": "to-giay", "sổ": "so-sach", "tiền": "tien", "thư": "phong-bi",
        "hàng": "hop-hang",
        "mã": "ma-qr", "khóa": "khoa", "khiên": "khien", "đồng hồ": "dong-ho", "lịch": "lich", "thuốc": "vien-thuoc",
        "sóng": "song-wifi", "nhà": "nha", "ủy ban": "co-quan", "ngân hàng": "ngan-hang", "dấu tích": "tick",
        "dấu chéo": "gach", "cảnh báo": "canh-bao", "ti vi": "ti-vi", "rau": "rau", "tờ khai": "to-khai",
        "tin giả": "tin-gia",
    }.items()},
}
BACKS = {"the-ngan-hang": "the-ngan-hang-sau"}
"""The other side of what can be turned."""
NAMES = tuple(f"{who} {verb}" for who, verbs in ACTS.items() for verb in verbs)


@dataclass(frozen=True, slots=True)
class Guess:
    """Words of a direction that tell who acts or what is done."""

    words: re.Pattern[str]
    name: str


def find_act(text: str) -> Act | None:
    """The very words of the list, capitals and spaces aside."""
    wanted = " ".join(text.casefold().split())
    for who, verbs in ACTS.items():
        if wanted.startswith(f"{who} ") and (verb := wanted[len(who) + 1 :]) in verbs:
            return Act(who, verb)
    return None


def played(act: Act) -> tuple[str, str]:
    """Piece and gesture."""
    return ACTS[act.who][act.verb]


# What a direction for those who film tells of people.


def _guesses(rows: Mapping[str, str]) -> tuple[Guess, ...]:
    return tuple(Guess(re.compile(rf"(?<!\w)(?:{words})(?!\w)"), name) for name, words in rows.items())


_WHO = _guesses({
    "công an": "chú công an|công an", "cán bộ": "cán bộ|nhân viên", "bác sĩ": "người khám|bác sĩ",
    "kẻ lừa": "người lạ|kẻ lừa",
    "thợ": "chú thợ|thợ hồ|công nhân", "chú": "chú nông dân|chú chăn bò|chú|ông nông dân",
    "cả nhà": "cả nhà|mọi người|cả tổ|cả xóm|mấy người|hai chị", "bà": "bà cụ|bà|cụ|mẹ", "bác": "bác|ông",
    "em": "em nhỏ|con nhỏ|em bé", "cháu": "cháu gái|cháu|con gái",
    "cô": "cô bán \\w+|cô chủ|chị bán \\w+|cô|chị làm miến|chị sạp|chị nông dân|chị",
})
_DOES = _guesses({
    "nghe máy, lo": "cầm máy nghe", "nghe máy": "nghe máy|gọi|nhấc máy|nói chuyện|áp máy|nghe",
    "xua tay": "lắc đầu|gạt|cúp máy|không gửi|che",
    "lo": "lo|run|giận|cau mày|ngập ngừng|gãi đầu|thở dài|tái mặt|ôm ngực|nheo mắt|sờ túi|lục túi|cắn bút|trả lại",
    "cười": "cười|rót nước|ăn cơm|cất máy|vẫy tay|uống", "gật đầu": "gật đầu", "chỉ": "chỉ|làm mẫu|dò",
    "cầm máy": "cầm máy|cầm điện thoại|gõ|bấm|giơ máy|giơ điện thoại|mở|chụp|xem|đọc|quét|nhìn máy|nhìn màn hình"
               "|nói vào",
    "giật mình": "giật mình|kêu",
})
_HANDS = _guesses({
    "máy reo": "chuông|reo|tin nhắn|máy kêu", "tay lật thẻ": "lật (?:mặt sau )?thẻ|sau thẻ", "tay che lại": "che",
    "tay ghi sổ": "ghi|viết|chép|khoanh|sổ", "tay chụp ảnh": "chụp", "tay giơ máy": "tay giơ|giơ máy",
    "tay cầm giấy": "tờ giấy|tờ rơi|tờ dán|dò giấy|tờ nhắc|giấy", "thẻ hiện": "thẻ|căn cước", "thuốc hiện": "thuốc",
    "đồng hồ hiện": "đồng hồ", "tiền hiện": "tiền", "rau hiện": "rau|rổ", "hàng hiện": "gói|miến|hàng(?! xóm)",
    "ti vi hiện": "ti vi", "lịch hiện": "lịch", "mã hiện": "mã|quét", "sóng hiện": "hình quạt|4g|wi-?fi",
    "ủy ban hiện": "ủy ban|trụ sở|cổng công an", "tay bấm": "bấm|gõ|chỉ|dò|vuốt|kéo|chọn|chạm|giữ|tay",
})


_SAME = {("chú", "thợ")}
"""What somebody may be called later on who was told of first: `chú thợ hồ` is `chú` from then on."""


def first_named(words: str) -> str:
    """Of whom a direction tells first; of two names in one place the longer."""
    found = ((match.start(), -len(match[0]), guess.name) for guess in _WHO
             if (match := guess.words.search(words.casefold())))
    return min(found, default=(0, 0, ""))[2]


def guessed_acts(direction: str, otherwise: str, *, people: bool = True) -> tuple[Act, ...]:
    """Of words in an editor's own way: who is there and what is in their hands. `otherwise`: who stands for somebody
    without a face of their own. `people`: the words tell who is seen, as a direction does; of a sentence to be heard
    it is not known."""
    words = " ".join(direction.casefold().split())
    named = first_named(words) if people else ""
    who = otherwise if not named or (named, otherwise) in _SAME else named
    does = next((guess.name for guess in _DOES if guess.name in ACTS[who] and guess.words.search(words)), "")
    hand = next((find_act(guess.name) for guess in _HANDS if guess.words.search(words)), None)
    if not (named or does or hand):
        return ()
    return (Act(who, does or "nói"), *((hand,) if hand else ()))
