"""Lines as people type and paste them, told as our grammar: `1)`, `Bước 1:`, bullets of Word's own fonts, bold
headings, tables of tabs. The one place that knows them, for a Word file and for what is pasted into a lesson."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ground.files import fold
from generator.handbook.keys import CARD_SECTIONS, SECTIONS
from generator.handbook.lesson.sections import FENCE

STEP = re.compile(
    r"(?i)(?P<bold>\*\*)?\s*(?:bước\s*(?P<word>\d{1,2})(?:\s*[:.)/–—-]|(?=\s))|(?P<bare>\d{1,2})\s*[.)/](?![\d/]))"
    r"\s*(?P<close>\*\*)?\s*:?\s*(?P<rest>.*)", re.DOTALL)
"""`10.000 đồng` and `20/11` are no steps."""
_SIGNS = r"[•◦▪●○■·∙➢➤✓✔❖\ue000-\uf8ff]"
"""Also those of Wingdings and Symbol, which no other font draws."""
_SIGN = re.compile(rf"{_SIGNS}\s*(?P<rest>\S.*)", re.DOTALL)
_BULLET = re.compile(rf"{_SIGNS}\s*(?=\S)|[-–—+*]\s+(?=\S)")
_NUMERAL = re.compile(r"^(?:(?:phan|muc)\s+)?(?:[ivx]{1,4}|\d{1,2}|[a-h])\s*[.):/-]\s*")
_KNOWN = {
    "Chuẩn bị": ("chuan bi", "can chuan bi", "dung cu", "can co"),
    "Các bước": ("cac buoc", "cac buoc thuc hien", "cac buoc lam", "buoc thuc hien", "cach lam", "cach thuc hien",
                 "huong dan thuc hien", "trinh tu thuc hien", "cac thao tac", "thao tac"),
    "Thực hành": ("thuc hanh", "bai tap thuc hanh", "bai tap"),
    "Lỗi hay gặp": ("loi hay gap", "loi thuong gap", "su co thuong gap", "su co hay gap", "van de thuong gap"),
    "An toàn": ("an toan", "luu y", "luu y an toan", "chu y", "canh bao"),
    "Nhớ 3 điều": ("nho 3 dieu", "nho ba dieu", "3 dieu can nho", "ba dieu can nho", "can nho", "ghi nho"),
    "Tự kiểm tra": ("tu kiem tra", "cau hoi kiem tra", "cau hoi"),
    "1 phút học số": ("1 phut hoc so", "mot phut hoc so", "kich ban phim", "loi thoai"),
    "Học tiếp": ("hoc tiep", "bai lien quan", "xem them"),
    "Cho người hướng dẫn": ("cho nguoi huong dan", "danh cho nguoi huong dan", "ghi chu cho giang vien"),
}
_BY_WORDS = {words: name for name, known in _KNOWN.items() for words in known}
_OWN_NAMES = {fold(name): name for name, _ in (*SECTIONS, *CARD_SECTIONS)}


def bare_words(text: str) -> str:
    """Of a heading: without accents, number and marks."""
    return _NUMERAL.sub("", fold(text.strip().strip("*# ").strip())).rstrip(" :.")


def section_named(text: str) -> str:
    """Of a lesson, by its own name or one that people give it; empty for all else."""
    return _BY_WORDS.get(bare_words(text), "")


def step_of(text: str) -> tuple[int, str] | None:
    """Number and words of a typed step."""
    found = STEP.fullmatch(text.strip())
    if not found or not found["rest"].strip(" *"):
        return None
    rest = found["rest"] if not found["bold"] or found["close"] else f"**{found['rest']}"
    return int(found["word"] or found["bare"]), rest


def bullet_of(text: str) -> str:
    """Words after a typed bullet; empty where there is none."""
    words = text.strip()
    found = _BULLET.match(words)
    return words[found.end() :].strip() if found else ""


def as_row(cells: Sequence[str]) -> str:
    """A row of a table in words: of two cells the first is what the second is about."""
    cells = [cell for cell in cells if cell]
    if len(cells) == 2:
        return f"**{cells[0].strip('* :')}:** {cells[1]}"
    return "; ".join(cells)


# In a lesson's own file.


def plain_grammar(text: str, body: int) -> str:
    """Lines from `body` on, outside of fences, in our grammar."""
    lines = text.split("\n")
    told, drawn = lines[:body], False
    for index in range(body, len(lines)):
        fence = FENCE.match(lines[index])
        drawn = not drawn if fence else drawn
        told.append(lines[index] if drawn or fence else _plain_line(lines, index))
    return "\n".join(told)


def _plain_line(lines: Sequence[str], index: int) -> str:
    line = lines[index]
    words = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    beside = [lines[near].strip() for near in (index - 1, index + 1) if 0 <= near < len(lines)]
    if not any(beside) and re.fullmatch(r"\*\*[^*]+\*\*:?", words) and (name := _OWN_NAMES.get(bare_words(words), "")):
        return f"## {name}"
    if (step := step_of(words)) and not re.match(r"\d{1,2}\.", words):
        return f"{indent}{step[0]}. {step[1]}"
    if sign := _SIGN.fullmatch(words):
        return f"{indent}- {sign['rest']}"
    if "\t" in words and not words.startswith(("|", "-", ">", "#")) and any("\t" in other for other in beside):
        return f"- {as_row([cell.strip() for cell in words.split(chr(9))])}"
    return line
