"""Screens as drawn: every word is there and inside, the tap is seen, crops keep their height."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.ground.findings import Place
from generator.handbook.lesson.rows import KINDS, SEVERAL, alt_text, icons_of
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Row, Screen
from generator.press.browser import Browser
from generator.press.fonts import missing_glyphs, text_width
from generator.press.phone.drawing import EDGE, draw_phone, rows_boxes, screen_size
from generator.press.phone.ink import BAR, GREY, SIZE, UNITS, has_picture, wrap
from generator.press.phone.layout import FRAME
from tests.desks import handbook
from tests.typefaces import Typeface, in_each_typeface, wear
from tests.windows import window

SVG = "{http://www.w3.org/2000/svg}"
ALL_KINDS = [
    "ứng dụng: Ngân hàng của tôi\nô: Số tài khoản = 0123 456 789\nô: Nội dung\n=> nút: Tiếp tục",
    "trang: dichvucong-gov-vn.nhanqua-tet.example/dang-nhap\ntên: Nhận quà Tết\nchữ: Chỉ hôm nay\n=> mục: Xem",
    "khóa: 9:41 = Thứ Hai, 16 tháng 11\n=> dòng báo: Ngân hàng: mã OTP của bác là 482 913",
    "biểu tượng: Điện thoại | Zalo | Máy ảnh | Bản đồ | => Smart Hải Phòng | Cửa hàng ứng dụng",
    "ứng dụng: Zalo\ntin đến: Con trai = Mẹ ơi, con đổi số\n=> tin đi: Để mẹ gọi lại số cũ đã con nhé",
    "ứng dụng: Zalo\n=> tin đến: Con trai = Mẹ ơi, con đổi số\nhình: kính lúp = Tìm kiếm\nhình: cánh đồng",
    "cuộc gọi: Số lạ = 024 7300 0000\n=> nút: Từ chối\nthư: Cổng Dịch vụ công = Hồ sơ đã nhận",
    "ứng dụng: VNeID\nmáy ảnh: khuôn mặt\nmáy ảnh: biển số nhà\nxong: Đã nhận khuôn mặt\nlỗi: Chưa rõ",
    "báo: Cho phép VNeID dùng máy ảnh?\n=> nút: Cho phép\ncông tắc: Wi-Fi và mạng = bật\ntiến trình: Đang tải = 60%",
    "ứng dụng: Học số\nmã QR: bài này\n=> phim: Quét mã QR\nbản đồ: Nhà văn hóa thôn Đông",
    "=> ứng dụng: Zalo\nmục: A",
    "=> công tắc: Wi-Fi = tắt",
    "=> hình: quét mã",
    "cuộc gọi: Số lạ\n=> hình: cúp máy\nhình: nghe máy",
    "=> phím cạnh: nguồn\nchữ: Giữ vài giây",
    "phím cạnh: to tiếng",
    "=> phím cạnh: hai phím tiếng",
    "khóa: 9:41\n=> vuốt: lên",
    "=> vuốt: xuống",
    "=> vuốt: trái\nchữ: Xóa",
    "=> vuốt: phải",
    "=> bàn số: 0243 123 4567\nhình: ống nghe",
    "ô: Thư\n=> bàn phím: @",
    "=> bàn phím: dấu cách",
    "=> bàn phím: Q",
    "tên: Chữ\n=> thanh kéo: cỡ chữ = 70",
    "ô nhanh: Wi-Fi = bật | => Dữ liệu di động | Đèn pin | Bluetooth\nthanh kéo: Độ sáng = 100",
    "mục: A\nphím dưới: trở về | => màn hình chính | gần đây",
]


def screen_of(text: str) -> Screen:
    screen, findings = read_screen(text.split("\n"), Place("bai.md"))
    assert screen and not findings, findings
    return screen


SCREENS = [screen_of(text) for text in ALL_KINDS]
eachscreen = pytest.mark.parametrize("screen", SCREENS, ids=[text[:24] for text in ALL_KINDS])


SIGNS_ALONE = ("bàn phím", "vuốt", "phím dưới")
"""Drawn by its place or shape."""


def texts_of(svg: str) -> list[tuple[str, float, float, float]]:
    """Each line, or letter with a place of its own, with its left, right and baseline on the page."""
    found = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        shift = re.match(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform", ""))
        if shift:
            x, y = x + float(shift[1]), y + float(shift[2])
        if element.tag == f"{SVG}text" and element.text:
            size, bold = float(element.get("font-size", SIZE)), element.get("font-weight") == "700"
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
            places = element.get("x", "0").split()
            for said, place in zip(element.text if len(places) > 1 else [element.text], places, strict=True):
                wide = text_width(said, size, bold)
                left = x + float(place) - wide * share
                found.append((said, left, left + wide, y + float(element.get("y", "0"))))
        for child in element:
            walk(child, x, y)

    walk(ElementTree.fromstring(svg), 0, 0)
    return found


def test_the_screens_above_hold_every_kind() -> None:
    assert {row.kind for screen in SCREENS for row in screen.rows} == set(KINDS)


@eachscreen
def test_every_word_is_drawn_inside_its_row(screen: Screen) -> None:
    lines = texts_of(draw_phone(screen))
    joined = re.sub(r"\s", "", "".join(line for line, *_ in lines))
    for row in screen.rows:
        parts = icons_of(row) if row.kind in SEVERAL else (row.text, row.value)
        quiet = row.kind == "công tắc" or row.kind in SIGNS_ALONE or (row.kind == "hình" and has_picture(row.text))
        for part in parts:
            assert quiet or part.replace(" ", "") in joined
    boxes = rows_boxes(screen)
    for line, left, right, y in lines:
        box = next(box for box in boxes if box.y <= y <= box.y + box.h + 1)
        assert box.x <= left and right <= box.x + box.w, (line, left, right, box)
        assert not missing_glyphs(line)


@eachscreen
def test_the_drawing_is_safe_to_stand_in_any_page(screen: Screen) -> None:
    svg = draw_phone(screen)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img" and root.get("aria-label") == alt_text(screen)
    assert not [e for e in root.iter() if e.get("id") or e.get("class") or "href" in "".join(e.attrib)]
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {"svg", "g", "path", "rect", "text"}
    assert svg == draw_phone(screen) and len(svg) < 4500


RIM = r'<path d="([^"]*)" stroke-width="7" stroke-linecap="butt"'


def width_mm(svg: str) -> float:
    """Of the phone alone, from rim to rim."""
    rim = re.search(RIM, svg)
    assert rim
    crown = re.search(r"V[\d.]+a([\d.]+) .*?H([\d.]+)a", rim[1])
    assert crown
    return (float(crown[2]) + float(crown[1]) - EDGE + FRAME) / UNITS


@eachscreen
def test_a_phone_is_34_mm_wide_and_its_labels_are_11_points(screen: Screen) -> None:
    """Where keys stand side by side it may be wider, at most 45; beside keys to press it is a little narrower."""
    svg = draw_phone(screen, scale=1)
    root = ElementTree.fromstring(svg)
    typed = any(row.kind == "bàn phím" for row in screen.rows)
    pressed = any(row.kind == "phím cạnh" for row in screen.rows)
    assert width_mm(svg) == pytest.approx(44.3 if typed else 30 if pressed else 34, abs=0.1)
    across = float(root.get("width", "").removesuffix("mm"))
    assert across == pytest.approx(float(root.get("viewBox", "").split()[2]) / UNITS, abs=0.01)
    assert across <= 45
    assert min(float(e.get("font-size", SIZE)) for e in root.iter()) / UNITS * 72 / 25.4 >= 11


@eachscreen
def test_boxes_stand_in_order_inside_the_phone(screen: Screen) -> None:
    for finger in (True, False):
        boxes = rows_boxes(screen, finger)
        right = width_mm(draw_phone(screen, finger=finger)) * UNITS
        assert len(boxes) == len(screen.rows)
        assert all(upper.y + upper.h < lower.y for upper, lower in pairwise(boxes))
        assert all(box.x >= 10 and (box.x + box.w <= right - 6 or row.kind == "phím cạnh")
                   for row, box in zip(screen.rows, boxes, strict=True))
        assert boxes[-1].y + boxes[-1].h < screen_size(screen)[1]


@eachscreen
def test_a_tap_is_drawn_and_can_be_left_out(screen: Screen) -> None:
    bare = draw_phone(screen, finger=False)
    assert ('stroke-width="4.5"' in draw_phone(screen)) == (screen.tap_index is not None)
    assert 'stroke-width="4.5"' not in bare and not re.search("[.] (Bấm|Vuốt|Kéo) ", bare)
    if screen.tap_index is not None:
        untapped = Screen(tuple(Row(r.kind, r.text, "" if r.kind in SEVERAL else r.value) for r in screen.rows))
        assert bare == draw_phone(untapped, finger=False), "nothing may tell where the finger was"


@pytest.mark.parametrize(("row", "told"), [
    ("hình: Đèn pin", "Giữ ngón tay vào hình."), ("phím cạnh: nguồn", "Giữ ngón tay vào phím nguồn ở cạnh máy."),
    ("biểu tượng: Zalo", "Giữ ngón tay vào biểu tượng Zalo."),
    ("bàn phím: a", "Giữ ngón tay vào phím a trên bàn phím."),
])
def test_what_is_held_is_told_apart_from_what_is_tapped(row: str, told: str) -> None:
    """By a dashed ring and a clock at the wrist; the row itself is the same."""
    tapped, held = (draw_phone(screen_of(f"=> {word}{row}")) for word in ("", "giữ "))
    assert told in held and "Giữ" not in tapped
    assert "stroke-dasharray" in held and "stroke-dasharray" not in tapped
    assert held.count("<circle") == tapped.count("<circle") + 1


HAND = [*((x, y) for x in (-5, 0, 5) for y in range(1, 24, 2)),
        *((x, y) for x in range(-8, 31, 3) for y in range(24, 65, 4))]
"""Points of it, as drawn upright: the finger, and the hand below."""


def under_the_hand(svg: str) -> list[tuple[float, float]]:
    found = re.search(r'translate[(]([-\d.]+) ([-\d.]+)[)] rotate[(]([-\d]+)[)] scale[(]([.\d]+)[)]', svg)
    assert found
    x, y, turn, scale = map(float, found.groups())
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    return [(x + scale * (right * cosine - down * sine), y + scale * (right * sine + down * cosine))
            for right, down in HAND]


@pytest.mark.parametrize("crop_mm", [None, 32, 23, 15])
def test_the_hand_hides_no_word_and_stays_on_the_drawing(crop_mm: float | None) -> None:
    """It hangs over the rim. Keys alone it may hide, and has its own rules for them."""
    handed = [screen for lesson in handbook().lessons for screen in lesson.screens if screen.tap_index is not None]
    for screen in (*SCREENS, *handed):
        if screen.tap_index is None or screen.rows[screen.tap_index].kind in ("bàn phím", "bàn số"):
            continue
        svg = draw_phone(screen, crop_mm=crop_mm)
        points, across = under_the_hand(svg), float(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
        assert max(x for x, _ in points) < across and max(y for _, y in points) < drawn_height_mm(svg) * UNITS
        for line, left, right, y in texts_of(svg):
            hidden = [at for at in points if left + 1 < at[0] < right - 1 and y - SIZE * 0.7 < at[1] < y]
            assert not hidden, (line, screen)


def drawn_height_mm(svg: str) -> float:
    return float(ElementTree.fromstring(svg).get("viewBox", "").split()[3]) / UNITS


@eachscreen
@pytest.mark.parametrize("limit", [23, 32])
def test_a_crop_keeps_its_height_and_the_whole_tapped_row(screen: Screen, limit: float) -> None:
    svg = draw_phone(screen, crop_mm=limit)
    assert drawn_height_mm(svg) == pytest.approx(screen_size(screen, limit * UNITS)[1] / UNITS, abs=0.02)
    tapped = Screen(tuple(row for row in screen.rows if row.tap))
    alone = drawn_height_mm(draw_phone(tapped, crop_mm=1)) if tapped.rows else 0
    assert drawn_height_mm(svg) <= max(limit, alone) + 0.01 and alone < 33
    if screen.tap_index is None:
        return
    row = screen.rows[screen.tap_index]
    assert 'stroke-width="4.5"' in svg and re.search("[.] (Bấm|Vuốt|Kéo) ", svg)
    wanted = row.value if row.kind in SEVERAL else row.text
    drawn = "".join(line for line, *_ in texts_of(svg)).replace(" ", "")
    assert wanted.replace(" ", "") in drawn or has_picture(wanted) or row.kind in SIGNS_ALONE


def test_a_crop_tells_only_what_it_shows_and_keeps_the_bar() -> None:
    screen = screen_of("ứng dụng: Zalo\nmục: A\nmục: B\nmục: C\n=> nút: D")
    svg = draw_phone(screen, crop_mm=23)
    assert [line for line, *_ in texts_of(svg)] == ["Zalo", "D"]
    assert ElementTree.fromstring(svg).get("aria-label") == "Màn hình Zalo: nút D. Bấm vào nút."
    assert [line for line, *_ in texts_of(draw_phone(screen, crop_mm=32))] == ["Zalo", "C", "D"]
    assert draw_phone(screen, crop_mm=100) == draw_phone(screen)


def test_a_crop_keeps_what_the_step_names_and_is_cut_straight_below_alone() -> None:
    rows = screen_of("ứng dụng: CH Play\ntên: VNeID\nmục: A\nmục: B\n=> nút: Cài đặt\nmục: C").rows
    screen = Screen(tuple(replace(row, named=row.text == "VNeID") for row in rows))
    assert [line for line, *_ in texts_of(draw_phone(screen, crop_mm=23))] == ["VNeID", "Cài đặt"]
    svg = draw_phone(screen, crop_mm=32)
    assert [line for line, *_ in texts_of(svg)] == ["CH Play", "VNeID", "Cài đặt"]
    assert drawn_height_mm(svg) <= 32
    assert svg.count(f'fill="{GREY}"') == 1, "the bar"
    rim = re.search(r'<path d="([^"]*)" stroke-width="7" stroke-linecap="butt"', svg)
    assert rim and "q" not in rim[1] and "z" not in rim[1], "no waves, and open where the phone goes on"


@eachscreen
def test_a_phone_stands_upright_with_a_black_rim_a_lens_and_a_key_at_its_side(screen: Screen) -> None:
    """Closed below it is at least half as high again as wide; else it goes on below. Only a keyboard ends it."""
    svg = draw_phone(screen)
    rim = re.search(r'<path d="([^"]*)" stroke-width="7" stroke-linecap="butt"', svg)
    assert rim and '<rect x="' in svg and svg.count('rx="2.6"') == 1
    height = drawn_height_mm(svg) * 6
    if screen.rows[-1].kind not in ("bàn phím", "phím dưới"):
        assert height > 300 if rim[1].endswith("z") else height < 450


def test_a_screen_without_tap_is_cropped_from_the_top() -> None:
    svg = draw_phone(screen_of("ứng dụng: Zalo\nmục: A\nmục: B\nmục: C\nmục: D"), crop_mm=23)
    assert [line for line, *_ in texts_of(svg)] == ["Zalo", "A"]


def test_the_scanned_address_is_read_whole_and_its_code_seen_with_it_where_there_is_room() -> None:
    screen = screen_of("ứng dụng: Máy ảnh\nmã QR: bài này\n=> dòng báo: hocso.example/1041")
    address = ["hocso.", "example/", "1041"]
    for crop_mm, above in ((23, []), (32, ["Máy ảnh"]), (44, ["Máy ảnh", "QR", "bài này"])):
        assert [line for line, *_ in texts_of(draw_phone(screen, crop_mm=crop_mm))] == [*above, *address]


@pytest.mark.parametrize(("text", "black"), [("nguồn", 1), ("to tiếng", 1), ("hai phím tiếng", 2)])
def test_keys_to_hold_together_are_black_together(text: str, black: int) -> None:
    drawn = draw_phone(screen_of(f"phím cạnh: {text}"))
    assert len(re.findall(r'<rect[^>]*width="10"[^>]*fill="#000"', drawn)) == black


@pytest.mark.parametrize(("key", "rows"), [
    ("q", ("qwertyuiop", "asdfghjkl", "zxcvbnm", ",.")), ("@", ("1234567890", "@#$_&-+()/", "*\"':;!?", ",.")),
])
def test_the_keyboard_has_the_rows_that_telex_is_typed_on(key: str, rows: tuple[str, ...]) -> None:
    """In the order of a phone's own, one row below the other; the dot beside the key for spaces, @ among the signs."""
    keys = sorted((y, left, sign) for sign, left, _, y in texts_of(draw_phone(screen_of(f"bàn phím: {key}")))
                  if len(sign) == 1)
    assert tuple("".join(sign for _, _, sign in row) for _, row in groupby(keys, key=lambda one: one[0])) == rows


