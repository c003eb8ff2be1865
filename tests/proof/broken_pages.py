"""One paper on which every page but the first is broken in its own way, printed in one go."""

from __future__ import annotations

import io

import pikepdf

from generator.press.browser import Browser
from generator.press.drawer import code_svg, number_code
from tests.finished import finish_pdf

OURS, OTHER = "https://hocso.example/1041", "https://hocso.example/1055"
STRANGE, RETIRED, HOST = "https://hocso.example/5724", "https://hocso.example/1064", "https://vneid.gov.vn"
STYLE = """@page{size:148mm 210mm;margin:0}
body,p,h1{margin:0;font:14pt/1.3 Roboto;white-space:pre-wrap}
section{width:120mm;height:190mm;padding:10mm 14mm;position:relative;break-after:page;overflow:hidden}
section:last-child{break-after:auto} .at{position:absolute} .foot{position:absolute;bottom:3mm;font-size:9pt}"""
TEXT = "<p>Bài số 1041. Mở Máy ảnh, giơ máy lên, chờ dòng địa chỉ hiện ra.</p>"
DOT = '<svg width="60" height="60"{}><circle cx="30" cy="30" r="28"/></svg>'
GIF = "data:image/gif;base64,R0lGODdhAQABAIAAAAAAAAAAACwAAAAAAQABAAACAkQBADs="


def code(payload: str, width: float = 26, over: str = "", look: str = "") -> str:
    """A code with its address under it; `over` lies on it, `look` is its style."""
    drawn = code_svg(number_code(payload, 26), width, f"Mã QR mở {payload}")
    return f'<div style="position:relative;width:60mm;{look}">{drawn}{over}</div><p>{payload}</p>'


def box(left: float, top: float, size: float, colour: str = "#fff", more: str = "") -> str:
    place = f"left:{left}mm;top:{top}mm;width:{size}mm;height:{size}mm"
    return f'<div class="at" style="{place};background:{colour};{more}"></div>'


def words(text: str, style: str) -> str:
    return f'<p style="{style}">{text}</p>'


QUIET = 4 * 26 / 33
PAGES: dict[str, tuple[str, set[str]]] = {
    # What is on the page, and the kinds of fault it must be caught with.
    "good": (TEXT + code(OURS) + '<p class="foot">BẢN IN THỬ</p>', set()),
    "cut corner": (TEXT + code(OURS, over=box(0, 0, QUIET + 6)), {"code-unread"}),
    "inverted": (TEXT + code(OURS, look="filter:invert(1)"), {"code-inverted", "no-alt"}),
    "another topic's": (TEXT + f'<div>{code_svg(number_code(OTHER, 26), 26, "Mã QR")}</div><p>{OURS}</p>',
                        {"code-topic", "code-address"}),
    "stamped": (TEXT + code(OURS, over=box(QUIET + 12, QUIET + 10, 7, "#333", "border-radius:50%")),
                {"code-damaged"}),
    "stamped all over": (TEXT + code(OURS, over=box(QUIET + 2, QUIET + 2, 22, "#333")), {"code-unread"}),
    "missing glyph": (TEXT + "<p>Chữ \ue123 không có</p>", {"glyph"}),
    "empty": ("", {"empty", "unreached"}),
    "outside": (TEXT + '<p class="at" style="left:-3mm;top:60mm">lọt ra</p>', {"outside"}),
    "text cut": (TEXT + words("Dòng bị cắt ngang", "height:3mm;overflow:hidden"), {"cut"}),
    "text covered": (TEXT + '<p style="position:relative">Mất một phần rồi<span class="at" '
                     'style="left:0;top:0;width:14mm;height:3mm;background:#fff"></span></p>', {"cut"}),
    "tiny text": (TEXT + words("Chữ nhỏ khó đọc", "font-size:11pt") + TEXT, {"small"}),
    "tiny foot": (TEXT + '<p class="foot" style="font-size:7pt">Nội dung: Sở</p>', {"small"}),
    "tiny screen": (TEXT + '<svg role="img" aria-label="Màn hình" width="160" height="60">'
                    '<text x="5" y="30" font-size="8">Đăng nhập</text></svg>', {"small"}),
    "small modules": (TEXT + code(OURS, 15), {"code-module", "code-size"}),
    "no quiet zone": (TEXT + code(OURS, over=box(QUIET - 2.5, QUIET - 2.5, 31, "none", "outline:0.8mm solid #000")),
                      {"code-quiet"}),
    "pale code": (TEXT + code(OURS, look="opacity:.4"), {"code-contrast"}),
    "pale text": (TEXT + words("Chữ xám trên giấy", "color:#8a8a8a"), {"pale"}),
    "red on black": (TEXT + words("Cấm", "color:#a00;background:#000"), {"pale"}),
    "dead link": (TEXT + '<p><a href="#end">Đi tới bài sau</a></p>', {"dead-link"}),
    "wrong page number": ('<p><a href="#begin">Bài đầu 1</a></p><p><a href="#end">Bài cuối 7</a></p>', {"page-number"}),
    "wrong page in words": (TEXT + '<p><a href="#begin">xem trang 4</a></p>', {"page-number"}),
    "picture without words": (TEXT + DOT.format(' role="img"'), {"no-alt"}),
    "picture outside tags": (TEXT + f'<img src="{GIF}" alt="" width="60" height="60">', {"no-alt"}),
    "number not in ledger": ("<p>Học tiếp: bài số 1047</p>", {"number-strange"}),
    "code not in ledger": (code(STRANGE), {"code-strange"}),
    "retired": (code(RETIRED), {"code-retired"}),
    "no address": (TEXT + f"<div>{code_svg(number_code(HOST, 26), 26, 'Mã QR')}</div>", {"code-address"}),
}
DEAD = list(PAGES).index("dead link") + 1


def print_broken(browser: Browser) -> bytes:
    sheet = browser.open_sheet(STYLE)
    try:
        ids = {0: ' id="begin"', len(PAGES) - 1: ' id="end"'}
        sections = [f"<section{ids.get(index, '')}>{content}</section>" for index, (content, _) in
                    enumerate(PAGES.values())]
        sheet.fill("".join(sections), "Giấy hỏng")
        pdf = sheet.pdf(148, 210)
    finally:
        sheet.close()
    return finish_pdf(_break_link(pdf), title="Giấy hỏng", moment=0)


def _break_link(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (note,) = opened.pages[DEAD - 1].obj.Annots
        note.Dest = pikepdf.Name("/khong-co")
        opened.save(out)
    return out.getvalue()


BOOK_STYLE = """@page{size:148mm 210mm;margin:15mm;@bottom-center{content:counter(page);font:700 13pt Roboto}}
body,p{margin:0;font:14pt Roboto} section{break-after:page} section:last-child{break-after:auto}"""


def print_book(browser: Browser, pages: int) -> bytes:
    sheet = browser.open_sheet(BOOK_STYLE)
    try:
        sheet.fill("".join(f"<section><p>Trang thứ {page}, chữ của riêng trang {page * 7}.</p></section>"
                           for page in range(1, pages + 1)), "Tập")
        return finish_pdf(sheet.pdf(148, 210), title="Tập", moment=0)
    finally:
        sheet.close()


def print_leaflet(browser: Browser) -> bytes:
    """A page of words, and one with a code at its top left."""
    sheet = browser.open_sheet(STYLE)
    try:
        sheet.fill(f"<section>{TEXT}</section><section>{code(OURS, 32)}</section>", "Tờ rơi")
        return finish_pdf(sheet.pdf(148, 210), title="Tờ rơi", moment=0)
    finally:
        sheet.close()