@pytest.mark.parametrize(("key", "gone"), [("@", {"=\\<", "ABC"}), ("chữ hoa", {"?123"}), ("p", set()), ("số", set())])
def test_no_half_word_looks_out_from_under_the_hand(key: str, gone: set[str]) -> None:
    plain, pressed = (draw_phone(screen_of(f"{tap}bàn phím: {key}")) for tap in ("", "=> "))
    assert ({line for line, *_ in texts_of(plain)} - {line for line, *_ in texts_of(pressed)}) & {
        "=\\<", "ABC", "?123"} == gone


@pytest.mark.parametrize(("rows", "place"), [
    ("=> hình: gửi", "right"), ("hình: gửi", "right"), ("=> hình: dấu cộng", "right"), ("=> hình: ba gạch", "left"),
    ("=> hình: cúp máy", "middle"), ("=> hình: nút tròn to", "middle"), ("=> hình: ảnh = ảnh mới", "left"),
    ("=> hình: gửi = gửi", "left"),
])
def test_a_picture_stands_where_phones_have_it(rows: str, place: str) -> None:
    tile, = re.findall(r'(?:translate\(([\d.]+) [\d.]+\)"><rect x="0")', draw_phone(screen_of(f"chữ: A\n{rows}")))[-1:]
    assert ("left", "middle", "right")[(float(tile) > 50) + (float(tile) > 120)] == place


def test_the_finger_is_on_the_first_digit_and_hides_no_digit() -> None:
    drawn = [draw_phone(screen_of(f"=> bàn số: {number}")) for number in ("115", "0243 111", "36")]
    rings = [re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"[^>]* stroke-width="4.5"/>', one) for one in drawn]
    assert len({tuple(ring) for ring in rings}) == 3 and all(len(ring) == 1 for ring in rings)
    shown = [{line for line, *_ in texts_of(one)} for one in drawn]
    assert shown[0] >= {*"1234567890*#"} and shown[2] >= {*"1234567890*#"}
    assert shown[1] >= {*"1234567890*"}, "in the lowest line the hand comes from the right"


def test_an_unsure_label_is_a_grey_bar() -> None:
    svg = draw_phone(screen_of("nút: …\nô: … = …\nbiểu tượng: … | Zalo"))
    assert svg.count(f'fill="{BAR}"') == 4 and not re.search(">…<", svg)
    bar = draw_phone(screen_of("ứng dụng: …\nnút: A"))
    assert BAR not in bar and [line for line, *_ in texts_of(bar)] == ["A"]
    assert bar.count("<path") == draw_phone(screen_of("ứng dụng: Zalo\nnút: A")).count("<path"), "the bar is there"


@pytest.mark.parametrize(("row", "words", "bars"), [
    ("mục: … phản ánh …", ["phản ánh"], 2), ("nút: Gửi …", ["Gửi"], 1), ("nút: … Gửi", ["Gửi"], 1),
    ("ô: … ghi chú = …", ["ghi chú"], 2), ("mục: ... mã khóa ...", ["mã khóa"], 2),
    ("mục: Đang tải...", ["Đang tải..."], 0), ("tin đến: Con gái = Mẹ… gọi", ["Con gái", "Mẹ… gọi"], 0),
])
def test_of_a_label_known_in_part_these_words_stand_between_bars(row: str, words: list[str], bars: int) -> None:
    svg = draw_phone(screen_of(f"chữ: A\n{row}"))
    assert svg.count(f'fill="{BAR}"') == bars and [line for line, *_ in texts_of(svg)][1:] == words
    placed = sorted((float(y), float(x), float(x) + float(wide)) for x, y, wide in re.findall(
        rf'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]* fill="{BAR}"', svg))
    assert all(one[2] <= other[1] or one[0] < other[0] for one, other in pairwise(placed))


def test_beside_the_ring_no_bar_touches_it() -> None:
    svg = draw_phone(screen_of("ô nhanh: => Wi-Fi | … | Đèn pin"))
    ring, = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]* stroke-width="4.5"/>', svg)
    bar, = re.findall(rf'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]* fill="{BAR}"', svg)
    left, right = 18 + float(bar[0]), 18 + float(bar[0]) + float(bar[1])
    assert float(ring[0]) + float(ring[1]) + 2.5 < left < right < 18 + 2 * 78


def test_text_cannot_leave_its_element() -> None:
    screen = Screen((Row("chữ", '<script>"&'), Row("nút", "</svg>")))
    assert [line for line, *_ in texts_of(draw_phone(screen))] == ['<script>"&', "</svg>"]


def test_size_only_when_asked_for() -> None:
    screen = screen_of("nút: A\nnút: B")
    width, height = screen_size(screen)
    root = ElementTree.fromstring(draw_phone(screen, scale=2))
    assert root.get("width") == f"{width / UNITS * 2:.2f}mm"
    assert root.get("height") == f"{height / UNITS * 2:.2f}mm"
    root = ElementTree.fromstring(draw_phone(screen))
    assert root.get("width") == "87.4%" and root.get("height") is None, "all letters on a page are as large"
    assert ElementTree.fromstring(draw_phone(screen_of("=> bàn phím: q"))).get("width") == "100.0%"


LINES = [
    ("một hai ba bốn", 60, ["một hai", "ba bốn"]),
    ("xem hocso.haiphong.gov.vn/1041 nhé", 140, ["xem", "hocso.haiphong.", "gov.vn/1041 nhé"]),
    ("http://a.vn", 60, ["http://", "a.vn"]),
    ("aaaaaaaaaaaa", 60, ["aaaaaa", "aaaaaa"]),
    ("", 60, []),
]


@pytest.mark.parametrize(("text", "width", "lines"), LINES)
def test_lines_break_where_people_expect(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, size=17) == lines


WHERE = """() => [...document.querySelectorAll("text")].flatMap(one => {
  const box = one.getBoundingClientRect(), phone = one.ownerSVGElement.getBoundingClientRect();
  if (one.x.baseVal.numberOfItems < 2) return [[one.textContent, box.left - phone.left, box.right - phone.left]];
  return [...one.textContent].map((letter, index) => {
    const {x, width} = one.getExtentOfChar(index), at = one.getScreenCTM(), left = x * at.a + at.e - phone.left;
    return [letter, left, left + width * at.a];
  });
})"""


@pytest.mark.browser
@in_each_typeface
def test_in_any_typeface_words_stand_where_they_were_planned(
    typeface: Typeface, browser: Browser, tmp_path: Path
) -> None:
    screens = (*SCREENS, *(screen for lesson in handbook().lessons for screen in lesson.screens))
    pixels = 17 / SIZE
    drawn = [draw_phone(screen, scale=pixels * UNITS * 25.4 / 96) for screen in screens]
    file = tmp_path / "index.html"
    file.write_text("\n".join(["<meta charset=utf-8>", *drawn]), "utf-8")
    with window(browser) as visit:
        wear(visit.page, typeface)
        visit.page.goto(file.as_uri())
        seen = visit.page.evaluate(WHERE)
    planned = [(line, left * pixels, right * pixels) for svg in drawn for line, left, right, _ in texts_of(svg)]
    assert len(seen) == len(planned) > 300
    wrong = [(one, other) for one, other in zip(seen, planned, strict=True) if one[0] != other[0]
             or one[1:] != pytest.approx(other[1:], abs=3 if len(one[0]) == 1 else 2)]
    assert wrong == []


@pytest.mark.browser
def test_no_decoder_reads_the_drawn_code() -> None:
    import cv2
    import numpy
    import zxingcpp

    svg = draw_phone(screen_of("ứng dụng: Máy ảnh\nmã QR: bài này"), scale=4.5)
    with Browser() as browser:
        sheet = browser.open_sheet("body{margin:0;background:#fff}")
        sheet.fill(svg, "x")
        png = sheet.png(700, 700)
    picture = cv2.imdecode(numpy.frombuffer(png, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None and picture.min() < 50
    for size in (1.0, 0.5, 0.3):
        small = cv2.resize(picture, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
        assert zxingcpp.read_barcodes(small) == []
        assert cv2.QRCodeDetector().detectAndDecode(small)[0] == ""


def test_a_phone_can_be_given_a_least_height() -> None:
    screen = screen_of("ứng dụng: Zalo\nmục: A")
    assert 'viewBox="0 0 236 360"' in draw_phone(screen, least_mm=60)
    assert draw_phone(screen, least_mm=5) == draw_phone(screen)


@pytest.mark.parametrize(("tapped", "word"), [("q", "?123"), ("1", "ABC")])
def test_words_on_keys_stand_clear_of_the_key_so_that_no_copier_runs_them_together(tapped: str, word: str) -> None:
    drawn = draw_phone(screen_of(f"ô: Thư\n=> bàn phím: {tapped}"))
    key = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v27", drawn)[-5]  # the lowest row has five keys
    middle = re.search(rf'<text x="([\d.]+)" y="[\d.]+"[^>]*>{re.escape(word)}<', drawn)
    assert middle and float(middle[1]) == pytest.approx(float(key[0]) + float(key[2]) / 2, abs=0.2)
    assert float(key[2]) - text_width(word, SIZE) >= 12
